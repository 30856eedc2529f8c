"""The panel: roles resolved, rows validated, and smaller panels made of it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from evalkit.language.told import told
from evalkit.panel.clock import NEVER
from evalkit.panel.dropped import SHOWN, Dropped, PanelError, PanelWarning
from evalkit.panel.engine import DuckDB, chosen
from evalkit.panel.gone import lost_clusters
from evalkit.panel.minimum import check_minimum
from evalkit.panel.observed import Observed
from evalkit.panel.panel_view import panel_html
from evalkit.panel.reading import Reading
from evalkit.panel.table import Table, with_missing
from evalkit.panel.warned import warn_user

Bools = np.ndarray[Any, np.dtype[np.bool_]]


class Panel(Observed):
    """Units observed over periods, some treated from a period on.

    Parameters
    ----------
    data
        A pandas or polars frame, a pyarrow table, a DuckDB relation, an Ibis table, or the path
        of a CSV or Parquet file, of a folder of Parquet files or a pattern such as
        ``folder/*.parquet``. Of Parquet only the columns that are needed are read.
    unit
        Column that names the unit; None for repeated cross-sections, where each row is its own.
    time
        Column of the period: whole numbers, years, quarters (``2024Q1``, ``2024K1``), months
        (``2024MM07``) or dates. Dates such as 03-04-2024 are read with the day first where the
        column or the file shows that they are written so, and refused where they show nothing.
    outcome
        Column of the outcome.
    cohort
        Column of the first treated period; 0, missing, infinite, ``nooit``, ``never`` or ``geen``
        is never treated. Number periods from 1 or as years: where treatment starts in a period 0,
        it would be read as never.
    cluster
        Column to cluster errors by; by default the unit.
    weights
        Column of sampling weights.
    engine
        ``memory``: the rows are read; ``duckdb``, or a :class:`~evalkit.panel.DuckDB` with a limit
        of memory: they stay where they are, and queries give what estimates without covariates
        need; ``ibis``: likewise for an Ibis table of Spark or any other backend, which computes. By
        default queries where a Parquet source, a relation or an Ibis table has more than five
        million rows, in memory otherwise.
    minimum_cell
        Least number of units that a number may rest on: what rests on fewer is suppressed in every
        result of this panel, and messages name no unit; 10 is usual. None shows all.
    na_values
        Words that mean missing in a CSV file; not in the cohort, where missing is never treated.

    Attributes
    ----------
    unit : ndarray of int, shape (rows,)
        Unit of each row, counted from 0; rows are ordered by unit and then period.
    time : ndarray of int, shape (rows,)
        Period of each row, counted from 0.
    y, weights : ndarray of float, shape (rows,)
        Outcome, and sampling weights (None without).
    cohorts : ndarray of int, shape (units,)
        First treated period of each unit, a value of ``clock``; 0 is never.
    clusters : ndarray of int, shape (units,) or None
        Cluster of each unit, counted from 0; None when clusters are the units.
    clock
        The periods.
    dropped
        What was left out, and why.

    Raises
    ------
    PanelError
        A column is missing, holds text or infinite values, a unit has two rows for a period, a
        cohort varies within a unit or lies between periods, a weight is negative, a number or a
        date can be read two ways, or a file is not what its name says.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2], "year": [2020, 2021] * 2,
    ...                       "jobs": [5.0, 6.0, 4.0, 4.5], "start": [2021, 2021, 0, 0]})
    >>> ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    Panel(2 units x 2 periods, 1 treated cohort, balanced)
    """

    minimum_cell: int | None = None

    def __new__(cls, data: Any = None, *, engine: Any = None, **_: Any) -> Panel:
        """Make the panel that the engine asks for, of which the rows may stay where they are."""
        if cls is not Panel or chosen(data, engine) is None:
            return super().__new__(cls)
        from evalkit.panel.scanned import ScannedPanel

        return super().__new__(ScannedPanel)

    def __init__(
        self,
        data: Any,
        *,
        unit: str | None,
        time: str,
        outcome: str,
        cohort: str,
        cluster: str | None = None,
        weights: str | None = None,
        engine: str | DuckDB | None = None,
        minimum_cell: int | None = None,
        na_values: str | Iterable[str | float] = (),
    ) -> None:
        self.minimum_cell = check_minimum(minimum_cell)
        self.names = {"unit": unit, "time": time, "outcome": outcome, "cohort": cohort}
        self.names |= {"cluster": cluster, "weights": weights}
        self.dropped: tuple[Dropped, ...] = ()
        for gone in self._open(with_missing(data, na_values, cohort), engine):
            self._note(gone)

    def _open(self, data: Any, engine: str | DuckDB | None) -> Sequence[Dropped]:  # noqa: ARG002  a panel in memory needs none
        """Read the rows; give what is left out."""
        found = Reading(Table(data), self.names)
        self._table, self._layout, self.clock = found.table, found.layout, found.clock
        self.y = found.y
        self.cohorts = found.cohorts
        self.clusters = found.clusters
        self.weights = found.weights
        return found.dropped

    def _note(self, dropped: Dropped) -> None:
        dropped = dropped.discreet(self.minimum_cell)
        self.dropped = (*self.dropped, dropped)
        warn_user(str(dropped))

    def keep(self, units: Bools, reason: str) -> Panel:
        """Give the panel of some units; what is left out is counted under `reason`.

        Parameters
        ----------
        units
            Whether to keep each unit, shape (units,).
        reason
            Why the others leave.

        Returns
        -------
        Panel
            The smaller panel, or this one when all stay; its ``dropped`` and a warning say so.
        """
        if units.all():
            return self
        return self._sub(rows := units[self.unit], self._gone(reason, rows, units))

    def before(self, period: int, reason: str) -> Panel:
        """Give the panel of the periods before one; rows left out are counted under `reason`.

        Parameters
        ----------
        period
            A value of the clock. Units first treated from then on become never treated.
        reason
            Why the later periods leave.

        Returns
        -------
        Panel
            The smaller panel; its ``dropped`` and a warning say what leaves.

        Raises
        ------
        PanelError
            No period lies before it.
        """
        rows = self.clock.values[self.time] < period
        if not rows.any():
            raise PanelError(
                f"no period lies before {self.clock.label(period)}", hint="give a later period"
            )
        return self._sub(rows, self._gone(reason, rows))

    def complete(self, periods: int | None = None) -> Panel:
        """Give the panel of the units that are observed in every period.

        Parameters
        ----------
        periods
            Look at the first so many periods alone.

        Returns
        -------
        Panel
            The smaller panel, which is balanced, or this one when it is so already.

        Raises
        ------
        PanelError
            No unit is observed in every period.
        """
        whole = self._whole(self.n_periods if periods is None else periods)
        if not whole.any():
            raise PanelError("no unit is observed in every period", hint="use balanced=False")
        return self.keep(whole, told("dropped.period"))

    def without_missing(self, names: Sequence[str]) -> Panel:
        """Give the panel of the rows in which no column of `names` is missing.

        Parameters
        ----------
        names
            Columns of numbers.

        Returns
        -------
        Panel
            The smaller panel, or this one when nothing is missing.

        Raises
        ------
        PanelError
            A column is missing in every row, or there is no such column.
        """
        panel = self
        for name in names:
            lacks = np.isnan(panel.covariates([name])[:, 0])
            if lacks.all():
                raise PanelError(
                    f"the covariate '{name}' is missing in every row", hint="leave it out"
                )
            if lacks.any():
                why = told("dropped.covariate", name=name)
                panel = panel._sub(~lacks, panel._gone(why, ~lacks))
        return panel

    def without_always_treated(self) -> Panel:
        """Give the panel without units that were treated in or before the first period.

        Returns
        -------
        Panel
            The smaller panel, or this one when there are no such units.

        Raises
        ------
        PanelError
            Every unit is treated from the first period on.
        """
        always = (self.cohorts != NEVER) & (self.cohorts <= int(self.clock.values[0]))
        if always.all():
            hint = "add earlier periods, or units that are treated later or never"
            raise PanelError("every unit is treated from the first period on", hint=hint)
        return self.keep(~always, told("dropped.always"))

    def _gone(self, reason: str, rows: Bools, units: Bools | None = None) -> Dropped:
        """Count what goes when some rows stay, or all those of some units."""
        whole = units is not None
        if units is None:
            units = np.bincount(self.unit[rows], minlength=self.n_units) > 0
        gone, names = np.flatnonzero(~units), []
        if (column := self.names["unit"]) is not None:
            names = self._table.names_at(column, self._layout.places(self.first_rows[gone[:SHOWN]]))
        counts = (len(gone), 0) if whole else (0, len(gone) if column is not None else 0)
        clusters = lost_clusters(self.clusters, units)
        found = Dropped(reason, int((~rows).sum()), *counts, tuple(names), clusters)
        return found.discreet(self.minimum_cell)

    def _sub(self, rows: Bools, gone: Dropped) -> Panel:
        """Give the panel of some rows, and tell what is gone."""
        at = self._layout.places(np.flatnonzero(rows))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PanelWarning)  # nothing new is missing
            kept = panel_of(self._table.rows(at), self.names, self.minimum_cell)
        kept.dropped = (*self.dropped, gone)
        warn_user(str(gone))
        return kept

    def __repr__(self) -> str:
        cohorts, kind = len(self.treated_cohorts), "balanced" if self.balanced else "not balanced"
        shape = f"{self.n_units} units x {self.n_periods} periods"
        return f"Panel({shape}, {cohorts} treated cohort{'s' * (cohorts != 1)}, {kind})"

    def _repr_html_(self) -> str:
        return panel_html(self)


def panel_of(table: Table, names: Mapping[str, str | None], minimum_cell: int | None) -> Panel:
    """Make the panel of a table and the columns of its roles, of which each needed one is named."""
    time, outcome, cohort = (str(names[role]) for role in ("time", "outcome", "cohort"))
    return Panel(
        table, unit=names["unit"], time=time, outcome=outcome, cohort=cohort,
        cluster=names["cluster"], weights=names["weights"], minimum_cell=minimum_cell,
    )  # fmt: skip
