"""A finding: what an analysis gave, as the record keeps it."""

from __future__ import annotations

from typing import Literal

from evalkit.model.analysis import CheckName, DesignName
from evalkit.model.estimate import Estimate
from evalkit.model.evidence import Direction, Evidence
from evalkit.model.record import Id, Record
from evalkit.model.varied import Varied

__all__ = [
    "CheckFinding", "Errors", "Estimate", "Finding", "LeftOut", "Moment", "Outcome", "Sample",
    "Suppressed",
]  # fmt: skip

Outcome = Literal["passed", "failed", "not decisive"]


class Moment(Record):
    """One period of a series: what was measured, and what the design expects without the start.

    Attributes
    ----------
    observed
        Of one series itself, or the mean of the treated units.
    expected
        The course of before carried on, or that of the weighted comparison units.
    after
        Whether the start has been.
    """

    time: str
    observed: float
    expected: float
    after: bool


class CheckFinding(Record):
    """What a diagnostic said.

    Attributes
    ----------
    possible
        Whether the data allow it; when they do not, the notes say why.
    says
        In a sentence, in the language of the case.
    figures
        Its numbers by name; those that could not be computed are left out.
    notes
        What else a reader has to know, each a sentence in the language of the case.
    """

    name: CheckName
    outcome: Outcome
    possible: bool = True
    says: str
    figures: dict[str, float] = {}
    notes: tuple[str, ...] = ()


class Errors(Record):
    """How standard errors were computed.

    Attributes
    ----------
    cluster, clusters
        The column that they are clustered by, and how many clusters there are.
    alpha
        One less the confidence level.
    df
        Degrees of freedom of the t distribution; none for the normal one.
    factor
        The small-sample factor, in words.
    """

    kind: str
    cluster: str
    clusters: int
    alpha: float = 0.05
    df: float | None = None
    factor: str = "none"


class LeftOut(Record):
    """Rows or units that were left out.

    Attributes
    ----------
    reason
        Why, as a clause in the language of the case.
    rows, units
        How many; no units when single rows were.
    kind
        What sort of reason it is: ``period`` for a unit that was not seen in every period.
    fewer
        Fewer than this were left out, and how many is not told; 0 when it is.
    """

    reason: str
    rows: int
    units: int = 0
    kind: str = ""
    fewer: int = 0


class Suppressed(Record):
    """Estimates that are not told, because too few units are behind them.

    Attributes
    ----------
    minimum
        The least number of units that a number may rest on.
    cells
        How many estimates are not told: those, and others that would give them away.
    times
        Times since the start without a number.
    """

    minimum: int
    cells: int = 0
    times: tuple[int, ...] = ()


class Sample(Record):
    """What the estimate rests on.

    Attributes
    ----------
    units, treated
        Units in all, and those that the instrument ever reached.
    rows
        Rows that were used.
    cohorts
        Units by first treated period; those with few units together.
    starts
        How many first treated periods there are.
    first, last
        Periods.
    before
        Periods before the start, of the cohort that has most of them.
    dropped
        What was left out and why.
    sha256
        Of the data file.
    """

    units: int
    treated: int
    rows: int
    cohorts: dict[str, int] = {}
    starts: int = 1
    first: str
    last: str
    before: int
    dropped: tuple[LeftOut, ...] = ()
    sha256: str


class Finding(Record):
    """What an analysis gave.

    Attributes
    ----------
    design, title, estimand, assumptions, reference
        The estimator, and what it says of itself.
    average
        The one number that answers the question.
    percent
        The same in per cent, when the outcome is a logarithm.
    path
        Effects by time since the start, where the design gives them.
    series
        What was measured and what was expected by period, of designs that give it for one start.
    cells
        All estimates as the estimator gave them.
    checks
        The diagnostics, in the order of the case.
    told_apart
        Whether the average differs from nought, by its own test and by those for few clusters.
    direction
        Whether the finding is favourable, as the case says what is intended.
    instrument
        The instrument that it is evidence for.
    evidence
        How it counts on the ladder.
    notes
        What the estimator warns of, each a sentence in the language of the case.
    varied
        What other outcomes, subgroups and specifications give, where the case asks for them.
    suppressed
        What is not told because few units are behind it; none when the case sets no minimum.
    """

    id: Id
    design: DesignName
    title: str
    estimand: str
    assumptions: tuple[str, ...]
    reference: str
    average: Estimate
    percent: Estimate | None = None
    path: tuple[Estimate, ...] = ()
    series: tuple[Moment, ...] = ()
    cells: tuple[Estimate, ...] = ()
    errors: Errors
    sample: Sample
    checks: tuple[CheckFinding, ...] = ()
    told_apart: bool = False
    direction: Direction = "unknown"
    instrument: Id | None = None
    evidence: Evidence | None = None
    notes: tuple[str, ...] = ()
    varied: Varied | None = None
    suppressed: Suppressed | None = None

    def check(self, name: str) -> CheckFinding | None:
        """Find a diagnostic by its name; None when the case did not ask for it."""
        return next((check for check in self.checks if check.name == name), None)
