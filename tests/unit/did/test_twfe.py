from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.effect import Effect
from evalkit.did.twfe import METHOD, twfe
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError, PanelWarning

FIRMS = pd.DataFrame(
    {
        "firm": [1, 1, 2, 2, 3, 3, 4, 4],
        "year": [2020, 2021] * 4,
        "jobs": [5.0, 8, 5, 7, 4, 5, 6, 6],
        "start": [2021] * 4 + [0] * 4,
    }
)


def firms(frame: pd.DataFrame = FIRMS, **roles: str) -> Panel:
    return Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start", **roles)


def simulated(seed: int, units: int = 40, periods: int = 5) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    start = np.concatenate([[0, 0, 3, 3, 4, 4], draw.choice([0, 3, 4], units - 6)])
    frame = pd.DataFrame(
        {
            "firm": np.repeat(np.arange(units), periods),
            "year": np.tile(np.arange(1, periods + 1), units),
            "start": np.repeat(start, periods),
            "region": np.repeat(np.arange(units) % 12, periods),
            "x": draw.normal(size=units * periods),
            "w": np.repeat(draw.uniform(0.5, 2, units), periods),
        }
    )
    treated = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    noise = draw.normal(size=len(frame)) + np.repeat(draw.normal(size=units), periods)
    return frame.assign(jobs=noise + 0.3 * frame["year"] + treated)


def quiet(panel: Panel, *args: object, **kwargs: object) -> Effect:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        return twfe(panel, *args, **kwargs)  # type: ignore[arg-type]


def test_by_hand() -> None:
    """Treated firms gain 3 and 2, the others 1 and 0: 2.5 - 0.5 = 2.

    A firm's gain differs from its group's by a half, and the effect is a difference of means of
    two: the bare variance is 4 x (1/2)^2 / 2^2 = 1/4. With n = 8 rows, K = 3 (a slope, two periods)
    and G = 4 clusters the factor is 7/5 x 4/3.
    """
    found = quiet(firms()).tidy().iloc[0]
    assert found["estimate"] == pytest.approx(2.0, rel=1e-12)
    assert found["std_error"] == pytest.approx(np.sqrt(0.25 * 7 / 5 * 4 / 3), rel=1e-12)
    bare = quiet(firms(), small_sample=False).tidy().iloc[0]
    assert bare["std_error"] == pytest.approx(0.5, rel=1e-12)
    # Equal variances: squared residuals are 8 x (1/4)^2 = 1/2, less K = 4 + 1 + 1 leaves 2 rows;
    # treatment less its means is 1/4 in size in all 8 rows, so their squares sum to 1/2.
    iid = quiet(firms(), errors="iid").tidy().iloc[0]
    assert iid["std_error"] == pytest.approx(np.sqrt((0.5 / 2) / 0.5), rel=1e-12)


def test_what_the_result_says() -> None:
    with pytest.warns(PanelWarning, match="2 units are (un)?treated: standard errors are far"):
        fit = twfe(firms())
    assert fit.method is METHOD
    assert fit.inference.df == 3
    assert fit.inference.cluster == "firm"
    assert "n = 8, K = 3, G = 4" in fit.inference.factor
    assert list(fit.table["n_units"]) == [2]
    assert fit.covariance is not None
    assert fit.covariance.loc["treated", "treated"] == fit.table["std_error"][0] ** 2
    assert "2 units are untreated" in fit.summary()


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_invariants(seed: int) -> None:
    frame = simulated(seed)
    draw = np.random.default_rng(seed)
    base = quiet(firms(frame)).tidy().iloc[0]
    names = dict(enumerate(draw.permutation(1000)[:40]))
    mixed = frame.assign(firm=frame["firm"].map(names)).sample(frac=1, random_state=seed)
    moved = frame.assign(jobs=1e3 - 7 * frame["jobs"] + 5 * frame["year"])
    constant = frame.assign(one=2.5)
    for other, factor in (
        (firms(mixed), 1),
        (firms(moved), -7),
        (firms(constant, weights="one"), 1),  # by the rows instead of the moments
        (firms(frame, cluster="firm"), 1),
    ):
        found = quiet(other).tidy().iloc[0]
        assert found["estimate"] == pytest.approx(factor * base["estimate"], rel=1e-8)
        assert found["std_error"] == pytest.approx(abs(factor) * base["std_error"], rel=1e-8)


@pytest.mark.parametrize("errors", ["cluster", "hetero", "iid"])
@pytest.mark.parametrize("cluster", [None, "region"])
def test_moments_and_rows_agree(errors: str, cluster: str | None) -> None:
    frame = simulated(3).assign(one=1.0)
    fast = quiet(firms(frame, cluster=cluster), errors=errors).tidy()
    slow = quiet(firms(frame, cluster=cluster, weights="one"), errors=errors).tidy()
    pd.testing.assert_frame_equal(fast, slow, rtol=1e-10)


def test_a_unit_split_in_two_halves() -> None:
    """Twice a unit with half its weight moves no estimate, and clustered together no error."""
    frame = simulated(5).assign(pair=lambda one: one["firm"])
    half = frame[frame["firm"] == 7].assign(w=lambda one: one["w"] / 2)
    twice = pd.concat([frame[frame["firm"] != 7], half, half.assign(firm=99)])
    base = quiet(firms(frame, weights="w", cluster="pair"), small_sample=False).tidy()
    split = quiet(firms(twice, weights="w", cluster="pair"), small_sample=False).tidy()
    both = ["estimate", "std_error"]
    pd.testing.assert_frame_equal(base[both], split[both], rtol=1e-10)


def test_rows_of_weight_nought_are_no_rows() -> None:
    frame = simulated(6)
    frame.loc[frame["firm"] == 9, "w"] = 0.0
    with_them = quiet(firms(frame, weights="w"))
    without = quiet(firms(frame[frame["firm"] != 9], weights="w"))
    pd.testing.assert_frame_equal(with_them.tidy(), without.tidy(), rtol=1e-12)
    assert with_them.inference.factor == without.inference.factor


def test_an_outcome_with_a_far_origin_keeps_its_digits() -> None:
    frame = simulated(8)
    wide = np.repeat(np.random.default_rng(0).normal(size=40) * 1e7, 5)
    base = quiet(firms(frame)).tidy()
    far = quiet(firms(frame.assign(jobs=frame["jobs"] + wide))).tidy()
    both = ["estimate", "std_error"]
    pd.testing.assert_frame_equal(base[both], far[both], rtol=1e-7)


def test_a_covariate_that_others_explain_leaves() -> None:
    frame = simulated(9).assign(twice=lambda one: 2 * one["x"], fixed=lambda one: one["w"])
    base = twfe(firms(frame), ["x"])
    with pytest.warns(PanelWarning) as said:
        fit = twfe(firms(frame), ["x", "twice", "fixed"])
    assert [str(one.message).split("'")[1] for one in said] == ["twice", "fixed"]
    pd.testing.assert_frame_equal(base.tidy(), fit.tidy(), rtol=1e-10)


def test_always_treated_units_are_counted() -> None:
    frame = simulated(10)
    frame.loc[frame["firm"] == 0, "start"] = 1
    fit = twfe(firms(frame))
    assert any("1 unit is treated from the first period on" in note for note in fit.notes)


def test_one_treated_cluster_is_said() -> None:
    frame = simulated(11)
    frame.loc[frame["firm"] > 0, "start"] = 0
    frame.loc[frame["firm"] == 0, "start"] = 3
    with pytest.warns(PanelWarning, match="one unit is treated"):
        fit = twfe(firms(frame))
    assert any("far too small" in note for note in fit.notes)


def test_a_perfect_fit_has_no_error() -> None:
    frame = FIRMS.assign(jobs=[5.0, 8, 5, 8, 4, 5, 6, 7])
    with pytest.warns(PanelWarning, match="fits every row exactly"):
        found = twfe(firms(frame)).tidy().iloc[0]
    assert found["estimate"] == pytest.approx(2.0)
    assert np.isnan(found["std_error"])
    assert np.isnan(found["p_value"])


def test_no_row_to_spare_has_no_error() -> None:
    frame = FIRMS[FIRMS["firm"].isin([1, 3])].assign(jobs=[5.0, 8, 4, 5])
    with pytest.warns(PanelWarning):
        found = twfe(firms(frame)).tidy().iloc[0]
    assert found["estimate"] == pytest.approx(2.0)
    assert np.isnan(found["std_error"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 0}, "no unit starts treatment"),
        ({"start": 2020}, "no unit starts treatment"),
        ({"start": 2021}, "treatment cannot be told from the period effects"),
        ({"jobs": 0.1}, "'jobs' is the same in every row"),
    ],
)
def test_what_is_refused(change: dict[str, float], message: str) -> None:
    with pytest.raises(PanelError, match=message):
        twfe(firms(FIRMS.assign(**change)))


def test_one_cluster_is_refused() -> None:
    with pytest.raises(PanelError, match="one cluster"):
        twfe(firms(FIRMS.assign(region=1), cluster="region"))
    with pytest.raises(EvalkitError, match="errors='robust' is unknown"):
        twfe(firms(), errors="robust")  # type: ignore[arg-type]


def test_a_missing_covariate_is_refused() -> None:
    frame = simulated(12)
    frame.loc[3, "x"] = np.nan
    with pytest.raises(PanelError, match="'x' is missing in 1 rows"):
        twfe(firms(frame), ["x"])
