"""What other choices for the question of an analysis give."""

from __future__ import annotations

from evalkit.model.estimate import Estimate
from evalkit.model.record import Record
from evalkit.model.variants import Correction


class Run(Record):
    """One of the runs beside an analysis.

    Attributes
    ----------
    outcome, unit
        What is compared, in words, and its unit.
    subgroup
        The value that its units have; empty for all units.
    specification
        The name of its choices; empty for those of the analysis itself.
    estimate
        Its one number; none where it could not be estimated or may not be told.
    p_adjusted
        Its p-value, adjusted for the number of runs.
    why
        Why there is no number, as a sentence in the language of the case.
    """

    outcome: str
    unit: str = ""
    subgroup: str = ""
    specification: str = ""
    estimate: Estimate | None = None
    p_adjusted: float | None = None
    why: str = ""


class Varied(Record):
    """What other choices for the same question give.

    Attributes
    ----------
    runs
        In the order of outcome, subgroup and specification; the first is the analysis itself.
    correction, tests
        How p-values are adjusted, and for how many tests.
    """

    runs: tuple[Run, ...]
    correction: Correction
    tests: int
