"""What group-time estimation gives: the effects, and their aggregates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evalkit.did.aggregate import Grid, add_up, named
from evalkit.did.bands import critical_value, simulate, spread, with_band
from evalkit.did.cohort_panels import cohort_panels
from evalkit.did.drawing import Axes
from evalkit.did.effect import Effect, estimates
from evalkit.did.effect_plot import one_cohort, with_uniform
from evalkit.did.joint import Joint
from evalkit.did.overall import Overall, overall_of
from evalkit.did.period_name import period_name
from evalkit.did.suppression import hidden_cells, of_suppression, revealing

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, kw_only=True, repr=False)
class Aggregate(Effect):
    """An aggregate of group-time effects.

    Attributes
    ----------
    kind
        ``simple``, ``cohort``, ``calendar`` or ``event``.
    overall
        The mean over all treated cells, cohorts, periods or event times from nought on.
    critical_value
        How many standard errors the uniform band reaches; None when it was not asked for.
    """

    kind: str
    overall: Overall
    critical_value: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the aggregate as plain data, for JSON."""
        numbers = {name: getattr(self.overall, name) for name in Overall.__slots__}
        # JSON knows no NaN: an error that is not known is null there.
        known = {name: value if np.isfinite(value) else None for name, value in numbers.items()}
        return {**super().to_dict(), "kind": self.kind, "overall": known}

    def summary(self) -> str:
        """Print the aggregate, for the eye."""
        one = self.overall
        line = (
            f"Overall ({self.kind}): {one.estimate:.4f}, standard error {one.std_error:.4f}, "
            f"{1 - self.inference.alpha:.0%} interval {one.conf_low:.4f} to {one.conf_high:.4f}"
        )
        return f"{line}\n{super().summary()}"


@dataclass(frozen=True, kw_only=True, repr=False)
class GroupTime(Effect):
    """Effects of each cohort in each period.

    Attributes
    ----------
    joint
        Effects and cohort shares with their joint covariance, from which aggregates are made.
    grid
        Cohort and period of each effect.
    seed
        Start of the random numbers of uniform bands; None for no bands.
    draws
        How many draws they take.
    critical_value
        How many standard errors the uniform band reaches; None when it was not asked for.
    """

    joint: Joint
    grid: Grid
    clock_labels: dict[int, Any] = field(default_factory=dict)
    seed: int | None = None
    draws: int = 999
    critical_value: float | None = None

    def aggregate(
        self,
        kind: str = "simple",
        *,
        balance: int | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> Aggregate:
        """Take the effects together.

        Parameters
        ----------
        kind
            ``simple``: all treated cells, by cohort share; ``cohort``: the treated periods of each
            cohort; ``calendar``: the treated cohorts in each period; ``event``: each time since
            treatment, also before it.
        balance
            For ``event``: only cohorts observed for so many periods after treatment, and only
            event times up to it, so that the same cohorts make every later event time.
        first, last
            For ``event``: the first and last event time to give.

        Returns
        -------
        Aggregate
            Its table has a row per cohort, period or event time; ``overall`` is the one number;
            ``covariance`` is that of the rows.

        Raises
        ------
        EvalkitError
            The kind is unknown, or no effect is left.

        Notes
        -----
        Cohort shares are estimated, and the errors account for that. Callaway & Sant'Anna
        (2021), section 3.

        Examples
        --------
        >>> import numpy as np
        >>> import pandas as pd
        >>> import evalkit as ek
        >>> frame = pd.DataFrame({
        ...     "firm": np.repeat(np.arange(60), 6), "year": [*range(2016, 2022)] * 60,
        ...     "start": np.repeat([0, 2019, 2020], 120)})
        >>> after = (frame["start"] > 0) & (frame["year"] >= frame["start"])
        >>> frame["jobs"] = 2.0 * after + frame["firm"] % 7
        >>> frame["jobs"] += np.random.default_rng(1).normal(size=360)
        >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
        >>> found = ek.did.group_time(panel).aggregate("cohort")
        >>> found.tidy()[["term", "estimate", "n_units"]].round(2)
                       term  estimate  n_units
        0  ATT(cohort=2019)      2.58       20
        1  ATT(cohort=2020)      2.08       20
        >>> round(found.overall.estimate, 2)
        2.33
        """
        sums = add_up(self.joint, self.grid, kind, balance=balance, first=first, last=last)
        slopes = np.vstack([sums.slopes, sums.overall_slope])
        covariance = slopes @ self.joint.covariance @ slopes.T
        bare = self._without_errors(slopes)
        covariance[bare], covariance[:, bare] = 0.0, 0.0
        std_error, covariance, critical = settle(
            covariance, self._deviations(slopes), self.inference.kind, self.inference.alpha, -1
        )
        terms, columns = _terms(kind, sums.at, self.clock_labels)
        columns["n_units"] = self._units(kind, sums.slopes)
        table = estimates(
            terms, sums.estimates, std_error[:-1], alpha=self.inference.alpha, **columns
        )
        if critical is not None:
            table = with_band(table, critical)
        telling, overall = self._telling(slopes), sums.overall
        if telling and telling[-1]:
            overall, std_error[-1] = np.nan, np.nan
        return Aggregate(
            method=self.method,
            outcome=self.outcome,
            table=table,
            inference=self.inference,
            covariance=named(covariance[:-1, :-1], terms),
            dropped=self.dropped,
            notes=self._notes_of_all,
            kind=kind,
            overall=overall_of(overall, float(std_error[-1]), self.inference.alpha),
            critical_value=critical,
            telling=telling[:-1],
            minimum_cell=self.minimum_cell,
        )

    def plot(self, ax: Axes | None = None, *, cohort: Any = None) -> Axes:
        """Draw the effects by time since treatment, one panel a cohort.

        The uniform band holds all effects of all cohorts at once.

        Parameters
        ----------
        ax
            Matplotlib axes for a single cohort; None makes a figure.
        cohort
            The one cohort to draw, as the table writes it; None for all.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on: of all cohorts the axes of the first, and ``ax.figure.axes`` has all.

        Raises
        ------
        EvalkitError
            There is no such cohort, or there are several for one pair of axes.
        """
        table = with_uniform(self)
        if ax is None and cohort is None:
            return cohort_panels(table, self.outcome, self.inference.alpha)
        return one_cohort(self, table, ax, cohort)

    def withheld(self) -> Bools:
        """Say which cells rest on few units, with the next smallest where they would tell."""
        return hidden_cells(self.table, self.minimum_cell or 0)

    def _telling(self, slopes: Floats) -> tuple[bool, ...]:
        """Say which averages, the one over all last, would tell of a suppressed cell."""
        if self.minimum_cell is None or self.behind is None:
            return ()
        uses: Bools = slopes[:, : len(self.behind.table)] != 0
        return tuple(revealing(uses, self.behind.table, self.minimum_cell).tolist())

    @property
    def _notes_of_all(self) -> tuple[str, ...]:
        """The notes but those on suppressed cells: an aggregate has its own."""
        return tuple(one for one in self.notes if not of_suppression(one))

    def _deviations(self, slopes: Floats) -> Floats | None:
        """Draws of the aggregates: bootstrap draws are linear in those of the effects."""
        if self.joint.draws is not None:
            found: Floats = self.joint.draws @ slopes.T
            return found
        if self.seed is None:
            return None
        return simulate(slopes @ self.joint.covariance @ slopes.T, self.draws, self.seed)

    def _without_errors(self, slopes: Floats) -> Bools:
        """Tell the means of cells that have no error: they have none, only rounding."""
        size = len(self.joint.effects)
        known = np.diag(self.joint.covariance)[:size] > 0
        bare: Bools = (slopes[:, :size][:, known] == 0).all(axis=1)
        return bare

    def _units(self, kind: str, slopes: Floats) -> list[int]:
        """Count the treated units behind each mean."""
        every = self.table if self.behind is None else self.behind.table
        own = every["n_treated"].to_numpy()
        found = []
        for slope in slopes[:, : len(own)]:
            used = slope != 0
            if kind == "simple":
                used = self.grid.time >= self.grid.cohort
            by_cohort = dict(zip(self.grid.cohort[used].tolist(), own[used].tolist(), strict=True))
            found.append(sum(by_cohort.values()))
        return found


def settle(
    covariance: Floats, deviations: Floats | None, kind: str, alpha: float, end: int | None = None
) -> tuple[Floats, Floats, float | None]:
    """Give the standard errors, their covariance and the reach of the uniform band.

    A bootstrap's standard errors replace the analytic ones and the covariance is scaled to them;
    an error of nought is none (the base period itself, or an outcome without variation).

    Parameters
    ----------
    covariance
        Analytic, shape (terms, terms).
    deviations
        Draws, shape (draws, terms), or None.
    kind
        ``analytic`` or ``bootstrap``.
    alpha
        One less the confidence level.
    end
        The band holds the terms up to here.
    """
    analytic = np.sqrt(np.clip(np.diag(covariance), 0, None))
    std_error = np.where(analytic > 0, analytic, np.nan)
    covariance = covariance.copy()  # it may be a part of the joint one
    if deviations is None:
        return std_error, covariance, None
    if kind == "bootstrap":
        drawn = spread(deviations)
        ratio = np.where(analytic > 0, drawn / np.where(analytic > 0, analytic, 1), 0)
        covariance = covariance * np.outer(ratio, ratio)
        std_error = np.where(analytic > 0, drawn, np.nan)
    return std_error, covariance, critical_value(deviations[:, :end], std_error[:end], alpha)


def _terms(
    kind: str, at: Sequence[int], labels: dict[int, Any]
) -> tuple[list[str], dict[str, Any]]:
    """Name the rows of an aggregate: ATT, ATT(cohort=2004), ATT(time=2005), ATT(event=-1)."""
    if kind == "simple":
        return ["ATT"], {}
    if kind == "event":
        return [f"ATT(event={e})" for e in at], {"event_time": list(at)}
    shown = [labels[value] for value in at]
    column = "cohort" if kind == "cohort" else "time"
    return [f"ATT({column}={period_name(label)})" for label in shown], {column: shown}
