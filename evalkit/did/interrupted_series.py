"""Interrupted time series: one series before and after, without a comparison group."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
import statsmodels.api as sm

from evalkit.did.autoregressive import autoregressive
from evalkit.did.effect import estimates
from evalkit.did.inference import ONE_SERIES, Inference
from evalkit.did.interrupted_effect import InterruptedSeriesEffect
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_choice, whole_number
from evalkit.did.single_series import SingleSeries, read_series
from evalkit.did.suppression import refuse_single
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.warned import warn_user

Kind = Literal["newey_west", "ar1"]

FEW = 8
"""Fewer points than this before or after give a warning (Penfold and Zhang 2013)."""

METHOD = Method(
    name="interrupted_series",
    title="Interrupted time series (weak design: no comparison group)",
    question="Did the level or the slope of a series change when the treatment began?",
    estimand=(
        "the change in level at the first treated period T (b2), the change in slope (b3), and the "
        "mean gap after treatment to the line before, carried on; an effect of the treatment only "
        "if nothing else changed"
    ),
    equation=(
        r"Y_t = b_0 + b_1 (t - T) + b_2 1\{t \geq T\} + b_3 (t - T) 1\{t \geq T\} + e_t, \quad "
        r"\overline{gap} = b_2 + b_3 \frac{n_{after} - 1}{2}"
    ),
    assumptions=(
        "weak design: without a comparison group nothing shows what would have happened anyway",
        "without treatment the straight line from before would have gone on",
        (
            "nothing else that moves the outcome changed at the same time: no other policy, no "
            "change in measurement, no shock, no season"
        ),
        "no anticipation, and the date of treatment was not chosen because of the series",
    ),
    standard_errors=(
        "Newey-West: Bartlett weights up to `lags`, by default the whole part of 4 (n/100)^(2/9), "
        "with the factor n/(n-k), k = 4; t distribution with n-k degrees of freedom. Such "
        "errors are too small, in short series by far: with 24 points a 95% interval holds the "
        "truth in some 80% of cases (docs/benchmarks/coverage.md). errors='ar1': the model with "
        "autocorrelated noise, e_t = rho e_(t-1) + u_t, by restricted maximum likelihood, and the "
        "t distribution with Satterthwaite's degrees of freedom; some 95% there, when the noise "
        "is of this kind."
    ),
    edge_cases=(
        "fewer than 4 points before or after treatment are refused, fewer than 8 have a warning",
        "gaps in time are refused: the errors count neighbours as one period apart",
        (
            "a panel with never-treated units or several cohorts is refused, because it allows a "
            "better design"
        ),
        "a series that lies on the lines exactly has no standard errors, and a note says so",
        "seasons are not modelled: a change of season at the date of treatment counts as an effect",
        "a missing value, or two values for one period, is refused",
    ),
    differs=(
        "itsa in Stata fits the same model with the same errors, but takes its lags from the user",
        (
            "segmented regressions that count time from the last period before treatment have "
            "another level change: here it is the gap in the first treated period itself"
        ),
    ),
    reference=(
        "Wagner, A. K., Soumerai, S. B., Zhang, F. and Ross-Degnan, D. (2002). Segmented "
        "regression analysis of interrupted time series studies in medication use research. "
        "Journal of Clinical Pharmacy and Therapeutics 27(4), 299-309; Newey, W. K. and West, K. "
        "D. (1987). A Simple, Positive Semi-Definite, Heteroskedasticity and Autocorrelation "
        "Consistent Covariance Matrix. Econometrica 55(3), 703-708; Turner, S. L. et al. (2021). "
        "Evaluation of statistical methods used in the analysis of interrupted time series "
        "studies: a simulation study. BMC Medical Research Methodology 21, 181, for errors='ar1'."
    ),
)


def interrupted_series(
    series: Panel | pd.Series[Any],
    start: Any = None,
    *,
    errors: Kind = "newey_west",
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
    errors
        ``newey_west``: least squares and errors that allow for autocorrelation; ``ar1``: noise
        that is autoregressive of order one, whose intervals hold in short series as well.
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
    Estimand: the change in level and slope at the date of treatment, and the mean gap to the
    line before, carried on. Assumptions: the line would have gone on and nothing else changed;
    a weak design. ``fit.assumptions`` has these in full, and ``fit.method`` what
    docs/methodology/interrupted_series.md says of equation, errors, edge cases and other
    software.

    References
    ----------
    Wagner, Soumerai, Zhang & Ross-Degnan (2002), Journal of Clinical Pharmacy and Therapeutics
    27(4), 299-309; Newey & West (1987), Econometrica 55(3), 703-708.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> jobs = pd.Series([1.0, 2, 3, 4, 5, 6, 7, 8.2, 12, 13.9, 16, 18, 20, 22, 24, 26.1],
    ...                  index=range(2001, 2017), name="jobs")
    >>> fit = ek.did.interrupted_series(jobs, start=2009)
    >>> fit.tidy().set_index("term")["estimate"].round(2).head(3).to_dict()
    {'level_change': 2.85, 'slope_change': 1.0, 'ATT': 6.34}
    """
    check_alpha(alpha)
    check_choice("errors", errors, get_args(Kind))
    found = read_series(series, start)
    minimum = series.minimum_cell if isinstance(series, Panel) else None
    if minimum is not None and found.units < minimum:
        refuse_single(minimum, "this series", "take more units together")
    count, n_after = len(found.values), len(found.values) - found.start
    lags = int(4 * (count / 100) ** (2 / 9)) if lags is None else whole_number("lags", lags)
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
    params, values = np.asarray(fit.params), rows @ np.asarray(fit.params)
    covariance = rows @ np.asarray(fit.cov_params()) @ rows.T
    df: Any = np.full(len(rows), float(count - x.shape[1]))
    kind, factor = "Newey-West", f"n/(n-k); Bartlett weights, {lags} lags"
    notes = [told("series.weak"), *_few(found)]
    if float(np.abs(fit.resid).max()) < 1e-10 * float(np.ptp(found.values)):
        notes.append(told("series.exact"))
        covariance = np.full_like(covariance, np.nan)
    elif errors == "ar1":
        own = autoregressive(found.values, x, rows)
        params, values, covariance, df = own.coefficients, own.values, own.covariance, own.df
        kind, factor = "restricted maximum likelihood", f"none; autocorrelation {own.rho:.3f}"
    else:
        notes.append(told("series.newey-west"))
    terms = ["level_change", "slope_change", "ATT", "level_before", "slope_before"]
    table = estimates(
        terms,
        values,
        np.sqrt(np.diag(covariance)),
        alpha=alpha,
        df=df,
        n_units=[found.units] * len(terms),
    )
    lines = {"observed": found.values, "fitted": x @ params, "expected": x[:, 2:] @ params[2:]}
    return InterruptedSeriesEffect(
        method=METHOD,
        outcome=found.outcome,
        table=table if errors == "newey_west" else table.assign(df=df),
        inference=Inference(kind, ONE_SERIES, 1, alpha, float(df[2]), factor),
        covariance=pd.DataFrame(covariance, index=terms, columns=terms),
        dropped=series.dropped if isinstance(series, Panel) else (),
        notes=tuple(notes),
        paths=pd.DataFrame({"time": found.labels} | lines),
        treated_from=found.labels[found.start],
        minimum_cell=minimum,
    )


def _few(found: SingleSeries) -> list[Told]:
    before, after = found.start, len(found.values) - found.start
    if min(before, after) >= FEW:
        return []
    note = told("series.few", before=before, after=after)
    warn_user(note)
    return [note]
