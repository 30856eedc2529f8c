"""Errors that are nought, sides of a handful of clusters, and regressions without overlap."""

import warnings

import numpy as np
import pandas as pd
import pytest

from evalkit import did
from evalkit.did.few_treated import count_sides
from evalkit.did.overlap import by_chance
from evalkit.did.rounding import cancelled, known_errors, rounding
from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.panel import Panel


def staggered(cohorts=(0,) * 30 + (4,) * 20 + (6,) * 20, periods=8, seed=1):
    random = np.random.default_rng(seed)
    rows = []
    for unit, g in enumerate(cohorts):
        level, x = random.normal(size=2)
        for t in range(1, periods + 1):
            effect = 1 + 0.2 * (t - g) if 0 < g <= t else 0.0
            y = level + 0.2 * t + effect + 0.3 * x * t / 8 + random.normal() * 0.5
            rows.append((unit, t, y, g, x))
    return pd.DataFrame(rows, columns=["unit", "t", "y", "g", "x"])


def panel(frame, **roles):
    return Panel(frame, **({"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"} | roles))


def said_by(estimator, *args, **options):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit = estimator(*args, **options)
    assert all(issubclass(one.category, EvalkitWarning) for one in caught)
    return fit, [str(one.message) for one in caught]


REGRESSIONS = ("event_study", "group_time", "imputation", "sun_abraham", "twfe")


@pytest.mark.parametrize("copies", [1, 20])
@pytest.mark.parametrize("level", [0.0, 1e6])
@pytest.mark.parametrize("cluster", [None, "pair"])
@pytest.mark.parametrize("name", REGRESSIONS)
def test_errors_of_rounding_size_are_missing(name, cluster, level, copies):
    frame = staggered((0,) * 30 * copies + (4,) * 20 * copies + (6,) * 20 * copies)
    treated = (frame.g > 0) & (frame.t >= frame.g)
    exact = frame.assign(y=level + 3 * frame.x + 0.2 * frame.t + treated, pair=frame.unit // 2)
    fit, said = said_by(getattr(did, name), panel(exact, cluster=cluster))
    assert fit.table["std_error"].isna().all()
    assert fit.table["p_value"].isna().all()
    assert len(said) == 1
    assert any("no standard error" in note for note in fit.notes)


def test_small_errors_that_are_real_stay():
    """Noise of a ten-millionth of the range, which moments cannot tell from rounding."""
    frame = staggered()
    small = frame.assign(y=1e5 * frame.x + 1e-2 * (frame.y - frame.x))
    for name in ("imputation", "group_time"):
        fast = getattr(did, name)(panel(small)).table
        rows = getattr(did, name)(panel(small.assign(own=small.unit), cluster="own")).table
        np.testing.assert_allclose(fast["std_error"], rows["std_error"], rtol=1e-6)
        assert (fast["std_error"] > 0).all()


def test_rounding_by_hand():
    y = np.array([-4.0, 6.0])
    assert rounding(y) == pytest.approx(6e-14 + 1e-11)
    assert cancelled(np.array([1.0, 1e-6]), y)
    assert not cancelled(np.array([1.0, np.nan]), y)
    with pytest.warns(EvalkitWarning, match="residuals behind b are nought"):
        errors, covariance, notes = known_errors(["a", "b"], np.diag([4.0, 1e-30]), y)
    assert errors[0] == 2
    assert np.isnan(errors[1])
    assert np.isnan(covariance[[0, 1, 1], [1, 0, 1]]).all()
    assert len(notes) == 1


def test_an_aggregate_of_cells_without_an_error_has_none():
    fit, _ = said_by(did.group_time, panel(staggered((0,) + (4,) + (6,) * 20)))
    table = fit.aggregate("cohort").table.set_index("cohort")
    assert np.isnan(table.loc[4, "std_error"])
    assert table.loc[6, "std_error"] > 0.01


@pytest.mark.parametrize("name", REGRESSIONS)
@pytest.mark.parametrize(
    ("cohorts", "side"), [((0,) + (4,) * 20, "untreated"), ((0,) * 20 + (4,), "treated")]
)
def test_a_single_unit_on_a_side_is_said(name, cohorts, side):
    fit, said = said_by(getattr(did, name), panel(staggered(cohorts)))
    cohort = "never" if side == "untreated" else "4"
    word = f"few units in cohort {cohort} (1)" if name == "group_time" else f"one unit is {side}"
    assert any(word in one and "too small" in one for one in said)
    assert any(word in one for one in fit.notes)


@pytest.mark.parametrize("name", REGRESSIONS)
def test_sides_are_counted_in_clusters(name):
    frame = staggered()
    lone = frame.assign(cl=np.where(frame.g > 0, 99, frame.unit % 40))
    _, said = said_by(getattr(did, name), panel(lone, cluster="cl"))
    assert any("one cluster is treated" in one and "randomisation" in one for one in said)
    two = frame.assign(cl=frame.unit % 2)
    _, said = said_by(getattr(did, name), panel(two, cluster="cl"))
    assert any("2 clusters are treated" in one for one in said)
    assert any("2 clusters are untreated" in one for one in said)


def test_counts_of_sides_by_hand():
    assert count_sides(panel(staggered((0, 0, 4, 4, 4)))) == (3, 2)
    assert count_sides(panel(staggered((1, 4, 4, 6)))) == (3, 1)  # the always treated compare
    assert count_sides(panel(staggered((4, 4, 4, 6, 6)))) == (3, 2)  # and the last cohort does


def test_two_by_two_and_synthetic_errors_count_clusters():
    frame = staggered((0,) * 12 + (4,) * 12)
    two = frame[frame.t.isin([3, 4])].assign(cl=lambda one: one.unit % 12 * (one.g == 0))
    _, said = said_by(did.two_by_two, panel(two, cluster="cl"))
    assert any("one cluster is treated" in one for one in said)
    few = panel(staggered((0,) * 12 + (4,) * 3))
    _, said = said_by(did.synthetic_did, few, inference="jackknife")
    assert any("3 units are treated" in one for one in said)
    assert not said_by(did.synthetic_did, few, inference="placebo")[1]


def apart():
    frame = staggered()
    return frame.assign(s=(frame.g == 4) * 5 + frame.x * 0.1)


def test_a_regression_that_extrapolates_is_said():
    for options in ({}, {"panel_data": False}):
        fit, said = said_by(did.group_time, panel(apart()), method="reg", covariates="s", **options)
        lines = [one for one in said if "extrapolates" in one]
        assert len(lines) == 1
        assert "100% of cohort 4 lie outside the comparison units in 's' (4.8" in lines[0]
        assert lines[0] in fit.notes
    two = apart()
    two = two[two.t.isin([3, 4]) & two.g.isin([0, 4])]
    _, said = said_by(did.two_by_two, panel(two), method="reg", covariates="s")
    assert any("100% of the treated lie outside" in one for one in said)


def test_a_regression_among_like_units_is_not():
    for seed in range(5):
        frame = staggered(seed=seed)
        _, said = said_by(did.group_time, panel(frame), method="reg", covariates="x")
        assert not said
    small = staggered((0,) * 8 + (4,) * 6)
    _, said = said_by(did.group_time, panel(small), method="reg", covariates="x")
    assert not any("extrapolates" in one for one in said)


def test_no_error_sends_to_the_regression_that_would_extrapolate():
    two = apart()
    two = two[two.t.isin([3, 4]) & two.g.isin([0, 4])]
    with pytest.raises(EvalkitError) as refused:
        did.two_by_two(panel(two), covariates="s")
    assert "reg" not in str(refused.value.hint)
    assert "overlap" in str(refused.value.hint)


def test_the_chance_of_the_highest_by_simulation():
    random = np.random.default_rng(0)
    drawn = np.array([random.permutation(12)[:4] for _ in range(20_000)])  # places of 4 of 12
    share = np.mean([{10, 11} <= set(one) for one in drawn])
    assert by_chance(2, 4, 8) == pytest.approx(share, abs=0.01)
    assert by_chance(0, 4, 8) == 1


def test_no_units_are_not_counted():
    frame = staggered()
    fit = did.twfe(panel(frame.assign(w=1.0 * (frame.g != 4)), weights="w"))
    assert not any("from the first period on" in note for note in fit.notes)
