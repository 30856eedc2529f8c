"""Proposition 99 against synthdid's `sc_estimate`, and the exact optimum against its conditions.

synthdid stops its Frank-Wolfe iterations early: its weights are not the optimum, and its estimate
(-19.62) lies half a per cent from that of the optimum (-19.51). The tests show that the whole
difference is in the weights: its weights in our formula give its estimate, and ours fit better.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from evalkit.did.synthetic_control import synthetic_control
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"
GOLDEN = [
    entry
    for entry in json.loads((DATA / "golden.json").read_text())
    if entry["estimator"] == "synthdid::sc_estimate"
]


@pytest.fixture(scope="module")
def panel() -> Panel:
    frame = pd.read_csv(DATA / "prop99.csv")
    frame["from"] = np.where(frame.State == "California", 1989, 0)
    return Panel(frame, unit="State", time="Year", outcome="PacksPerCapita", cohort="from")


@pytest.fixture(scope="module")
def fit(panel):
    return synthetic_control(panel)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda entry: str(entry["id"]))
def test_differs_from_synthdid_by_its_early_stop_only(golden, panel, fit):
    theirs = fit.unit_weights.unit.map(golden["unit_weights"]).to_numpy()
    donors = panel.wide[panel.cohorts == 0]
    gap = panel.wide[panel.cohorts == 1989][0] - theirs @ donors
    assert gap[19:].mean() == pytest.approx(golden["results"][0]["estimate"], rel=1e-9)
    np.testing.assert_allclose(gap[19:], list(golden["effect_curve"].values()), rtol=1e-8)
    ours = fit.paths.gap.to_numpy()
    assert (ours[:19] ** 2).sum() < (gap[:19] ** 2).sum()
    assert fit.table.estimate[0] == pytest.approx(golden["results"][0]["estimate"], rel=6e-3)
    np.testing.assert_allclose(fit.unit_weights.weight, theirs, atol=5e-3)


def test_a_general_optimiser_finds_nothing_better(panel, fit):
    donors, target = panel.wide[panel.cohorts == 0][:, :19], panel.wide[panel.cohorts == 1989][0]
    scale = 1e-3

    def loss(w):
        return scale * ((target[:19] - w @ donors) ** 2).sum()

    start = np.full(38, 1 / 38)
    other = minimize(
        loss,
        start,
        jac=lambda w: -2 * scale * donors @ (target[:19] - w @ donors),
        bounds=[(0, 1)] * 38,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        method="SLSQP",
        options={"ftol": 1e-13, "maxiter": 2000},
    )
    found = fit.unit_weights.weight.to_numpy()
    assert loss(found) <= loss(other.x) + 1e-12
    np.testing.assert_allclose(found, other.x, atol=1e-3)


def test_the_published_donors_and_rank_come_out(fit):
    """Abadie, Diamond and Hainmueller: Utah, Nevada, Montana, Colorado and Connecticut."""
    donors = set(fit.unit_weights[fit.unit_weights.weight > 0.01].unit)
    assert {"Utah", "Nevada", "Montana", "Connecticut"} <= donors
    # They find, with covariates, the effect in 2000 to be about 26 packs.
    assert fit.table.estimate.iloc[-1] == pytest.approx(-26, abs=1)
    assert len(fit.placebos) == 39
    assert fit.table.p_value[0] == pytest.approx((fit.placebos.ratio.rank(ascending=False)[0]) / 39)
