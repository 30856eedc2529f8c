"""Panels in which other units are treated, or at other times, than in fact."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from evalkit.language.told import told
from evalkit.panel import Panel, PanelWarning
from evalkit.panel.clock import NEVER, Ints
from evalkit.panel.panel import panel_of

Bools = np.ndarray[Any, np.dtype[np.bool_]]


def reassigned(panel: Panel, cohorts: Ints, rows: Bools | None = None) -> Panel:
    """Give the panel with other cohorts, of all rows or of some.

    Parameters
    ----------
    panel
        The panel as it is.
    cohorts
        New cohort of each unit as a value of the panel's clock, shape (units,); 0 is never.
    rows
        Which rows to keep, shape (rows,); by default all.
    """
    kept = np.ones(panel.n_rows, dtype=bool) if rows is None else rows
    order = np.arange(panel.n_rows) if panel.order is None else panel.order
    name = str(panel.names["cohort"])
    written = by_row = cohorts[panel.unit[kept]]
    if panel.clock.counted:  # quarters and dates are written as the data write them
        labels = {int(g): panel.clock.label(int(g)) for g in np.unique(by_row) if g != NEVER}
        written = np.array([labels.get(int(g)) for g in by_row], dtype=object)
    table = panel._table.replaced(name, written, order[kept])  # noqa: SLF001  one's own
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)  # nothing new is missing
        return panel_of(table, panel.names, panel.minimum_cell)


def without(panel: Panel, units: Bools) -> Panel:
    """Give the panel without some units, by intention and so without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        return panel.keep(~units, told("dropped.diagnostic"))
