from __future__ import annotations

import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.simplex import simplex_weights
from evalkit.did.synthetic_control import synthetic_control
from evalkit.panel import Panel, PanelError, PanelWarning


def _frame(units: int = 12, periods: int = 10, treated: int = 1, seed: int = 0, start: int = 7):
    random = np.random.default_rng(seed)
    factors, loadings = random.normal(size=(2, periods)).cumsum(1), random.normal(size=(units, 2))
    y = loadings @ factors + random.normal(size=(units, periods)) * 0.3
    return pd.DataFrame(
        {
            "unit": np.repeat([f"u{at}" for at in range(units)], periods),
            "t": np.tile(np.arange(1, periods + 1), units),
            "y": y.ravel(),
            "g": np.repeat(np.where(np.arange(units) < treated, start, 0), periods),
        }
    )


def _panel(frame, **roles):
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", **roles)


def test_by_hand():
    """a = 2, 4, 3 before is the mean of b = 1, 2, 1 and c = 3, 6, 5; after, a has 9 and they 5.

    The gap is 0, 0, 0, then 4.
    """
    y = {"a": [2, 4, 3, 9], "b": [1, 2, 1, 3], "c": [3, 6, 5, 7]}
    rows = [(u, t, v, 4 if u == "a" else 0) for u in y for t, v in enumerate(y[u], 1)]
    fit = synthetic_control(_panel(pd.DataFrame(rows, columns=["unit", "t", "y", "g"])))
    assert fit.unit_weights.weight.tolist() == pytest.approx([0.5, 0.5], abs=1e-6)
    assert fit.paths.gap.tolist() == pytest.approx([0, 0, 0, 4], abs=1e-5)
    assert fit.table.estimate.tolist() == pytest.approx([4, 4], abs=1e-5)
    # Three assignments; the true one has by far the largest ratio, since its fit is perfect.
    assert fit.table.p_value.tolist() == pytest.approx([1 / 3, 1 / 3])
    assert "cannot be below 0.333" in fit.notes[1]


def test_weights_by_hand():
    """Target 1, donors 0 and 4 in one period: 0.75 and 0.25. With ridge r the first weight w
    minimises (4(1 - w) - 1)^2 + r (w^2 + (1 - w)^2): w = (12 + r) / (16 + 2 r)."""
    columns, target = np.array([[0.0, 4.0]]), np.array([1.0])
    for ridge in (0.0, 1e-9, 0.5, 8.0, 1e6):
        w = simplex_weights(columns, target, ridge)
        assert w[0] == pytest.approx((12 + ridge) / (16 + 2 * ridge), rel=1e-9)
    assert simplex_weights(columns, np.array([-3.0]), 0.0).tolist() == [1.0, 0.0]
    assert simplex_weights(np.ones((2, 4)), np.ones(2), 0.0).tolist() == [0.25] * 4


@settings(max_examples=60)
@given(
    st.integers(1, 60),
    st.integers(1, 30),
    st.sampled_from([0.0, 1e-10, 1e-4, 0.1, 10.0, 1e4]),
    st.integers(0, 10**6),
)
def test_weights_meet_the_conditions_of_the_optimum(count, rows, ridge, seed):
    random = np.random.default_rng(seed)
    columns, target = random.normal(size=(rows, count)).cumsum(0), random.normal(size=rows) * 3
    w = simplex_weights(columns, target, ridge)
    slope = columns.T @ (columns @ w - target) + ridge * w
    size = (columns**2).sum(axis=0).max() + (target**2).sum() + ridge
    assert w.min() >= 0
    assert w.sum() == pytest.approx(1)
    assert slope.min() >= w @ slope - 1e-8 * size
    assert np.abs(slope[w > 1e-9] - w @ slope).max() <= 1e-8 * size


@pytest.mark.parametrize("seed", range(4))
def test_invariants(seed):
    frame = _frame(seed=seed)
    plain = synthetic_control(_panel(frame))
    renamed = frame.assign(unit=frame.unit.map({f"u{i}": (i * 7) % 12 for i in range(12)}))
    for other in (frame.sample(frac=1, random_state=seed), renamed, frame.assign(y=frame.y + 1e3)):
        fit = synthetic_control(_panel(other))
        np.testing.assert_allclose(fit.table.estimate, plain.table.estimate, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(fit.table.p_value, plain.table.p_value)
    scaled = synthetic_control(_panel(frame.assign(y=-50 * frame.y)))
    np.testing.assert_allclose(scaled.table.estimate, -50 * plain.table.estimate, rtol=1e-6)
    np.testing.assert_allclose(scaled.table.p_value, plain.table.p_value)


def test_an_effect_that_is_added_is_found_and_ranked_first():
    frame = _frame(units=25, periods=40, start=35, seed=3)
    plain = synthetic_control(_panel(frame)).table
    moved = frame.assign(y=frame.y + 20.0 * ((frame.g > 0) & (frame.t >= frame.g)))
    fit = synthetic_control(_panel(moved)).table
    np.testing.assert_allclose(fit.estimate - plain.estimate, 20, rtol=1e-7)
    assert fit.p_value[0] == pytest.approx(1 / 25)
    assert fit.std_error.isna().all()


def test_the_permutation_test_keeps_its_level():
    """Under the null the rank is uniform: with 10 units each p-value has a chance of 1/10."""
    panels = [_panel(_frame(units=10, seed=seed)) for seed in range(60)]
    found = [synthetic_control(panel).table.p_value[0] for panel in panels]
    assert set(np.round(np.array(found) * 10)) <= set(range(1, 11))
    assert 0.05 <= np.mean(np.array(found) < 0.25) <= 0.35  # three sigma around 0.2


def test_several_treated_units_are_averaged_and_assignments_drawn():
    frame = _frame(units=14, treated=3)
    fit = synthetic_control(_panel(frame), placebos=50, seed=4)
    assert len(fit.placebos) == 51
    assert fit.placebos.units[0] == "u0, u1, u2"
    assert any("3 treated units are averaged" in note for note in fit.notes)
    again = synthetic_control(_panel(frame), placebos=50, seed=4)
    pd.testing.assert_frame_equal(fit.table, again.table)
    merged = frame.assign(unit=np.where(frame.g > 0, "m", frame.unit))
    merged = merged.groupby(["unit", "t", "g"], as_index=False).y.mean()
    assert fit.table.estimate[0] == pytest.approx(
        synthetic_control(_panel(merged)).table.estimate[0], rel=1e-6
    )


def test_poorly_fitting_placebos_can_be_left_out():
    fit = synthetic_control(_panel(_frame()), poor_fit=1.0)
    assert (fit.placebos.pre_rmspe <= fit.placebos.pre_rmspe[0]).all()
    assert any("poor fit are left out" in note for note in fit.notes)


def test_a_unit_out_of_reach_has_a_note():
    frame = _frame()
    frame.loc[frame.unit == "u0", "y"] += 100
    assert any("poorly" in note for note in synthetic_control(_panel(frame)).notes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.assign(g=0), "no treated unit"),
        (lambda f: f.assign(g=7), "0 never-treated units"),
        (lambda f: f.assign(g=np.where(f.unit == "u1", 8, f.g)), "2 dates"),
        (lambda f: f.assign(g=np.where(f.g > 0, 2, 0)), "two periods before treatment"),
        (lambda f: f.assign(y=3.0), "never varies"),
    ],
)
def test_flaws_are_named(change, message):
    with pytest.raises(PanelError, match=message):
        synthetic_control(_panel(change(_frame())))


def test_weights_and_clusters_are_refused():
    frame = _frame().assign(w=1.0, c=1)
    with pytest.raises(PanelError, match="no sampling weights"):
        synthetic_control(_panel(frame, weights="w"))
    with pytest.raises(PanelError, match="not clusters"):
        synthetic_control(_panel(frame, cluster="c"))
    with pytest.raises(PanelError, match="follows units"):
        synthetic_control(Panel(frame, unit=None, time="t", outcome="y", cohort="g"))


def test_units_with_gaps_leave_and_are_counted():
    frame = _frame()
    holes = frame[~((frame.unit == "u5") & (frame.t == 3))]
    with pytest.warns(PanelWarning, match="1 unit "):
        fit = synthetic_control(_panel(holes))
    assert "u5" not in set(fit.unit_weights.unit)
    assert fit.dropped[0].units == 1
    with (
        pytest.warns(PanelWarning),
        pytest.raises(PanelError, match="no treated unit is observed in every period"),
    ):
        synthetic_control(_panel(frame.drop(index=0)))


@pytest.mark.parametrize("frequency", [None, "Q", "D"])
def test_the_plot_shows_both_paths(frequency):
    mpl.use("Agg")
    frame = _frame()
    if frequency:
        dates = pd.Timestamp("2016-01-01") + pd.to_timedelta(frame.t * 92, unit="D")
        starts = pd.Timestamp("2016-01-01") + pd.to_timedelta(frame.g.replace(0, np.nan) * 92, "D")
        frame = frame.assign(t=dates, g=starts)
    if frequency == "Q":
        frame = frame.assign(t=frame.t.dt.to_period("Q"), g=frame.g.dt.to_period("Q"))
    fit = synthetic_control(_panel(frame))
    ax = fit.plot()
    lines = {line.get_label(): list(line.get_ydata()) for line in ax.lines}
    assert lines["treated"] == fit.paths["treated"].tolist()
    assert lines["synthetic"] == fit.paths["synthetic"].tolist()
    assert len(lines) == 3
    if frequency is None:
        assert "treated from 7" in lines
    ax.figure.canvas.draw()
    plt.close(ax.figure)


def test_json_holds_weights_and_placebos():
    found = json.loads(synthetic_control(_panel(_frame())).to_json())
    assert len(found["unit_weights"]) == 11
    assert len(found["placebos"]) == 12
