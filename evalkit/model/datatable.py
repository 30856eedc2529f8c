"""A table for the text, from a CSV file."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from evalkit.language.suggest import did_you_mean
from evalkit.model.indicator import Observation
from evalkit.model.record import Flaw, Record, Text
from evalkit.model.source import Citations


class DataTable(Record):
    """A table from a CSV file: the first row holds the heads, the first column the labels.

    Attributes
    ----------
    file
        Path of the CSV file, seen from the case folder: `tables/spanning.csv`.
    unit
        What its numbers count.
    source
        Where it comes from.
    note
        A remark, in Markdown.
    breaks
        Rows where a series begins anew, each with why: ``2013: nieuwe telwijze``.
    target
        What is aimed at, in the unit of the table: ``3,0 in 2030``.
    rows
        Its cells, the heads first.
    lines
        The line of the file that each row stands on, where that is not simply its number.
    """

    file: Text
    unit: str = ""
    source: Citations = ()
    note: str = ""
    breaks: dict[str, Text] = {}
    target: Observation | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[int, ...] = ()

    def line(self, row: int) -> int:
        """Say on which line of the file a row stands."""
        return self.lines[row] if row < len(self.lines) else row + 1

    @property
    def aim(self) -> Decimal | None:
        """The number that is aimed at; None when there is none."""
        return None if self.target is None else self.target.value.value

    def flaws(self) -> Iterable[Flaw]:
        """Find breaks at rows that are not there, and a target that is no single number."""
        labels = [row[0] for row in self.rows[1:]]
        for label in self.breaks if labels else ():
            if label not in labels:
                hint = did_you_mean(label, labels, "name a row of the table")
                yield Flaw(("breaks", label), f"no row '{label}' in {self.file}", hint)
        value = None if self.target is None else self.target.value
        if value is not None and (value.pm or value.upto is not None or value.denominator > 1):
            what = f"the target of a table is one number, and '{value}' is not"
            yield Flaw(("target",), what, "write a number and a year, such as 3,0 in 2030")
        elif value is not None and value.exponent:
            what = f"'{value}' has a scale, and the table says what its numbers count"
            yield Flaw(("target",), what, "write the number in the unit of the table")
