"""Synthetic difference-in-differences: units and periods weighted before they are compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, get_args

import numpy as np
import pandas as pd

from evalkit.did.block_rows import Key, count_treated, row_keys, summarise, term_of
from evalkit.did.clusters import count_clusters
from evalkit.did.cohort_blocks import (
    Block,
    Weighting,
    cohort_blocks,
    conceal,
    paths_of_blocks,
    time_weights_frame,
    unit_weights_frame,
)
from evalkit.did.comparison import comparison_panel
from evalkit.did.drawing import Axes
from evalkit.did.effect import Effect, estimates
from evalkit.did.inference import Inference
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_choice, check_panel, whole_number
from evalkit.did.paths import draw_paths
from evalkit.did.period_name import period_column
from evalkit.did.plain_data import plain
from evalkit.did.resampling import Errors, resampled_covariance
from evalkit.did.rounding import known_errors
from evalkit.did.suppression import untreated_at_first
from evalkit.did.synthetic_did_notes import few_notes, notes_of
from evalkit.panel import Panel, PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]


METHOD = Method(
    name="synthetic_did",
    title="Synthetic difference-in-differences",
    question=(
        "How much more did the treated units change than a mix of untreated units that moved in "
        "parallel with them before?"
    ),
    estimand=(
        "the average effect on the treated units over their treated periods; cohorts count by "
        "their number of treated unit-periods"
    ),
    equation=(
        r"\hat\tau = \arg\min_{\tau, \mu, \alpha, \beta} \sum_{it} (Y_{it} - \mu - \alpha_i - "
        r"\beta_t - W_{it}\tau)^2 \hat\omega_i \hat\lambda_t, \quad \hat\omega = "
        r"\arg\min_{\omega_0,\, \omega \geq 0,\, \sum \omega = 1} \sum_{t \leq T_0} \Big(\omega_0 "
        r"+ \sum_j \omega_j Y_{jt} - \bar Y_{tr,t}\Big)^2 + \zeta^2 T_0 \lVert\omega\rVert^2, "
        r"\quad \zeta = (N_{tr} T_{post})^{1/4} \hat\sigma, \quad \hat\lambda = "
        r"\arg\min_{\lambda_0,\, \lambda \geq 0,\, \sum \lambda = 1} \sum_j \Big(\lambda_0 + "
        r"\sum_{t \leq T_0} \lambda_t Y_{jt} - \bar Y_{j,post}\Big)^2"
    ),
    assumptions=(
        (
            "outcomes without treatment are a low-rank factor structure plus noise; the weighted "
            "untreated units would have stayed parallel to the treated"
        ),
        "no anticipation, and the treatment of one unit leaves the others untouched",
        (
            "units (or clusters) are independent; for placebo errors the noise of treated and "
            "untreated units has the same variance"
        ),
    ),
    standard_errors=(
        "placebo (Algorithm 4 of the paper: untreated units drawn as if treated, the treated left "
        "out; for a single treated unit each has its turn), jackknife (Algorithm 3: weights held "
        "fixed, the factor (n-1)/n, conservative) or bootstrap (Algorithm 2: weights found anew). "
        "Variances of draws are divided by their number. Intervals are normal."
    ),
    edge_cases=(
        "fewer than two periods before treatment or two never-treated units are refused",
        (
            "placebo errors need more untreated than treated units; jackknife and bootstrap need "
            "two treated units, the jackknife in every cohort: else an error names the remedy; "
            "with fewer than five on either side these two have a warning"
        ),
        "with many treated units placebo errors are too large: the placebos leave fewer controls",
        "only never-treated units serve as comparison, also with staggered treatment",
        (
            "units that lack a period, and units treated from the first period on, leave, counted; "
            "sampling weights are refused"
        ),
        "outcomes that never vary are refused",
    ),
    differs=(
        (
            "weights are the exact optimum (active set); synthdid stops its iterations early and "
            "sets small weights to nought, so its estimates differ in the fourth digit (and by "
            "half a per cent for its synthetic control of Proposition 99)"
        ),
        (
            "for one treated unit placebo errors take each untreated unit once, where synthdid "
            "draws: its 200 draws leave a noise of about 7%"
        ),
        (
            "the jackknife of several cohorts, and errors clustered above the unit, are those of "
            "the paper with a cluster in the place of a unit"
        ),
    ),
    reference=(
        "Arkhangelsky, D., Athey, S., Hirshberg, D. A., Imbens, G. W. and Wager, S. (2021). "
        "Synthetic Difference-in-Differences. American Economic Review 111(12), 4088-4118."
    ),
)


@dataclass(frozen=True, repr=False)
class SyntheticDidEffect(Effect):
    """The effect, with the weights and paths behind it.

    Attributes
    ----------
    unit_weights
        ``cohort``, ``unit`` and ``weight`` of the untreated units; they sum to 1 per cohort.
    time_weights
        ``cohort``, ``time`` and ``weight`` of the periods before treatment.
    paths
        ``cohort``, ``time``, ``treated`` and ``synthetic``: the mean of the treated units and the
        weighted mean of the others, moved to the same weighted level before treatment, so that
        the ``gap`` after treatment is the effect.
    """

    unit_weights: pd.DataFrame = field(default_factory=pd.DataFrame)
    time_weights: pd.DataFrame = field(default_factory=pd.DataFrame)
    paths: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __post_init__(self) -> None:
        """Take out the weights of single units, and the paths of suppressed cohorts."""
        super().__post_init__()
        conceal(self)

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON."""
        frames = ("unit_weights", "time_weights", "paths")
        return super().to_dict() | {name: plain(getattr(self, name)) for name in frames}

    def plot(self, ax: Axes | None = None, cohort: Any = None) -> Axes:
        """Draw the treated and the synthetic path of a cohort.

        Parameters
        ----------
        ax
            Axes to draw on; None for new ones.
        cohort
            Which cohort; None for the first.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        known = list(dict.fromkeys(self.paths["cohort"]))
        if not known:
            raise PanelError("the paths are suppressed", hint="see the notes of the result")
        cohort = known[0] if cohort is None else cohort
        if cohort not in known:
            raise PanelError(f"there is no cohort {cohort}", hint=f"the cohorts are {known}")
        return draw_paths(self.paths[self.paths["cohort"] == cohort], cohort, self.outcome, ax)


def synthetic_did(
    panel: Panel,
    *,
    weighting: Weighting = "sdid",
    inference: Errors = "placebo",
    draws: int = 200,
    seed: int = 0,
    alpha: float = 0.05,
) -> SyntheticDidEffect:
    """Estimate effects with weights on units and on periods before treatment.

    Parameters
    ----------
    panel
        Units by periods with never-treated units; one cohort or several. Units that lack a period
        are left out and counted.
    weighting
        ``sdid``, or for comparison on the same footing ``sc`` (synthetic control: no intercept,
        no period weights, hardly a penalty) or ``did`` (all weights equal).
    inference
        ``placebo``, ``jackknife``, ``bootstrap`` or ``none``.
    draws
        Number of placebo or bootstrap draws.
    seed
        Seed of the draws.
    alpha
        One less the confidence level.

    Returns
    -------
    SyntheticDidEffect
        Row ``ATT``, a row per cohort when there are several, and one per event time, in the
        outcome's unit, each with the same kind of error.

    Raises
    ------
    PanelError
        Nobody is treated, fewer than two never-treated units or periods before treatment remain,
        there are sampling weights, or the errors asked for cannot be computed with so few units.

    Notes
    -----
    Estimand: the average effect on the treated units over their treated periods. Assumptions:
    the weighted untreated units would have stayed parallel to the treated, no anticipation, no
    spillovers. ``fit.assumptions`` has these in full, and ``fit.method`` what
    docs/methodology/synthetic_did.md says of equation, errors, edge cases and other software.

    References
    ----------
    Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American Economic Review 111(12),
    4088-4118.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> jobs = {"a": [2, 4, 3, 9], "b": [1, 2, 1, 3], "c": [3, 6, 5, 7]}
    >>> rows = [(u, t, y, 4 if u == "a" else 0) for u in jobs for t, y in enumerate(jobs[u], 1)]
    >>> frame = pd.DataFrame(rows, columns=["town", "year", "jobs", "start"])
    >>> panel = ek.Panel(frame, unit="town", time="year", outcome="jobs", cohort="start")
    >>> ek.did.synthetic_did(panel, inference="none").tidy()["estimate"].round(2).tolist()
    [4.0, 4.0]
    """
    check_panel(panel)
    check_alpha(alpha)
    check_choice("weighting", weighting, get_args(Weighting))
    check_choice("inference", inference, get_args(Errors))
    whole_number("draws", draws)
    panel = comparison_panel(panel, "synthetic_did")
    wide, cohorts = panel.wide, panel.cohorts
    blocks = cohort_blocks(wide, cohorts, panel.clock.values, weighting)
    keys = row_keys(blocks, panel.clock.values)
    values = summarise(blocks, panel.clock.values, keys)
    errors = resampled_covariance(panel, blocks, keys, (inference, draws, seed), weighting)
    return _effect(panel, blocks, keys, values, errors, (inference, draws, alpha))


def _effect(
    panel: Panel,
    blocks: list[Block],
    keys: list[Key],
    values: Floats,
    covariance: Floats,
    how: tuple[Errors, int, float],
) -> SyntheticDidEffect:
    kind, draws, alpha = how
    terms = [term_of(panel, key) for key in keys]
    cohort = [panel.clock.label(at) if name == "cohort" else None for name, at in keys]
    event: Any = pd.array([at if name == "event" else None for name, at in keys], dtype="Int64")
    std_error, covariance, nought = known_errors(terms, covariance, panel.y)
    table = estimates(
        terms,
        values,
        std_error,
        alpha=alpha,
        cohort=period_column(cohort),
        event_time=event,
        n_units=[count_treated(panel, blocks, key) for key in keys],
    )
    name = str(panel.names["cluster"] if panel.clusters is not None else panel.names["unit"])
    return SyntheticDidEffect(
        method=METHOD,
        outcome=str(panel.names["outcome"]),
        table=table,
        inference=Inference(kind, name, count_clusters(panel), alpha),
        covariance=pd.DataFrame(covariance, index=terms, columns=terms),
        dropped=panel.dropped,
        notes=(*notes_of(panel, kind, draws), *few_notes(panel, kind), *nought),
        unit_weights=unit_weights_frame(panel, blocks),
        time_weights=time_weights_frame(panel, blocks),
        paths=paths_of_blocks(panel, blocks),
        minimum_cell=panel.minimum_cell,
        compared=untreated_at_first(panel),
    )
