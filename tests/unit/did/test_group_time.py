"""Group-time effects: by hand, and in what must not change them."""

from __future__ import annotations

import json
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.aggregate import add_up
from evalkit.did.group_time import GroupTime, GroupTimeWarning, group_time
from evalkit.panel import Panel

ROLES = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}
KINDS = ("simple", "cohort", "calendar", "event")


def simulated(units: int = 120, seed: int = 3) -> pd.DataFrame:
    """Staggered treatment in periods 3, 4 and 5 of 5, with two covariates and six states."""
    rng = np.random.default_rng(seed)
    cohort = rng.permutation(np.resize([0, 0, 3, 4, 5], units))
    size, kind = rng.normal(size=units), rng.integers(0, 2, units)
    trend = 0.2 * np.arange(5) * (1 + size[:, None])
    treated = (np.arange(1, 6) >= cohort[:, None]) & (cohort[:, None] > 0)
    y = rng.normal(size=(units, 1)) + rng.normal(size=(units, 5)) + trend + treated
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), 5),
            "t": np.tile(np.arange(1, 6), units),
            "y": y.ravel(),
            "g": np.repeat(cohort, 5),
            "size": np.repeat(size, 5),
            "kind": np.repeat(kind, 5),
            "state": np.repeat(np.arange(units) % 6, 5),
            "w": np.repeat(rng.uniform(0.5, 2, units), 5),
        }
    )


def fit(frame: pd.DataFrame, roles: dict[str, Any] | None = None, **options: Any) -> GroupTime:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GroupTimeWarning)  # the tables of the tests are small
        return group_time(Panel(frame, **{**ROLES, **(roles or {})}), **options)


def same(one: GroupTime, other: GroupTime, scale: float = 1.0, rel: float = 1e-9) -> None:
    """Demand the same effects, covariances and aggregates, `other` in a unit `scale` as large."""
    mine, theirs = one.tidy(), other.tidy()
    close = {"rtol": rel, "atol": rel * scale}
    np.testing.assert_allclose(mine["estimate"] * scale, theirs["estimate"], **close)
    np.testing.assert_allclose(
        one.covariance * scale**2, other.covariance, rtol=rel, atol=rel * scale**2
    )
    for kind in KINDS:
        a, b = one.aggregate(kind), other.aggregate(kind)
        assert a.overall.estimate * scale == pytest.approx(b.overall.estimate, rel=rel, abs=rel)
        assert a.overall.std_error * scale == pytest.approx(b.overall.std_error, rel=rel)
        np.testing.assert_allclose(
            a.covariance * scale**2, b.covariance, rtol=rel, atol=rel * scale**2
        )


# By hand ------------------------------------------------------------------------------------


def wide(rows: list[tuple[int, list[float]]], **columns: list[Any]) -> pd.DataFrame:
    """Make a table of (cohort, outcomes in periods 1, 2, ...) per unit."""
    made = []
    for unit, (cohort, outcomes) in enumerate(rows):
        for t, y in enumerate(outcomes, start=1):
            extra = {name: values[unit] for name, values in columns.items()}
            made.append({"unit": unit, "t": t, "y": y, "g": cohort, **extra})
    return pd.DataFrame(made)


def test_two_groups_two_periods_by_hand() -> None:
    # Changes: treated 3 and 2, mean 2.5; controls 0.5 and 1.5, mean 1. ATT = 1.5.
    # Influence: treated (3 - 2.5)/2 = 0.25 and -0.25; controls -(0.5 - 1)/2 = 0.25 and -0.25.
    # Variance: 4 x 0.0625 = 0.25.
    found = fit(wide([(2, [5, 8]), (2, [6, 8]), (0, [4, 4.5]), (0, [3, 4.5])])).tidy().iloc[0]
    assert found["estimate"] == pytest.approx(1.5, abs=1e-15)
    assert found["std_error"] == pytest.approx(0.5, abs=1e-15)
    assert (found["n_treated"], found["n_control"], found["n_units"]) == (2, 2, 4)


def test_weights_by_hand() -> None:
    # Weights 3 and 1: treated (3*3 + 1*2)/4 = 2.75; controls (1*0.5 + 1*1.5)/2 = 1. ATT = 1.75.
    # Influence: 3*0.25/4 = 0.1875, -0.75/4 = -0.1875, then 0.25, -0.25.
    frame = wide([(2, [5, 8]), (2, [6, 8]), (0, [4, 4.5]), (0, [3, 4.5])], w=[3, 1, 1, 1])
    found = fit(frame, {"weights": "w"}).tidy().iloc[0]
    assert found["estimate"] == pytest.approx(1.75, abs=1e-14)
    assert found["std_error"] ** 2 == pytest.approx(2 * 0.1875**2 + 2 * 0.25**2, abs=1e-14)


@pytest.mark.filterwarnings("ignore:.*standard errors are far too small:evalkit.panel.PanelWarning")
def test_clusters_by_hand() -> None:
    # Both treated units are one cluster, both controls another: their influence cancels within,
    # so set them across: clusters {treated 1, control 1} = 0.25 + 0.25, and the others -0.5.
    frame = wide([(2, [5, 8]), (2, [6, 8]), (0, [4, 4.5]), (0, [3, 4.5])], s=["a", "b", "a", "b"])
    found = fit(frame, {"cluster": "s"})
    assert found.tidy()["std_error"][0] ** 2 == pytest.approx(2 * 0.5**2, abs=1e-14)
    assert (found.inference.cluster, found.inference.clusters) == ("s", 2)


STAGGERED = wide(
    [
        (2, [1, 4, 6]),
        (2, [2, 4, 5]),
        (3, [1, 2, 6]),
        (3, [0, 2, 6]),
        (3, [2, 2, 4]),
        (3, [1, 2, 4]),
        (0, [1, 2, 2]),
        (0, [2, 2, 4]),
    ]
)
# Mean changes 1-2, 2-3, 1-3: cohort 2: 2.5, 1.5, 4; cohort 3: 1, 3, 4; never: 0.5, 1, 1.5.


def test_staggered_cells_by_hand() -> None:
    never = fit(STAGGERED).tidy().set_index("term")["estimate"]
    assert dict(never.round(12)) == {
        "ATT(2,2)": 2.0,  # 2.5 - 0.5
        "ATT(2,3)": 2.5,  # 4 - 1.5
        "ATT(3,2)": 0.5,  # 1 - 0.5, before treatment
        "ATT(3,3)": 2.0,  # 3 - 1
    }
    later = fit(STAGGERED, control="not_yet").tidy().set_index("term")["estimate"]
    # ATT(2,2) compares with cohort 3 (four units, mean 1) and never (two, 0.5): (4 + 1)/6.
    assert later["ATT(2,2)"] == pytest.approx(2.5 - 5 / 6)
    assert later["ATT(2,3)"] == pytest.approx(2.5)
    fixed = fit(STAGGERED, base_period="universal").tidy().set_index("term")
    # Period 1 of cohort 3 against its base, period 2: y(1) - y(2) = -1, less -0.5.
    assert fixed["estimate"]["ATT(3,1)"] == pytest.approx(-0.5)
    assert fixed["estimate"]["ATT(3,2)"] == 0
    assert np.isnan(fixed["std_error"]["ATT(3,2)"])


def test_aggregates_by_hand() -> None:
    # Shares: cohort 2 has 2 of 6 treated units, cohort 3 has 4.
    found = fit(STAGGERED)
    # Simple: treated cells (2,2) = 2, (2,3) = 2.5 weigh 2 each, (3,3) = 2 weighs 4: 17/8.
    assert found.aggregate("simple").overall.estimate == pytest.approx(17 / 8)
    cohort = found.aggregate("cohort")
    assert list(cohort.tidy()["estimate"]) == pytest.approx([2.25, 2.0])
    assert cohort.overall.estimate == pytest.approx((2 * 2.25 + 4 * 2.0) / 6)
    calendar = found.aggregate("calendar")
    assert list(calendar.tidy()["estimate"]) == pytest.approx([2.0, (2 * 2.5 + 4 * 2.0) / 6])
    event = found.aggregate("event")
    assert list(event.tidy()["event_time"]) == [-1, 0, 1]
    assert list(event.tidy()["estimate"]) == pytest.approx([0.5, 2.0, 2.5])
    assert event.overall.estimate == pytest.approx(2.25)  # the plain mean of event times 0 and 1
    assert list(event.tidy()["n_units"]) == [4, 6, 2]


def test_error_of_estimated_shares_by_hand() -> None:
    # Two cohorts with effects a (share p) and b (share q) of units whose outcomes do not vary
    # within cohorts: only the shares are uncertain. Overall = (p a + q b) / (p + q); a unit of
    # cohort 2 moves it by (a - overall) / (p + q) / n, one of cohort 3 by (b - overall) / ...
    rows = [(2, [0, 3, 3])] * 2 + [(3, [0, 0, 1])] * 4 + [(0, [0, 0, 0])] * 2
    found = fit(wide(rows))
    p, q, n = 2 / 8, 4 / 8, 8
    overall = (p * 3 + q * 1) / (p + q)
    variance = (2 * (3 - overall) ** 2 + 4 * (1 - overall) ** 2) / ((p + q) * n) ** 2
    sums = add_up(found.joint, found.grid, "cohort", balance=None, first=None, last=None)
    assert sums.overall == pytest.approx(overall)
    slope = sums.overall_slope
    assert slope @ found.joint.covariance @ slope == pytest.approx(variance)
    # But cells without an error leave their aggregates without one: the shares are not all of it.
    aggregate = found.aggregate("cohort")
    assert aggregate.table["std_error"].isna().all()
    assert np.isnan(aggregate.overall.std_error)


@pytest.mark.parametrize("method", ["dr", "ipw", "reg"])
def test_a_binary_covariate_compares_within_its_values_by_hand(method: str) -> None:
    # x = 0: treated change 2 and 4 (mean 3), controls 1 and 0 (0.5): 2.5.
    # x = 1: treated 5, controls 1, 2 and 3 (mean 2): 3. Treated: two of x = 0, one of x = 1.
    rows = [(2, [0, 2]), (2, [0, 4]), (2, [0, 5])]
    rows += [(0, [0, 1]), (0, [0, 0]), (0, [0, 1]), (0, [0, 2]), (0, [0, 3])]
    found = fit(wide(rows, x=[0, 0, 1, 0, 0, 1, 1, 1]), method=method, covariates=["x"])
    assert found.tidy()["estimate"][0] == pytest.approx((2 * 2.5 + 1 * 3) / 3)


@pytest.mark.parametrize("method", ["dr", "ipw", "reg"])
def test_repeated_cross_sections_by_hand(method: str) -> None:
    # Means: treated before (1, 3) 2, after (6, 8) 7; controls before (1, 1, 4) 2, after (2, 4) 3.
    # ATT = (7 - 2) - (3 - 2) = 4. Influence: deviation over the group's size, so the variance is
    # 2/4 + 2/4 + 6/9 + 2/4.
    frame = pd.DataFrame(
        {
            "t": [1, 1, 2, 2, 1, 1, 1, 2, 2],
            "y": [1.0, 3, 6, 8, 1, 1, 4, 2, 4],
            "g": [2, 2, 2, 2, 0, 0, 0, 0, 0],
        }
    )
    found = fit(frame, {"unit": None}, panel_data=False, method=method).tidy().iloc[0]
    assert found["estimate"] == pytest.approx(4)
    assert found["std_error"] ** 2 == pytest.approx(1.5 + 6 / 9)


# What must not change a number ----------------------------------------------------------------

OPTIONS: list[dict[str, Any]] = [
    {},
    {"control": "not_yet", "base_period": "universal"},
    {"covariates": ["size", "kind"]},
    {"covariates": ["size"], "method": "ipw", "control": "not_yet", "anticipation": 1},
    {"covariates": ["size"], "method": "reg", "panel_data": False},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.01, 1000), shift=st.floats(-1000, 1000))
def test_names_order_unit_and_origin_do_not_matter(
    options: dict[str, Any], seed: int, scale: float, shift: float
) -> None:
    frame = simulated()
    names = np.random.default_rng(seed).permutation(1000)[frame["unit"]]
    other = frame.assign(unit=[f"u{name}" for name in names], y=frame["y"] * scale + shift)
    other = other.sample(frac=1, random_state=seed)
    same(fit(frame, **options), fit(other, **options), scale=scale, rel=1e-7)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_unit_may_be_split_in_two_of_half_the_weight(options: dict[str, Any]) -> None:
    frame = simulated()
    twin = frame.assign(unit=frame["unit"] + 1000)
    halves = pd.concat([frame, twin]).assign(w=lambda table: table["w"] / 2)
    whole = fit(frame.assign(of=frame["unit"]), {"weights": "w", "cluster": "of"}, **options)
    halves["of"] = halves["unit"] % 1000
    same(whole, fit(halves, {"weights": "w", "cluster": "of"}, **options))


@pytest.mark.parametrize("options", OPTIONS[2:], ids=str)
def test_origin_and_unit_of_a_covariate_do_not_matter(options: dict[str, Any]) -> None:
    frame = simulated()
    same(fit(frame, **options), fit(frame.assign(size=1e6 + 10 * frame["size"]), **options))


@pytest.mark.parametrize("options", OPTIONS[:2], ids=str)
def test_all_routes_agree(options: dict[str, Any]) -> None:
    """Moments, unit by unit, and row by row: one number to twelve digits."""
    frame = simulated().assign(one=1.0)
    quick = fit(frame, **options)
    same(quick, fit(frame, {"weights": "one"}, **options), rel=1e-12)
    same(quick, fit(frame.assign(own=frame["unit"]), {"cluster": "own"}, **options), rel=1e-12)
    same(quick, fit(frame, panel_data=False, **options), rel=1e-12)


def test_moments_keep_their_digits_far_from_nought() -> None:
    frame = simulated()
    far = frame.assign(y=frame["y"] + 1e6 * frame["t"])
    same(fit(frame), fit(far), rel=1e-8)
    same(fit(far), fit(far.assign(own=far["unit"]), {"cluster": "own"}), rel=1e-7)


def test_later_cohorts_do_not_touch_effects_against_never_treated() -> None:
    frame = simulated()
    all_, some = fit(frame).tidy(), fit(frame[frame["g"] != 5]).tidy()
    kept = all_[all_["cohort"] != 5].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, some, rtol=1e-12)


# Bootstrap and bands --------------------------------------------------------------------------


@pytest.mark.parametrize("roles", [{}, {"cluster": "state"}, {"weights": "w"}], ids=str)
def test_the_bootstrap_agrees_with_the_analytic_error_and_repeats(roles: dict[str, Any]) -> None:
    frame = simulated(600).assign(state=lambda table: table["unit"] % 60)
    analytic = fit(frame, roles)
    drawn = fit(frame, roles, inference="bootstrap", seed=1, draws=4000)
    ratio = drawn.tidy()["std_error"] / analytic.tidy()["std_error"]
    assert ratio.between(0.9, 1.1).all()
    again = fit(frame, roles, inference="bootstrap", seed=1, draws=4000)
    pd.testing.assert_frame_equal(drawn.tidy(), again.tidy(), check_exact=True)
    diagonal = np.sqrt(np.diag(drawn.covariance))
    np.testing.assert_allclose(diagonal, drawn.tidy()["std_error"])
    assert drawn.aggregate("event").overall.std_error == pytest.approx(
        analytic.aggregate("event").overall.std_error, rel=0.1
    )


def test_bands_are_wider_than_intervals_and_only_there_when_asked() -> None:
    frame = simulated()
    assert "band_low" not in fit(frame).tidy()
    found = fit(frame, seed=5)
    for table in (found.tidy(), found.aggregate("event").tidy()):
        assert (table["band_low"] < table["conf_low"]).all()
        assert (table["band_high"] > table["conf_high"]).all()
    # Not wider than Bonferroni's, but for the noise of 999 draws.
    assert 1.96 < found.critical_value < 3.2


def test_results_write_themselves() -> None:
    found = fit(simulated(), covariates=["size"])
    event = found.aggregate("event")
    assert json.loads(event.to_json())["overall"]["estimate"] == event.overall.estimate
    assert json.loads(found.to_json())["terms"] == list(found.tidy()["term"])
    assert "Overall (event)" in event.summary()
    assert "ATT(3,3)" in found.summary()
    np.testing.assert_allclose(np.sqrt(np.diag(event.covariance)), event.tidy()["std_error"])
