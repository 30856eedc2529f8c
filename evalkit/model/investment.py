"""An investment agenda: lines in columns, PM as a value, and totals that add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Self

from pydantic import GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema

from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.indicator import add
from evalkit.model.quantity import Quantity
from evalkit.model.record import Flaw, Id, Record, Text, language_of
from evalkit.model.source import Citations

_PLUS_PM = re.compile(r"(.*\S)\s*\+\s*PM", re.IGNORECASE | re.DOTALL)


class Sum(Record):
    r"""The sum of amounts, with a PM when one of them is not yet known.

    Attributes
    ----------
    known
        The sum of what is known; None when nothing is.
    pm
        Whether an amount is still to come.

    Examples
    --------
    >>> total = Sum.of([Quantity.parse("2,0 mld. euro"), Quantity.parse("PM")])
    >>> str(total)
    '2,0\xa0mld.\xa0euro + PM'
    """

    known: Quantity | None = None
    pm: bool = False

    @classmethod
    def of(cls, amounts: Iterable[Quantity]) -> Self:
        """Add amounts, the PM apart.

        Raises
        ------
        ValueError
            They differ in unit, or one is a range.
        """
        found = list(amounts)
        known = [amount for amount in found if not amount.pm]
        return cls(known=add(known) if known else None, pm=len(known) < len(found))

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, str):
            return data
        found = _PLUS_PM.fullmatch(data.strip())
        value = Quantity.parse(found[1] if found else data, language_of(info))
        return {"pm": True} if value.pm else {"known": value, "pm": found is not None}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Show editors the written form."""
        handler(core)
        return {"title": "Sum", "type": "string", "examples": ["14,4 mld. euro + PM"]}

    def same_as(self, other: Sum) -> bool:
        """Whether both say the same, however the numbers are written."""
        mine, theirs = (
            (one.known.amount, one.known.measure) if one.known else None for one in (self, other)
        )
        return mine == theirs and self.pm == other.pm

    def prose(self, lang: Language = "nl") -> str:
        """Print it: ``14,4 mld. euro + PM``."""
        if self.known is None:
            return "PM" if self.pm else ""
        return f"{self.known.prose(lang)} + PM" if self.pm else self.known.prose(lang)

    def __str__(self) -> str:
        return self.prose()


class Investment(Record):
    """One line of an investment agenda.

    Attributes
    ----------
    text
        What the money is for.
    amounts
        How much, by column; PM when it is not yet known. A column left out is nothing.
    group
        The group of lines that it belongs to.
    because
        What the amount rests on, in Markdown.
    identity
        Its identity in the shared register, when other documents speak of it too.
    source
        Where it stands.
    """

    text: Text
    amounts: dict[Id, Quantity]
    group: Id | None = None
    because: str = ""
    identity: Id | None = None
    source: Citations = ()


class Agenda(Record):
    """An investment agenda.

    Attributes
    ----------
    columns
        Name of each column, by id: ``structureel``, ``schuld``.
    groups
        Name of each group of lines, by id.
    lines
        By id, in order; the table numbers them.
    totals
        The totals that the source prints, by column; they are checked against the lines.
    printed
        Totals that the source prints although its lines come to something else, by column.
    note
        How to read it, in Markdown.
    source
        Where it stands.
    """

    columns: dict[Id, Text]
    groups: dict[Id, Text] = {}
    lines: dict[Id, Investment]
    totals: dict[Id, Sum] = {}
    printed: dict[Id, Sum] = {}
    note: str = ""
    source: Citations = ()

    def total(self, column: str, group: str | None = None) -> Sum:
        """Add up a column, or the lines of one group in it."""
        lines = [one for one in self.lines.values() if group is None or one.group == group]
        return Sum.of(one.amounts[column] for one in lines if column in one.amounts)

    def flaws(self) -> Iterable[Flaw]:
        """Find columns and groups that are not there, and totals that are not the sum."""
        for key, line in self.lines.items():
            for column in line.amounts:
                if column not in self.columns:
                    yield self._no_column(column, "lines", key, "amounts", column)
            if line.group is not None and line.group not in self.groups:
                hint = did_you_mean(line.group, self.groups)
                loc = ("lines", key, "group")
                yield Flaw(loc, f"no group '{line.group}'", hint, line.group)
        for column in self.columns:
            yield from self._wrong_total(column)
        for name, given in (("totals", self.totals), ("printed", self.printed)):
            for column in given:
                if column not in self.columns:
                    yield self._no_column(column, name, column)

    def _no_column(self, name: str, *loc: str) -> Flaw:
        return Flaw(loc, f"no column '{name}'", did_you_mean(name, self.columns), name)

    def _wrong_total(self, column: str) -> Iterator[Flaw]:
        try:
            computed = self.total(column)
        except ValueError as error:
            what = f"the column '{column}' cannot be added up: {error}"
            yield Flaw(("lines",), what, "write its amounts in one unit, without ranges")
            return
        given = self.totals.get(column)
        if given is not None and not given.same_as(computed):
            what = f"the total {given} is not the sum of its lines, {computed}"
            hint = "mend a line or the total; if the source errs, write it under `printed`"
            yield Flaw(("totals", column), what, hint)
        printed = self.printed.get(column)
        if printed is not None:
            yield from self._not_to_print(column, printed, computed)

    def _not_to_print(self, column: str, printed: Sum, computed: Sum) -> Iterator[Flaw]:
        loc = ("printed", column)
        if column in self.totals:
            what = f"the column '{column}' has a total under `totals` as well"
            yield Flaw(loc, what, "keep the one that the source prints")
        elif printed.same_as(computed):
            what = f"the total {printed} is the sum of its lines"
            yield Flaw(loc, what, "write it under `totals`")
        elif printed.known and computed.known and printed.known.measure != computed.known.measure:
            what = f"the total {printed} is not in the unit of its lines, {computed}"
            yield Flaw(loc, what, "write it in that unit")
