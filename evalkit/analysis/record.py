"""From an effect to the estimates that the record keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd

from evalkit.checks.single import single
from evalkit.did import Effect
from evalkit.did.effect import estimates
from evalkit.did.period_name import period_name
from evalkit.did.suppression import FLAG
from evalkit.errors import EvalkitError
from evalkit.model.finding import Estimate, Moment, Suppressed

_NUMBERS = ("std_error", "p_value", "conf_low", "conf_high")
_BAND = {"uniform_low": "band_low", "uniform_high": "band_high"}


def average_of(effect: Effect, treated: int | None) -> Estimate:
    """Give the one number that answers the question.

    Parameters
    ----------
    effect
        What the estimator gave.
    treated
        Units that it rests on; None where that may not be told.

    Raises
    ------
    EvalkitError
        It rests on fewer units than it may.
    """
    if hasattr(effect, "aggregate"):
        effect = effect.aggregate("simple")
    table = effect.table
    if FLAG in table and table[FLAG].all():
        raise _untold(effect)
    row = table[table["term"].isin(["ATT", "overall"])]
    if len(row) != 1 and len(table) == 1:
        row = table
    if len(row) != 1:
        found, inference = single(effect), effect.inference
        row = estimates(
            ["average"], np.array([found.estimate]), np.array([found.std_error]),
            alpha=inference.alpha, df=found.df,
        )  # fmt: skip
    if effect.minimum_cell is not None and row["estimate"].isna().any():
        raise _untold(effect)
    return next(_estimates(row.assign(term="average", n_units=treated)))


def _untold(effect: Effect) -> EvalkitError:
    return EvalkitError(
        f"the effect rests on fewer than {effect.minimum_cell} units, or would tell of some that "
        "do, so that nothing of it may be printed",
        hint="take units or groups together, or give a lower `minimum_cell`",
    )


def suppressed_of(effect: Effect) -> Suppressed | None:
    """Count what is not told, and name the times since the start without a number."""
    if effect.minimum_cell is None:
        return None
    cells = int(effect.table[FLAG].sum())
    path = effect.aggregate("event").table if hasattr(effect, "aggregate") else effect.table
    times: list[int] = []
    if "event_time" in path:
        times = path.loc[path[FLAG] & path["event_time"].notna(), "event_time"].tolist()
    return Suppressed(minimum=effect.minimum_cell, cells=cells, times=tuple(map(int, times)))


def path_of(effect: Effect, seed: int) -> tuple[Estimate, ...]:
    """Give the effects by time since the start, with a uniform band where it can be had."""
    if hasattr(effect, "aggregate"):
        effect = effect.aggregate("event")
    table = effect.table
    if "event_time" not in table or table["event_time"].isna().all():
        return ()
    with suppress(EvalkitError):  # no covariance: the path stands without a band
        table = effect.uniform(seed)
    known = list(_estimates(table[table["event_time"].notna()]))
    have = {one.event_time for one in known}
    bases = [
        Estimate(term=f"base({at})", estimate=0.0, event_time=at, reference=True)
        for at in effect.base
        if at not in have
    ]
    return tuple(sorted([*known, *bases], key=lambda one: one.event_time or 0))


def series_of(effect: Effect) -> tuple[Moment, ...]:
    """Give what was measured and what was expected by period, of a design with a single start."""
    paths = getattr(effect, "paths", None)
    if paths is None or paths.empty or ("cohort" in paths and paths["cohort"].nunique() > 1):
        return ()
    start = paths["cohort"].iloc[0] if "cohort" in paths else effect.treated_from  # type: ignore[attr-defined]
    times = list(paths["time"])
    begin = times.index(start)
    names = ("observed", "expected") if "observed" in paths else ("treated", "synthetic")
    measured, expected = (paths[name] for name in names)
    return tuple(
        Moment(time=_label(time) or "", observed=float(one), expected=float(two), after=at >= begin)
        for at, (time, one, two) in enumerate(zip(times, measured, expected, strict=True))
        if _number(one) is not None and _number(two) is not None
    )


def cells_of(effect: Effect) -> tuple[Estimate, ...]:
    """Give all estimates as the estimator gave them."""
    return tuple(_estimates(effect.table))


def _estimates(table: pd.DataFrame) -> Iterator[Estimate]:
    for row in table.to_dict("records"):
        numbers = {name: _number(row.get(name)) for name in _NUMBERS}
        numbers |= {name: _number(row.get(column)) for name, column in _BAND.items()}
        event_time, units = _number(row.get("event_time")), _number(row.get("n_units"))
        estimate = _number(row["estimate"])
        if estimate is None:
            continue  # a cell without an estimate is among the notes
        yield Estimate(
            term=str(row["term"]),
            estimate=estimate,
            **numbers,
            cohort=_label(row.get("cohort")),
            time=_label(row.get("time")),
            event_time=None if event_time is None else int(event_time),
            n_units=None if units is None else int(units),
            # A universal base period has a row of its own, nought and without error.
            reference=estimate == 0 and event_time is not None and numbers["std_error"] is None,
        )


def _number(value: Any) -> float | None:
    if value is None or pd.isna(value) or not np.isfinite(value):
        return None
    return float(value)


def _label(value: Any) -> str | None:
    if value is None or pd.isna(value):
        return None
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else period_name(value)
