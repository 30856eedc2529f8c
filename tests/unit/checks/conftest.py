"""A small estimator of the tests' own, and panels and event studies to try the diagnostics on."""

import numpy as np
import pandas as pd
import pytest

from evalkit.did.effect import Effect, estimates
from evalkit.did.inference import Inference
from evalkit.did.method import Method
from evalkit.panel import Panel, PanelError

PLAIN = Method("plain", "", "", "", "", (), "", (), (), "")


def plain_did(panel):
    """Each cohort's change against that of the never treated, weighted by its units."""
    wide, periods = panel.wide, panel.clock.values
    never = panel.cohorts == 0
    if not panel.treated_cohorts or not never.any():
        raise PanelError("the plain estimator needs treated and never-treated units")
    units = int((~never).sum())
    total, variance, compared = 0.0, 0.0, np.zeros(never.sum())
    for g in panel.treated_cohorts:
        after = periods >= g
        change = wide[:, after].mean(axis=1) - wide[:, ~after].mean(axis=1)
        own = panel.cohorts == g
        share = own.sum() / units
        total += share * (change[own].mean() - change[never].mean())
        variance += share**2 * change[own].var(ddof=1) / own.sum()
        compared += share * change[never]
    variance += compared.var(ddof=1) / never.sum()
    table = estimates(["ATT"], np.array([total]), np.array([variance**0.5]))
    return Effect(PLAIN, "y", table, Inference("analytic", "unit", panel.n_units))


def make_panel(effect=1.0, cohorts=(0, 4, 5), units=20, periods=6, seed=0, trend=0.0, **names):
    random = np.random.default_rng(seed)
    rows = []
    for group, g in enumerate(cohorts):
        for i in range(units):
            level = random.normal()
            for t in range(1, periods + 1):
                treated = g > 0 and t >= g
                y = level + 0.3 * t + effect * treated + trend * t * (g > 0)
                rows.append((group * units + i, t, y + random.normal() * 0.5, g, i % 5))
    frame = pd.DataFrame(rows, columns=["unit", "t", "y", "g", "cluster"])
    frame["cluster"] += 5 * frame["g"]
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", **names)


def make_study(times, estimate, covariance, df=None, alpha=0.05):
    estimate, covariance = np.asarray(estimate, float), np.asarray(covariance, float)
    terms = [f"event {t}" for t in times]
    table = estimates(terms, estimate, np.sqrt(np.diag(covariance)), df=df, event_time=times)
    inference = Inference("analytic", "unit", 50, alpha=alpha, df=df)
    return Effect(PLAIN, "y", table, inference, pd.DataFrame(covariance, terms, terms))


@pytest.fixture
def panel():
    return make_panel()
