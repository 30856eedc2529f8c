"""From what Excel made of a cell to what its writer typed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from evalkit.interchange.column import Column
from evalkit.language.numbers import Language

_AS_TEXT = "make the cell text (Format cells: Text) and type it again, as {example}"
_EXAMPLES = {
    "quantity": "26,8 mln. euro, 20-50 or PM",
    "observation": "35 procent in 2013",
    "period": "2018–2021",
    "number": "2021",
}
_DATES = frozenset({"date", "accessed", "override.date"})  # texts that say when
_CURRENCIES = {"€": "euro", "EUR": "euro", "$": "dollar", "£": "pond"}
_DIGITS = 15  # that Excel keeps


def text_of(value: object, form: str, column: Column, lang: Language) -> str:
    """Give the text of a cell.

    Parameters
    ----------
    value
        What the workbook holds: text, or a number, date or truth value that Excel made of it.
    form
        Its number format.
    column
        What the cell is for.
    lang
        The language of the case, for the decimal sign.

    Raises
    ------
    ValueError
        Excel made something else of it, and what was typed cannot be told.

    Examples
    --------
    >>> text_of(0.813, "0.0%", Column("actual", ("actual",), "observation"), "nl")
    '81,3%'
    >>> text_of(1234.5, "General", Column("total", ("total",), "quantity"), "en")
    '1234.5'
    """
    match value:
        case None:
            return ""
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip("\n ")
        case bool():
            if column.kind != "flag":
                raise ValueError(f"Excel made a truth value of this; {_again(column)}")
            return "true" if value else "false"
        case int() | float() | Decimal():
            return _number(Decimal(repr(value) if isinstance(value, float) else value), form, lang)
        case datetime() | date():
            return _date(value, form, column)
        case time() | timedelta():
            raise ValueError(f"Excel made a time of this; {_again(column)}")
    raise ValueError(f"Excel made something of this that is no text; {_again(column)}")


def _number(value: Decimal, form: str, lang: Language) -> str:
    if not value.is_finite():
        raise ValueError("this is no number that can be written; type it as text")
    percent = "%" in form
    shown = value * 100 if percent else value
    if len(shown.as_tuple().digits) > _DIGITS:  # 0.1 + 0.2 is 0.3 in a sheet
        shown = shown.quantize(Decimal(1).scaleb(shown.adjusted() - _DIGITS + 1)).normalize()
    found = re.search(r"0\.(0+)", form)
    places = len(found[1]) if found else 0
    exact = -int(shown.normalize().as_tuple().exponent)
    text = f"{shown:.{max(places, exact, 0)}f}"
    text = text.replace(".", ",") if lang == "nl" else text
    unit = next((word for sign, word in _CURRENCIES.items() if sign in form), "")
    return f"{text}%" if percent else f"{text} {unit}".strip()


def _date(value: date, form: str, column: Column) -> str:
    clock = isinstance(value, datetime) and value.time() != time()
    letters = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", form).lower()
    if column.kind == "number" and column.name == "year" and "m" not in letters and not clock:
        return str(value.year)
    if clock or not (column.kind == "period" or column.name in _DATES):
        shown = f"{value:%Y-%m-%d}"
        raise ValueError(f"Excel made the date {shown} of this; {_again(column)}")
    if "d" in letters or "m" not in letters + "y" * ("y" not in letters):
        return f"{value:%Y-%m-%d}" if "d" in letters or "y" not in letters else f"{value:%Y}"
    return f"{value:%Y-%m}"


def _again(column: Column) -> str:
    return _AS_TEXT.format(example=_EXAMPLES.get(column.kind, "you would write it in a text"))
