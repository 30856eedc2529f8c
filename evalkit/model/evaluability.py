"""Evaluability: what must be collected, and when, to learn later what a measure did."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from evalkit.model.chain import Texts
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Flaw, Id, Record
from evalkit.model.source import Citations, Independence

PlannedDesign = Literal["did", "rdd", "iv", "rct", "synthetic control", "interrupted series"]
# What says that there is nobody: "geen; de regels gelden overal tegelijk", "-", "onbekend". What
# names people by what they went without does not: "geen subsidie aangevraagd".
_GROUP = r"(?:vergelijk|controle|groep(?:en)?\b|compar|control|groups?\b|mogelijk|possib)"
_TOLD = r"(?:aangevraagd|gekregen|kregen|ontvangen|ontvingen|applied|received|requested)"
_REASON = r"(?:want|omdat|aangezien|doordat|because|mogelijk|possible|yet|bekend|beschikbaar)"
_NOBODY = re.compile(
    r"[-\u2013\u2014?]+"
    r"|(?:er (?:is|zijn)|there (?:is|are)) (?:(?:nog|as yet) )?(?:geen|niemand|no|none|nobody)\b.*"
    rf"|(?:nog )?(?:geen|no) {_GROUP}.*"
    r"|(?:zonder|without)(?: (?:een|a|any))? "
    r"(?:vergelijking|controle|groep\b|comparison|control\b).*"
    rf"|(?:geen enkele?|not (?:a single|any))\b(?!.*\b{_TOLD}\b).*"
    rf"|(?:(?:een|de|a|the) )?{_GROUP}\w*(?: group)? "
    r"(?:ontbre\w+|is (?:er )?niet|is not|is lacking)\b.*"
    # These stand by themselves, whatever follows.
    r"|(?:niemand|niet (?:mogelijk|van toepassing|beschikbaar|bekend|voorhanden)|n\.?v\.?t\b\.?"
    r"|none|nobody|no[ -]one|not (?:possible|applicable|available|known)|n/a|n\.a\.|ontbre\w+"
    r"|missing|lacking)(?!\w).*"
    # And these as far as nothing but a reason follows.
    r"|(?:(?:nog|vooralsnog) )?(?:geen|no|niets|nothing|onbekend|unknown|unclear|onduidelijk"
    r"|n\.t\.b\.|(?:(?:nog|nader|later) )?te bepalen|to be (?:determined|decided)|tb[ad])"
    rf"(?: {_REASON}\b.*|\s*[;:,.(].*|\s+[\u2013-].*)?",
    re.IGNORECASE | re.DOTALL,
)


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
        With whom those reached can be compared; ``geen``, with the reason behind it, when with
        nobody.
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

    @property
    def compares(self) -> bool:
        """Whether it names someone to compare with.

        Examples
        --------
        >>> Evaluability(comparison="gemeenten die later beginnen").compares
        True
        >>> Evaluability(comparison="geen; de regel geldt overal tegelijk").compares
        False
        """
        return bool(self.comparison) and not _NOBODY.fullmatch(self.comparison.strip())

    def flaws(self) -> Iterable[Flaw]:
        """Find units to compare with beside the remark that there are none."""
        if self.comparison and not self.compares and self.sampling is not None:
            what = f"'{self.comparison}' says that nobody is compared, and `sampling` counts units"
            hint = "name those units in `comparison`, or leave `sampling` out"
            yield Flaw(("comparison",), what, hint)
