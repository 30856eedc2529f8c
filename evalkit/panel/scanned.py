"""A panel of which the rows stay where they are: queries give all that estimates need of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from evalkit.language.told import Told, told
from evalkit.panel.asked import Rows
from evalkit.panel.clock import NEVER
from evalkit.panel.counting import Counting
from evalkit.panel.dropped import Dropped, PanelError
from evalkit.panel.duck_rows import DuckRows
from evalkit.panel.engine import DuckDB, Ibis, chosen
from evalkit.panel.ibis_rows import IbisRows
from evalkit.panel.moments import Moments
from evalkit.panel.panel import Panel
from evalkit.panel.profile import Profile
from evalkit.panel.scan import scan_of
from evalkit.panel.warned import warn_user

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
BYTES = 48
"""Memory that a row takes, roughly, once its columns are read and ordered."""


class ScannedPanel(Panel):
    """A panel whose rows are read by queries and never all in memory; :class:`Panel` makes it.

    Attributes
    ----------
    profile
        What is known of its units.
    weights_move
        Whether a unit's weight is another in another period.
    """

    def _open(self, data: Any, engine: str | DuckDB | Ibis | None) -> tuple[Dropped, ...]:
        found = chosen(data, engine) or DuckDB()
        if isinstance(found, Ibis):
            self._read(IbisRows(data, self.names, discreet=self.minimum_cell is not None))
        else:
            self._read(DuckRows(scan_of(data, found), self.names))
        return tuple(self._counting.dropped)

    def _read(self, rows: Rows) -> None:
        with rows.opened():
            counting = Counting(rows, self.names)
            counting.add_up()
        self._take(rows, counting)

    def _take(self, rows: Rows, counting: Counting) -> None:
        """Take in rows that have been counted and added up."""
        self._rows, self._counting = rows, counting
        self.clock = self._counting.clock
        self.weights_move = self._counting.moving
        self._parts = (self._counting.whole, self._counting.rest)
        if not self.weighted:
            self.weights = None
        if not self.clustered:
            self.clusters = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "_parts" not in self.__dict__:
            raise AttributeError(f"'ScannedPanel' object has no attribute '{name}'")
        size = self.n_rows * BYTES / 1e9
        raise PanelError(
            f"this needs the rows in memory, and {self.reader} reads them where they are",
            hint="leave out covariates, weights or the bootstrap, use `panel.complete()` where "
            f"units lack periods, or give Panel(..., engine='memory'): {self.n_rows} rows, about "
            f"{size:.1f} GB",
        )

    # What is known --------------------------------------------------------------------------

    @property
    def scanned(self) -> bool:
        """Whether the rows are read by queries: they are."""
        return True

    @property
    def reader(self) -> str:
        """Who reads the rows."""
        return self._rows.reader

    @cached_property
    def profile(self) -> Profile:
        """Sums of the features of all units, by cohort."""
        found = self._parts[0] + self._parts[1]
        return found.select(found.counts > 0)

    @property
    def clustered(self) -> bool:
        """Whether errors are clustered by something else than the unit."""
        return self.names["cluster"] not in {None, self.names["unit"]}

    @property
    def weighted(self) -> bool:
        """Whether there are sampling weights."""
        return self.names["weights"] is not None

    @property
    def total_weight(self) -> float:
        """Sum of the sampling weights of all rows."""
        return float(self.profile.weights.sum())

    @property
    def extremes(self) -> Floats:
        """The least and the largest outcome."""
        return np.array([self._counting.low, self._counting.high])

    @property
    def squares(self) -> float:
        """Sum of squares of the outcome."""
        found, here = self.profile, np.arange(self.n_periods)
        at = 2 + self.n_periods + here
        inner = found.gram[:, at, at] + 2 * found.near * found.sums
        return float((inner + found.near**2 * found.weights).sum())

    @property
    def n_rows(self) -> int:
        """Number of rows in use."""
        return int(np.einsum("gtt->", self.profile.pairs))

    @property
    def n_units(self) -> int:
        """Number of units in use."""
        return int(self.profile.counts.sum())

    @cached_property
    def balanced(self) -> bool:
        """Whether every unit is observed once in every period."""
        return self.names["unit"] is not None and not self._parts[1].counts.any()

    @cached_property
    def cohort_sizes(self) -> dict[int, int]:
        """Number of units of each cohort, ascending; 0 is never treated."""
        found = self.profile
        return {g: int(count) for g, count in zip(found.cohorts, found.counts, strict=True)}

    @property
    def n_clusters(self) -> int:
        """Number of clusters; units where there are no others."""
        return len(self.profile.cluster_units) if self.clustered else self.n_units

    def clusters_with(self, cohorts: Sequence[int]) -> int:
        """Count the clusters with a unit of one of some cohorts."""
        chosen_ones = np.isin(self.profile.cohorts, list(cohorts))
        if not self.clustered:
            return int(self.profile.counts[chosen_ones].sum())
        return int((self.profile.cluster_units[:, chosen_ones].sum(axis=1) > 0).sum())

    @cached_property
    def moments(self) -> Moments:
        """Sufficient statistics per cohort of a balanced panel; see :class:`Moments`."""
        if self.weighted or not self.balanced:
            return self.__getattr__("y")  # type: ignore[no-any-return]
        return self.profile.moments

    @cached_property
    def cluster_sums(self) -> tuple[Floats, Floats]:
        """Units by cluster and cohort, and the sums of their outcomes less the moments' centre."""
        found = self.profile
        if found.clusters is None:
            raise PanelError("units are the clusters here", hint="name a column of clusters")
        counts = found.cluster_units
        off = found.near - self.moments.centre
        sums = found.clusters[:, :, 2 + self.n_periods :] + counts[:, :, None] * off
        return counts, sums

    def whole_through(self, periods: int) -> int:
        """Count the units that are observed in each of the first so many periods."""
        if periods == self.n_periods or self.balanced:
            return int(self._parts[0].counts.sum())
        return self._rows.whole(periods)

    # Smaller panels -------------------------------------------------------------------------

    def before(self, period: int, reason: str) -> Panel:
        """Give the panel of the periods before one; see :meth:`Panel.before`."""
        early = int((self.clock.values < period).sum())
        if early == 0:
            raise PanelError(
                f"no period lies before {self.clock.label(period)}", hint="give a later period"
            )
        return self._with(self._rows.until(early), reason, whole=False)

    def complete(self, periods: int | None = None) -> Panel:
        """Give the panel of the units that are observed in every period; see Panel.complete."""
        count = self.n_periods if periods is None else periods
        whole = self.whole_through(count)
        if whole == 0:
            raise PanelError("no unit is observed in every period", hint="use balanced=False")
        if whole == self.n_units:
            return self
        parts = None
        if count == self.n_periods:
            parts = (self._parts[0], self._parts[1].none())
        return self._with(self._rows.complete(count), told("dropped.period"), parts=parts)

    def without_missing(self, names: Sequence[str]) -> Panel:
        """Give this panel: it has no covariates to miss, and refuses those that are named."""
        return self.__getattr__(names[0]) if names else self

    def without_always_treated(self) -> Panel:
        """Give the panel without units treated from the first period on; see Panel."""
        first = int(self.clock.values[0])
        kept = np.array([g == NEVER or g > first for g in self._parts[0].cohorts])
        sizes = self._parts[0].counts + self._parts[1].counts
        if not sizes[kept].any():
            raise PanelError(
                "every unit is treated from the first period on",
                hint="add earlier periods, or units that are treated later or never",
            )
        if not sizes[~kept].any():
            return self
        parts = (self._parts[0].only(kept), self._parts[1].only(kept))
        return self._with(self._rows.treated_after(first), told("dropped.always"), parts=parts)

    def _with(
        self,
        rows: Rows,
        reason: Told | str,
        *,
        whole: bool = True,
        parts: tuple[Profile, Profile] | None = None,
    ) -> Panel:
        """Give the panel of some of the rows, and tell what is gone.

        `parts` are its units where they are known already, as long as no period has emptied.
        """
        found = object.__new__(ScannedPanel)
        found.names, found.dropped = self.names, ()
        found.minimum_cell = self.minimum_cell
        if parts is not None and _sees_all(parts):
            found.__dict__.update(self._shared())
            found._rows, found._parts = rows, parts
        else:
            found._read(rows)
        gone = self._gone_from(found, reason, whole=whole)
        found.dropped = (*self.dropped, gone)
        warn_user(str(gone))
        return found

    def _shared(self) -> dict[str, Any]:
        """Give what a smaller panel has in common with this one."""
        known = ("names", "clock", "weights_move", "weights", "clusters", "_counting")
        return {name: self.__dict__[name] for name in known if name in self.__dict__}

    def _gone_from(self, left: ScannedPanel, reason: Told | str, *, whole: bool) -> Dropped:
        rows, units = self.n_rows - left.n_rows, self.n_units - left.n_units
        names: tuple[str, ...] = ()
        if self.names["unit"] is None:
            units = units if whole else 0
        elif units:
            names = self._rows.gone(left._rows)
        counts = (units, 0) if whole else (0, units)
        clusters = self.n_clusters - left.n_clusters if self.clustered else 0
        return Dropped(reason, rows, *counts, names, clusters).discreet(self.minimum_cell)


def _sees_all(parts: tuple[Profile, Profile]) -> bool:
    """Whether some unit is observed in every period."""
    seen = sum(np.einsum("gtt->t", part.pairs) for part in parts)
    return bool((np.asarray(seen) > 0).all())
