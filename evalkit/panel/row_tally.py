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
        self.add_cells(count, weight, outcome, sums(one * one), sums(one * d), sums(d * d))
        if clusters is not None:
            self.add_by_cluster(clusters * cells + cell, np.ones(len(y)), one, d)

    def add_cells(
        self,
        count: Floats,
        weight: Floats,
        outcome: Floats,
        squares: Floats,
        crossed: Floats,
        inner: Floats,
    ) -> None:
        """Add rows by cohort and period, summed already.

        Parameters
        ----------
        count, weight, outcome
            Number of rows, sum of their weights, and of weight times outcome less `near`.
        squares, crossed, inner
            Sums of the products of the last two: weight by weight, by outcome, outcome by outcome.
        """
        periods = self.periods
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
        gram[:, places[1], places[1]] += inner
        gram[:, places[0], places[1]] += crossed
        gram[:, places[1], places[0]] += crossed
        self.pairs[1][:, here, here] += count

    def add_by_cluster(self, cell: Ints, count: Floats, weight: Floats, outcome: Floats) -> None:
        """Add rows, or sums of rows, by cluster, cohort and period.

        Parameters
        ----------
        cell
            Cluster times the number of cells, plus cohort times that of periods, plus period.
        count, weight, outcome
            As in `add_cells`.
        """
        if self.clusters is None:
            return
        total, periods = self.clusters[1], self.periods
        shape = (*total.shape[:2], periods)

        def sums(values: Floats) -> Floats:
            found = np.bincount(cell, weights=values, minlength=int(np.prod(shape)))
            return found.astype(np.float64).reshape(shape)

        own = sums(weight)
        total[:, :, 0] += sums(count).sum(axis=2)
        total[:, :, 1] += own.sum(axis=2)
        total[:, :, 2 : 2 + periods] += own
        total[:, :, 2 + periods :] += sums(outcome)
