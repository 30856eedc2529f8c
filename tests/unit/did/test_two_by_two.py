from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.effect import Effect
from evalkit.did.group_time import group_time
from evalkit.did.least_squares import logit
from evalkit.did.propensity import tilting
from evalkit.did.two_by_two import METHOD, How, _read, _two_periods, two_by_two
from evalkit.did.two_groups import compare
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError, PanelWarning

METHODS = get_args(How)
FIRMS = pd.DataFrame(
    {
        "firm": [1, 1, 2, 2, 3, 3, 4, 4],
        "year": [2020, 2021] * 4,
        "jobs": [5.0, 8, 5, 7, 4, 5, 6, 6],
        "start": [2021] * 4 + [0] * 4,
    }
)


def firms(frame: pd.DataFrame = FIRMS, **roles: Any) -> Panel:
    kinds = {"unit": "firm"} | roles
    return Panel(frame, time="year", outcome="jobs", cohort="start", **kinds)


def changes(gains: list[float], treated: list[int], **columns: list[float]) -> pd.DataFrame:
    """Make firms that start at 10 and gain this much."""
    count = len(gains)
    frame = pd.DataFrame(
        {
            "firm": np.repeat(np.arange(count), 2),
            "year": [2020, 2021] * count,
            "jobs": np.column_stack([np.full(count, 10.0), 10 + np.array(gains)]).ravel(),
            "start": np.repeat(2021 * np.array(treated), 2),
        }
    )
    return frame.assign(**{name: np.repeat(values, 2) for name, values in columns.items()})


def simulated(seed: int, units: int = 120) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    x, z = draw.normal(size=units), draw.integers(0, 2, units)
    treated = draw.uniform(size=units) < 1 / (1 + np.exp(0.3 - 0.5 * x))
    treated[:6], treated[6:12] = True, False
    before = draw.normal(size=units)
    after = before + 1 + 0.5 * x + treated + draw.normal(size=units)
    return pd.DataFrame(
        {
            "firm": np.repeat(np.arange(units), 2),
            "year": np.tile([2020, 2021], units),
            "jobs": np.column_stack([before, after]).ravel(),
            "start": np.repeat(2021 * treated, 2),
            "x": np.repeat(x, 2),
            "z": np.repeat(z, 2),
            "w": np.repeat(draw.uniform(0.5, 2, units), 2),
            "region": np.repeat(np.arange(units) % 15, 2),
        }
    )


def quiet(panel: Panel, *args: Any, **kwargs: Any) -> Effect:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        return two_by_two(panel, *args, **kwargs)


@pytest.mark.parametrize("method", METHODS)
def test_by_hand(method: How) -> None:
    """Treated firms gain 3 and 2, the others 1 and 0: 2.5 - 0.5 = 2.

    Gains differ from their group's mean by a half, each firm counts for half of its group: the
    influences are 1/4, their squares sum to 1/4, and n/(n-1) = 4/3.
    """
    found = quiet(firms(), method).table.iloc[0]
    assert found["estimate"] == pytest.approx(2.0, rel=1e-9)
    # Horvitz-Thompson weights are estimated as well; with a constant only they sum to one.
    assert found["std_error"] == pytest.approx(np.sqrt(0.25 * 4 / 3), rel=1e-9)
    assert found["n_units"] == 2


@pytest.mark.parametrize("method", METHODS)
def test_one_binary_covariate_by_hand(method: How) -> None:
    """With a saturated covariate every method compares within its two groups.

    x = 0: treated gain 4, others 1 and 3 (mean 2): 2. x = 1: treated gain 5 and 7, the other 2:
    3 and 5. Over the three treated: (2 + 3 + 5)/3.
    """
    frame = changes([4, 1, 3, 5, 7, 2], [1, 0, 0, 1, 1, 0], x=[0, 0, 0, 1, 1, 1])
    found = quiet(firms(frame), method, ["x"]).table.iloc[0]
    assert found["estimate"] == pytest.approx(10 / 3, rel=1e-8)


@pytest.mark.parametrize("method", ["dr", "dr_improved", "reg", "ipw"])
def test_repeated_cross_sections_by_hand(method: How) -> None:
    """Means 8 and 5 of the treated, 6 and 4 of the others: (8 - 5) - (6 - 4) = 1.

    Squares about the means, over the squared number of rows: 2/4 + 2/4 + 8/4 + 2/4 = 3.5; 8/7.
    """
    frame = pd.DataFrame(
        {
            "year": [1, 1, 2, 2, 1, 1, 2, 2],
            "start": [2, 2, 2, 2, 0, 0, 0, 0],
            "jobs": [4.0, 6, 7, 9, 3, 5, 4, 8],
        }
    )
    found = quiet(firms(frame, unit=None), method).table.iloc[0]
    assert found["estimate"] == pytest.approx(1.0, rel=1e-9)
    assert found["std_error"] == pytest.approx(np.sqrt(3.5 * 8 / 7), rel=1e-9)


def test_horvitz_thompson_cross_sections_by_hand() -> None:
    """Sums over the number of rows that was expected: half are treated, three fifths come after.

    With odds of one: (7 + 9 + 8)/(10 x .5 x .6) - (4 + 6)/(10 x .5 x .4) = 8 - 5 of the treated
    and (4 + 8 + 6)/3 - (3 + 5)/2 = 6 - 4 of the others. With one row of the others moved to before,
    half of all rows come after, and 2.5 rows are expected in each of the four.
    """
    frame = pd.DataFrame(
        {
            "year": [1, 1, 2, 2, 2, 1, 1, 2, 2, 2],
            "start": [2] * 5 + [0] * 5,
            "jobs": [4.0, 6, 7, 9, 8, 3, 5, 4, 8, 6],
        }
    )
    found = quiet(firms(frame, unit=None), "ipw_ht").table.iloc[0]
    assert found["estimate"] == pytest.approx((24 / 3 - 10 / 2) - (18 / 3 - 8 / 2))
    uneven = frame.assign(year=[1, 1, 2, 2, 2, 1, 1, 1, 2, 2])
    found = quiet(firms(uneven, unit=None), "ipw_ht").table.iloc[0]
    expected = (24 / 2.5 - 10 / 2.5) - (14 / 2.5 - 12 / 2.5)  # 10 x 1/2 x 1/2 rows expected
    assert found["estimate"] == pytest.approx(expected)


@pytest.mark.parametrize("unit", ["firm", None])
@given(seed=st.integers(0, 10_000), method=st.sampled_from(METHODS))
@settings(max_examples=12)
def test_invariants(unit: str | None, seed: int, method: How) -> None:
    frame = simulated(seed)
    names = dict(enumerate(np.random.default_rng(seed).permutation(1000)[:120]))
    mixed = frame.assign(firm=frame["firm"].map(names)).sample(frac=1, random_state=seed)
    shifted = frame.assign(jobs=frame["jobs"] * -7 + 3)
    rescaled = frame.assign(x=1e4 * frame["x"] - 5, w=frame["w"] * 30)
    unweighted = method == "ipw_ht" and unit is None  # adding a constant moves it by design
    for weights in (None, "w"):
        base = quiet(firms(frame, unit=unit, weights=weights), method, ["x"]).table.iloc[0]
        for other, factor in ((mixed, 1), (shifted, -7), (rescaled, 1)):
            if unweighted and factor != 1:
                continue
            panel = firms(other, unit=unit, weights=weights)
            found = quiet(panel, method, ["x"]).table.iloc[0]
            assert found["estimate"] == pytest.approx(factor * base["estimate"], rel=1e-6)
            assert found["std_error"] == pytest.approx(abs(factor) * base["std_error"], rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("unit", ["firm", None])
@pytest.mark.parametrize("efficient", [True, False])
def test_the_influence_is_the_derivative(unit: str | None, method: How, efficient: bool) -> None:
    """A row's influence is what a little more weight of it moves the estimate (normalised).

    This proves the models' part as well. The improved estimator leaves its models' estimation out,
    which is right at the truth only.
    """
    frame = simulated(3, units=60)
    data, _ = _read(_two_periods(firms(frame.assign(w=1.0), unit=unit, weights="w")), ("x",))
    found = compare(data, method, efficient=efficient)
    assert abs(found.influence.sum()) < 1e-10
    if method == "dr_improved":
        return
    h = 1e-5
    for row in (0, 7, 30, 55):
        moved = []
        for sign in (h, -h):
            w = data.w.copy()
            w[row] += sign
            # Horvitz-Thompson shares are of weights with mean one.
            moved.append(compare(replace(data, w=w / w.mean()), method, efficient=efficient).value)
        slope = (moved[0] - moved[1]) / (2 * h)
        # Dividing by the mean weight takes 1/n from every row, whose influences sum to nought.
        assert slope == pytest.approx(found.influence[row], rel=1e-4, abs=1e-7)


def test_a_unit_split_in_two_halves() -> None:
    frame = simulated(5).assign(pair=lambda one: one["firm"])
    half = frame[frame["firm"] == 7].assign(w=lambda one: one["w"] / 2)
    twice = pd.concat([frame[frame["firm"] != 7], half, half.assign(firm=999)])
    for method in METHODS:
        base = two_by_two(firms(frame, weights="w", cluster="pair"), method, ["x"]).table
        split = two_by_two(firms(twice, weights="w", cluster="pair"), method, ["x"]).table
        both = ["estimate", "std_error"]
        pd.testing.assert_frame_equal(base[both], split[both], rtol=1e-6)


def test_clusters_above_the_unit() -> None:
    frame = simulated(6)
    fit = two_by_two(firms(frame, cluster="region"), "reg")
    gains = frame["jobs"].to_numpy()[1::2] - frame["jobs"].to_numpy()[0::2]
    treated = frame["start"].to_numpy()[::2] > 0
    share = np.where(treated, 1 / treated.sum(), -1 / (~treated).sum())
    centre = np.where(treated, gains[treated].mean(), gains[~treated].mean())
    sums = np.bincount(frame["region"].to_numpy()[::2], weights=share * (gains - centre))
    assert fit.table["std_error"][0] == pytest.approx(np.sqrt(sums @ sums), rel=1e-10)
    assert (fit.inference.cluster, fit.inference.clusters) == ("region", 15)


def test_what_the_result_says() -> None:
    frame = simulated(7)
    frame.loc[1, "x"] += 1
    fit = two_by_two(firms(frame), covariates=["x"])
    assert fit.method is METHOD
    assert fit.inference.factor == "n/(n-1), as DRDID"
    assert any("'x' moves in time" in note for note in fit.notes)
    assert fit.covariance is not None
    assert fit.covariance.loc["ATT", "ATT"] == fit.table["std_error"][0] ** 2


def test_units_without_a_period_leave() -> None:
    frame = simulated(8)
    with pytest.warns(PanelWarning, match="lacks a period"):
        fit = two_by_two(firms(frame[1:]))
    pd.testing.assert_frame_equal(fit.table, two_by_two(firms(frame[2:])).table)
    assert fit.dropped[0].units == 1


def test_the_logit_does_not_run_away() -> None:
    """A full Newton step from the start would: few treated, far from the others."""
    draw = np.random.default_rng(1)
    x = np.concatenate([draw.normal(3.5, 1, 30), draw.normal(0, 1, 5000)])
    treated = np.repeat([1.0, 0.0], [30, 5000])
    X = np.column_stack([np.ones(len(x)), x])
    fitted = logit(X, treated, np.ones(len(x)), ("constant", "x"))
    chance = 1 / (1 + np.exp(-X @ fitted.coefficients))
    np.testing.assert_allclose((treated - chance) @ X, 0, atol=1e-8)
    information = (X * (chance * (1 - chance))[:, None]).T @ X
    np.testing.assert_allclose(fitted.inverse @ information, np.eye(2), atol=1e-8)
    gamma, _ = tilting(X, treated, np.ones(len(x)), ("constant", "x"))
    heavy = (1 - treated) * np.exp(X @ gamma)
    np.testing.assert_allclose(heavy @ X, treated @ X, rtol=1e-9)


def test_thin_overlap_is_said() -> None:
    draw = np.random.default_rng(2)
    count = 400
    x = np.concatenate([draw.normal(6, 1, count), draw.normal(0, 1, count), [3.0, 3.2, 2.8, 3.4]])
    treated = [1] * count + [0] * count + [0, 1, 1, 0]
    frame = changes(list(draw.normal(size=len(x))), treated, x=list(x))
    with pytest.warns(PanelWarning, match="a fitted probability of treatment is 1.0000"):
        fit = two_by_two(firms(frame), covariates=["x"])
    assert any("leans on few" in note for note in fit.notes)


def test_small_groups_are_said() -> None:
    with pytest.warns(PanelWarning) as said:
        two_by_two(firms(FIRMS[FIRMS["firm"] != 2]))
    assert "the treated group has one unit" in str(said[0].message)
    assert "the comparison group has 2 units: fewer than 5" in str(said[1].message)


def test_no_variation_has_no_error() -> None:
    frame = changes([3.0] * 8 + [1.0] * 8, [1] * 8 + [0] * 8)
    with pytest.warns(PanelWarning, match="do not vary"):
        found = two_by_two(firms(frame)).table.iloc[0]
    assert found["estimate"] == pytest.approx(2.0)
    assert np.isnan(found["std_error"])


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (FIRMS.assign(start=0), "no unit is first treated in the second period"),
        (FIRMS.assign(start=2021), "no comparison group"),
        (FIRMS.assign(year=[2020, 2021, 2020, 2021, 2020, 2021, 2020, 2022]), "3 periods"),
        (FIRMS[FIRMS["year"] == 2020].assign(start=0), "1 periods"),
        (FIRMS.assign(jobs=2.0), "the same in every row"),
        (FIRMS.assign(w=0.0), "all weights in column .* are nought"),
    ],
)
def test_what_is_refused(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(PanelError, match=message):
        two_by_two(firms(frame, weights="w" if "w" in frame else None))


@pytest.mark.parametrize(
    ("covariates", "message"),
    [
        (["x", "double"], "'double' is constant or collinear"),
        (["same"], "'same' is constant or collinear"),
        (["divides"], "no overlap"),
        (["gaps"], "'gaps' has missing values"),
    ],
)
def test_covariates_that_are_refused(covariates: list[str], message: str) -> None:
    frame = simulated(9)
    frame = frame.assign(double=2 * frame["x"], same=1, divides=frame["start"], gaps=frame["x"])
    frame.loc[4, "gaps"] = np.nan
    for method in ("dr", "dr_improved", "ipw"):
        with pytest.raises(PanelError, match=message):
            two_by_two(firms(frame), method, covariates)  # type: ignore[arg-type]


def test_one_cluster_and_unknown_methods_are_refused() -> None:
    with pytest.raises(PanelError, match="one cluster"):
        two_by_two(firms(simulated(1).assign(all=1), cluster="all"))
    with pytest.raises(EvalkitError, match=r"method='ols' is unknown(?s:.)*dr_improved"):
        two_by_two(firms(), "ols")  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["reg", "ipw", "dr"])
def test_cross_sections_of_two_periods_are_a_cell_of_group_time(method: How) -> None:
    """The two estimators share their core; their errors differ by DRDID's n/(n-1)."""
    frame = simulated(9, units=80)
    frame["firm"] = range(len(frame))
    panel = firms(frame, unit=None)
    one = two_by_two(panel, method, ["x"]).table
    other = group_time(panel, method, covariates=["x"], panel_data=False).table
    assert one["estimate"][0] == pytest.approx(other["estimate"][0], rel=1e-10)
    factor = np.sqrt(len(frame) / (len(frame) - 1))
    assert one["std_error"][0] == pytest.approx(factor * other["std_error"][0], rel=1e-10)
