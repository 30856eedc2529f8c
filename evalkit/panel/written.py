"""Periods as people write them: whole numbers, quarters and months, dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.dropped import PanelError

Ints = np.ndarray[Any, np.dtype[np.int64]]
Where = Callable[[Ints], str]
"""Names the rows in which some labels stand."""
_WHOLE = r"[+-]?\d{1,7}(?:\.0*)?"
# Statistics Netherlands writes 2024KW01, 2024MM07 and 2024JJ00; others 2024K1, 2024-kw1 or 2024Q1.
_COUNTED = r"(?P<year>\d{4})[ -]?(?P<kind>[Qq]|[Kk][Ww]?|[Mm][Mm]?|JJ)(?P<number>\d{1,2})"
_MOST = {"Q": 4, "M": 12}
_DAY_FIRST = r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4})"
_ALIKE = "use whole numbers, years, quarters ('2024Q1') or dates ('2024-07-01')"


@dataclass(frozen=True, slots=True)
class Written:
    """Labels of periods, read.

    Attributes
    ----------
    values
        A series of whole numbers, of pandas' periods or of dates.
    day_first
        Whether they are dates with the day before the month.
    """

    values: pd.Series[Any]
    day_first: bool = False

    @property
    def kind(self) -> str:
        """What they are, in words."""
        if isinstance(self.values.dtype, pd.PeriodDtype):
            code = str(self.values.dtype.freq.freqstr).partition("-")[0]
            return {"Q": "quarters", "M": "months", "Y": "years"}.get(
                code.removesuffix("E"), "periods"
            )
        return "dates" if self.values.dtype.kind == "M" else "whole numbers"


def read_written(labels: pd.Series[Any], name: str, where: Where, *, dutch: bool) -> Written:
    """Read the labels of periods.

    Parameters
    ----------
    labels
        The labels, none of them missing.
    name
        What the column is called in messages: ``time 'year'``.
    where
        Names the rows in which some of the labels stand.
    dutch
        Whether the day is known to stand before the month in dates such as 03-04-2024.

    Raises
    ------
    PanelError
        A label is no period, or a date can be read two ways.
    """
    if isinstance(labels.dtype, pd.PeriodDtype) or labels.dtype.kind == "M":
        return Written(labels)
    text = pd.Series([str(label).strip() for label in labels], dtype=object)
    if text.str.fullmatch(_WHOLE).all():
        return Written(text.astype(np.float64).astype(np.int64))
    counted = text.str.extract(f"^{_COUNTED}$")
    if counted["year"].notna().all():
        return Written(_counted(counted, text, name, where))
    dates = text.str.extract(rf"^{_DAY_FIRST}(?: 0?0:00(?::00)?)?$")
    if dates["year"].notna().all():
        return Written(_day_first(dates, text, name, where, dutch=dutch), day_first=True)
    return Written(_iso(text, counted["year"].notna(), name, where))


def _counted(parts: pd.DataFrame, text: pd.Series[Any], name: str, where: Where) -> pd.Series[Any]:
    """Read quarters, months and years that are written with a letter."""
    kinds = parts["kind"].str.upper().str[0].replace({"K": "Q", "J": "Y"})
    if kinds.nunique() > 1:
        other = np.flatnonzero((kinds != kinds.iloc[0]).to_numpy())
        raise PanelError(
            f"the {name} mixes '{text.iloc[0]}' with '{text.iloc[other[0]]}', in {where(other)}",
            hint="use quarters, months or years alone",
        )
    kind, number = str(kinds.iloc[0]), parts["number"].astype(int)
    fits = number == 0 if kind == "Y" else (number >= 1) & (number <= _MOST[kind])
    _refuse((~fits).to_numpy(), text, name, where)
    years = parts["year"].astype(int)
    if kind == "Y":
        return years.astype(np.int64)
    month = number if kind == "M" else 3 * number
    stamps = pd.to_datetime(pd.DataFrame({"year": years, "month": month, "day": 1}))
    return pd.Series(pd.PeriodIndex(stamps, freq=kind))


def _day_first(
    parts: pd.DataFrame, text: pd.Series[Any], name: str, where: Where, *, dutch: bool
) -> pd.Series[Any]:
    """Read 31-12-2024, when nothing speaks for the month standing first."""
    first, second = parts["first"].astype(int), parts["second"].astype(int)
    swapped = np.flatnonzero((second > 12).to_numpy())
    if swapped.size:
        raise PanelError(
            f"the {name} has the month before the day ('{text.iloc[swapped[0]]}') in "
            f"{where(swapped)}",
            hint='write dates as 2024-01-31, in pandas with `pd.to_datetime(…, format="%m/%d/%Y")`',
        )
    doubtful = np.flatnonzero((first != second).to_numpy())
    if doubtful.size and not (dutch or _only_day_first(first, second, parts["sign"])):
        raise PanelError(
            f"the {name} can be read two ways: '{text.iloc[doubtful[0]]}' may have the day or the "
            f"month first, in {where(doubtful)}",
            hint="write dates as 2024-01-31, in pandas with `pd.to_datetime(…, dayfirst=True)` or "
            '`format="%m/%d/%Y"`',
        )
    frame = {"year": parts["year"].astype(int), "month": second, "day": first}
    found = pd.to_datetime(pd.DataFrame(frame), errors="coerce")
    _refuse(found.isna().to_numpy(), text, name, where)
    return found


def _only_day_first(first: pd.Series[int], second: pd.Series[int], sign: pd.Series[str]) -> bool:
    """Whether the days show themselves: by one after the twelfth, or as the first of each month.

    Nobody who writes the month first puts points between. ``01-04-2024, 01-07-2024`` are quarters,
    and not days early in January.
    """
    firsts = bool((first == 1).all()) and second.nunique() > 1
    return bool((first > 12).any()) or firsts or bool((sign == ".").all())


def _iso(text: pd.Series[Any], counted: pd.Series[bool], name: str, where: Where) -> pd.Series[Any]:
    try:
        parsed = pd.to_datetime(text, errors="coerce", format="ISO8601")
    except ValueError:  # hours of several time zones
        raise PanelError(f"the {name} mixes time zones", hint="write dates alone") from None
    if parsed.dtype.kind != "M":
        raise PanelError(f"the {name} mixes time zones", hint="write dates alone")
    lost = parsed.isna()
    odd = lost & ~counted  # neither a date nor a quarter; or else quarters among dates
    _refuse((odd if odd.any() else lost).to_numpy(), text, name, where)
    return parsed


def _refuse(bad: Any, text: pd.Series[Any], name: str, where: Where) -> None:
    at = np.flatnonzero(bad)
    if at.size:
        what = f"the {name} is no period ('{text.iloc[at[0]]}') in {where(at)}"
        raise PanelError(what, hint=_ALIKE)
