"""Adding up the rows of repeated cross-sections, each of which is a unit that is seen once."""

from __future__ import annotations

import numpy as np

from evalkit.panel.tally import Floats, Ints, Tally


class RowTally(Tally):
    """Features of rows by cohort: those of a unit that is observed in one period alone."""

    def add_rows(
        self, at: Ints, time: Ints, y: Floats, w: Floats | None, clusters: Ints | None
    ) -> None:
        """Add rows.

        Parameters
        ----------
        at, time
            Place of each row's cohort and period.
        y, w
            Outcome and weight.
        clusters
            Code of each row's cluster.
        """
        self.extend(y)
        cells, periods = self.near.size, self.periods
        cell = at * periods + time
        one = np.ones(len(y)) if w is None else w
        d = one * (y - self.near[at, time])

        def sums(values: Floats) -> Floats:
            found = np.bincount(cell, weights=values, minlength=cells).astype(np.float64)
            return found.reshape(self.near.shape)

        count, weight, outcome = sums(np.ones(len(y))), sums(one), sums(d)
        squares, crossed = sums(one * one), sums(one * d)
        gram, here = self.gram[1], np.arange(periods)
        gram[:, 0, 0] += count.sum(axis=1)
        gram[:, 1, 1] += squares.sum(axis=1)
        gram[:, [0, 1], [1, 0]] += weight.sum(axis=1)[:, None]
        places = (2 + here, 2 + periods + here)
        for row, columns, values in (
            (0, places[0], weight), (0, places[1], outcome),
            (1, places[0], squares), (1, places[1], crossed),
        ):  # fmt: skip
            gram[:, row, columns] += values
            gram[:, columns, row] += values
        gram[:, places[0], places[0]] += squares
        gram[:, places[1], places[1]] += sums(d * d)
        gram[:, places[0], places[1]] += crossed
        gram[:, places[1], places[0]] += crossed
        self.pairs[1][:, here, here] += count
        if self.clusters is not None and clusters is not None:
            self._by_cluster(clusters * cells + cell, one, d)

    def _by_cluster(self, cell: Ints, weight: Floats, outcome: Floats) -> None:
        if self.clusters is None:
            return
        total, periods = self.clusters[1], self.periods
        shape = (*total.shape[:2], periods)
        size = int(np.prod(shape))
        own = np.bincount(cell, weights=weight, minlength=size).reshape(shape)
        total[:, :, 0] += np.bincount(cell, minlength=size).reshape(shape).sum(axis=2)
        total[:, :, 1] += own.sum(axis=2)
        total[:, :, 2 : 2 + periods] += own
        own = np.bincount(cell, weights=outcome, minlength=size).reshape(shape)
        total[:, :, 2 + periods :] += own
