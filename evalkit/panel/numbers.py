"""Numbers in a column, however they are written, and what is refused in them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.columns import rows_of
from evalkit.panel.dropped import PanelError
from evalkit.panel.table import Table

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
# What pandas calls columns in which everything is a number, or text.
_PLAIN = {"string", "integer", "floating", "mixed-integer-float", "decimal", "boolean", "empty"}
_THOUSANDS = r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+"
_COMMA = rf"(?:[+-]?\d+|{_THOUSANDS}),\d+"
_BOTH = rf"\s*{_THOUSANDS},\d+\s*"
_POINT = r"[+-]?\d*\.\d+"
_NAMED = 3  # as many words as a hint names
_CLEAN = "clean the column, or make such cells empty: they count as missing"


def numbers(values: pd.Series[Any], name: str, role: str, table: Table | None = None) -> Floats:
    """Read a column of numbers; missing values are NaN.

    Parameters
    ----------
    values
        The column.
    name, role
        What it is called, and what it is for.
    table
        The table that it comes from, which may be a CSV file with decimal commas.

    Raises
    ------
    PanelError
        It holds text, dates or infinite values, or numbers that can be read two ways; the message
        names the rows.
    """
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiub":
        found = values.to_numpy(dtype=np.float64)
    else:
        found = _converted(values, name, role, table)
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(found.sum()):  # then so is every value
            return found
    infinite = np.flatnonzero(np.isinf(found))
    if infinite.size:
        raise PanelError(
            f"the column '{name}' for the {role} is infinite in {rows_of(values, infinite)}",
            hint="mend these rows, or make them empty: they count as missing",
        )
    return found


def _converted(values: pd.Series[Any], name: str, role: str, table: Table | None) -> Floats:
    """Read numbers out of text and objects."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    form = None if table is None else table.form
    bare = values.astype(object)
    known = values.notna().to_numpy()
    odd = np.flatnonzero(known & _no_numbers(bare))
    if odd.size == 0:
        if table is not None and form is not None and form.decimal == ",":
            bare = _as_python(bare, table.whole(name), name, role)
        found = pd.to_numeric(bare, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        odd = np.flatnonzero(np.isnan(found) & known)
    if odd.size:
        texts = values.iloc[odd].astype(str)
        shown = str(texts.iloc[0])
        hint = _remedy(shown.strip(), table, points=bool(texts.str.fullmatch(_BOTH).any()))
        words = [one for one in texts.unique() if not any(map(str.isdigit, one))]
        if len(words) == len(texts.unique()) and role == "covariates":
            hint = f"make a column of 0 and 1 of each: `pd.get_dummies(data, columns=['{name}'])`"
        elif words:
            hint += f"; no number at all: {', '.join(map(repr, words[:_NAMED]))} ({_how(table)})"
        raise PanelError(
            f"the column '{name}' for the {role} holds text ('{shown}') in {rows_of(values, odd)}",
            hint=hint,
        )
    return np.asarray(found, dtype=np.float64)


def _no_numbers(values: pd.Series[Any]) -> Bools:
    """Find what is neither a number nor text: a date would be read as its nanoseconds."""
    if pd.api.types.infer_dtype(values, skipna=True) in _PLAIN:
        return np.zeros(len(values), dtype=np.bool_)
    fits = (str, int, float, np.integer, np.floating, np.bool_, Decimal)
    return ~np.fromiter((isinstance(one, fits) for one in values), np.bool_, len(values))


def _as_python(
    values: pd.Series[Any], column: pd.Series[Any], name: str, role: str
) -> pd.Series[Any]:
    """Write numbers with a decimal comma, and points between thousands, as Python does.

    What the whole column shows decides, also when only some of its rows are in use: beside `12,5`
    the number `1.234` is a thousand and more, beside `12.5` it is a little over one, and alone it
    may be either.
    """
    comma, thousands, point = (_of_form(column, form) for form in (_COMMA, _THOUSANDS, _POINT))
    text = values.where(values.isna(), values.astype(str).str.strip())
    if comma.any():
        dutch = text.str.replace(".", "").str.replace(",", ".")
        whole = _of_form(values, rf"{_COMMA}|{_THOUSANDS}")
        return text.where(~whole, dutch).mask(_of_form(values, _POINT) & ~whole, "")
    if thousands.any() and not (point & ~thousands).any():
        at = np.flatnonzero(thousands)
        raise PanelError(
            f"the column '{name}' for the {role} can be read two ways ('{column.iloc[at[0]]}') in "
            f"{rows_of(column, at)}",
            hint="write nothing between thousands",
        )
    return text


def _of_form(values: pd.Series[Any], form: str) -> Any:
    """Find the cells that are written in a form; a missing one is in none."""
    pattern = re.compile(form)
    fits = (isinstance(one, str) and pattern.fullmatch(one.strip()) is not None for one in values)
    return np.fromiter(fits, np.bool_, len(values))


def _how(table: Table | None) -> str:
    """Say how a word of one's own comes to count as missing."""
    if table is None or table.form is None:
        return "see `na_values=` of its reader"
    return "name them: `Panel(..., na_values=[…])`, or `na_values: […]` in analyses.yaml"


def _remedy(shown: str, table: Table | None, *, points: bool) -> str:
    form = None if table is None else table.form
    if form is not None and form.decimal == "," and re.fullmatch(_POINT, shown):
        return "the column writes decimals with a comma elsewhere: write them all alike"
    if not re.fullmatch(r"[+-]?[\d.]*(?:,\d+)+", shown):
        return _CLEAN
    if form is not None:
        return "write decimals with a point and nothing between thousands, or part cells by ;"
    if table is None or table.in_pandas:
        what, how = "a comma for decimals", 'decimal=","'
        if points:
            what, how = f"{what} and points between thousands", f'{how}, thousands="."'
        return (
            f"these numbers have {what}: read the file with `pd.read_csv(..., {how})`, or give "
            "its path to `Panel`"
        )
    return "turn them into numbers, with a point before decimals and nothing between thousands"
