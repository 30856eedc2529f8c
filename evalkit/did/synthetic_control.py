"""Synthetic control: a weighted average of untreated units that follows the treated one before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.comparison import comparison_panel, periods_before, unit_labels
from evalkit.did.drawing import Axes
from evalkit.did.effect import Effect, estimates
from evalkit.did.inference import Inference
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_panel, whole_number
from evalkit.did.paths import draw_paths, paths_frame
from evalkit.did.period_name import period_column
from evalkit.did.plain_data import plain
from evalkit.did.reassignment import gap_to_mix, permute, rank, with_fit
from evalkit.did.suppression import refuse_single
from evalkit.errors import EvalkitError
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


METHOD = Method(
    name="synthetic_control",
    title="Synthetic control",
    question=(
        "How would the treated unit have fared, had it kept following the mix of untreated units "
        "that it followed before?"
    ),
    estimand=(
        "the effect on the treated unit (or the mean of the treated units) in each period after "
        "treatment, and the mean over these periods"
    ),
    equation=(
        r"\hat\tau_t = Y_{1t} - \sum_{j} \hat w_j Y_{jt}, \quad \hat w = \arg\min_{w \geq 0, \sum "
        r"w = 1} \sum_{t \leq T_0} \Big(Y_{1t} - \sum_j w_j Y_{jt}\Big)^2"
    ),
    assumptions=(
        (
            "the weighted average that follows the treated unit before treatment would have "
            "followed it afterwards: outcomes have a factor structure and the fit before is good"
        ),
        "no anticipation, and the treatment of one unit leaves the others untouched",
        "the treated unit lies within the range that mixes of the others can reach",
        "for the permutation test: any unit could have been the treated one",
    ),
    standard_errors=(
        "none: the p-value is the rank of the treated unit among all reassignments of the "
        "treatment, by the ratio of the root mean squared gap after to that before treatment; in a "
        "row of one period by the size of the gap over the root mean squared gap before."
    ),
    edge_cases=(
        (
            "the smallest p-value is 1 over the number of assignments: a note says when it exceeds "
            "alpha"
        ),
        "fewer than two periods before treatment or two untreated units are refused",
        "a treated unit that the others cannot follow has a note with its fit",
        "several treated units of one cohort are averaged first; several cohorts are refused",
        (
            "units that lack a period, and units treated from the first period on, leave, counted; "
            "sampling weights and clusters are refused"
        ),
        (
            "poor_fit leaves out reassignments that fit badly before treatment, counted in a note; "
            "each one left out raises the least p-value that is possible; a multiple below 1 is an "
            "error"
        ),
    ),
    differs=(
        (
            "predictors are the outcomes of all periods before treatment, equally weighted, where "
            "Synth lets covariates enter and chooses predictor weights"
        ),
        (
            "weights are exact (active set) instead of iterated; of equally good ones those of "
            "least squared length are taken, by a ridge of 1e-6 of the noise, as in synthdid"
        ),
        (
            "as in the paper the treated unit joins the donors when another is reassigned; many "
            "programs leave it out"
        ),
    ),
    reference=(
        "Abadie, A., Diamond, A. and Hainmueller, J. (2010). Synthetic Control Methods for "
        "Comparative Case Studies. Journal of the American Statistical Association 105(490), "
        "493-505."
    ),
)


@dataclass(frozen=True, repr=False)
class SyntheticControlEffect(Effect):
    """The effect, with the weights, the paths and the reassignments behind it.

    It has no uniform band: the test ranks reassignments and gives no errors.

    Attributes
    ----------
    unit_weights
        ``unit`` and ``weight`` of every untreated unit; weights sum to 1.
    paths
        ``time``, ``treated``, ``synthetic`` and ``gap`` in every period.
    placebos
        One row an assignment, the true one first: ``units``, ``pre_rmspe``, ``post_rmspe``,
        ``ratio`` and the mean ``gap`` after treatment.
    treated_from
        First treated period.
    """

    unit_weights: pd.DataFrame = field(default_factory=pd.DataFrame)
    paths: pd.DataFrame = field(default_factory=pd.DataFrame)
    placebos: pd.DataFrame = field(default_factory=pd.DataFrame)
    treated_from: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON."""
        frames = ("unit_weights", "paths", "placebos")
        return super().to_dict() | {name: plain(getattr(self, name)) for name in frames}

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the treated path and the synthetic one.

        Parameters
        ----------
        ax
            Axes to draw on; None for new ones.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        return draw_paths(self.paths, self.treated_from, self.outcome, ax)


def synthetic_control(
    panel: Panel,
    *,
    placebos: int = 1000,
    poor_fit: float | None = None,
    seed: int = 0,
    alpha: float = 0.05,
) -> SyntheticControlEffect:
    """Estimate the effect on one treated unit by a synthetic one.

    Parameters
    ----------
    panel
        Units by periods with one treated cohort and never-treated units. Units that lack a
        period are left out and counted.
    placebos
        The most reassignments to compute: all of them when there are no more, else random ones.
    poor_fit
        Leave out reassignments whose mean squared gap before treatment exceeds this multiple of
        the true one's (the paper tries 20, 5 and 2); None keeps all.
    seed
        Seed of the random reassignments.
    alpha
        Level of the test, for the note on what its size permits.

    Returns
    -------
    SyntheticControlEffect
        Row ``ATT``, the mean gap after treatment, and one row per event time, in the outcome's
        unit. `statistic` and `p_value` are of the permutation test; standard errors are missing.

    Raises
    ------
    PanelError
        No unit or more than one cohort is treated, fewer than two untreated units or periods
        before treatment remain, the outcome never varies, or there are weights or clusters.

    Notes
    -----
    Estimand: the effect on the treated unit in each period after treatment. Assumptions: the
    mix of others that follows it before treatment would have followed it afterwards, no
    anticipation, no spillovers. ``fit.assumptions`` has these in full, and ``fit.method`` what
    docs/methodology/synthetic_control.md says of equation, errors, edge cases and other
    software.

    References
    ----------
    Abadie, Diamond & Hainmueller (2010), Journal of the American Statistical Association
    105(490), 493-505.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> jobs = {"a": [2, 4, 3, 9], "b": [1, 2, 1, 3], "c": [3, 6, 5, 7]}
    >>> rows = [(u, t, y, 4 if u == "a" else 0) for u in jobs for t, y in enumerate(jobs[u], 1)]
    >>> frame = pd.DataFrame(rows, columns=["town", "year", "jobs", "start"])
    >>> panel = ek.Panel(frame, unit="town", time="year", outcome="jobs", cohort="start")
    >>> fit = ek.did.synthetic_control(panel)
    >>> fit.tidy()["estimate"].round(3).tolist()
    [4.0, 4.0]
    >>> fit.unit_weights["weight"].round(3).tolist()
    [0.5, 0.5]
    """
    check_panel(panel)
    check_alpha(alpha)
    whole_number("placebos", placebos, 1)
    if poor_fit is not None and not poor_fit >= 1:
        raise EvalkitError(
            f"poor_fit is {poor_fit}, which the true assignment itself exceeds",
            hint="give a multiple of 1 or more, such as 20, 5 or 2",
        )
    refuse_single(
        panel.minimum_cell, "synthetic_control", "use `synthetic_did`, which averages many units"
    )
    panel = comparison_panel(panel, "synthetic_control", one_cohort=True)
    if panel.clusters is not None:
        raise PanelError(
            "the permutation test reassigns single units, not clusters",
            hint="make the panel without `cluster`, or of clusters as units",
        )
    cohort = panel.treated_cohorts[0]
    before = periods_before(panel, cohort)
    treated = panel.cohorts == cohort
    weights, gap = gap_to_mix(panel.wide, treated, before)
    labels = unit_labels(panel)
    table = permute(panel.wide, treated, before, labels, (placebos, seed))
    kept = table if poor_fit is None else with_fit(table, poor_fit)
    path = panel.wide[treated].mean(axis=0)
    return SyntheticControlEffect(
        method=METHOD,
        outcome=str(panel.names["outcome"]),
        table=_table(panel, gap, before, kept, alpha, int(treated.sum())),
        inference=Inference("permutation", str(panel.names["unit"]), panel.n_units, alpha),
        dropped=panel.dropped,
        notes=_notes(panel, kept, len(table), alpha, treated, before),
        unit_weights=pd.DataFrame({"unit": labels[~treated], "weight": weights}),
        paths=paths_frame(panel, path, path - gap),
        placebos=kept.drop(columns="gaps"),
        treated_from=panel.clock.label(cohort),
    )


def _table(
    panel: Panel, gap: Floats, before: int, placebos: pd.DataFrame, alpha: float, n_treated: int
) -> pd.DataFrame:
    cohort = int(panel.clock.values[before])
    events = [int(value) - cohort for value in panel.clock.values[before:]]
    event_time: Any = pd.array([None, *events], dtype="Int64")
    values = np.concatenate([[gap[before:].mean()], gap[before:]])
    table = estimates(
        ["ATT", *(f"ATT({event})" for event in events)],
        values,
        np.full(len(values), np.nan),
        alpha=alpha,
        time=period_column([None, *map(panel.clock.label, panel.clock.values[before:])]),
        event_time=event_time,
        n_units=[n_treated] * len(values),
    )
    sizes = np.vstack(placebos["gaps"].tolist())[:, before:]
    ratios = placebos["ratio"].to_numpy()
    table["statistic"] = [ratios[0], *sizes[0]]
    table["p_value"] = [rank(ratios), *(rank(size) for size in sizes.T)]
    return table


def _notes(
    panel: Panel, kept: pd.DataFrame, tried: int, alpha: float, treated: Bools, before: int
) -> tuple[Told, ...]:
    notes = [told("synthetic-control.reassigned")]
    count, units = len(kept), int(treated.sum())
    if 1 / count > alpha:
        notes.append(told("synthetic-control.coarse", count=count, least=1 / count, alpha=alpha))
    if count < tried:
        notes.append(told("synthetic-control.poor-fit", count=tried - count))
    if units > 1:
        notes.append(told("synthetic-control.averaged", count=units))
    spread = float(panel.wide[treated].mean(axis=0)[:before].std())
    fit = float(kept["pre_rmspe"].iloc[0])
    if fit > 0.5 * spread and fit > 1e-9 * float(np.ptp(panel.y)):
        notes.append(told("synthetic-control.poorly", gap=fit, spread=spread))
    return tuple(notes)
