"""Overlap: are there comparison units like the treated ones?"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalkit.checks.footing import weighing
from evalkit.checks.overlap_method import METHOD
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.spread import variance
from evalkit.did.drawing import (
    PETROL_300,
    PETROL_900,
    Axes,
    Label,
    axes,
    head,
    label_beside,
    lie_down,
)
from evalkit.did.options import check_panel, covariate_names
from evalkit.did.overlap import CHANCE, OUTSIDE, by_chance
from evalkit.did.period_name import name_at, period_name
from evalkit.did.suppression import refuse_single
from evalkit.errors import EvalkitError
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
_CERTAIN = 0.999  # a fitted propensity of this or more: R's did gives such a cell no estimate

__all__ = ["METHOD", "Overlap", "overlap"]


class Overlap(CheckResult):
    """The result of :func:`overlap`; its table has a row per cohort."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the range of the propensity in each cohort and in its comparison units."""
        ax = axes(ax)
        lie_down(ax)
        places = np.arange(len(self.table))
        parts = (
            ("treated", "cohort", 0.12, PETROL_900, 5),
            ("control", "comparison units", -0.12, PETROL_300, 5),
        )
        labels = []
        for part, label, up, colour, wide in parts:
            least, most = self.table[f"least_{part}"], self.table[f"greatest_{part}"]
            ax.hlines(places + up, least, most, colors=colour, linewidth=wide, label=label)
            labels.append(Label(label, most.iloc[-1], places[-1] + up))
        ax.set_yticks(places, [period_name(g) for g in self.table["cohort"]])
        ax.set_ylim(-0.5, len(self.table) - 0.5)
        ax.set_xlim(0, 1)
        label_beside(ax, [one for one in labels if np.isfinite(one.x)])
        ax.set_xlabel("propensity")
        head(ax, "cohort")
        return ax


@dataclass(frozen=True, slots=True)
class _Fit:
    """A logit of one cohort against its comparison units."""

    treated: Bools
    propensity: Floats
    covariates: Floats
    weights: Floats

    @property
    def odds(self) -> Floats:
        """Weights that make the comparison units like the treated."""
        p = np.clip(self.propensity[~self.treated], 0, 1 - 1e-12)
        found: Floats = self.weights[~self.treated] * p / (1 - p)
        return found

    def effective(self) -> float:
        """Kish's effective number of comparison units."""
        total = float((self.odds**2).sum())
        return float(self.odds.sum() ** 2 / total) if total > 0 else 0.0

    def outside(self) -> float:
        """Share of the treated above every comparison unit's propensity."""
        highest = float(self.propensity[~self.treated].max())
        above = self.propensity[self.treated] > highest + 1e-12
        own = self.weights[self.treated]
        return float(own[above].sum() / own.sum())

    def above(self) -> int:
        """How many of the treated that is."""
        highest = float(self.propensity[~self.treated].max())
        return int((self.propensity[self.treated] > highest + 1e-12).sum())

    def difference(self, weighted: bool) -> float:
        """Largest difference in means, in standard deviations of the treated and the others."""
        own, other = self.covariates[self.treated], self.covariates[~self.treated]
        by = self.odds if weighted else self.weights[~self.treated]
        if by.sum() <= 0:
            return float("inf")
        gap = np.average(own, axis=0, weights=self.weights[self.treated])
        gap = gap - np.average(other, axis=0, weights=by)
        both = variance(own, self.weights[self.treated])
        both = both + variance(other, self.weights[~self.treated])
        spread = np.sqrt(both / 2)
        return float(np.abs(gap / np.where(spread > 0, spread, 1.0)).max())


def overlap(panel: Panel, covariates: str | Sequence[str] = ()) -> Overlap:
    """Compare treated cohorts with their comparison units on covariates before treatment.

    Parameters
    ----------
    panel
        The panel. A cohort's covariates are taken in its last period before treatment, for it
        and its comparison units.
    covariates
        Columns of numbers.

    Returns
    -------
    Overlap
        The rule for passed and failed stands in ``METHOD.edge_cases``.

    Raises
    ------
    PanelError
        Nobody is treated, there is no comparison unit, or a column is missing or holds text.
    EvalkitError
        No covariate is given, or one is constant or follows from others.

    Notes
    -----
    The propensity of being in a cohort is a logit in the covariates.

    References
    ----------
    Imbens & Rubin (2015), Causal Inference, chapter 14; Crump, Hotz, Imbens & Mitnik (2009),
    Biometrika 96(1), 187-199.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": np.repeat(np.arange(60), 6), "year": [*range(2016, 2022)] * 60,
    ...     "start": np.repeat([0, 2019, 2020], 120)})
    >>> after = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    >>> frame["jobs"] = 2.0 * after + np.random.default_rng(1).normal(size=360)
    >>> frame["size"] = np.random.default_rng(2).normal(size=60)[frame["firm"]]
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> ek.checks.overlap(panel, ["size"]).outcome
    'not decisive'
    """
    check_panel(panel)
    covariates = covariate_names(covariates)
    if not covariates:
        raise EvalkitError(
            "overlap needs covariates", hint="without them every unit compares with every other"
        )
    refuse_single(panel.minimum_cell, "overlap", "leave this check out")
    panel = weighing(panel)
    if not panel.treated_cohorts:
        raise PanelError(told("refused.untreated"), hint="see the cohort column")
    values = panel.covariates(covariates)
    rows, notes = [], []
    for g in panel.treated_cohorts:
        row, why = _cohort(panel, values, g, covariates)
        rows.append({"cohort": panel.clock.label(g), **row})
        notes += why
    table = pd.DataFrame(rows, columns=_COLUMNS)
    outcome, says = _judge(table)
    figures = {}
    known = table.dropna(subset=["outside"])
    if len(known):
        figures["outside"] = float(known["outside"].max())
        figures["greatest"] = float(known["greatest_treated"].max())
        figures["effective_controls"] = float(known["effective_controls"].min())
    return Overlap(METHOD, outcome, says, table, figures, tuple(notes))


_COLUMNS = ["cohort", "treated", "controls", "least_treated", "greatest_treated"]
_COLUMNS += ["least_control", "greatest_control", "outside", "by_chance", "effective_controls"]
_COLUMNS += ["difference", "difference_weighted"]


def _cohort(
    panel: Panel, values: Floats, g: int, names: Sequence[str]
) -> tuple[dict[str, float], list[Told]]:
    base, shown = int(np.searchsorted(panel.clock.values, g)) - 1, name_at(panel.clock, g)
    if base < 0:
        return {}, [told("overlap.no-before", cohort=shown)]
    never = panel.cohorts == NEVER
    controls = never if never.any() else panel.cohorts > g
    if not controls.any():
        return {}, [told("overlap.no-comparison", cohort=shown)]
    here = panel.time == base
    cohort = panel.cohorts[panel.unit]
    used = here & (controls[panel.unit] | (cohort == g)) & ~np.isnan(values).any(axis=1)
    treated = cohort[used] == g
    if not treated.any() or treated.all():
        return {}, [told("overlap.no-rows", cohort=shown)]
    weights = np.ones(int(used.sum())) if panel.weights is None else panel.weights[used]
    fit = _logit(values[used], treated, weights, names)
    own, other = fit.propensity[treated], fit.propensity[~treated]
    return {
        "treated": float(treated.sum()),
        "controls": float((~treated).sum()),
        "least_treated": float(own.min()),
        "greatest_treated": float(own.max()),
        "least_control": float(other.min()),
        "greatest_control": float(other.max()),
        "outside": fit.outside(),
        "by_chance": by_chance(fit.above(), int(treated.sum()), int((~treated).sum())),
        "effective_controls": fit.effective(),
        "difference": fit.difference(weighted=False),
        "difference_weighted": fit.difference(weighted=True),
    }, []


def _logit(values: Floats, treated: Bools, weights: Floats, names: Sequence[str]) -> _Fit:
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    spread = values.std(axis=0)
    flat = [name for name, one in zip(names, spread, strict=True) if one == 0]
    if flat:
        raise EvalkitError(told("refused.constant", name=flat[0]), hint="leave it out")
    X = np.column_stack([np.ones(len(values)), (values - values.mean(axis=0)) / spread])
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise EvalkitError(told("refused.collinear", names=names), hint="leave one out")
    with warnings.catch_warnings():
        # Covariates that tell the groups apart show as propensities of 0 and 1, which are judged.
        warnings.simplefilter("ignore")
        model = GLM(treated.astype(np.float64), X, family=Binomial(), freq_weights=weights)
        fitted = model.fit(maxiter=50)
    propensity = np.nan_to_num(np.asarray(fitted.fittedvalues, dtype=np.float64), nan=1.0)
    return _Fit(treated, propensity, values, weights)


def _judge(table: pd.DataFrame) -> tuple[Outcome, Told]:
    known = table.dropna(subset=["outside"])
    if len(known) == 0:
        return "not decisive", told("overlap.nothing")
    outside, top = float(known["outside"].max()), float(known["greatest_treated"].max())
    size = float(known["effective_controls"].min())
    apart = float(known["difference_weighted"].max())
    found = told("overlap.found", outside=outside, top=top, size=size, apart=apart)
    beyond = known["outside"] > OUTSIDE
    if top >= _CERTAIN or bool((beyond & (known["by_chance"] <= CHANCE)).any()):
        return "failed", told("overlap.failed", found=found)
    if bool(beyond.any()):
        chance = float(known.loc[beyond, "by_chance"].min())
        return "not decisive", told("overlap.too-small", found=found, chance=chance)
    enough = bool((known["effective_controls"] >= np.minimum(known["treated"] / 2, 100)).all())
    if outside <= 0.05 and enough and apart <= 0.25 and len(known) == len(table):
        return "passed", told("overlap.passed", found=found)
    return "not decisive", told("overlap.open", found=found)
