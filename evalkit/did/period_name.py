"""The name of a period in terms, messages and drawings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from evalkit.language.told import Told, told
from evalkit.panel.clock import NEVER, Clock


def period_name(period: Any) -> str:
    """Name a period: a date without the hour that pandas writes behind it.

    Examples
    --------
    >>> import pandas as pd
    >>> [period_name(one) for one in (2004, pd.Period("2004Q1"), pd.Timestamp("2004-07-01"))]
    ['2004', '2004Q1', '2004-07-01']
    >>> period_name(pd.Timestamp("2004-07-01 12:30"))
    '2004-07-01 12:30:00'
    """
    if not isinstance(period, datetime | np.datetime64) or pd.isna(period):
        return str(period)
    moment = pd.Timestamp(period)
    return f"{moment:%Y-%m-%d}" if moment == moment.normalize() else str(moment)


def name_at(clock: Clock, value: int) -> str:
    """Name a value of the clock, such as a cohort."""
    return period_name(clock.label(int(value)))


def cohort_name(clock: Clock, value: int) -> Told:
    """Name a cohort in a list of cohorts, among which may be the never treated."""
    if value == NEVER:
        return told("cohort.never")
    return told("cohort.of", cohort=name_at(clock, value))


def period_column(periods: Sequence[Any]) -> Any:
    """Make a column of periods in which some are missing: whole numbers stay whole."""
    whole = all(one is None or isinstance(one, int) for one in periods)
    return pd.array(list(periods), dtype="Int64") if whole else list(periods)


def with_period_names(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table to look at: dates among other things, such as 0 for never, by name."""
    found = table.copy()
    for name in (name for name in table if table[name].dtype.kind == "O"):
        found[name] = table[name].map(_named)
    return found


def _named(value: Any) -> Any:
    return period_name(value) if isinstance(value, datetime) else value
