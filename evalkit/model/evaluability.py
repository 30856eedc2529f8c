"""Evaluability: what must be collected, and when, to learn later what a measure did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from evalkit.model.chain import Texts
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Flaw, Id, Record
from evalkit.model.source import Citations, Independence

PlannedDesign = Literal["did", "rdd", "iv", "rct", "synthetic control", "interrupted series"]


class Sampling(Record):
    """The units and periods at hand, for the smallest effect that they could show.

    Attributes
    ----------
    treated, compared
        How many units there are with the measure, and how many without.
    before, after
        Measured periods before and after the start.
    spread
        Standard deviation of the indicator between units in one period, in its unit.
    correlation
        Correlation of a unit's values from one period to the next.
    names
        What the units are, in the plural: ``gemeenten``.
    source
        Where these numbers come from.
    """

    treated: Annotated[int, Field(ge=1)]
    compared: Annotated[int, Field(ge=1)]
    before: Annotated[int, Field(ge=1)]
    after: Annotated[int, Field(ge=1)]
    spread: Quantity
    correlation: Quantity | None = None
    names: str = ""
    source: Citations = ()

    def flaws(self) -> Iterable[Flaw]:
        """Find a spread that is not above zero, and a correlation that is none."""
        amount = self.spread.amount
        if amount is None or amount <= 0:
            yield Flaw(("spread",), f"a spread of {self.spread} is not above zero", "mend it")
        rho = self.correlation.amount if self.correlation is not None else None
        if self.correlation is not None and (rho is None or not 0 <= rho < 1):
            what = f"a correlation of {self.correlation} does not lie between 0 and 1"
            yield Flaw(("correlation",), what, "give one from 0 up to 1, such as 0,6")


class Evaluability(Record):
    """How a measure is to be evaluated, as far as its makers know.

    Attributes
    ----------
    indicator
        The node of the instrument that its effect should show in.
    baseline
        When that is, or was, measured before the start.
    comparison
        With whom those reached can be compared.
    design
        The design that this allows.
    data
        The data that are needed or there, each as a clause.
    collect
        When they must be collected.
    relevant
        The smallest effect that would matter.
    sampling
        Units and periods at hand.
    by
        Who is to evaluate, and when.
    author
        Where that evaluator stands; by default independent when `by` says so in words.
    source
        Where this stands; nothing when it is a proposal of the evaluator.
    """

    indicator: Id | None = None
    baseline: Period | None = None
    comparison: str = ""
    design: PlannedDesign | None = None
    data: Texts = ()
    collect: Period | None = None
    relevant: Quantity | None = None
    sampling: Sampling | None = None
    by: str = ""
    author: Independence | None = None
    source: Citations = ()
