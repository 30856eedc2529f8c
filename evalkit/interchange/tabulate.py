"""From the keys of a case to the tables of a workbook.

What a column can hold goes there. All the rest, however it is written, goes to a sheet of paths,
so that nothing is lost.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from evalkit.interchange.celltext import to_cell
from evalkit.interchange.column import Column, columns_of, years_or_keys
from evalkit.interchange.keypath import leaves, to_path
from evalkit.interchange.plan import PLANS, Home, Plan
from evalkit.interchange.table import Row, Table, Tables
from evalkit.interchange.written import Written
from evalkit.model.case import Case
from evalkit.model.record import Loc
from evalkit.model.theory import PolicyTheory

_ALONE = Column("meaning", (), "text", (), "What it stands for.")
_OPEN = ("compliance",)  # here a key that stands by itself says something


@cache
def case_columns() -> tuple[Column, ...]:
    """Give the keys of the first sheet: of the case itself, and of its theory and agenda."""
    elsewhere = {home.pattern[0] for plan in PLANS for home in plan.homes}
    found = [one for one in columns_of(Case) if one.name not in elsewhere]
    for part, names in (
        ("theory", ("question", "note", "source")),
        ("investments", ("note", "source")),
    ):
        found += [
            Column(f"{part}.{one.name}", (part, *one.loc), one.kind, one.choices, one.help)
            for one in columns_of(PolicyTheory)
            if one.name in names
        ]
    return tuple(found)


def columns_for(plan: Plan) -> tuple[Column, ...]:
    """Give the fixed columns of a sheet, behind its heads."""
    return (_ALONE,) if plan.record is None else columns_of(plan.record)


def extra_column(plan: Plan, name: str) -> Column | None:
    """Read the head of a column for a year (``2021``) or of an agenda (``amounts.structureel``)."""
    fields = years_or_keys(plan.record) if plan.record is not None else ()
    for field in fields:
        if field == "per_year" and name.isdecimal() and len(name) == 4:
            return Column(name, (field, name), "quantity", (), f"How much in {name}.")
        if field != "per_year" and name.startswith(f"{field}.") and len(name) > len(field) + 1:
            key = name.removeprefix(f"{field}.")
            return Column(name, (field, key), "quantity", (), f"How much in the column {key}.")
    return None


def tabulate(written: Written) -> Tables:
    """Lay the keys of a case out in tables.

    Parameters
    ----------
    written
        The case as it was written.
    """
    rest = normal(written.data)
    found = Tables(language=written.language)
    for column in case_columns():
        text = _take(rest, column)
        if text is not None:
            found.case[column.name] = text
    for plan in PLANS:
        found.tables.append(_table(plan, rest))
    _prune(rest, ())
    found.other = [(to_path(loc), text.strip()) for loc, text in leaves(rest)] if rest else []
    for one in written.translations:
        said = leaves(one.texts, one.loc)
        found.translations += [(to_path(loc), text.strip()) for loc, text in said]
    return found


def normal(data: dict[str, Any]) -> dict[str, Any]:
    """Write goals of instruments as keys, whichever way they were written."""
    found = deepcopy(data)
    instruments = found.get("instruments", {})
    for one in instruments.values() if isinstance(instruments, dict) else ():
        goals = one.get("goals") if isinstance(one, dict) else None
        names = [goals] if isinstance(goals, str) else goals
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            one["goals"] = {name: {} for name in names}
        elif isinstance(goals, dict):
            one["goals"] = {key: {} if part in (None, "") else part for key, part in goals.items()}
    return found


def _table(plan: Plan, rest: dict[str, Any]) -> Table:
    fixed = columns_for(plan)
    extra: dict[str, Column] = {}
    rows = []
    for home, loc in [(one, place) for one in plan.homes for place in one.places(rest)]:
        record = _at(rest, loc)
        if plan.record is None:
            record = {"": record}
        if not isinstance(record, dict) or not _writable(home, loc, len(plan.heads)):
            continue
        more = _extra(plan, record)
        extra |= {column.name: column for column in more}
        columns = (
            (*fixed, *more) if plan.record is not None else (Column("meaning", ("",), "text"),)
        )
        cells = {one.name: text for one in columns if (text := _take(record, one)) is not None}
        if plan.record is None:
            if not cells:
                continue
            _at(rest, loc[:-1])[loc[-1]] = None
        rows.append(Row(home.heads(loc, len(plan.heads)), cells))
    years = tuple(extra[name] for name in _in_order(extra))
    return Table(plan, (*fixed, *years), tuple(rows))


def _in_order(names: dict[str, Column]) -> list[str]:
    return sorted(names) if all(name.isdecimal() for name in names) else list(names)


def _writable(home: Home, loc: Loc, size: int) -> bool:
    """Whether the heads of a row give its place back."""
    heads = home.heads(loc, size)
    said = tuple("#" if isinstance(part, int) else part for part in loc)
    return all(head == head.strip() for head in heads) and home.loc(heads) == said


def _extra(plan: Plan, record: dict[str, Any]) -> list[Column]:
    found = []
    for field in years_or_keys(plan.record) if plan.record is not None else ():
        held = record.get(field)
        for key in held if isinstance(held, dict) else ():
            name = key if field == "per_year" else f"{field}.{key}"
            if (column := extra_column(plan, name)) is not None:
                found.append(column)
    return found


def _take(record: dict[str, Any], column: Column) -> str | None:
    """Take what a column holds out of a record; leave it there when the column cannot."""
    above = _at(record, column.loc[:-1])
    if column.kind == "observer":  # the source of an observation goes along with its value
        text = above.pop(_TAKEN, None) if isinstance(above, dict) else None
        return text if isinstance(text, str) else None
    last = column.loc[-1]
    if not isinstance(above, dict) or last not in above:
        return None
    value = above[last]
    text = to_cell(column, value)
    if text is None:
        return None
    source = (
        value.get("source") if column.kind == "observation" and isinstance(value, dict) else None
    )
    if source is not None:
        listed = to_cell(Column("", (), "list"), source)
        if listed is None:
            return None
        above[last] = {_TAKEN: listed}
    else:
        del above[last]
    return text


_TAKEN = "\0source"


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def _prune(value: Any, loc: Loc) -> bool:
    """Take out what holds nothing more; True when that is all of it."""
    if isinstance(value, dict):
        for key in [key for key, part in value.items() if _prune(part, (*loc, key))]:
            del value[key]
        return not value and not _says(loc)
    if isinstance(value, list):
        empty = [_prune(part, (*loc, at)) for at, part in enumerate(value)]  # each, not the first
        if all(empty):
            value.clear()
        return not value
    return value is None and not _says(loc)


def _says(loc: Loc) -> bool:
    return len(loc) > 1 and loc[0] in _OPEN
