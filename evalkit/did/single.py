"""The one number of an effect, where one number is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.did.options import check_effect
from evalkit.did.suppression import FLAG
from evalkit.errors import EvalkitError
from evalkit.language.told import told


@dataclass(frozen=True, slots=True)
class Single:
    """One estimate.

    Attributes
    ----------
    estimate, std_error
        In the unit of the outcome.
    df
        Degrees of freedom of its t distribution; None for the normal one.
    notes
        Why there is no estimate, or what the estimator warned of.
    kind
        How the error was computed, as in `Inference`.
    """

    estimate: float
    std_error: float
    df: float | None = None
    notes: tuple[str, ...] = ()
    kind: str = "analytic"

    @property
    def known(self) -> bool:
        """Whether there is an estimate with an error."""
        # An error of nought comes of data without variation, not of certainty.
        return bool(np.isfinite(self.estimate) and np.isfinite(self.std_error)) and (
            self.std_error > 0
        )

    @property
    def statistic(self) -> float:
        """The estimate as a multiple of its error."""
        return self.estimate / self.std_error if self.std_error > 0 else np.nan

    @property
    def p_value(self) -> float:
        """Chance under nought of an estimate as far from it."""
        law = stats.norm if self.df is None else stats.t(self.df)
        return float(2 * law.sf(abs(self.statistic)))

    def interval(self, alpha: float) -> tuple[float, float]:
        """Give the confidence interval."""
        law = stats.norm if self.df is None else stats.t(self.df)
        reach = float(law.isf(alpha / 2)) * self.std_error
        return self.estimate - reach, self.estimate + reach


def single(effect: Any) -> Single:
    """Reduce an effect to one number.

    In this order: the `overall` of an aggregate (of the simple one when the result has yet to be
    aggregated), the only row of the table, its row ``overall`` or ``ATT``, or the mean over the
    event times from nought on.

    Raises
    ------
    EvalkitError
        The effect has none of these.
    """
    check_effect(effect)
    before = _all_before(effect.table)
    if hasattr(effect, "aggregate") and not before:
        effect = effect.aggregate("simple")
    df, kind = effect.inference.df, effect.inference.kind
    overall = getattr(effect, "overall", None)
    if overall is not None:
        return Single(float(overall.estimate), float(overall.std_error), df, kind=kind)
    table = effect.table
    if "std_error" not in table.columns:
        raise EvalkitError(
            told("refused.no-errors", name=effect.method.name),
            hint="give the effect of an estimator that has, such as `twfe` or `group_time`",
        )
    named = table[table["term"].isin(["overall", "ATT"])]
    row = table if len(table) == 1 and not before else named
    if len(row) == 1:
        estimate, error = float(row["estimate"].iloc[0]), float(row["std_error"].iloc[0])
        return Single(estimate, error, df, kind=kind)
    if "event_time" in table.columns and effect.covariance is not None:
        # A mean over all event times, suppressed ones too: two of these are missing at the least.
        behind = None if FLAG in table and table[FLAG].all() else getattr(effect, "behind", None)
        every = effect if behind is None else behind
        table, covariance = every.table, every.covariance
        own = table[(table["event_time"] >= 0) & table["std_error"].gt(0)]
        if len(own):
            terms = own["term"].tolist()
            block = covariance.loc[terms, terms].to_numpy(dtype=np.float64)
            error = float(np.sqrt(block.mean()))  # the mean's variance is the mean covariance
            return Single(float(own["estimate"].mean()), error, df, kind=kind)
    raise EvalkitError(
        told("refused.no-single", name=effect.method.name),
        hint='let the estimator give one: `lambda panel: group_time(panel).aggregate("simple")`',
    )


def _all_before(table: pd.DataFrame) -> bool:
    """Whether every estimate is of a period before treatment, so that none is an effect."""
    return "event_time" in table.columns and bool((table["event_time"] < 0).all())
