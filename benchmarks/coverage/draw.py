"""Simulated data, one function a process; each gives the data and what is true of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Random = np.random.Generator
Truth = dict[str, float]

PERIODS = 8
COHORTS = np.array([0, 4, 5, 7])
"""First treated periods; 0 is never."""
SHARES = np.array([0.4, 0.2, 0.2, 0.2])
NOISE = {0: 1.0, 4: 1.5, 5: 1.0, 7: 0.7}
"""Cohorts differ in the spread of their noise."""


def autoregressive(random: Random, shape: tuple[int, int], rho: float) -> Floats:
    """Noise with variance 1 and correlation `rho` between periods, shape (units, periods)."""
    fresh = random.normal(size=shape)
    for t in range(1, shape[1]):
        fresh[:, t] = rho * fresh[:, t - 1] + np.sqrt(1 - rho**2) * fresh[:, t]
    return fresh


def as_panel(y: Floats, cohorts: Ints, *, cluster: Ints | None = None, **columns: Floats) -> Panel:
    """Make a panel of outcomes, shape (units, periods); `columns` are fixed in time."""
    units, periods = y.shape
    table = {"unit": np.arange(units), "g": cohorts} | columns
    if cluster is not None:
        table["c"] = cluster
    frame = pd.DataFrame({name: np.repeat(value, periods) for name, value in table.items()})
    frame["t"] = np.tile(np.arange(1, periods + 1), units)
    frame["y"] = y.ravel()
    role = None if cluster is None else "c"
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", cluster=role)


# Effects -------------------------------------------------------------------------------------


def event_of(cohorts: Ints) -> Ints:
    """Time since treatment, shape (units, periods); far below nought for the never treated."""
    event = np.arange(1, PERIODS + 1) - cohorts[:, None]
    return np.where(cohorts[:, None] > 0, event, -99)


def effect_of(cohorts: Ints, kind: str) -> Floats:
    """Mean effects, shape (units, periods).

    `constant`: 1; `dynamic`: grows with time; `by cohort`: grows, and differs between cohorts.
    """
    event = event_of(cohorts)
    size = np.ones(event.shape)
    if kind != "constant":
        size += 0.3 * event
    if kind == "by cohort":
        size *= cohorts[:, None] / 5
    return np.where(event >= 0, size, 0.0)


def truth_of(kind: str, shares: Floats = SHARES) -> Truth:
    """What averages over cohorts come to: over all treated cells, and by event time."""
    event, effect = event_of(COHORTS), effect_of(COHORTS, kind)
    weight = np.where(event > -99, shares[:, None], 0.0)
    found = {"ATT": float(np.average(effect, weights=weight * (event >= 0)))}
    for e in range(-6, 5):
        at = weight * (event == e)
        if at.any():
            found[f"ATT({e})"] = float(np.average(effect, weights=at))
    found["mean of event times"] = float(np.mean([found[f"ATT({e})"] for e in range(5)]))
    return found


def allot(random: Random, units: int, *, by_lot: bool) -> Ints:
    """Cohorts in the shares: exactly, or drawn by lot for each unit."""
    if by_lot:
        return random.choice(COHORTS, size=units, p=SHARES)
    return np.repeat(COHORTS, np.round(units * SHARES).astype(int))


# Panels with staggered treatment -------------------------------------------------------------


def staggered(
    random: Random,
    units: int,
    kind: str,
    *,
    by_lot: bool = False,
    per_cluster: int = 1,
    spread: float = 0.3,
    missing: float = 0.0,
) -> tuple[Panel, Truth]:
    """Unit and period effects, AR(1) noise, effects that vary between units.

    With `per_cluster` above 1, whole clusters of units are treated, and share an AR(1) shock.
    `missing` is the share of rows that are lost at random.
    """
    clusters = units // per_cluster
    cohort = allot(random, clusters, by_lot=by_lot)
    member = np.repeat(np.arange(clusters), per_cluster)
    cohorts = cohort[member]
    scale = np.array([NOISE[int(g)] for g in cohorts])[:, None]
    noise = scale * autoregressive(random, (units, PERIODS), 0.5)
    if per_cluster > 1:
        noise += 0.7 * autoregressive(random, (clusters, PERIODS), 0.5)[member]
    own = 1 + spread * random.normal(size=(units, 1))
    levels = 2 * random.normal(size=(units, 1)) + random.normal(size=PERIODS)
    y = levels + own * effect_of(cohorts, kind) + noise
    panel = as_panel(y, cohorts, cluster=member if per_cluster > 1 else None)
    if missing:
        kept = panel.frame[random.random(panel.n_rows) >= missing]
        panel = Panel(kept, unit="unit", time="t", outcome="y", cohort="g")
    return panel, truth_of(kind)


def drawn_units(random: Random, units: int) -> tuple[Panel, Truth]:
    """The staggered panel, where the truth is the mean over the units that were drawn."""
    cohorts = allot(random, units, by_lot=False)
    own = 1 + 0.5 * random.normal(size=(units, 1))
    effect = own * effect_of(cohorts, "by cohort")
    noise = autoregressive(random, effect.shape, 0.5)
    panel = as_panel(random.normal(size=PERIODS) + effect + noise, cohorts)
    event = event_of(cohorts)
    return panel, {"ATT": float(effect[event >= 0].mean())}


def with_covariates(random: Random, units: int) -> tuple[Panel, Truth]:
    """Treatment and trends that depend on covariates: a multinomial logit and a linear trend."""
    x1, x2 = random.normal(size=(2, units))
    chances = cohort_chances(x1)
    cohorts = COHORTS[(random.random((units, 1)) > chances.cumsum(axis=1)).sum(axis=1)]
    trend = (0.3 * x1 - 0.2 * x2)[:, None] * np.arange(PERIODS)
    own = 1 + 0.3 * random.normal(size=(units, 1))
    noise = autoregressive(random, (units, PERIODS), 0.5)
    y = x1[:, None] + trend + own * effect_of(cohorts, "by cohort") + noise
    nodes, mass = np.polynomial.hermite_e.hermegauss(60)
    shares = mass @ cohort_chances(nodes) / mass.sum()
    return as_panel(y, cohorts, x1=x1, x2=x2), truth_of("by cohort", shares)


def cohort_chances(x: Floats) -> Floats:
    """Chance of each cohort given the covariate, shape (units, cohorts)."""
    odds = np.exp(np.outer(x, [0.0, 0.4, 0.2, -0.3]) + np.log(SHARES))
    chances: Floats = odds / odds.sum(axis=1, keepdims=True)
    return chances


def cross_sections(random: Random, rows: int, kind: str) -> tuple[Panel, Truth]:
    """Other units in every period, `rows` in all; cohorts differ in level."""
    cohorts = random.choice(COHORTS, size=rows, p=SHARES)
    t = random.integers(1, PERIODS + 1, size=rows)
    effect = effect_of(cohorts, kind)[np.arange(rows), t - 1]
    scale = np.array([NOISE[int(g)] for g in cohorts])
    y = cohorts / 4 + 0.2 * t + effect + scale * random.normal(size=rows)
    frame = pd.DataFrame({"g": cohorts, "t": t, "y": y})
    return Panel(frame, unit=None, time="t", outcome="y", cohort="g"), truth_of(kind)


# Two groups, two periods ---------------------------------------------------------------------


def two_groups(random: Random, units: int, *, panel_data: bool) -> tuple[Panel, Truth]:
    """Treatment, the change without it and the effect all depend on covariates.

    In cross-sections `units` are seen once, half of them before and half after.
    """
    x1, x2 = random.normal(size=(2, units))
    treated = random.random(units) < chance(x1)
    change = 0.5 + x1 - 0.5 * x2 + treated * (1 + 0.5 * x1)
    nodes, mass = np.polynomial.hermite_e.hermegauss(60)
    truth = {"ATT": float(np.average(1 + 0.5 * nodes, weights=mass * chance(nodes)))}
    cohorts = np.where(treated, 2, 0)
    y = (x1 + x2)[:, None] + np.column_stack([np.zeros(units), change])
    scale = np.where(treated, 1.5, 1.0)[:, None]
    y += scale * autoregressive(random, (units, 2), 0.5)
    if panel_data:
        return as_panel(y, cohorts, x1=x1, x2=x2), truth
    after = random.permutation(units) % 2
    table = {"g": cohorts, "t": after + 1, "y": y[np.arange(units), after], "x1": x1, "x2": x2}
    return Panel(pd.DataFrame(table), unit=None, time="t", outcome="y", cohort="g"), truth


def chance(x: Floats) -> Floats:
    """Chance of treatment given the covariate."""
    return 1 / (1 + np.exp(0.3 - 0.5 * x))


# One date of treatment -----------------------------------------------------------------------


def diverging(random: Random, units: int, path: str) -> tuple[Panel, Truth]:
    """Half the units treated from the fourth of six periods on, with trends that diverge.

    `parallel`; `turn`: a change of 0.3 in the first treated period as before treatment (Mbar 1);
    `line`: a straight line (M 0); `bend`: a second difference of 0.1 (M 0.1).
    """
    event = np.arange(1, 7) - 4
    paths = {
        "parallel": np.zeros(6),
        "turn": np.array([0.0, 0.3, 0.0, 0.3, 0.3, 0.3]),
        "line": 0.1 * (event + 1),
        "bend": 0.05 * (event + 1) * (event + 2),
    }
    treated = np.arange(units) % 2
    y = random.normal(size=(units, 1)) + autoregressive(random, (units, 6), 0.5)
    y += treated[:, None] * (paths[path] + (event >= 0))
    return as_panel(y, 4 * treated), {"ATT(0)": 1.0}


def factors(
    random: Random, controls: int, treated: int, *, shift: float = 0.0, effect: float = 1.0
) -> tuple[Panel, Truth]:
    """Twenty periods with a common factor, and treatment of some units from the 16th on.

    `shift` is how much more heavily the treated load on the factor.
    """
    units = controls + treated
    cohorts = np.repeat([0, 16], [controls, treated])
    loading = random.normal(size=(units, 1)) + shift * (cohorts[:, None] > 0)
    factor = 0.5 * random.normal(size=20).cumsum()
    noise = autoregressive(random, (units, 20), 0.3)
    y = random.normal(size=(units, 1)) + loading * factor + noise
    y += effect * ((cohorts[:, None] > 0) & (np.arange(1, 21) >= 16))
    return as_panel(y, cohorts), {"ATT": effect}


def few_clusters(random: Random, clusters: int, treated: int, effect: float) -> tuple[Panel, Truth]:
    """Clusters as units, some of them treated from the fifth of eight periods on."""
    cohorts = np.repeat([5, 0], [treated, clusters - treated])
    scale = random.uniform(0.5, 1.5, size=(clusters, 1))
    y = random.normal(size=(clusters, 1)) + scale * autoregressive(random, (clusters, 8), 0.5)
    y += effect * ((cohorts[:, None] > 0) & (np.arange(1, 9) >= 5))
    return as_panel(y, cohorts), {"ATT": effect}


def series(random: Random, points: int, rho: float) -> tuple[pd.Series[Any], Truth]:
    """A line with AR(1) noise that jumps by 1 half-way, and then climbs faster by 0.05."""
    t = np.arange(points)
    since = t - points // 2
    y = 0.1 * t + (since >= 0) * (1 + 0.05 * since) + autoregressive(random, (1, points), rho)[0]
    mean = 1 + 0.05 * float(since[since >= 0].mean())
    return pd.Series(y), {"level_change": 1.0, "slope_change": 0.05, "ATT": mean}
