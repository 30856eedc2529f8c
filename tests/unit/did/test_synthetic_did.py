from __future__ import annotations

import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.comparison import noise
from evalkit.did.synthetic_did import synthetic_did
from evalkit.panel import Panel, PanelError

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*standard errors are far too small:evalkit.panel.PanelWarning"
)


def _frame(cohorts=(7, 7, 8) + (0,) * 9, periods: int = 10, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    units = len(cohorts)
    factors, loadings = random.normal(size=(2, periods)).cumsum(1), random.normal(size=(units, 2))
    y = loadings @ factors + random.normal(size=(units, periods)) * 0.5
    return pd.DataFrame(
        {
            "unit": np.repeat([f"u{at}" for at in range(units)], periods),
            "t": np.tile(np.arange(1, periods + 1), units),
            "y": y.ravel(),
            "g": np.repeat(cohorts, periods),
            "c": np.repeat(np.arange(units) // 2, periods),
        }
    )


def _panel(frame, **roles):
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", **roles)


def test_by_hand():
    """Two controls b = 0, 2, 3 and c = 0, 0, 1, treated a = 5, 6, 10; third period treated.

    sigma: the changes before treatment are 2 and 0, with standard deviation sqrt(2).
    zeta^2 = sqrt(1 * 1) * 2 = 2, times T0 = 2 the penalty is 4.
    omega for b is w, for c 1 - w; less their means the paths are b: -1, 1; c: 0, 0; a: -.5, .5:
    2 (w - .5)^2 + 4 (w^2 + (1 - w)^2) is least at w = 1/2.
    lambda: after treatment the controls have 3 and 1, before it (0, 0) and (2, 0), each less its
    mean -1, 1 after and (0, 0), (1, -1) before: with weights l and 1 - l the misfit is
    2 (1 - (1 - l))^2 + a hair, least at l = 0: all weight on the second period.
    tau = (10 - 6) - ((3 + 1) / 2 - (2 + 0) / 2) = 4 - 1 = 3.
    """
    y = {"a": [5, 6, 10], "b": [0, 2, 3], "c": [0, 0, 1]}
    rows = [(u, t, v, 3 if u == "a" else 0) for u in y for t, v in enumerate(y[u], 1)]
    panel = _panel(pd.DataFrame(rows, columns=["unit", "t", "y", "g"]))
    assert noise(np.array([[0.0, 2], [0, 0]])) == pytest.approx(np.sqrt(2))
    fit = synthetic_did(panel)
    assert fit.unit_weights.weight.tolist() == pytest.approx([0.5, 0.5])
    assert fit.time_weights.weight.tolist() == pytest.approx([0, 1], abs=1e-9)
    assert fit.table.estimate.tolist() == pytest.approx([3, 3])
    # Placebos: one control is left, which does not tell periods apart, so lambda is 1/2 and 1/2:
    # b against c is (3 - 1) - (1 - 0) = 1, c against b -1.
    assert fit.table.std_error[0] == pytest.approx(1.0)
    did = synthetic_did(panel, weighting="did")
    # 10 - 5.5 = 4.5 against 2 - 0.5 = 1.5.
    assert did.table.estimate[0] == pytest.approx(3.0)
    assert did.table.std_error[0] == pytest.approx(1.0)


def test_cohorts_count_by_their_treated_periods():
    frame = _frame()
    fit = synthetic_did(_panel(frame), inference="none")
    alone = [
        synthetic_did(_panel(frame[frame.g.isin([0, g])]), inference="none").table for g in (7, 8)
    ]
    early, late = (table.estimate[0] for table in alone)
    # Cohort 7 has 2 units in 4 periods, cohort 8 one unit in 3: 8 and 3 unit-periods.
    assert fit.table.estimate[0] == pytest.approx((8 * early + 3 * late) / 11)
    assert fit.table.set_index("term").estimate["ATT(cohort 7)"] == pytest.approx(early)
    zero = (2 * alone[0].estimate[1] + alone[1].estimate[1]) / 3
    assert fit.table.set_index("term").estimate["ATT(0)"] == pytest.approx(zero)
    assert fit.table.set_index("term").n_units.to_dict() == {
        "ATT": 3, "ATT(cohort 7)": 2, "ATT(cohort 8)": 1, "ATT(0)": 3, "ATT(1)": 3, "ATT(2)": 3,
        "ATT(3)": 2,
    }  # fmt: skip


@settings(max_examples=15)
@given(st.integers(0, 1000), st.floats(-1e4, 1e4), st.floats(0.01, 1e3))
def test_a_constant_unit_and_period_effects_and_a_scale_pass_through(seed, constant, scale):
    frame = _frame(seed=seed)
    plain = synthetic_did(_panel(frame), inference="none").table.estimate
    shift = frame.unit.str[1:].astype(int) * 3.0 + constant
    # A period effect passes through only if it does not change sigma: a step after treatment.
    moved = frame.assign(y=scale * (frame.y + shift + 5.0 * (frame.t >= 9)))
    found = synthetic_did(_panel(moved), inference="none").table.estimate
    np.testing.assert_allclose(found, scale * plain, rtol=1e-5, atol=1e-6 * scale)


def test_names_and_order_are_nothing():
    frame = _frame(cohorts=(7, 7, 8, 8) + (0,) * 8, seed=5)
    base = synthetic_did(_panel(frame), inference="jackknife").table
    renamed = frame.assign(unit=frame.unit.map({f"u{i}": (i * 5) % 12 for i in range(12)}))
    for other in (frame.sample(frac=1, random_state=1), renamed):
        table = synthetic_did(_panel(other), inference="jackknife").table
        np.testing.assert_allclose(table.estimate, base.estimate, rtol=1e-7)
        np.testing.assert_allclose(table.std_error, base.std_error, rtol=1e-6)


def test_the_jackknife_of_differences_by_hand():
    """With equal weights: the estimate anew without each unit, and (n-1)/n sum of squares."""
    frame = _frame(cohorts=(6, 6, 6) + (0,) * 5)
    fit = synthetic_did(_panel(frame), weighting="did", inference="jackknife")
    change = frame.assign(post=frame.t >= 6).groupby(["unit", "post"]).y.mean().unstack()
    change = (change[True] - change[False]).to_numpy()
    left = []
    for out in range(8):
        kept = np.arange(8) != out
        left.append(change[:3][kept[:3]].mean() - change[3:][kept[3:]].mean())
    error = np.sqrt(7 / 8 * ((np.array(left) - np.mean(left)) ** 2).sum())
    assert fit.table.std_error[0] == pytest.approx(error)


def test_bootstrap_and_jackknife_are_near_the_analytic_error_for_equal_weights():
    cohorts = (6,) * 40 + (0,) * 60
    random = np.random.default_rng(2)
    frame = _frame(cohorts=cohorts).assign(y=random.normal(size=1000))
    errors = {
        kind: synthetic_did(_panel(frame), weighting="did", inference=kind, draws=400).table
        for kind in ("bootstrap", "jackknife", "placebo")
    }
    # Placebos compare 40 controls with the 20 that are left, so their error is larger.
    for kind, others in {"bootstrap": 60, "jackknife": 60, "placebo": 20}.items():
        analytic = np.sqrt((1 / 40 + 1 / others) * (1 / 5 + 1 / 5))
        assert errors[kind].std_error[0] == pytest.approx(analytic, rel=0.25), kind


def test_draws_are_by_seed():
    panel = _panel(_frame())
    first, again, other = (
        synthetic_did(panel, draws=20, seed=seed).table.std_error for seed in (1, 1, 2)
    )
    pd.testing.assert_series_equal(first, again)
    assert (first != other).any()


def test_clusters_above_the_unit():
    frame = _frame(cohorts=(7,) * 4 + (0,) * 8)
    panel = _panel(frame, cluster="c")
    with pytest.raises(PanelError, match="single units, not clusters"):
        synthetic_did(panel)
    fit = synthetic_did(panel, inference="jackknife")
    assert fit.inference.clusters == 6
    single = frame.assign(c=1)
    for kind in ("jackknife", "bootstrap"):
        with pytest.raises(PanelError, match="two treated and two untreated"):
            synthetic_did(_panel(single, cluster="c"), inference=kind)


@pytest.mark.parametrize(
    ("cohorts", "kind", "message"),
    [
        ((7,) + (0,) * 5, "bootstrap", "inference='placebo'"),
        ((7,) + (0,) * 5, "jackknife", "inference='placebo'"),
        ((7, 7, 8, 0, 0, 0), "jackknife", "only unit or cluster of cohort 8"),
        ((7,) * 5 + (0,) * 5, "placebo", "more untreated units"),
        ((7,) * 5, "placebo", "0 never-treated"),
        ((0,) * 5, "placebo", "no treated unit"),
        ((2,) + (0,) * 5, "placebo", "two periods before"),
    ],
)
def test_too_little_is_refused_with_a_remedy(cohorts, kind, message):
    with pytest.raises(PanelError, match=message) as caught:
        synthetic_did(_panel(_frame(cohorts=cohorts)), inference=kind)
    assert "hint" in str(caught.value)


def test_few_draws_and_a_constant_outcome_are_refused():
    with pytest.raises(PanelError, match="1 draws"):
        synthetic_did(_panel(_frame()), draws=1)
    with pytest.raises(PanelError, match="never varies"):
        synthetic_did(_panel(_frame().assign(y=1.0)))


def test_the_gap_of_the_paths_is_the_effect():
    fit = synthetic_did(_panel(_frame(cohorts=(7, 7) + (0,) * 8)), inference="none")
    after = fit.paths[fit.paths.time >= 7]
    np.testing.assert_allclose(after.gap, fit.table.estimate[1:])
    found = json.loads(fit.to_json())
    assert len(found["unit_weights"]) == 8
    with pytest.raises(PanelError, match="no cohort 3"):
        fit.plot(object(), cohort=3)


def test_the_plot_shows_the_paths_of_one_cohort():
    mpl.use("Agg")
    fit = synthetic_did(_panel(_frame()), inference="none")
    ax = fit.plot(cohort=8)
    lines = {line.get_label(): list(line.get_ydata()) for line in ax.lines}
    assert lines["treated"] == fit.paths.loc[fit.paths.cohort == 8, "treated"].tolist()
    assert "treated from 8" in lines
    ax.figure.canvas.draw()
    plt.close(ax.figure)
