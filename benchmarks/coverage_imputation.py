"""Coverage of the 95% interval of `imputation` under its assumptions, and its speed.

Run by hand: ``python benchmarks/coverage_imputation.py [replications]``. Each design has unit and
period effects, effects that grow with time and differ by cohort and unit, and serially correlated
noise. The errors are conservative where effects differ between the units of a cohort: they count
that variation as sampling, which is right for the population and too wide for the units drawn.
"""

from __future__ import annotations

import sys
import time
import warnings

import numpy as np
import pandas as pd

from evalkit.did.imputation import imputation
from evalkit.panel import Panel

PERIODS = 10


def draw(random: np.random.Generator, cohorts: np.ndarray, *, state: int, spread: float):
    """Draw a panel, and the true mean effects: over all and in the first treated period."""
    rho = 0.3
    units = len(cohorts)
    noise = np.empty((units, PERIODS))
    noise[:, 0] = random.normal(size=units)
    for t in range(1, PERIODS):
        noise[:, t] = rho * noise[:, t - 1] + np.sqrt(1 - rho**2) * random.normal(size=units)
    states = np.arange(units) % state if state else np.arange(units)
    if state:
        noise += 0.5 * random.normal(size=(state, PERIODS)).cumsum(1)[states]
    periods = np.arange(1, PERIODS + 1)
    event = np.where(cohorts[:, None] > 0, periods - cohorts[:, None], -1)
    own = 1 + abs(spread) * random.normal(size=(units, 1))
    effects = np.where(event >= 0, own * (1 + 0.3 * event) * (cohorts[:, None] / 5), 0.0)
    y = random.normal(size=(units, 1)) + random.normal(size=PERIODS) + effects + noise
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), PERIODS),
            "t": np.tile(periods, units),
            "g": np.repeat(cohorts, PERIODS),
            "y": y.ravel(),
            "state": np.repeat(states, PERIODS),
        }
    )
    if spread < 0:  # the target is the mean of the population
        effects = effects / np.where(event >= 0, own, 1.0)
    return frame, float(effects[event >= 0].mean()), float(effects[event == 0].mean())


def cohorts_of(size: int, never: int, dates: tuple[int, ...] = (4, 6, 8)) -> np.ndarray:
    return np.r_[np.zeros(never, dtype=int), np.repeat(dates, size)]


DESIGNS = {
    # units, number of states (0: clusters are units), spread of effects (below 0: the target is
    # the mean of the population instead of that of the units drawn)
    "200 units, same effect in a cohort": (cohorts_of(40, 80), 0, 0.0),
    "200 units, effects differ, target drawn": (cohorts_of(40, 80), 0, 0.5),
    "200 units, effects differ, target population": (cohorts_of(40, 80), 0, -0.5),
    "200 units, 50 states as clusters": (cohorts_of(40, 80), 50, 0.0),
    "50 units": (cohorts_of(10, 20), 0, 0.0),
    "20 units, 4 per cohort": (cohorts_of(4, 8), 0, 0.0),
}


def coverage(replications: int) -> pd.DataFrame:
    rows = []
    for name, (cohorts, state, spread) in DESIGNS.items():
        random = np.random.default_rng(11)
        hits = {"ATT": [], "ATT(0)": [], "ATT, leave-one-out": [], "pre-trends rejected": []}
        for _ in range(replications):
            frame, overall, first = draw(random, cohorts, state=state, spread=spread)
            cluster = "state" if state else None
            panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g", cluster=cluster)
            fit = imputation(panel, pretrends=2)
            table = fit.table
            within = (table.conf_low <= [overall, first, *table.estimate[2:]]) & (
                table.conf_high >= [overall, first, *table.estimate[2:]]
            )
            hits["ATT"].append(within[0])
            hits["ATT(0)"].append(within[1])
            hits["pre-trends rejected"].append(fit.pretrend["p_value"] < 0.05)
            left = imputation(panel, horizons=[], leave_one_out=True).table
            hits["ATT, leave-one-out"].append(left.conf_low[0] <= overall <= left.conf_high[0])
        rows.append({"design": name} | {key: float(np.mean(one)) for key, one in hits.items()})
    return pd.DataFrame(rows)


def speed(units: int) -> float:
    random = np.random.default_rng(1)
    cohorts = random.choice([0, 4, 5, 6, 7, 8], size=units)
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), PERIODS),
            "t": np.tile(np.arange(1, PERIODS + 1), units),
            "g": np.repeat(cohorts, PERIODS),
            "y": random.normal(size=units * PERIODS),
        }
    )
    start = time.perf_counter()
    imputation(Panel(frame, unit="unit", time="t", outcome="y", cohort="g"), pretrends=2)
    return time.perf_counter() - start


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print(coverage(count).to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    print(f"simulation error of a coverage: {np.sqrt(0.95 * 0.05 / count):.3f}")
    for size in (1_000, 10_000, 100_000, 1_000_000):
        print(f"{size:>9} units x {PERIODS}, panel included: {speed(size):.3f} s")
