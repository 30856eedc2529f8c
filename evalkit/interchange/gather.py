"""From the tables of a workbook back to the keys of a case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from evalkit.interchange.celltext import from_cell, with_source
from evalkit.interchange.column import Column
from evalkit.interchange.keypath import from_path, plant
from evalkit.interchange.plan import NUMBER, PLANS, Plan
from evalkit.interchange.table import Row, Table, Tables
from evalkit.interchange.tabulate import case_columns
from evalkit.interchange.written import Translated
from evalkit.language.numbers import LANGUAGES
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Loc

Spot = tuple[str, int, str]
"""A sheet (its Dutch name, or what it is), a row from 0, and the name of a column."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Something in a table that belongs nowhere.

    Attributes
    ----------
    spot
        Where it stands.
    message, hint
        What is wrong, and what to do.
    """

    spot: Spot
    message: str
    hint: str


@dataclass(slots=True)
class Gathered:
    """The keys of a case, with the cell of each.

    Attributes
    ----------
    data
        The keys, in the language of the case.
    translations
        What stands there in other languages.
    spots
        The cell of each key, those left empty included.
    misplaced
        What belongs nowhere.
    orphans
        Records that only rows of other sheets speak of.
    """

    data: dict[str, Any] = field(default_factory=dict)
    translations: tuple[Translated, ...] = ()
    spots: dict[Loc, Spot] = field(default_factory=dict)
    misplaced: list[Misplaced] = field(default_factory=list)
    orphans: set[Loc] = field(default_factory=set)


def gather(tables: Tables) -> Gathered:
    """Put the cells of a workbook back at their keys.

    Parameters
    ----------
    tables
        What the workbook holds.
    """
    found = Gathered()
    _case(tables.case, found)
    for table in tables.tables:
        counted: Counter[Loc] = Counter()
        for at, row in enumerate(table.rows):
            _row(table, at, row, counted, found)
    _orphans(tables, found)
    for at, (path, text) in enumerate(tables.other):
        loc = from_path(path)
        spot = ("overig", at, "key")
        found.spots.setdefault(loc, ("overig", at, "value"))
        if not loc or not plant(found.data, loc, text or None):
            what = f"'{path}' stands elsewhere in the workbook already, or skips a number"
            found.misplaced.append(Misplaced(spot, what, "keep one, and number a list from [1]"))
    _translations(tables.translations, found)
    return found


def _case(cells: dict[str, str], found: Gathered) -> None:
    for at, column in enumerate(case_columns()):
        found.spots[column.loc] = ("dossier", at, "value")
        if column.name in cells:
            plant(found.data, column.loc, from_cell(column, cells[column.name]))


def _row(table: Table, at: int, row: Row, counted: Counter[Loc], found: Gathered) -> None:
    plan = table.plan
    spot = (plan.nl, at, plan.heads[0])
    homes = [one for home in plan.homes if (one := home.loc(row.heads)) is not None]
    if not homes:
        found.misplaced.append(Misplaced(spot, *_no_home(plan, row)))
        return
    loc: Loc = homes[0]
    if loc[-1] == NUMBER:
        counted[loc] += 1
        loc = (*loc[:-1], counted[loc] - 1)
    if loc in found.spots:
        what = f"'{'/'.join(head for head in row.heads if head)}' stands on this sheet again"
        where = (plan.nl, at, plan.heads[-1])
        found.misplaced.append(Misplaced(where, what, "give it another id, or keep one row"))
        return
    found.spots[loc] = (plan.nl, at, plan.heads[-1])
    _cells(table.columns, row, loc, found, (plan.nl, at))


def _cells(
    columns: tuple[Column, ...], row: Row, loc: Loc, found: Gathered, place: tuple[str, int]
) -> None:
    record: dict[str, Any] = {}
    for column in columns:
        if not column.loc:  # the row is a text, not a record
            found.spots[loc] = (*place, column.name)
            plant(found.data, loc, row.cells.get(column.name))
            return
        found.spots[(*loc, *column.loc)] = (*place, column.name)
        if column.name not in row.cells:
            continue
        value = from_cell(column, row.cells[column.name])
        above = str(column.loc[0])
        if column.kind != "observer":
            plant(record, column.loc, value)
        elif isinstance(record.get(above), str):
            record[above] = with_source(record[above], value)
        else:
            record[above] = {"source": value}
    if not plant(found.data, loc, record):
        _into(found.data, loc, record)


def _into(data: Any, loc: Loc, record: dict[str, Any]) -> None:
    """Add the keys of a record that stands there already, made by what is inside it."""
    for part in loc:
        data = data[part]
    data.update(record)


def _no_home(plan: Plan, row: Row) -> tuple[str, str]:
    needed = ", ".join(f"`{head}`" for head in plan.heads)
    empty = [name for name, head in zip(plan.heads, row.heads, strict=True) if not head]
    if len(plan.homes) == 1 and empty:
        lacks = ", ".join(f"`{name}`" for name in empty)
        return f"this row does not say what it belongs to: {lacks} is empty", "fill it in"
    return f"this row does not say what it belongs to, by {needed}", plan.about


def _orphans(tables: Tables, found: Gathered) -> None:
    """Find rows about something that has no row of its own."""
    homes = [(plan, home) for plan in PLANS for home in plan.homes]
    other = {from_path(path)[:size] for path, _ in tables.other for size in range(2, 6)}
    there = {loc for loc in found.spots if any(home.matches(loc) for _, home in homes)} | other
    for loc in sorted(there - other, key=str):
        for size in range(2, len(loc)):
            above = loc[:size]
            owner = next((plan for plan, home in homes if home.matches(above)), None)
            if owner is None or above in there:
                continue
            known = [str(one[-1]) for one in there if one[:-1] == above[:-1] and len(one) == size]
            what = f"no '{above[-1]}' on the sheet '{owner.name(tables.language)}'"
            sheet, row, _ = found.spots[loc]
            plan = next(plan for plan in PLANS if plan.nl == sheet)
            head = _head_of(plan, loc, size)
            hint = did_you_mean(str(above[-1]), known, "add a row for it there")
            found.misplaced.append(Misplaced((sheet, row, head), what, hint))
            if size == 2:
                found.orphans.add(above)
            break


def _head_of(plan: Plan, loc: Loc, size: int) -> str:
    """Name the head that holds the id at the end of a part of a place."""
    home = next(home for home in plan.homes if home.matches(loc))
    free = [at for at, sign in enumerate(home.pattern) if sign in ("*", "<stage>")]
    return plan.heads[home.slots[free.index(size - 1)]]


def _translations(rows: list[tuple[str, str]], found: Gathered) -> None:
    texts: dict[Loc, dict[str, Any]] = {}
    for at, (path, text) in enumerate(rows):
        loc = from_path(path)
        cut = len(loc) - (2 if isinstance(loc[-1], int) else 1) if loc else 0
        spot = ("vertalingen", at, "key")
        named = cut > 0 and loc[cut] in LANGUAGES
        if not named or not plant(texts.setdefault(loc[:cut], {}), loc[cut:], text):
            what = f"'{path}' does not name a key and a language once"
            found.misplaced.append(Misplaced(spot, what, "end it in /en or /nl"))
            continue
        found.spots[loc] = ("vertalingen", at, "value")
    found.translations = tuple(Translated(loc, said) for loc, said in texts.items())
