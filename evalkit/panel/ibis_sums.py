"""Sums over units by queries of Ibis: a column a period, and products of columns by cohort."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from evalkit.panel.asked import Faulty
from evalkit.panel.row_tally import RowTally
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
PORTION = 90
"""Sums of one query: above a hundred columns, Spark no longer compiles it."""
MOST = 2_500
"""Sums of all queries: 69 periods of whole units, 34 where units lack periods, 30 with weights."""
_Kind = TypeVar("_Kind", bound=Tally)


class TooMany(Exception):  # noqa: N818  no error: `Pairs` is then the way
    """There are more sums of columns than a backend can be asked for."""


@dataclass(frozen=True)
class Long:
    """Rows in use, and what is known of them.

    Attributes
    ----------
    rows
        An Ibis table with a row's unit ``u``, the place of its period ``t``, cohort ``g`` and
        outcome ``y``, its weight ``w`` and its cluster ``c`` where there are such.
    cohorts
        Values of the cohorts, ascending.
    near : ndarray, shape (cohorts, periods)
        About the mean of each cell.
    ask
        Computes an expression.
    weighted, clustered
        Whether there are weights and clusters.
    """

    rows: Any
    cohorts: tuple[int, ...]
    near: Floats
    ask: Callable[[Any], pd.DataFrame]
    weighted: bool
    clustered: bool

    def start(self, kind: type[_Kind]) -> tuple[_Kind, Any]:
        """Give an empty tally, and the rows with the outcome less what is near it (``d``)."""
        # Of few digits, so that it is the same number in any dialect.
        near = np.array([[float(f"{one:.9g}") for one in row] for row in self.near])
        clusters = 0
        if self.clustered:
            clusters = int(self.ask(self.rows.aggregate(n=self.rows.c.nunique()))["n"].iloc[0])
        tally = kind(self.cohorts, near, clusters)
        by_time = [
            (at, self.rows.g.cases(*zip(self.cohorts, map(float, column), strict=True), else_=0.0))
            for at, column in enumerate(near.T)
        ]
        off = self.rows.t.cases(*by_time, else_=0.0)
        return tally, self.rows.mutate(d=self.rows.y - off)

    def places(self, cohorts: pd.Series[Any]) -> Ints:
        """Give the place of each cohort."""
        return np.searchsorted(self.cohorts, cohorts.to_numpy(dtype=np.int64))


class Cells:
    """Repeated cross-sections, added up by cohort and period.

    Attributes
    ----------
    tally
        The sums.
    """

    def __init__(self, long: Long) -> None:
        tally, rows = long.start(RowTally)
        self.tally, self._shape = tally, long.near.shape
        one = rows.w if long.weighted else ones()
        rows = rows.mutate(one=one, v=one * rows.d)
        first = {"count": rows.count(), "weight": total(rows.one), "outcome": total(rows.v)}
        pairs = ((rows.one, rows.one), (rows.one, rows.v), (rows.v, rows.v))
        names = ("squares", "crossed", "inner")
        more = {name: total(a * b) for name, (a, b) in zip(names, pairs, strict=True)}
        found = long.ask(rows.group_by("g", "t").aggregate(**first, **more))
        cell = long.places(found["g"]) * tally.periods + found["t"].to_numpy(dtype=np.int64)
        tally.add_cells(**{name: self._spread(cell, found[name]) for name in (*first, *more)})
        if long.clustered:
            found = long.ask(rows.group_by("c", "g", "t").aggregate(**first))
            cell = long.places(found["g"]) * tally.periods + found["t"].to_numpy(dtype=np.int64)
            cell += pd.factorize(found["c"])[0] * tally.near.size
            tally.add_by_cluster(cell, *(found[name].to_numpy(dtype=np.float64) for name in first))

    def _spread(self, cell: Ints, values: pd.Series[Any]) -> Floats:
        found = np.zeros(self._shape)
        found.reshape(-1)[cell] = values.to_numpy(dtype=np.float64)
        return found


class Units:
    """Units that are followed over time: brought in one row each, and added up by cohort.

    Attributes
    ----------
    tally
        The sums.

    Raises
    ------
    Faulty
        A unit has a row twice, or more than one cohort or cluster.
    TooMany
        There are so many periods that they cannot be columns.
    """

    def __init__(self, long: Long) -> None:
        self._long = long
        self.tally, rows = long.start(Tally)
        self._periods = range(self.tally.periods)
        units = self._units = self._brought(rows)
        if long.weighted:
            found = self._checked(self._checks())
            spread, mean = (float(found[name].max()) for name in ("spread", "mean"))
            self.tally.moving = spread > 1e-12 * mean
            self._gram(units)
        else:
            found = self._checked(self._checks() | self._plain())
            self._add_plain(found[found["whole"] == 1])
            if (found["whole"] == 0).any():
                self._gram(units.filter(units.whole == 0))
        if long.clustered:
            self._by_cluster()

    def _brought(self, rows: Any) -> Any:
        """Give a row a unit: its outcome in each period, and whether it is whole."""
        long, asked = self._long, {"n": rows.count()}
        keys = ["g", *(["c"] if long.clustered else []), *(["w"] if long.weighted else [])]
        for name in keys:
            asked |= {name: rows[name].min(), f"{name}_most": rows[name].max()}
        if long.weighted:
            asked["mean"] = rows.w.mean()
        for name in ("d", *(["w"] if long.weighted else [])):
            asked |= {f"{name}{k}": rows[name].max(where=rows.t == k) for k in self._periods}
        units = rows.group_by("u").aggregate(**asked)
        seen = sum(units[f"d{k}"].notnull().cast("int64") for k in self._periods)
        units = units.mutate(seen=seen)
        return units.mutate(whole=(units.seen == len(self._periods)).ifelse(1, 0))

    # Sums -----------------------------------------------------------------------------------

    def _checks(self) -> dict[str, Any]:
        """Count units, and those that are not what a unit is."""
        units = self._units
        asked = {"n": units.count(), "twice": units.count(where=units.n > units.seen)}
        asked["cohort"] = units.count(where=units.g != units.g_most)
        if self._long.clustered:
            asked["cluster"] = units.count(where=units.c != units.c_most)
        if self._long.weighted:
            asked |= {"spread": (units.w_most - units.w).max(), "mean": units["mean"].max()}
        return asked

    def _checked(self, asked: Mapping[str, Any]) -> pd.DataFrame:
        return checked(self._ask(self._units, asked))

    def _plain(self) -> dict[str, Any]:
        """Sum outcomes and their products, of which units that are whole need no more."""
        column = [self._units[f"d{k}"] for k in self._periods]
        return {f"s{k}": total(one) for k, one in enumerate(column)} | _products(column)

    def _add_plain(self, found: pd.DataFrame) -> None:
        sums = found[[f"s{k}" for k in self._periods]].to_numpy(dtype=np.float64)
        places, squares = self._long.places(found["g"]), _square(found, len(self._periods))
        for at, count, own, square in zip(places, found["n"], sums, squares, strict=True):
            self.tally.add_sums(int(at), float(count), own, square)

    def _features(self, units: Any) -> tuple[Any, list[Any], list[int]]:
        """Give the features of units, and which of these each feature of a profile is."""
        flags = {f"f{k}": units[f"d{k}"].notnull().cast("float64") for k in self._periods}
        weighted = self._long.weighted
        own = {f"m{k}": units[f"w{k}"].fill_null(0.0) for k in self._periods} if weighted else {}
        units = units.mutate(one=ones(), **flags, **own)
        weights = [units[f"{'m' if weighted else 'f'}{k}"] for k in self._periods]
        values = [units[f"d{k}"].fill_null(0.0) for k in self._periods]
        values = [a * b for a, b in zip(values, weights, strict=True)] if weighted else values
        head = [units.one, units["mean"]] if weighted else [units.one]
        found = [*head, *weights, *values]
        return units, found, list(range(len(found))) if weighted else [0, *range(len(found))]

    def _gram(self, units: Any) -> None:
        """Add the products of features."""
        units, features, at = self._features(units)
        asked = _products(features)
        if self._long.weighted:
            asked |= _products([units[f"f{k}"] for k in self._periods], "q")
        found = self._ask(units, asked)
        grams = _square(found, len(features))[:, at][:, :, at]
        size = len(self._periods)
        pairs = (
            _square(found, size, "q")
            if self._long.weighted
            else grams[:, 2 : 2 + size, 2 : 2 + size]
        )
        cells = zip(found["whole"], self._long.places(found["g"]), grams, pairs, strict=True)
        for whole, place, gram, pair in cells:
            self.tally.gram[1 - int(whole), place] += gram
            self.tally.pairs[1 - int(whole), place] += pair

    def _by_cluster(self) -> None:
        """Add the sums of features by cluster."""
        units, features, at = self._features(self._units)
        asked = {f"p{k}": total(one) for k, one in enumerate(features)}
        found = self._long.ask(units.group_by("c", "g", "whole").aggregate(**asked))
        rows = found[[f"p{k}" for k in at]].to_numpy(dtype=np.float64)
        cluster, place = pd.factorize(found["c"])[0], self._long.places(found["g"])
        if self.tally.clusters is not None:
            np.add.at(self.tally.clusters, (1 - found["whole"].to_numpy(), cluster, place), rows)

    def _ask(self, units: Any, sums: Mapping[str, Any]) -> pd.DataFrame:
        """Put sums by cohort and wholeness in queries that are not too large."""
        names = list(sums)
        if len(names) > MOST:
            raise TooMany
        parts = []
        for start in range(0, len(names), PORTION):
            asked = {name: sums[name] for name in names[start : start + PORTION]}
            found = self._long.ask(units.group_by("g", "whole").aggregate(**asked))
            parts.append(found.set_index(["g", "whole"]))
        return pd.concat(parts, axis=1).reset_index()


def checked(found: pd.DataFrame) -> pd.DataFrame:
    """Give what was counted, where no unit is at fault.

    Raises
    ------
    Faulty
        A unit has a row twice, or more than one cohort or cluster.
    """
    for fault in ("twice", "cohort", "cluster"):
        if fault in found and found[fault].sum():
            raise Faulty(fault)
    return found


def ones() -> Any:
    """Write the number 1."""
    return import_module("ibis").literal(1.0)


def total(value: Any) -> Any:
    """Sum a value over rows."""
    return value.sum().cast("float64")


def _products(columns: Sequence[Any], name: str = "p") -> dict[str, Any]:
    """Sum the product of each two columns."""
    return {
        f"{name}{a}_{b}": total(columns[a] * columns[b])
        for a in range(len(columns))
        for b in range(a, len(columns))
    }


def _square(found: pd.DataFrame, size: int, name: str = "p") -> Floats:
    """Give sums of products as a matrix a row."""
    squares = np.empty((len(found), size, size))
    for a in range(size):
        for b in range(a, size):
            squares[:, a, b] = squares[:, b, a] = found[f"{name}{a}_{b}"].to_numpy(dtype=float)
    return squares
