"""Interrupted time series: one series before and after, without a comparison group."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm

from evalkit.did.effect import Effect, Inference, estimates
from evalkit.did.method import Method
from evalkit.did.time_axis import time_axis
from evalkit.panel import Panel, PanelError, PanelWarning
from evalkit.panel.clock import NEVER, read_times

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

LEAST = 4
"""Fewer points than this before or after are refused: a line and its noise cannot be told apart."""
FEW = 8
"""Fewer points than this before or after give a warning (Penfold and Zhang 2013)."""

METHOD = Method(
    name="interrupted_series",
    title="Interrupted time series (weak design: no comparison group)",
    question="Did the level or the slope of a series change when the treatment began?",
    estimand="the change in level at the first treated period, the change in slope, and the mean "
    "gap after treatment to the line before, carried on; an effect of the treatment only if "
    "nothing else changed",
    equation=r"Y_t = b_0 + b_1 t + b_2 1\{t \geq T\} + b_3 (t - T) 1\{t \geq T\} + e_t",
    assumptions=(
        "weak design: without a comparison group nothing shows what would have happened anyway",
        "without treatment the straight line from before would have gone on",
        (
            "nothing else that moves the outcome changed at the same time: no other policy, no "
            "change in measurement, no shock, no season"
        ),
        "no anticipation, and the date of treatment was not chosen because of the series",
    ),
    standard_errors="Newey-West: Bartlett weights up to `lags`, by default the whole part of "
    "4 (n/100)^(2/9), with the factor n/(n-k); t distribution with n-k degrees of freedom. In "
    "short series such errors are too small more often than not.",
    edge_cases=(
        "fewer than 4 points before or after treatment are refused, fewer than 8 have a warning",
        "gaps in time are refused: the errors count neighbours as one period apart",
        (
            "a panel with never-treated units or several cohorts is refused, because it allows a "
            "better design"
        ),
        "a series that lies on the lines exactly has no standard errors, and a note says so",
    ),
    differs=(
        "itsa in Stata fits the same model with the same errors, but takes its lags from the user",
        (
            "segmented regressions that count time from the last period before treatment have "
            "another level change: here it is the gap in the first treated period itself"
        ),
    ),
    reference="Wagner, A. K., Soumerai, S. B., Zhang, F. and Ross-Degnan, D. (2002). Segmented "
    "regression analysis of interrupted time series studies in medication use research. Journal "
    "of Clinical Pharmacy and Therapeutics 27(4), 299-309; Newey, W. K. and West, K. D. (1987). A "
    "Simple, Positive Semi-Definite, Heteroskedasticity and Autocorrelation Consistent Covariance "
    "Matrix. Econometrica 55(3), 703-708.",
)

WEAK = (
    "weak design: there is no comparison group, so whatever else changed at the same time is "
    "counted as an effect"
)


@dataclass(frozen=True)
class InterruptedSeriesEffect(Effect):
    """The effect, with the series and its lines.

    Attributes
    ----------
    paths
        ``time``, ``observed``, ``fitted`` and ``expected``: the line before, carried on.
    treated_from
        First treated period.
    """

    paths: pd.DataFrame = field(default_factory=pd.DataFrame)
    treated_from: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON."""
        return super().to_dict() | {"paths": self.paths.astype(object).to_dict("records")}

    def plot(self, ax: Any = None) -> Any:
        """Draw the series, its lines and the line before carried on.

        Parameters
        ----------
        ax
            Axes to draw on; None for new ones.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        if ax is None:
            import matplotlib.pyplot as plt

            ax = plt.subplots(layout="constrained")[1]
        paths = self.paths
        places = time_axis(ax, paths["time"], self.treated_from)
        start = list(paths["time"]).index(self.treated_from)
        ax.plot(places, paths["observed"], "o", color="black", label="observed")
        # Two lines: joined they would show a climb between the last period before and the first.
        ax.plot(places[:start], paths["fitted"][:start], color="black", label="fitted")
        ax.plot(places[start:], paths["fitted"][start:], color="black")
        carried = paths["expected"][start:]
        ax.plot(places[start:], carried, color="black", linestyle="--", label="expected")
        ax.set_ylabel(self.outcome)
        ax.legend(frameon=False)
        return ax


@dataclass(frozen=True)
class _Series:
    """Values at equally spaced periods, and the place of the first treated one."""

    values: Floats
    times: Ints
    labels: list[Any]
    start: int
    outcome: str
    units: int


def interrupted_series(
    series: Panel | pd.Series[Any],
    start: Any = None,
    *,
    lags: int | None = None,
    alpha: float = 0.05,
) -> InterruptedSeriesEffect:
    """Estimate the change in level and slope of one series; a weak design.

    Parameters
    ----------
    series
        A panel in which all units are treated at the same time (their mean per period is the
        series), or a pandas Series whose index are the periods.
    start
        First treated period of a pandas Series, as the index writes it; a panel has its own.
    lags
        Number of lags in the Newey-West errors; None for the whole part of 4 (n/100)^(2/9).
    alpha
        One less the confidence level.

    Returns
    -------
    InterruptedSeriesEffect
        Rows ``level_change`` (outcome's unit), ``slope_change`` (outcome's unit per period),
        ``ATT`` (mean gap after treatment to the line before, carried on), ``level_before`` (the
        line before at the first treated period) and ``slope_before``.

    Raises
    ------
    PanelError
        There are fewer than 4 points before or after, gaps in time, missing values, a constant
        series, a `start` that is no period, or a panel that allows a comparison.

    Notes
    -----
    Estimand, assumptions, errors and source: see ``METHOD``.

    Examples
    --------
    >>> import pandas as pd
    >>> jobs = pd.Series([1.0, 2, 3, 4, 5, 6, 7, 8.2, 12, 13.9, 16, 18, 20, 22, 24, 26.1],
    ...                  index=range(2001, 2017), name="jobs")
    >>> fit = interrupted_series(jobs, start=2009)
    >>> fit.tidy().set_index("term")["estimate"].round(2).head(3).to_dict()
    {'level_change': 2.85, 'slope_change': 1.0, 'ATT': 6.34}
    """
    found = _from_panel(series) if isinstance(series, Panel) else _from_series(series, start)
    _refuse(found)
    count, n_after = len(found.values), len(found.values) - found.start
    lags = int(4 * (count / 100) ** (2 / 9)) if lags is None else lags
    if not 0 <= lags < count:
        raise PanelError(f"{lags} lags do not fit {count} points", hint=f"give 0 to {count - 1}")
    since = np.arange(count, dtype=np.float64) - found.start
    after = (since >= 0).astype(np.float64)
    x = np.column_stack([after, after * since, np.ones(count), since])
    fit = sm.OLS(found.values, x).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    # Of the five rows the third is a sum: level change plus slope change times the mean time since.
    rows = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [1, (n_after - 1) / 2, 0, 0],
                     [0, 0, 1, 0], [0, 0, 0, 1]], dtype=np.float64)  # fmt: skip
    covariance = rows @ np.asarray(fit.cov_params()) @ rows.T
    notes = [WEAK, *_few(found)]
    if float(np.abs(fit.resid).max()) < 1e-10 * float(np.ptp(found.values)):
        notes.append("the series lies on the lines exactly: there are no standard errors")
        covariance = np.full_like(covariance, np.nan)
    terms = ["level_change", "slope_change", "ATT", "level_before", "slope_before"]
    df = float(count - x.shape[1])
    table = estimates(
        terms,
        rows @ np.asarray(fit.params),
        np.sqrt(np.diag(covariance)),
        alpha=alpha,
        df=df,
        n_units=[found.units] * len(terms),
    )
    expected = x[:, 2:] @ fit.params[2:]
    lines = {"observed": found.values, "fitted": fit.fittedvalues, "expected": expected}
    factor = f"n/(n-k); Bartlett weights, {lags} lags"
    return InterruptedSeriesEffect(
        method=METHOD,
        outcome=found.outcome,
        table=table,
        inference=Inference("Newey-West", "nothing (one series)", 1, alpha, df, factor),
        covariance=pd.DataFrame(covariance, index=terms, columns=terms),
        dropped=series.dropped if isinstance(series, Panel) else (),
        notes=tuple(notes),
        paths=pd.DataFrame({"time": found.labels} | lines),
        treated_from=found.labels[found.start],
    )


def _from_panel(panel: Panel) -> _Series:
    if panel.names["unit"] is None:
        raise PanelError("the same units must be seen in every period", hint="give `unit`")
    cohorts = sorted({int(cohort) for cohort in panel.cohorts})
    if cohorts != [NEVER] and NEVER in cohorts:
        raise PanelError(
            "the panel has never-treated units, which allow a better design than one series",
            hint="use `group_time`, `synthetic_did` or `event_study`; or give a pandas Series",
        )
    if len(cohorts) > 1 or cohorts == [NEVER]:
        what = "nobody is treated" if cohorts == [NEVER] else f"there are {len(cohorts)} cohorts"
        raise PanelError(
            f"{what}; an interrupted series has one date of treatment",
            hint="see the cohort column; several cohorts allow `imputation`",
        )
    whole = panel.complete()
    weights = whole.unit_weights / whole.unit_weights.sum()
    labels = [panel.clock.label(int(value)) for value in whole.clock.values]
    start = int((whole.clock.values < cohorts[0]).sum())
    outcome = str(panel.names["outcome"])
    return _Series(weights @ whole.wide, whole.clock.values, labels, start, outcome, whole.n_units)


def _from_series(series: pd.Series[Any], start: Any) -> _Series:
    if not isinstance(series, pd.Series):
        raise PanelError(
            f"a {type(series).__name__} is no series",
            hint="give a Panel, or a pandas Series whose index are the periods",
        )
    if start is None:
        raise PanelError("the first treated period is not given", hint="give `start`")
    values = pd.to_numeric(series, errors="coerce").to_numpy(dtype=np.float64)
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise PanelError(
            f"the series is missing, infinite or text at {series.index[bad[0]]}",
            hint="fill it: with a point left out the periods are no longer equally far apart",
        )
    index = series.index.to_series().reset_index(drop=True)
    clock, at = read_times(index, _name(series.index.name, "index"))
    if len(clock) < len(values):
        raise PanelError("the series has two values for one period", hint="aggregate them first")
    labels = [clock.label(int(value)) for value in clock.values]
    wanted = labels[0].__class__(start) if isinstance(start, str) else start
    if wanted not in labels:
        raise PanelError(f"the start {start} is no period of the series", hint=f"as {labels[0]}")
    order = np.argsort(at)
    name = _name(series.name, "outcome")
    return _Series(values[order], clock.values, labels, labels.index(wanted), name, 1)


def _name(name: Any, otherwise: str) -> str:
    return otherwise if name is None else str(name)


def _refuse(found: _Series) -> None:
    """Refuse too few points, gaps in time, and a series without variation."""
    before, after = found.start, len(found.values) - found.start
    if min(before, after) < LEAST:
        raise PanelError(
            f"there are {before} points before and {after} after treatment; at least {LEAST} of "
            "each are needed to tell a line from noise",
            hint="add periods or take shorter ones; or find a comparison group and use "
            "`group_time`",
        )
    gaps = np.flatnonzero(np.diff(found.times) != np.diff(found.times)[0])
    if gaps.size:
        raise PanelError(
            f"the periods are not equally far apart: see those after {found.labels[gaps[0]]}",
            hint="fill the gaps, or aggregate to longer periods",
        )
    if np.ptp(found.values) == 0:
        raise PanelError(f"the outcome '{found.outcome}' never varies")


def _few(found: _Series) -> list[str]:
    before, after = found.start, len(found.values) - found.start
    if min(before, after) >= FEW:
        return []
    note = (
        f"{before} points before and {after} after treatment are few: the Newey-West errors are "
        "then too small, and a season or a bend passes for an effect"
    )
    warnings.warn(note, PanelWarning, stacklevel=3)
    return [note]
