"""Results as plain data: what JSON knows and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.period_name import period_name


def plain(value: Any) -> Any:
    """Give lists, dictionaries, text and numbers for frames, arrays, periods and the like.

    What is missing or infinite becomes None: JSON has no word for it.

    Examples
    --------
    >>> plain({"time": pd.Timestamp("2004-07-01"), "errors": np.array([0.5, np.nan])})
    {'time': '2004-07-01', 'errors': [0.5, None]}
    """
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.astype(object).to_dict("records")]
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(one) for one in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return _scalar(value.item() if isinstance(value, np.generic) else value)


def _scalar(value: Any) -> Any:
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    return value if isinstance(value, str | int) else period_name(value)
