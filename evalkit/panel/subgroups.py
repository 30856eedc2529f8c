"""The same panel in parts: units by what a column says of them."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from evalkit.language.told import told
from evalkit.panel.columns import coded
from evalkit.panel.dropped import PanelError, PanelWarning, some
from evalkit.panel.panel import Panel

MOST = 50
"""Values of a column that are taken for groups; more are numbers or names."""


def subgroups(panel: Panel, column: str) -> dict[str, Panel]:
    """Give the panel of the units of each value of a column.

    Parameters
    ----------
    panel
        A panel whose rows are in memory.
    column
        A column that has one value for a unit. Units of which it is missing are in no part.

    Returns
    -------
    dict
        A panel by the value as text, ascending; each counts the others in its ``dropped``.

    Raises
    ------
    PanelError
        There is no such column, it varies within a unit, it has one value or more than fifty, or
        the rows are not in memory.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2], "year": [2020, 2021] * 2,
    ...                       "jobs": [5.0, 6.0, 4.0, 4.5], "start": [2021, 2021, 0, 0],
    ...                       "town": ["Ede", "Ede", "Urk", "Urk"]})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> {name: one.n_units for name, one in subgroups(panel, "town").items()}
    {'Ede': 1, 'Urk': 1}
    """
    table, layout = panel._table, panel._layout  # noqa: SLF001  one's own
    codes, labels = coded(table.column(column, "subgroup"), f"subgroup '{column}'", names=True)
    ordered = layout.ordered(np.asarray(codes, dtype=np.int64))
    moving = layout.moving(ordered)
    if moving.size:
        rows = table.places(layout.places(moving)) + table.first_row
        raise PanelError(
            f"the subgroup '{column}' varies within a unit, in {some(rows.tolist())}",
            hint="give a column that says one thing of a unit, such as its value at the start",
        )
    if not 1 < len(labels) <= MOST:
        raise PanelError(
            f"the column '{column}' has {len(labels)} values, and subgroups are 2 to {MOST}",
            hint="make classes of it first, in a column of their own",
        )
    own = ordered[layout.first_rows]
    by_value = sorted(range(len(labels)), key=lambda at: labels[at])
    return {str(labels[at]): _part(panel, own == at) for at in by_value}


def _part(panel: Panel, units: np.ndarray[Any, np.dtype[np.bool_]]) -> Panel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)  # they leave by intention
        return panel.keep(units, told("dropped.subgroup"))
