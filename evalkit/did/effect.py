"""What an estimator gives: one tidy frame is the truth, all else derives from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.did.method import Method
from evalkit.panel.dropped import Dropped

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Inference:
    """How errors were computed.

    Attributes
    ----------
    kind
        ``analytic``, ``bootstrap``, ``placebo`` or ``none``.
    cluster
        The column that errors are clustered by.
    clusters
        How many clusters there are.
    alpha
        One less the confidence level.
    df
        Degrees of freedom of the t distribution; None for the normal one.
    factor
        The small-sample factor that was applied, in words.
    """

    kind: str
    cluster: str
    clusters: int
    alpha: float = 0.05
    df: float | None = None
    factor: str = "none"


@dataclass(frozen=True)
class Effect:
    """An estimate with everything that a reader has to know of it.

    Attributes
    ----------
    method
        What the estimator says of itself.
    outcome
        Name of the outcome column; estimates are in its unit.
    table
        One row an estimate: ``term``, then where they apply ``cohort``, ``time`` and
        ``event_time``; ``estimate``, ``std_error``, ``statistic``, ``p_value``, ``conf_low``,
        ``conf_high``, ``n_units``.
    covariance
        Covariance of the estimates, named by term; None when it is not known.
    inference
        How errors were computed.
    dropped
        What was left out of the data, and why.
    notes
        What else a reader has to know: warnings, choices, cells without an estimate.
    """

    method: Method
    outcome: str
    table: pd.DataFrame
    inference: Inference
    covariance: pd.DataFrame | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def tidy(self) -> pd.DataFrame:
        """Give the estimates, one row each, as a copy that may be changed."""
        return self.table.copy()

    @property
    def estimand(self) -> str:
        """What is estimated, in words."""
        return self.method.estimand

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold."""
        return self.method.assumptions

    @property
    def reference(self) -> str:
        """The paper."""
        return self.method.reference

    def summary(self) -> str:
        """Print the estimates and how they were made, for the eye."""
        found = self.inference
        lines = [
            f"{self.method.title}: {self.estimand}",
            f"Outcome: {self.outcome}",
            "",
            self.table.to_string(index=False, float_format=lambda value: f"{value:.4f}"),
            "",
            (
                f"Errors: {found.kind}, clustered by {found.cluster} ({found.clusters} clusters), "
                f"{1 - found.alpha:.0%} intervals, small-sample factor: {found.factor}"
            ),
            *(f"Left out: {one}" for one in self.dropped),
            *(f"Note: {one}" for one in self.notes),
            f"Source: {self.reference}",
        ]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON."""
        table = json.loads(
            self.table.to_json(
                orient="records", double_precision=15, date_format="iso", default_handler=str
            )
        )
        covariance = self.covariance
        return {
            "method": self.method.name,
            "estimand": self.estimand,
            "outcome": self.outcome,
            "table": table,
            "covariance": None if covariance is None else covariance.to_numpy().tolist(),
            "terms": None if covariance is None else list(covariance.index),
            "inference": {name: getattr(self.inference, name) for name in Inference.__slots__},
            "assumptions": list(self.assumptions),
            "dropped": [str(one) for one in self.dropped],
            "notes": list(self.notes),
            "reference": self.reference,
        }

    def to_json(self) -> str:
        """Write the effect as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def _repr_html_(self) -> str:
        head = f"<p><b>{escape(self.method.title)}</b>: {escape(self.estimand)}</p>"
        table: str = self.table.to_html(index=False, float_format=lambda value: f"{value:.4f}")
        return f"<div>{head}{table}</div>"


def estimates(
    terms: Sequence[str],
    estimate: Floats,
    std_error: Floats,
    *,
    alpha: float = 0.05,
    df: float | None = None,
    **columns: Sequence[Any] | Floats,
) -> pd.DataFrame:
    """Make the tidy frame from estimates and their errors.

    Parameters
    ----------
    terms
        Name of each estimate.
    estimate, std_error
        Shape (terms,). A standard error of NaN leaves the test and interval NaN.
    alpha
        One less the confidence level.
    df
        Degrees of freedom; None for the normal distribution.
    **columns
        Further columns: `cohort`, `time`, `event_time` stand behind the term, others at the end.
    """
    law = stats.norm if df is None else stats.t(df)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.asarray(estimate) / np.asarray(std_error)
    reach = law.ppf(1 - alpha / 2) * np.asarray(std_error)
    places = ("cohort", "time", "event_time")
    found: dict[str, Any] = {"term": list(terms)}
    found |= {name: columns.pop(name) for name in places if name in columns}
    found |= {"estimate": estimate, "std_error": std_error, "statistic": statistic}
    found["p_value"] = 2 * law.sf(np.abs(statistic))
    found["conf_low"] = np.asarray(estimate) - reach
    found["conf_high"] = np.asarray(estimate) + reach
    return pd.DataFrame(found | columns)
