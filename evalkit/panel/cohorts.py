"""First treated periods, as values of a clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.clock import LARGEST, NEVER, Clock, Ints
from evalkit.panel.columns import rows_of
from evalkit.panel.dropped import PanelError
from evalkit.panel.written import Written, read_written

Bools = np.ndarray[Any, np.dtype[np.bool_]]
_NEVER_WORDS = frozenset({"", "0", "0.0", "inf", "infinity", "nooit", "never", "geen"})
# As pandas and others print what is missing.
_MISSING_WORDS = frozenset({"nan", "nat", "none", "null", "<na>", "na", "n/a"})
_REMEDY = "give the first treated period; 0, empty or `nooit` means never treated"
_NO_WORD = (
    "make such cells empty, 0 or `nooit` where they mean never treated, in pandas with "
    "`data['{name}'].replace({word!r}, 0)`; leave out units whose start is not known"
)
_ALIKE = "write both alike: years, quarters or dates"


def read_cohorts(cohorts: pd.Series[Any], clock: Clock, name: str, *, dutch: bool = False) -> Ints:
    """Read the period of first treatment of each row as a value of the clock; 0 is never.

    ``0``, missing, infinite and the words ``nooit``, ``never`` and ``geen`` mean never treated,
    and so does a cohort after the last period.

    Parameters
    ----------
    cohorts
        The first treated period of each row.
    clock
        The periods.
    name
        Name of the column.
    dutch
        Whether the day is known to stand before the month in dates such as 03-04-2024.

    Raises
    ------
    PanelError
        A cohort lies between two periods, or is no period at all.
    """
    if cohorts.dtype.kind == "b":
        raise PanelError(f"the cohort column '{name}' says only true or false", hint=_REMEDY)
    if clock.counted:
        return _counted(cohorts, clock, name, dutch=dutch or clock.day_first)
    values = _whole(cohorts, clock, name)
    last, first = int(clock.values[-1]), int(clock.values[0])
    values[values > last] = NEVER
    inside = (values != NEVER) & (values >= first)
    unknown = np.flatnonzero(inside & ~np.isin(values, clock.values))
    if unknown.size:
        shown, known = int(values[unknown[0]]), clock.values
        at = int(np.searchsorted(known, shown))
        between = f"{known[at - 1]} and {known[at]}"
        _refuse_between(shown, name, rows_of(cohorts, unknown), between)
    found: Ints = np.maximum(values, -float(LARGEST)).astype(np.int64)
    return found


def _refuse_between(shown: Any, name: str, where: str, ends: str = "") -> None:
    two = f"two periods ({ends})" if ends else "two periods"
    raise PanelError(
        f"the cohort {shown} in column '{name}' lies between {two}, in {where}",
        hint="a cohort is the first period in which a unit is treated; use the next period",
    )


def _words(cohorts: pd.Series[Any]) -> tuple[Bools, pd.Series[Any]]:
    """Tell who is never treated by a word or a gap, and give what stands there as text."""
    text = pd.Series([str(one).strip() for one in cohorts], index=cohorts.index, dtype=object)
    never = cohorts.isna().to_numpy() | text.str.lower().isin(_NEVER_WORDS | _MISSING_WORDS)
    return np.asarray(never, dtype=np.bool_), text


# Whole periods ------------------------------------------------------------------------------


def _whole(cohorts: pd.Series[Any], clock: Clock, name: str) -> Any:
    """Read cohorts as whole numbers; as floats, in which the largest ones fit too."""
    if isinstance(cohorts.dtype, np.dtype) and cohorts.dtype.kind in "iuf":
        raw = cohorts.to_numpy(dtype=np.float64)
    else:
        raw = _numbers_of(cohorts, name)
    values = np.where(np.isfinite(raw), raw, NEVER)
    odd = np.flatnonzero((values != np.floor(values)) | np.isneginf(raw))
    if odd.size:
        _refuse_between(f"{raw[odd[0]]:g}", name, rows_of(cohorts, odd))
    _refuse_nought(raw, cohorts, clock, name)
    return values


def _numbers_of(cohorts: pd.Series[Any], name: str) -> Any:
    """Read text and objects as numbers, NaN for never."""
    _refuse_dates(cohorts, name)
    never, text = _words(cohorts)
    _refuse_words(cohorts, never, text, name)
    # A word for never is not the period 0, which may be one.
    never = never & ~text.isin({"0", "0.0"}).to_numpy()
    raw = pd.to_numeric(text.mask(never), errors="coerce").to_numpy(dtype=np.float64)
    odd = np.flatnonzero(np.isnan(raw) & ~never)
    if odd.size:
        raise PanelError(
            f"the cohort column '{name}' holds text ('{text.iloc[odd[0]]}') in "
            f"{rows_of(cohorts, odd)}",
            hint=_REMEDY,
        )
    return raw


def _refuse_words(cohorts: pd.Series[Any], never: Bools, text: pd.Series[Any], name: str) -> None:
    """Refuse words such as ``-`` and ``onbekend``: never treated, or nobody knows when."""
    odd = np.flatnonzero(~never & ~text.str.contains(r"\d").to_numpy(dtype=np.bool_))
    if odd.size:
        word = text.iloc[odd[0]]
        raise PanelError(
            f"the cohort column '{name}' holds text ('{word}') in {rows_of(cohorts, odd)}",
            hint=_NO_WORD.format(name=name, word=word),
        )


def _refuse_dates(cohorts: pd.Series[Any], name: str) -> None:
    """Refuse dates among whole periods: as numbers they would lie after the last one."""
    known = cohorts.dropna()
    first = known.iloc[0] if len(known) else None
    if isinstance(first, datetime | date | np.datetime64 | pd.Period):
        raise PanelError(
            f"the cohort column '{name}' holds dates ({first}), and the time is whole numbers",
            hint=_ALIKE,
        )


def _refuse_nought(raw: Any, cohorts: pd.Series[Any], clock: Clock, name: str) -> None:
    """Refuse a cohort 0 when periods run on both sides of 0: it could mean either.

    As the first period, 0 is no start that an estimate could use, and means never as always.
    """
    if clock.values[0] >= NEVER or clock.values[-1] < NEVER:
        return
    rows = np.flatnonzero(raw == NEVER)
    if rows.size:
        raise PanelError(
            f"the cohort 0 in column '{name}' means never treated, and 0 is a period too, in "
            f"{rows_of(cohorts, rows)}",
            hint="leave the cohort of who is never treated empty, and count periods from 1",
        )


# Quarters and dates -------------------------------------------------------------------------


def _counted(cohorts: pd.Series[Any], clock: Clock, name: str, *, dutch: bool) -> Ints:
    never, text = _words(cohorts)
    _refuse_words(cohorts, never, text, name)
    values = np.full(len(cohorts), NEVER, dtype=np.int64)
    rows = np.flatnonzero(~never)
    if rows.size == 0:
        return values
    treated = cohorts.iloc[rows]
    written = read_written(
        treated.reset_index(drop=True),
        f"cohort '{name}'",
        lambda bad: rows_of(cohorts, rows[bad]),
        dutch=dutch,
    )
    labels = pd.Series(list(clock.labels))
    wanted = _like(written, labels, name)
    place = np.searchsorted(labels.to_numpy(), wanted.to_numpy(), side="left")
    inside = place < len(labels)
    between = ~np.isin(wanted.to_numpy(), labels.to_numpy()) & inside & (place > 0)
    if between.any():
        at = np.flatnonzero(between)
        _refuse_between(treated.iloc[int(at[0])], name, rows_of(cohorts, rows[at]))
    # Before the first period counts as the first: such units are always treated.
    values[rows] = np.where(inside, clock.values[np.minimum(place, len(labels) - 1)], NEVER)
    return values


def _like(written: Written, labels: pd.Series[Any], name: str) -> pd.Series[Any]:
    """Give cohorts as the clock writes its periods, or refuse them."""
    clock = Written(labels)
    if written.kind == "whole numbers" and clock.kind == "dates" and _years(labels):
        stamps = pd.to_datetime(written.values.astype(str), format="%Y", errors="coerce")
        written = Written(stamps if stamps.notna().all() else written.values)
    if written.values.dtype != labels.dtype and written.kind == clock.kind == "dates":
        zones = [getattr(one.dtype, "tz", None) for one in (written.values, labels)]
        if zones[0] == zones[1]:  # in days or in seconds
            return written.values.astype(labels.dtype)
    if written.values.dtype != labels.dtype:
        what = [written.kind, clock.kind]
        if what[0] == what[1]:
            what = [str(written.values.dtype), str(labels.dtype)]
        raise PanelError(
            f"the cohort column '{name}' holds {what[0]}, and the time holds {what[1]}",
            hint=_ALIKE,
        )
    return written.values


def _years(labels: pd.Series[Any]) -> bool:
    """Whether every period is the first of January of a year."""
    return bool(((labels.dt.month == 1) & (labels.dt.day == 1)).all())
