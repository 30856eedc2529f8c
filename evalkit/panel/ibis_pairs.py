"""Sums over units of many periods by queries of Ibis: a row for each two periods of a unit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.ibis_sums import Long, TooMany, Units, checked, ones, total
from evalkit.panel.tally import Tally

_KEYS = ("g", "whole")


def units_added_up(long: Long) -> Tally:
    """Add up units, with a column a period where these are not too many."""
    try:
        return Units(long).tally
    except TooMany:
        return Pairs(long).tally


class Pairs:
    """Units that are followed over so many periods that these are no columns.

    The rows of a unit are joined to each other, so that sums of products are groups of rows. It is
    slower than columns, of which a backend takes only so many.

    Attributes
    ----------
    tally
        The sums.

    Raises
    ------
    Faulty
        A unit has a row twice, or more than one cohort or cluster.
    """

    def __init__(self, long: Long) -> None:
        self._long = long
        self.tally, rows = long.start(Tally)
        self._size = self.tally.periods
        rows = rows if long.weighted else rows.mutate(w=ones())
        units = self._units(rows)
        self._check(units)
        rows = rows.select(u=rows.u, t=rows.t, w=rows.w, v=rows.w * rows.d)
        known = units.select(**{f"unit_{name}": units[name] for name in self._known()})
        rows = rows.join(known, rows.u == known.unit_u)
        names = {name: rows[f"unit_{name}"] for name in self._known() if name != "u"}
        self._rows = rows.select(u=rows.u, t=rows.t, w=rows.w, v=rows.v, **names)
        self._add_units(units)
        self._add_periods()
        self._add_pairs()
        if long.clustered:
            self._add_clusters(units)

    def _known(self) -> list[str]:
        """List what is known of a unit in all its rows."""
        return ["u", *_KEYS, "mean", *(["c"] if self._long.clustered else [])]

    def _units(self, rows: Any) -> Any:
        asked = {"n": rows.count(), "seen": rows.t.nunique()}
        for name in ("g", *(["c"] if self._long.clustered else [])):
            asked |= {name: rows[name].min(), f"{name}_most": rows[name].max()}
        asked |= {"mean": rows.w.mean(), "w": rows.w.min(), "w_most": rows.w.max()}
        units = rows.group_by("u").aggregate(**asked)
        return units.mutate(whole=(units.seen == self._size).ifelse(1, 0))

    def _check(self, units: Any) -> None:
        asked = {"twice": units.count(where=units.n > units.seen)}
        asked["cohort"] = units.count(where=units.g != units.g_most)
        if self._long.clustered:
            asked["cluster"] = units.count(where=units.c != units.c_most)
        asked |= {"spread": (units.w_most - units.w).max(), "mean": units["mean"].max()}
        found = checked(self._long.ask(units.aggregate(**asked)))
        self.tally.moving = bool(found["spread"].max() > 1e-12 * found["mean"].max())

    # Sums -----------------------------------------------------------------------------------

    def _at(self, found: pd.DataFrame) -> tuple[Any, Any]:
        """Give the part and the cohort of each row."""
        return 1 - found["whole"].to_numpy(dtype=np.int64), self._long.places(found["g"])

    def _add_units(self, units: Any) -> None:
        mean = units["mean"]
        asked = {"n": units.count(), "m": total(mean), "mm": total(mean * mean)}
        found = self._long.ask(units.group_by(*_KEYS).aggregate(**asked))
        for row, column, name in ((0, 0, "n"), (0, 1, "m"), (1, 1, "mm")):
            self._put(found, row, column, name)

    def _add_periods(self) -> None:
        rows = self._rows
        asked = {"w": total(rows.w), "v": total(rows.v)}
        asked |= {"mw": total(rows["mean"] * rows.w), "mv": total(rows["mean"] * rows.v)}
        found = self._long.ask(rows.group_by(*_KEYS, "t").aggregate(**asked))
        weight = 2 + found["t"].to_numpy(dtype=np.int64)
        for row, column, name in (
            (0, weight, "w"), (0, weight + self._size, "v"),
            (1, weight, "mw"), (1, weight + self._size, "mv"),
        ):  # fmt: skip
            self._put(found, row, column, name)

    def _add_pairs(self) -> None:
        """Add products of two periods of a unit, each pair of periods once."""
        a = self._rows
        b = a.select(u2=a.u, t2=a.t, w2=a.w, v2=a.v).view()
        both = a.join(b, a.u == b.u2)
        both = both.filter(both.t <= both.t2)
        asked = {"n": both.count(), "ww": total(both.w * both.w2), "wv": total(both.w * both.v2)}
        asked |= {"vw": total(both.v * both.w2), "vv": total(both.v * both.v2)}
        found = self._long.ask(both.group_by(*_KEYS, "t", "t2").aggregate(**asked))
        t, t2 = (found[name].to_numpy(dtype=np.int64) for name in ("t", "t2"))
        first, second, size = 2 + t, 2 + t2, self._size
        self._put(found, first, second, "ww")
        self._put(found, first + size, second + size, "vv")
        self._put(found, first, second + size, "wv")
        later = found[t < t2]
        self._put(later, first[t < t2] + size, second[t < t2], "vw")
        part, place = self._at(found)
        count = found["n"].to_numpy(dtype=np.float64)
        self.tally.pairs[part, place, t, t2] = self.tally.pairs[part, place, t2, t] = count

    def _put(self, found: pd.DataFrame, row: Any, column: Any, name: str) -> None:
        """Put sums in their places, on both sides of the diagonal."""
        values, gram = found[name].to_numpy(dtype=np.float64), self.tally.gram
        part, place = self._at(found)
        gram[part, place, row, column] = gram[part, place, column, row] = values

    def _add_clusters(self, units: Any) -> None:
        """Add the sums of features by cluster."""
        if self.tally.clusters is None:
            return
        asked = {"n": units.count(), "m": total(units["mean"])}
        heads = self._long.ask(units.group_by("c", *_KEYS).aggregate(**asked))
        rows = self._rows
        asked = {"w": total(rows.w), "v": total(rows.v)}
        found = self._long.ask(rows.group_by("c", *_KEYS, "t").aggregate(**asked))
        codes = pd.Index(heads["c"].unique())
        for part in (heads, found):
            part["cluster"] = codes.get_indexer(part["c"])
        time = found["t"].to_numpy(dtype=np.int64)
        places: tuple[tuple[pd.DataFrame, Any, str], ...] = (
            (heads, 0, "n"), (heads, 1, "m"), (found, 2 + time, "w"),
            (found, 2 + self._size + time, "v"),
        )  # fmt: skip
        for sums, column, name in places:
            part, place = self._at(sums)
            cluster, values = sums["cluster"].to_numpy(), sums[name].to_numpy(dtype=np.float64)
            self.tally.clusters[part, cluster, place, column] = values
