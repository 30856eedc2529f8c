"""Indicators: what was measured, planned and expected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext
from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema

from evalkit.errors import MisreadError
from evalkit.language.numbers import Language
from evalkit.model.quantity import Qualifier, Quantity
from evalkit.model.record import Flaw, Record, Text, from_case_file, language_of
from evalkit.model.source import Citations

Year = Annotated[int, Field(ge=1800, le=2200)]
Measured = Literal["self-report", "register", "survey", "observation", "test", "administration"]
_YEAR_AT_END = re.compile(r"(.*\S)\s+(?:in\s+([0-9]{4})|\(([0-9]{4})\))", re.DOTALL)


class Observation(Record):
    """One value of an indicator: how much, when, and who says so.

    Written as a quantity, with the year behind it: ``35 procent in 2013``.

    Attributes
    ----------
    value
        How much.
    year
        When.
    source
        Who says so, when that differs from the indicator.
    called
        What it is called in a table instead of "nulmeting" and the like: ``pilot``.
    """

    value: Quantity
    year: Year | None = None
    source: Citations = ()
    called: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, str):
            return data
        found = _YEAR_AT_END.fullmatch(data.strip())
        if not found:
            return {"value": Quantity.parse(data, language_of(info))}
        value = Quantity.parse(found[1], language_of(info))
        return {"value": value, "year": found[2] or found[3]}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Show editors both the short and the long form."""
        full = handler.resolve_ref_schema(handler(core))
        short = {"type": ["string", "number"], "examples": ["35 procent in 2013", "81 procent"]}
        return {"title": "Observation", "anyOf": [short, full]}

    def prose(self, lang: Language = "nl") -> str:
        """Print its value."""
        return self.value.prose(lang)

    def __str__(self) -> str:
        return self.prose()


class Indicator(Record):
    """Something counted or measured, with what it was, should be and became.

    Attributes
    ----------
    text
        What is measured, as a noun phrase.
    baseline, target, actual
        Before, aimed at and reached ("nulmeting", "streefwaarde", "realisatie").
    no_policy
        What would be expected without the policy.
    per_year
        A series by calendar year.
    total
        The sum of the series; ``sum`` in a case file asks for it to be computed.
    total_computed
        Whether `total` was computed here and not given by a source.
    unit
        What is measured in, when the quantities do not say so.
    measured
        How it was measured.
    year
        The year that it is about, when the numbers do not say so.
    source
        Where it comes from: a key of ``sources.bib`` and a place in it.
    note
        A remark, in Markdown.
    """

    text: Text
    baseline: Observation | None = None
    target: Observation | None = None
    actual: Observation | None = None
    no_policy: Observation | None = None
    per_year: dict[Year, Quantity] = {}
    total: Quantity | None = None
    total_computed: bool = False
    unit: str = ""
    year: Year | None = None
    measured: Measured | None = None
    source: Citations = ()
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _sum_asked_for(cls, data: Any, info: ValidationInfo) -> Any:
        if isinstance(data, dict) and "total_computed" in data and from_case_file(info):
            raise MisreadError("`total_computed` is not yours to write", "write `total: sum`")
        if not isinstance(data, dict) or data.get("total") != "sum":
            return data
        written = data.get("per_year")
        if not isinstance(written, dict):
            raise MisreadError("`total: sum` needs years to add up", "write them under `per_year`")
        rest = {key: value for key, value in data.items() if key != "total"}
        try:
            parts = [Quantity.model_validate(v, context=info.context) for v in written.values()]
        except ValueError:
            return rest  # the broken year is reported where it stands
        return {**rest, "total": _over_the_years(parts), "total_computed": True}

    @property
    def observations(self) -> dict[str, Observation]:
        """The single values that it has, by role."""
        roles = ("baseline", "actual", "target", "no_policy")
        found = {role: getattr(self, role) for role in roles}
        return {role: value for role, value in found.items() if value is not None}

    @property
    def has_numbers(self) -> bool:
        """Whether it holds any quantity."""
        return bool(self.observations or self.per_year or self.total)

    @property
    def before_and_after(self) -> bool:
        """Whether it was measured at two moments, so that a change can be seen."""
        known = [value for value in self.per_year.values() if not value.pm]
        ends = [o.value for o in (self.baseline, self.actual) if o is not None and not o.value.pm]
        return len(known) > 1 or len(ends) == 2

    def flaws(self) -> Iterable[Flaw]:
        """Find a target before its baseline, a wrong total, a year with two values."""
        yield from self._years_out_of_order()
        yield from self._wrong_total()
        yield from self._two_values_for_a_year()

    def _years_out_of_order(self) -> Iterator[Flaw]:
        start = self.baseline.year if self.baseline else None
        for role in ("target", "actual"):
            observation = self.observations.get(role)
            if start is None or observation is None or observation.year is None:
                continue
            if observation.year < start:
                yield Flaw(
                    (role,),
                    f"the {role} is of {observation.year}, before its baseline of {start}",
                    "mend one of the two years",
                )

    def _wrong_total(self) -> Iterator[Flaw]:
        if self.total is None or self.total_computed or not self.per_year:
            return
        try:
            computed = _over_the_years(self.per_year.values())
        except MisreadError as error:
            yield Flaw(("total",), error.message, error.hint)
            return
        if self.total.qualifier or self.total.amount == computed.amount:
            return
        yield Flaw(
            ("total",),
            f"total {self.total} is not the sum of its years, {computed}",
            "write `total: sum` to have it computed, or mend a year",
        )

    def _two_values_for_a_year(self) -> Iterator[Flaw]:
        for role in ("baseline", "actual"):
            observation = self.observations.get(role)
            if observation is None or observation.year not in self.per_year:
                continue
            other = self.per_year[observation.year]
            if other != observation.value:
                yield Flaw(
                    (role,),
                    f"{observation.year} has two values, {observation} and {other}",
                    "leave one of them out",
                )


def _over_the_years(parts: Iterable[Quantity]) -> Quantity:
    try:
        return add(parts)
    except MisreadError as error:
        raise MisreadError(f"the years cannot be added up: {error.message}", error.hint) from None


def add(parts: Iterable[Quantity]) -> Quantity:
    r"""Add quantities of one measure, exactly, in the largest scale that they share.

    What was hedged stays so.

    Raises
    ------
    ValueError
        The quantities differ in unit, or one is a range or PM.

    Examples
    --------
    >>> str(add([Quantity.parse("2,0 mln. euro"), Quantity.parse("7,8 mln. euro")]))
    '9,8\xa0mln.\xa0euro'
    >>> str(add([Quantity.parse("ruim 2 euro"), Quantity.parse("3 euro")]))
    'ruim 5\xa0euro'
    """
    found = list(parts)
    measures = Counter(part.measure for part in found)
    if len(measures) != 1:
        named = " and ".join(sorted(" per ".join(filter(None, m)) or "no unit" for m in measures))
        odd = min(found, key=lambda part: measures[part.measure], default="")
        raise MisreadError(
            f"they have different units ({named})", f"write one unit, also with '{odd}'"
        )
    if any(part.pm or part.upto is not None or part.denominator > 1 for part in found):
        what = "a PM, a range or a fraction cannot be added"
        raise MisreadError(what, "leave the total out, or write it as a number")
    exponent = min(part.exponent for part in found)
    with localcontext(prec=200):  # a sum of numbers as people write them is never rounded
        values = (part.value.scaleb(part.exponent - exponent) for part in found if part.value)
        value = sum(values, Decimal())
    ((unit, per),) = measures
    # One hedge holds for the sum as well; of several nothing is left but that it is not exact.
    hedges = {part.qualifier for part in found if part.qualifier}
    hedge: Qualifier = "circa" if len(hedges) > 1 else next(iter(hedges), "")
    return Quantity(value=value, exponent=exponent, unit=unit, per=per, qualifier=hedge)
