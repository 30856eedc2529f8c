from __future__ import annotations

import json
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.imputation import imputation
from evalkit.panel import Panel, PanelError, PanelWarning

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*standard errors are far too small:evalkit.panel.PanelWarning"
)


def _frame(cohorts=(4, 4, 4, 5, 5, 6, 6) + (0,) * 6, periods: int = 7, seed: int = 0):
    random = np.random.default_rng(seed)
    units = len(cohorts)
    y = random.normal(size=(units, 1)) * 2 + random.normal(size=periods)
    y = y + random.normal(size=(units, periods))
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), periods),
            "t": np.tile(np.arange(1, periods + 1), units),
            "g": np.repeat(cohorts, periods),
            "y": y.ravel(),
            "x": random.normal(size=units * periods),
            "w": np.repeat(random.uniform(0.5, 2, units), periods),
        }
    )
    frame["c"] = frame.unit // 2
    return frame


def _panel(frame, **roles):
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", **roles)


def test_by_hand():
    """Four units, three periods; a and b treated from the third on, c and d never.

    a: 1, 2, 9   b: 3, 6, 10   c: 0, 1, 3   d: 2, 1, 4
    Untreated fit: period effects from all four in periods 1 and 2, from c and d in period 3.
    beta_2 - beta_1 = mean(1, 3, 1, -1) = 1. For the third period only c and d: their means of
    periods 1 and 2 are 0.5 and 1.5, so beta_3 less the mean of beta_1 and beta_2 is
    mean(2.5, 2.5) = 2.5. Imputed: a 1.5 + 2.5 = 4, b 4.5 + 2.5 = 7. Effects 5 and 3, mean 4.
    Errors, by v: a and b have 1/2 in period 3 and -1/4 in 1 and 2, c and d the opposite.
    Residuals of a: periods 1 and 2 less the mean 1.5 and the effects -+0.5: 0, 0; of b: -1, 1;
    c: 0, 0, and 0 in period 3; d: 1, -1, 0. Their weighted sums are 0 as v is equal in 1 and 2.
    Effects less their mean: 1 and -1, times 1/2. Sum of squares: 1/4 + 1/4.
    """
    y = {"a": [1, 2, 9], "b": [3, 6, 10], "c": [0, 1, 3], "d": [2, 1, 4]}
    rows = [(u, t, v, 3 if u in "ab" else 0) for u in y for t, v in enumerate(y[u], 1)]
    panel = _panel(pd.DataFrame(rows, columns=["unit", "t", "y", "g"]))
    fit = imputation(panel)
    assert fit.table.term.tolist() == ["ATT", "ATT(0)"]
    assert fit.table.estimate.tolist() == pytest.approx([4, 4])
    assert fit.table.std_error.tolist() == pytest.approx([np.sqrt(0.5)] * 2)
    # Each left out of its own average: a less b's effect is 2, b less a's -2.
    left_out = imputation(panel, leave_one_out=True)
    assert left_out.table.std_error.tolist() == pytest.approx([np.sqrt(2)] * 2)
    # The lead: a and b change by 1 and 3 from period 1 to 2, c and d by 1 and -1: 2 - 0, with
    # residuals of the change 1, 1, 1, 1 in size: variance 2/4 + 2/4 half-and-half by theory:
    # each score is 1/2 * 1, their squares sum to 1, times G/(G-1) = 4/3.
    lead = imputation(panel, pretrends=1)
    assert lead.table.estimate[2] == pytest.approx(2)
    assert lead.table.std_error[2] == pytest.approx(np.sqrt(4 / 3))
    assert lead.pretrend == pytest.approx(
        {"statistic": 4 / (4 / 3), "df_1": 1, "df_2": 3, "p_value": 0.18169}, rel=1e-4
    )


def test_exact_homogeneous_effects_come_out_as_in_least_squares():
    frame = _frame()
    treated = (frame.g > 0) & (frame.t >= frame.g)
    exact = frame.assign(y=frame.unit * 1.7 + frame.t**2 + 3.0 * treated)
    with pytest.warns(PanelWarning, match="residuals behind ATT.*nought"):
        table = imputation(_panel(exact)).table
    np.testing.assert_allclose(table.estimate, 3)
    assert table.std_error.isna().all()


def _same(a, b, factor: float = 1.0, **tolerance) -> None:
    for name in ("estimate", "std_error"):
        np.testing.assert_allclose(b.table[name], factor * a.table[name], **tolerance)


ROUTES = {
    "moments": ({}, {}),
    "rows": ({}, {"leave_one_out": True}),
    "covariate": ({}, {"covariates": ["x"]}),
    "weights": ({"weights": "w"}, {}),
    "clusters": ({"cluster": "c"}, {"covariates": ["x"]}),
}


@pytest.mark.parametrize("route", ROUTES)
@settings(max_examples=12)
@given(seed=st.integers(0, 10**6), constant=st.floats(-1e4, 1e4), scale=st.floats(0.01, 1e3))
def test_invariants(route, seed, constant, scale):
    roles, options = ROUTES[route]
    options = options | {"pretrends": 1}
    frame = _frame(seed=seed)
    plain = imputation(_panel(frame, **roles), **options)
    moved = frame.assign(y=scale * frame.y + constant + frame.unit - 2 * frame.t)
    _same(plain, imputation(_panel(moved, **roles), **options), scale, rtol=1e-5)
    shuffled = frame.sample(frac=1, random_state=seed % 99).assign(unit=lambda f: (f.unit * 5) % 13)
    _same(plain, imputation(_panel(shuffled, **roles), **options), rtol=1e-8)


def test_moments_and_rows_give_the_same():
    frame = _frame(seed=8)
    short = imputation(_panel(frame), pretrends=2)
    long = imputation(_panel(frame.assign(one=1.0), weights="one"), pretrends=2)
    _same(short, long, rtol=1e-9)
    np.testing.assert_allclose(short.covariance, long.covariance, rtol=1e-7, atol=1e-12)
    assert short.pretrend == pytest.approx(long.pretrend)


def test_a_unit_split_in_two_halves_of_its_cluster_is_the_unit():
    frame = _frame().assign(cluster=lambda f: f.unit)
    whole = imputation(_panel(frame, weights="w", cluster="cluster"))
    twin = frame[frame.unit.isin([0, 9])].assign(unit=lambda f: f.unit + 100)
    split = pd.concat([frame, twin])
    split["w"] = split.w / np.where(split.cluster.isin([0, 9]), 2, 1)
    _same(whole, imputation(_panel(split, weights="w", cluster="cluster")), rtol=1e-8)


def test_horizons_and_leads():
    panel = _panel(_frame())
    assert imputation(panel).table.event_time.dropna().tolist() == [0, 1, 2, 3]
    assert imputation(panel, horizons=1).table.event_time.dropna().tolist() == [0, 1]
    fit = imputation(panel, horizons=[2, 0], pretrends=2)
    assert fit.table.term.tolist() == ["ATT", "ATT(2)", "ATT(0)", "lead(-2)", "lead(-1)"]
    assert fit.table.n_units.tolist() == [7, 5, 7, 7, 7]
    assert list(fit.covariance) == fit.table.term.tolist()
    with pytest.raises(PanelError, match=r"horizons \[9\].*\n.*\[0, 1, 2, 3\]"):
        imputation(panel, horizons=[0, 9])
    with pytest.raises(PanelError, match=r"5 pre-trends leave no reference.*\n.*at most 4"):
        imputation(panel, pretrends=5)


def test_one_period_before_gives_effects_but_no_pre_trends():
    panel = _panel(_frame(cohorts=(2, 2, 0, 0, 0), periods=3))
    assert imputation(panel).table.estimate.notna().all()
    with pytest.raises(PanelError, match="add earlier periods"):
        imputation(panel, pretrends=1)


def test_without_never_treated_the_last_periods_leave_the_estimand():
    frame = _frame(cohorts=(4, 4, 4, 6, 6, 6))
    fit = imputation(_panel(frame))
    # Periods 6 and 7 have no untreated observation: 6 units times 2.
    assert fit.notes[0].startswith("12 treated observations")
    assert fit.table.event_time.dropna().tolist() == [0, 1]
    shorter = imputation(_panel(frame[frame.t < 6]))
    np.testing.assert_allclose(fit.table.estimate, shorter.table.estimate)
    with pytest.raises(PanelError, match="no treated observation can be imputed"):
        imputation(_panel(_frame(cohorts=(4,) * 5)))


def test_a_unit_that_no_untreated_observation_links_leaves_the_estimand():
    """Unit 0 is seen before treatment only in period 1, in which nobody else is seen."""
    frame = _frame(cohorts=(4, 4, 4, 0, 0, 0))
    frame = frame[((frame.unit == 0) & frame.t.isin([1, 5])) | ((frame.unit > 0) & (frame.t > 1))]
    fit = imputation(_panel(frame))
    assert fit.notes[0].startswith("1 treated observation has")
    rest = imputation(_panel(frame[frame.unit > 0]))
    np.testing.assert_allclose(fit.table.estimate, rest.table.estimate)


def test_always_treated_units_leave_and_are_counted():
    frame = _frame(cohorts=(1, 4, 4, 0, 0))
    with pytest.warns(PanelWarning, match="treated from the first period"):
        fit = imputation(_panel(frame))
    assert fit.dropped[0].units == 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(PanelError, match="all treated units"):
            imputation(_panel(_frame(cohorts=(1, 1, 0, 0))))


def test_tiny_groups_have_a_warning():
    panel = _panel(_frame(cohorts=(4, 5, 5, 0, 0, 0)))
    with pytest.warns(PanelWarning, match="cohort 4 has a single cluster.*too small"):
        fit = imputation(panel)
    assert "single cluster" in fit.notes[0]
    with pytest.warns(PanelWarning):
        assert np.isnan(imputation(panel, leave_one_out=True).table.std_error[0])


def test_a_single_cluster_has_no_error():
    with pytest.warns(PanelWarning, match="there is a single cluster"):
        fit = imputation(_panel(_frame().assign(c=0), cluster="c"))
    assert fit.table.estimate.notna().all()
    assert fit.table.std_error.isna().all()


def test_collinear_covariates_are_named():
    frame = _frame()
    frame["fixed"], frame["trend"], frame["double"] = frame.unit * 1.1, frame.t * 2.5, 2 * frame.x
    for name in ("fixed", "trend"):
        with pytest.raises(PanelError, match=f"'{name}' cannot be told"):
            imputation(_panel(frame), covariates=["x", name])
    with pytest.raises(PanelError, match="'x', 'double'"):
        imputation(_panel(frame), covariates=["x", "double"])
    # A covariate of another unit of measurement is no trouble.
    frame["large"] = 1e6 + 1e3 * frame.x
    _same(
        imputation(_panel(frame), covariates=["x"]),
        imputation(_panel(frame), covariates=["large"]),
        rtol=1e-6,
    )
    frame.loc[3, "x"] = np.nan
    with pytest.raises(PanelError, match="'x' is missing in 1 rows"):
        imputation(_panel(frame), covariates=["x"])


def test_a_constant_outcome_has_effect_nought():
    with pytest.warns(PanelWarning, match="nought, so there is no standard error"):
        table = imputation(_panel(_frame().assign(y=7.0))).table
    assert table.std_error.isna().all()
    assert table.estimate.abs().max() < 1e-12


def test_gaps_in_time_keep_their_length():
    frame = _frame()
    frame["t"], frame["g"] = 2000 + 2 * frame.t, np.where(frame.g > 0, 2000 + 2 * frame.g, 0)
    fit = imputation(_panel(frame), pretrends=1)
    assert fit.table.event_time.dropna().tolist() == [0, 2, 4, 6, -2]


def test_repeated_cross_sections_and_nobody_treated_are_refused():
    frame = _frame()
    with pytest.raises(PanelError, match="same units before and after"):
        imputation(Panel(frame, unit=None, time="t", outcome="y", cohort="g"))
    with pytest.raises(PanelError, match="no unit is treated"):
        imputation(_panel(frame.assign(g=0)))


def test_few_clusters_have_a_note():
    assert "13 clusters are few" in imputation(_panel(_frame())).notes[-1]
    assert not imputation(_panel(_frame(cohorts=(4,) * 30 + (0,) * 30))).notes


def test_few_clusters_leave_the_joint_test_open():
    frame = _frame().assign(c=lambda f: f.unit % 3)
    fit = imputation(_panel(frame, cluster="c"), pretrends=4)
    assert np.isnan(fit.pretrend["p_value"])


def test_json():
    found = json.loads(imputation(_panel(_frame()), pretrends=1).to_json())
    assert found["pretrend"]["df_1"] == 1
    assert found["table"][0]["event_time"] is None
