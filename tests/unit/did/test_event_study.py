from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.effect import Effect
from evalkit.did.event_study import METHOD, event_study
from evalkit.panel import Panel, PanelError, PanelWarning

FIRMS = pd.DataFrame(
    {
        "firm": np.repeat([1, 2, 3, 4], 3),
        "year": [2019, 2020, 2021] * 4,
        "jobs": [4.0, 5, 8, 5, 7, 9, 4, 4, 5, 6, 7, 7],
        "start": [2021] * 6 + [0] * 6,
    }
)


def firms(frame: pd.DataFrame = FIRMS, **roles: str | None) -> Panel:
    kinds: dict[str, str | None] = {"unit": "firm"}
    return Panel(frame, time="year", outcome="jobs", cohort="start", **(kinds | roles))


def simulated(seed: int, never: bool = True, units: int = 36) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    pool = [0, 3, 4, 5] if never else [3, 4, 5]
    start = np.concatenate([pool, pool, draw.choice(pool, units - 2 * len(pool))])
    frame = pd.DataFrame(
        {
            "firm": np.repeat(np.arange(units), 6),
            "year": np.tile(np.arange(1, 7), units),
            "start": np.repeat(start, 6),
            "region": np.repeat(np.arange(units) % 11, 6),
            "x": draw.normal(size=units * 6),
        }
    )
    treated = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    noise = draw.normal(size=len(frame)) + np.repeat(draw.normal(size=units), 6)
    return frame.assign(jobs=noise + 0.3 * frame["year"] + treated)


def quiet(panel: Panel, *args: object, **kwargs: object) -> Effect:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        return event_study(panel, *args, **kwargs)  # type: ignore[arg-type]


def test_by_hand() -> None:
    """With one cohort each coefficient is a difference-in-differences from 2020.

    2021: firms gain 3 and 2 against 1 and 0, so 2.5 - 0.5 = 2. 2019: firms were -1 and -2 below
    against 0 and -1, so -1.5 + 0.5 = -1. Firms differ from their group's mean by a half in both
    years and with the same sign: variances and covariance are all 4 x (1/2)^2 / 2^2 = 1/4, times
    11/7 (n = 12, K = 2 slopes and 3 periods) and 4/3 (G = 4).
    """
    fit = quiet(firms())
    found = fit.tidy()
    assert list(found["term"]) == ["ATT(event=-2)", "ATT(event=0)"]
    np.testing.assert_allclose(found["estimate"], [-1, 2], rtol=1e-12)
    expected = np.full((2, 2), 0.25 * 11 / 7 * 4 / 3)
    assert fit.covariance is not None
    np.testing.assert_allclose(fit.covariance, expected, rtol=1e-12)
    np.testing.assert_allclose(found["std_error"], np.sqrt(np.diag(expected)), rtol=1e-12)
    assert fit.inference.df == 3
    assert fit.method is METHOD
    assert "the reference is event time \N{MINUS SIGN}1" in fit.notes


def test_dummies_written_out() -> None:
    """Least squares with every dummy, and the sandwich summed firm by firm."""
    frame = simulated(1).sample(frac=0.9, random_state=1).sort_values(["firm", "year"])
    fit = quiet(firms(frame), covariates=["x"])
    event = (frame["year"] - frame["start"]).where(frame["start"] > 0, -1)
    hot = [(event == e).to_numpy(float) for e in fit.table["event_time"]]
    dummies = pd.get_dummies(frame[["firm", "year"]].astype(str), dtype=float).to_numpy()
    X = np.column_stack([*hot, frame["x"], dummies])
    beta, *_ = np.linalg.lstsq(X, frame["jobs"].to_numpy(), rcond=None)
    rest = frame["jobs"].to_numpy() - X @ beta
    scores = pd.DataFrame(X * rest[:, None]).groupby(frame["firm"].to_numpy()).sum().to_numpy()
    inverse = np.linalg.pinv(X.T @ X)
    n, clusters = len(frame), frame["firm"].nunique()
    factor = (n - 1) / (n - len(hot) - 1 - 6) * clusters / (clusters - 1)
    covariance = inverse @ scores.T @ scores @ inverse * factor
    size = len(hot)
    np.testing.assert_allclose(fit.table["estimate"], beta[:size], rtol=1e-8)
    assert fit.covariance is not None
    np.testing.assert_allclose(fit.covariance, covariance[:size, :size], rtol=1e-7, atol=1e-12)


@given(st.integers(0, 10_000))
@settings(max_examples=12)
def test_invariants(seed: int) -> None:
    frame = simulated(seed)
    base = quiet(firms(frame)).tidy()
    names = dict(enumerate(np.random.default_rng(seed).permutation(1000)[:36]))
    mixed = frame.assign(firm=frame["firm"].map(names)).sample(frac=1, random_state=seed)
    moved = frame.assign(jobs=1e3 - 7 * frame["jobs"] + 5 * frame["year"])
    moved_start = frame["start"].where(frame["start"] == 0, frame["start"] + 2000)
    later = frame.assign(year=frame["year"] + 2000, start=moved_start)
    for other, factor in (
        (firms(mixed), 1),
        (firms(moved), -7),
        (firms(later), 1),
        (firms(frame.assign(one=0.4), weights="one"), 1),
    ):
        found = quiet(other).tidy()
        assert list(found["event_time"]) == list(base["event_time"])
        assert list(found["n_units"]) == list(base["n_units"])
        np.testing.assert_allclose(found["estimate"], factor * base["estimate"], rtol=1e-7)
        np.testing.assert_allclose(found["std_error"], abs(factor) * base["std_error"], rtol=1e-7)


@pytest.mark.parametrize("errors", ["cluster", "hetero", "iid"])
@pytest.mark.parametrize("cluster", [None, "region"])
def test_moments_and_rows_agree(errors: str, cluster: str | None) -> None:
    frame = simulated(2).assign(one=1.0)
    fast = quiet(firms(frame, cluster=cluster), errors=errors)
    slow = quiet(firms(frame, cluster=cluster, weights="one"), errors=errors)
    pd.testing.assert_frame_equal(fast.tidy(), slow.tidy(), rtol=1e-9)
    pd.testing.assert_frame_equal(fast.covariance, slow.covariance, rtol=1e-9, atol=1e-14)


def test_another_reference_shifts_all_coefficients() -> None:
    base = quiet(firms(simulated(3))).tidy().set_index("event_time")["estimate"]
    other = quiet(firms(simulated(3)), reference=-2).tidy().set_index("event_time")["estimate"]
    shared = base.index.intersection(other.index)
    np.testing.assert_allclose(other[shared], base[shared] - base[-2], rtol=1e-9)
    assert other[-1] == pytest.approx(-base[-2])


def test_a_window_hides_and_bins_share_a_dummy() -> None:
    panel = firms(simulated(4))
    whole, shown = quiet(panel), quiet(panel, window=(-2, 1))
    assert list(shown.table["event_time"]) == [-2, 0, 1]
    expected = whole.table[whole.table["event_time"].isin([-2, 0, 1])].reset_index(drop=True)
    pd.testing.assert_frame_equal(shown.table, expected)
    binned = quiet(panel, window=(-2, 1), binned=True)
    frame = panel.frame.assign(event=(panel.frame["year"] - panel.frame["start"]).clip(-2, 1))
    first = frame[(frame["start"] > 0) & (frame["event"] == -2)]["firm"].nunique()
    assert binned.table["n_units"][0] == first
    assert abs(binned.table["estimate"][2] - shown.table["estimate"][2]) > 1e-6
    assert any("after 1 are counted at these ends" in note for note in binned.notes)
    with pytest.raises(PanelError, match="does not hold the reference"):
        event_study(panel, window=(0, 2))


def test_without_never_treated_a_second_reference_is_needed() -> None:
    panel = firms(simulated(5, never=False))
    with pytest.raises(
        PanelError, match=r"cannot be told from the unit and period(?s:.)*2 references"
    ):
        event_study(panel)
    fit = quiet(panel, reference=(-1, -3))
    assert not {-1, -3} & set(fit.table["event_time"])
    assert np.isfinite(fit.table["std_error"]).all()


def test_always_treated_units_leave() -> None:
    frame = simulated(6)
    frame.loc[frame["firm"] == 0, "start"] = 1
    with pytest.warns(PanelWarning, match="treated from the first period on"):
        fit = event_study(firms(frame))
    rest = quiet(firms(frame[frame["firm"] != 0]))
    pd.testing.assert_frame_equal(fit.table, rest.table)
    assert fit.dropped[0].units == 1


def test_repeated_cross_sections_have_cohort_effects() -> None:
    frame = simulated(7)
    panel, rows = firms(frame), firms(frame, unit=None)
    np.testing.assert_allclose(
        quiet(rows).table["estimate"], quiet(panel).table["estimate"], rtol=1e-9
    )


def test_gaps_in_time_name_the_event_times_that_there_are() -> None:
    frame = FIRMS.assign(year=FIRMS["year"].map({2019: 2015, 2020: 2018, 2021: 2021}))
    with pytest.raises(PanelError, match=r"reference event time -1(?s:.)*-6, -3, 0"):
        event_study(firms(frame))
    fit = quiet(firms(frame), reference=-3)
    np.testing.assert_allclose(fit.table["estimate"], [-1, 2])


def test_quarters_count_as_one_step() -> None:
    frame = FIRMS.assign(year=FIRMS["year"].map({2019: "2020Q3", 2020: "2020Q4", 2021: "2021Q1"}))
    frame["start"] = frame["start"].map({2021: "2021Q1", 0: None})
    found = quiet(firms(frame)).table
    assert list(found["event_time"]) == [-2, 0]
    np.testing.assert_allclose(found["estimate"], [-1, 2])


def test_one_period_before_has_no_lead() -> None:
    found = quiet(firms(FIRMS[FIRMS["year"] > 2019])).table
    assert list(found["event_time"]) == [0]
    assert found["estimate"][0] == pytest.approx(2.0)


def test_a_lone_unit_is_said() -> None:
    frame = simulated(8)
    frame.loc[frame["firm"] == 0, "start"] = 6
    with pytest.warns(PanelWarning, match="one treated unit .* event time \N{MINUS SIGN}5"):
        event_study(firms(frame))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 0}, "no unit is treated"),
        ({"start": 2021}, "treated in the same period"),
        ({"start": [2020] * 6 + [0] * 6, "year": [2020, 2021, 2022] * 4}, "first period on"),
        ({"jobs": 3.0}, "the same in every row"),
        ({"region": 1}, "one cluster"),
    ],
)
@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
def test_what_is_refused(change: dict[str, object], message: str) -> None:
    frame = FIRMS.assign(**change)
    panel = firms(frame, cluster="region" if "region" in change else None)
    if message == "first period on":
        message = "no unit is treated within"
    with pytest.raises(PanelError, match=message):
        event_study(panel)
