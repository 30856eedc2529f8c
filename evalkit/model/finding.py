"""A finding: what an analysis gave, as the record keeps it."""

from __future__ import annotations

import math
from typing import Literal

from evalkit.model.analysis import CheckName, DesignName
from evalkit.model.evidence import Direction, Evidence
from evalkit.model.record import Id, Record

Outcome = Literal["passed", "failed", "not decisive"]


class Estimate(Record):
    """One estimate, in the unit of the outcome.

    Attributes
    ----------
    cohort, time
        First treated period and period that it is about, where it is about one.
    event_time
        Periods since the start; 0 is the first period with the instrument.
    conf_low, conf_high
        Pointwise interval.
    uniform_low, uniform_high
        The band that holds all estimates of the path at once.
    n_units
        Units that it rests on.
    reference
        Whether it is the base period, nought by construction.
    """

    term: str
    estimate: float
    std_error: float | None = None
    p_value: float | None = None
    conf_low: float | None = None
    conf_high: float | None = None
    uniform_low: float | None = None
    uniform_high: float | None = None
    cohort: str | None = None
    time: str | None = None
    event_time: int | None = None
    n_units: int | None = None
    reference: bool = False

    def in_percent(self) -> Estimate:
        """Give an effect on a logarithm in per cent: 100 (exp(b) - 1), and its intervals alike.

        The standard error is the first-order one, 100 exp(b) times that of b.

        Examples
        --------
        >>> found = Estimate(term="average", estimate=-0.04, conf_low=-0.0635).in_percent()
        >>> round(found.estimate, 2), round(found.conf_low, 2)
        (-3.92, -6.15)
        """
        error = self.std_error

        def percent(value: float | None) -> float | None:
            return None if value is None else 100 * math.expm1(value)

        return self.model_copy(
            update={
                "estimate": 100 * math.expm1(self.estimate),
                "std_error": None if error is None else 100 * math.exp(self.estimate) * error,
                "conf_low": percent(self.conf_low),
                "conf_high": percent(self.conf_high),
                "uniform_low": percent(self.uniform_low),
                "uniform_high": percent(self.uniform_high),
            }
        )


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
    """

    reason: str
    rows: int
    units: int = 0
    kind: str = ""


class Sample(Record):
    """What the estimate rests on.

    Attributes
    ----------
    units, treated
        Units in all, and those that the instrument ever reached.
    rows
        Rows that were used.
    cohorts
        Units by first treated period.
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

    def check(self, name: str) -> CheckFinding | None:
        """Find a diagnostic by its name; None when the case did not ask for it."""
        return next((check for check in self.checks if check.name == name), None)
