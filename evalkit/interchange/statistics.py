"""Statistical tables, SDMX-CSV or as CBS publishes them, as series of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from evalkit.errors import CaseError, EvalkitError, Problem
from evalkit.interchange.incoming import read_bytes
from evalkit.interchange.stattable import MULTIPLE, PERIODS, StatTable
from evalkit.io.reader import slug_of
from evalkit.language.numbers import Language, format_decimal, parse_decimal
from evalkit.language.suggest import did_you_mean

_VALUES = ("OBS_VALUE", "Value", "Waarde")
_MISSING = {
    "": "", ".": "onbekend", ":": "onbekend", "NaN": "onbekend", "x": "geheim", "-": "",
    "NULL": "onbekend", "n.b.": "onbekend",
}  # fmt: skip
_STATUS = {"P": "p", "E": "e", "F": "f", "B": "b", "p": "p", "e": "e", "f": "f", "b": "b"}
_WORDS = {
    "nl": {"p": "Voorlopig", "pp": "Nader voorlopig", "e": "Geschat", "f": "Prognose",
           "b": "Breuk in de reeks", "onbekend": "Onbekend", "geheim": "Geheim"},
    "en": {"p": "Provisional", "pp": "Revised provisional", "e": "Estimated", "f": "Forecast",
           "b": "Break in the series", "onbekend": "Not known", "geheim": "Confidential"},
}  # fmt: skip
_CBS_YEAR = re.compile(r"(\d{4})(?:JJ00)?(?:\s*(\*{1,2}))?")
_PART_OF_YEAR = re.compile(
    r"\d{4}((KW|MM|HJ|SJ|X0|VJ|LJ)\d\d|-(Q[1-4]|S[12]|B[1-6]|W\d\d|\d\d|M\d\d).*|\s.*[a-z].*)",
    re.IGNORECASE,
)
_UNITS = {
    "nl": {"PC": "procent", "PCT": "procent", "PT": "procent", "%": "procent", "EUR": "euro",
           "PERS": "personen", "NR": "", "NUM": "", "UNIT": ""},
    "en": {"PC": "per cent", "PCT": "per cent", "PT": "per cent", "%": "per cent", "EUR": "euro",
           "PERS": "people", "NR": "", "NUM": "", "UNIT": ""},
}  # fmt: skip
_SCALES = {
    "nl": {0: "", 3: "duizend", 6: "mln.", 9: "mld."},
    "en": {0: "", 3: "thousand", 6: "million", 9: "billion"},
}


@dataclass(frozen=True, slots=True)
class Series:
    """A series by year.

    Attributes
    ----------
    per_year
        Each year with its quantity, as a case writes it.
    note
        What is provisional, estimated or not known.
    left_out
        Periods that are no year, with how many there are.
    """

    per_year: dict[str, str]
    note: str = ""
    left_out: int = 0


@dataclass(slots=True)
class Asked:
    """Which numbers of a table are wanted.

    Attributes
    ----------
    value
        The column that holds them.
    period
        The column of the period; by default the usual one.
    where
        What other columns must say.
    unit
        Their unit, when the table does not say it or says it otherwise.
    """

    value: str = ""
    period: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None


def read_series(path: str | Path, asked: Asked, lang: Language = "nl") -> Series:
    """Read one series from a statistical table.

    Parameters
    ----------
    path
        SDMX-CSV, a CSV of CBS OData, or a CSV of StatLine.
    asked
        Which column, and which rows.
    lang
        The language of the case.

    Raises
    ------
    CaseError
        The table cannot be read so; it lists everything, with the line.
    """
    file = Path(path)
    try:
        text = read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EvalkitError(f"{file.name} is not UTF-8 text", hint="save it as CSV UTF-8") from None
    return series_of(text, file.name, asked, lang)


def series_of(text: str, name: str, asked: Asked, lang: Language = "nl") -> Series:
    r"""Read one series from the text of a statistical table.

    Examples
    --------
    >>> table = '"ID";"Perioden";"Werkloosheid_1"\n0;"2022JJ00";"     3.5"\n1;"2023JJ00";"     ."\n'
    >>> series_of(table, "cbs.csv", Asked("Werkloosheid_1", unit="procent")).per_year
    {'2022': '3,5 procent'}
    """
    table = StatTable(text, name)
    return _Picker(table, asked, lang).series()


class _Picker:
    """Picks the rows and reads their numbers."""

    def __init__(self, table: StatTable, asked: Asked, lang: Language) -> None:
        self.table, self.asked, self.lang = table, asked, lang
        self.problems: list[Problem] = []
        self.marks: dict[str, list[str]] = {}
        self.left_out = 0

    def series(self) -> Series:
        for line, row in self.table.odd:
            what = f"this row has {len(row)} cells, the head has {len(self.table.head)}"
            self.wrong(line, what, "export the table anew")
        period = self.column(self.asked.period, PERIODS, "--period")
        value = self.column(self.asked.value, _VALUES, "--value")
        wanted = {self.known(name): said for name, said in self.asked.where.items()}
        if self.problems or period is None or value is None:
            raise CaseError(self.problems)
        rows = [(line, row) for line, row in self.table.rows
                if all(at is None or row[at] == said for at, said in wanted.items())]  # fmt: skip
        if not rows:
            self.none_left(wanted)
        years = self.years(rows, period)
        decimals = self.decimal_sign(rows, value)
        found = {year: said for year, (line, row) in sorted(years.items())
                 if (said := self.quantity(line, row, value, year, decimals))}  # fmt: skip
        if not found and not self.problems:
            hint = "choose a table by year"
            self.wrong(self.table.head_line, "no row holds a number of a year", hint)
        if self.problems:
            raise CaseError(self.problems)
        return Series(found, self.note(), self.left_out)

    def wrong(self, line: int, what: str, hint: str = "") -> None:
        self.problems.append(Problem(self.table.name, line, what, hint))

    def column(self, asked: str, usual: Iterable[str], option: str) -> int | None:
        names = self.table.columns
        if asked:
            return self.known(asked)
        found = [at for at, name in enumerate(names) if name in usual]
        if len(found) == 1:
            return found[0]
        shown = ", ".join(names[:20])
        what = "which column holds the " + ("period" if option == "--period" else "numbers")
        self.wrong(self.table.head_line, f"{what} is not said", f"name it with {option}: {shown}")
        return None

    def known(self, name: str) -> int | None:
        if name in self.table.columns:
            return self.table.columns.index(name)
        hint = did_you_mean(name, self.table.columns)
        self.wrong(self.table.head_line, f"no column '{name}'", hint)
        return None

    def none_left(self, wanted: Mapping[int | None, str]) -> None:
        for at, said in wanted.items():
            there = (
                list(dict.fromkeys(row[at] for _, row in self.table.rows)) if at is not None else []
            )
            if said not in there and at is not None:
                what = f"no row has '{said}' in the column '{self.table.columns[at]}'"
                self.wrong(self.table.head_line, what, did_you_mean(said, there))
        if not self.problems:
            self.wrong(self.table.head_line, "no row has all that was asked for", "ask for less")

    def years(
        self, rows: list[tuple[int, list[str]]], period: int
    ) -> dict[str, tuple[int, list[str]]]:
        found: dict[str, tuple[int, list[str]]] = {}
        for line, row in rows:
            year = _CBS_YEAR.fullmatch(row[period])
            if year is None:
                if _PART_OF_YEAR.fullmatch(row[period]):
                    self.left_out += 1
                else:
                    self.wrong(line, f"'{row[period][:40]}' is no period", "mend it")
                continue
            if year[1] in found:
                self.twice(year[1], found[year[1]][1], line, row)
                continue
            found[year[1]] = (line, row)
            if year[2]:
                self.mark("p" * len(year[2]), year[1])
        return found

    def twice(self, year: str, first: list[str], line: int, row: list[str]) -> None:
        if any(problem.message.endswith("more than one number") for problem in self.problems):
            return
        names = self.table.columns
        passed = ("ID", *_VALUES, self.asked.value)
        cells = zip(names, first, row, strict=True)
        differ = [
            f"{name}={one}" for name, one, other in cells if one != other and name not in passed
        ]
        hint = f"choose with --where, such as --where '{differ[0]}'" if differ else "keep one row"
        self.wrong(line, f"{year} has more than one number", hint)

    def decimal_sign(self, rows: list[tuple[int, list[str]]], value: int) -> str:
        """Tell how the column writes decimals; CBS writes both, by the way of downloading."""
        cells = [row[value] for _, row in rows]
        comma = any(re.fullmatch(r"-?[\d. ]*\d,\d+", cell) for cell in cells)
        return "," if comma and self.table.separator != "," else "."

    def quantity(self, line: int, row: list[str], value: int, year: str, decimals: str) -> str:
        cell = row[value]
        if cell in _MISSING:
            if _MISSING[cell]:
                self.mark(_MISSING[cell], year)
            return ""
        number = self.number(cell, decimals)
        if number is None:
            what = f"'{cell[:40]}' is no number"
            self.wrong(line, what, "write digits, or a point where nothing is known")
            return ""
        status = self.cell(row, "OBS_STATUS")
        if status in _STATUS:
            self.mark(_STATUS[status], year)
        unit, scale = self.unit(line, row, value)
        text = format_decimal(number, self.lang).replace("\N{MINUS SIGN}", "-")
        return " ".join(part for part in (text, scale, unit) if part)

    def number(self, cell: str, decimals: str) -> Decimal | None:
        try:
            if decimals == ",":
                return parse_decimal(cell.replace(" ", ""), "nl")
            found = Decimal(cell.replace(" ", ""))
            return found if found.is_finite() else None
        except (ValueError, InvalidOperation):
            return None

    def unit(self, line: int, row: list[str], value: int) -> tuple[str, str]:
        if self.asked.unit is not None:
            return self.asked.unit, self.scale(line, row)
        said = self.cell(row, "UNIT_MEASURE") or self.table.units.get(self.table.columns[value], "")
        power = {"1000": 3, "1000000": 6, "1000000000": 9, "mln": 6, "mld": 9}
        found = MULTIPLE.match(said)
        if found:
            scale = power[re.sub(r"[\s.]", "", found[1].lower())]
            return said[found.end() :].strip(), _SCALES[self.lang][scale]
        unit = _UNITS[self.lang].get(said, said)
        return ("" if unit.lower() in ("aantal", "number") else unit), self.scale(line, row)

    def scale(self, line: int, row: list[str]) -> str:
        said = self.cell(row, "UNIT_MULT") or "0"
        if said.isdecimal() and int(said) in _SCALES[self.lang]:
            return _SCALES[self.lang][int(said)]
        self.wrong(
            line, f"the scale 10^{said} has no word", "use a table in ones, thousands or millions"
        )
        return ""

    def cell(self, row: list[str], name: str) -> str:
        names = self.table.columns
        return row[names.index(name)] if name in names else ""

    def mark(self, what: str, year: str) -> None:
        self.marks.setdefault(what, []).append(year)

    def note(self) -> str:
        words = _WORDS[self.lang]
        return " ".join(f"{words[key]}: {', '.join(years)}." for key, years in self.marks.items())


def indicator_id(name: str) -> str:
    """Make an id of the name of a column: ``Werkloosheidspercentage_1``.

    Examples
    --------
    >>> indicator_id("Werkloosheidspercentage_1")
    'werkloosheidspercentage'
    """
    return slug_of(re.sub(r"_\d+$", "", name))
