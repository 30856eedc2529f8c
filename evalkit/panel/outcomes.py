"""The same panel with other outcomes: units and periods are found once."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from evalkit.panel.asked import Rows
from evalkit.panel.counting import Counting
from evalkit.panel.dropped import PanelWarning
from evalkit.panel.duck_rows import DuckRows
from evalkit.panel.numbers import numbers
from evalkit.panel.panel import Panel, panel_of
from evalkit.panel.scanned import ScannedPanel
from evalkit.panel.table import Table
from evalkit.panel.together import counted_together

Floats = np.ndarray[Any, np.dtype[np.float64]]
Roles = dict[str, str | None]
_OF_OUTCOME = ("wide", "moments", "cluster_sums")
"""What a panel has computed of its outcome, which another has to compute again."""
_AT_READING = ("dropped.outcome", "dropped.column")


def with_outcome(panel: Panel, name: str) -> Panel:
    """Give the panel of another outcome, as it would be made from the same data.

    Parameters
    ----------
    panel
        Any panel.
    name
        Column of the outcome.

    Returns
    -------
    Panel
        Rows, order and cohorts are shared where the outcome is known in every row. Where it is
        missing, or the panel lacks rows for its own outcome, the rows are read anew; and so they
        are where DuckDB reads them.

    Raises
    ------
    PanelError
        There is no such column, or it holds text or infinite values.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2], "year": [2020, 2021] * 2, "pay": [9.0, 8, 7, 9],
    ...                       "jobs": [5.0, 6.0, 4.0, 4.5], "start": [2021, 2021, 0, 0]})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with_outcome(panel, "pay").y.tolist()
    [9.0, 8.0, 7.0, 9.0]
    """
    if name == panel.names["outcome"]:
        return panel
    names = {**panel.names, "outcome": name}
    if isinstance(panel, ScannedPanel):
        return _scanned(panel, names)
    read = [getattr(one.reason, "key", "") in _AT_READING for one in panel.dropped]
    if not any(read):
        values = _values(panel, name)
        if not np.isnan(values).any():
            return _sharing(panel, names, values)
    table = panel._table  # noqa: SLF001  one's own
    if read and all(read):  # the rows that lack its own outcome may have this one
        table = Table(table)
        table.kept = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)  # it is in `dropped`
        made = panel_of(table, names, panel.minimum_cell)
    if not (read and all(read)):
        made.dropped = (*panel.dropped, *made.dropped)
    return made


def with_outcomes(panel: Panel, names: Sequence[str]) -> Iterator[Panel]:
    """Give the panel of each of several outcomes, as :func:`with_outcome` gives it of one.

    Where DuckDB reads the rows they pass by once for all outcomes but the panel's own, of which
    the sums are known; outcomes with periods under other labels, such as quarters of which some are
    in use for one outcome alone, take a turn of their own.

    Raises
    ------
    PanelError
        As by :func:`with_outcome`.
    """
    made: dict[str, Panel] = {}
    others = [name for name in dict.fromkeys(names) if name != panel.names["outcome"]]
    if len(others) > 1 and isinstance(panel, ScannedPanel):
        rows = panel._rows  # noqa: SLF001  one's own
        if isinstance(rows, DuckRows):
            roles = [{**panel.names, "outcome": name} for name in others]
            read = counted_together(rows, roles)
            made = {
                name: _scanned(panel, own, one)
                for name, own, one in zip(others, roles, read, strict=True)
            }
    for name in names:
        yield made[name] if name in made else with_outcome(panel, name)


def _values(panel: Panel, name: str) -> Floats:
    """Read the outcome in the order of the panel's rows."""
    table, layout = panel._table, panel._layout  # noqa: SLF001  one's own
    return layout.ordered(numbers(table.column(name, "outcome"), name, "outcome", table))


def _sharing(panel: Panel, names: Roles, values: Floats) -> Panel:
    """Give a panel with all that this one knows of its rows, but for the outcome."""
    other = copy.copy(panel)
    for known in _OF_OUTCOME:
        other.__dict__.pop(known, None)
    other.names, other.y = names, values
    return other


def _scanned(panel: ScannedPanel, names: Roles, read: tuple[Rows, Counting] | None = None) -> Panel:
    """Let the rows pass by once more for this outcome, unless they have been read."""
    other = object.__new__(ScannedPanel)
    other.names, other.minimum_cell = names, panel.minimum_cell
    if read is None:
        other._read(panel._rows.asked_for(names))  # noqa: SLF001  one's own
    else:
        other._take(*read)
    found = (one.discreet(panel.minimum_cell) for one in other._counting.dropped)
    chosen = (one for one in panel.dropped if getattr(one.reason, "key", "") not in _AT_READING)
    other.dropped = (*found, *chosen)
    return other
