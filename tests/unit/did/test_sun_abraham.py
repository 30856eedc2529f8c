from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.did.event_study import event_study
from evalkit.did.interaction_weighted import SunAbraham
from evalkit.did.sun_abraham import METHOD, sun_abraham
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError, PanelWarning

# Three firms start in 2021, one in 2022, two never.
FIRMS = pd.DataFrame(
    {
        "firm": np.repeat([1, 2, 3, 4, 5, 6], 3),
        "year": [2020, 2021, 2022] * 6,
        "jobs": [1.0, 3, 5, 2, 4, 4, 0, 1, 3, 5, 6, 9, 3, 3, 4, 1, 2, 2],
        "start": [2021] * 9 + [2022] * 3 + [0] * 6,
    }
)


def firms(frame: pd.DataFrame = FIRMS, **roles: str | None) -> Panel:
    return Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start", **roles)


def quiet(panel: Panel, *args: object, **kwargs: object) -> SunAbraham:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        return sun_abraham(panel, *args, **kwargs)  # type: ignore[arg-type]


def simulated(seed: int, never: bool = True, units: int = 36) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    pool = [0, 3, 4, 5] if never else [3, 4, 5]
    start = np.concatenate([pool, pool, draw.choice(pool, units - 2 * len(pool))])
    frame = pd.DataFrame(
        {
            "firm": np.repeat(np.arange(units), 6),
            "year": np.tile(np.arange(1, 7), units),
            "start": np.repeat(start, 6),
            "x": draw.normal(size=units * 6),
        }
    )
    treated = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    noise = draw.normal(size=len(frame)) + np.repeat(draw.normal(size=units), 6)
    return frame.assign(jobs=noise + 0.3 * frame["year"] + treated)


def test_by_hand() -> None:
    """Each cell is a difference-in-differences with the never treated, from the year before.

    Never treated: from 2020 to 2021 they gain (0 + 1)/2 = 0.5, and to 2022 (1 + 1)/2 = 1.
    Cohort 2021 (base 2020): gains 2, 2, 1 = 5/3, less 0.5 is 7/6 in 2021; 4, 2, 3 = 3, less 1 is
    2 in 2022. Cohort 2022 (base 2021): 9 - 6 = 3 less (1 + 0)/2 is 2.5 in 2022; 5 - 6 = -1 less
    -0.5 is -0.5 in 2020. Event time 0 weighs three firms and one.
    """
    fit = quiet(firms())
    cells = fit.by_cohort.set_index(["cohort", "event_time"])["estimate"]
    assert cells[2021, 0] == pytest.approx(7 / 6)
    assert cells[2021, 1] == pytest.approx(2.0)
    assert cells[2022, 0] == pytest.approx(2.5)
    assert cells[2022, -2] == pytest.approx(-0.5)
    found = fit.tidy()
    assert list(found["term"]) == ["ATT(event=-2)", "ATT(event=0)", "ATT(event=1)"]
    np.testing.assert_allclose(found["estimate"], [-0.5, (3 * 7 / 6 + 2.5) / 4, 2.0])
    assert list(found["n_units"]) == [1, 4, 3]
    simple = fit.aggregate("simple").table.iloc[0]
    assert simple["estimate"] == pytest.approx((3 * 7 / 6 + 3 * 2 + 2.5) / 7)
    assert simple["n_units"] == 4
    cohorts = fit.aggregate("cohort").table
    np.testing.assert_allclose(cohorts["estimate"], [(7 / 6 + 2) / 2, 2.5])
    assert list(cohorts["cohort"]) == [2021, 2022]
    assert fit.method is METHOD


def test_error_by_hand() -> None:
    """The error of ATT(2021, 2021) comes from the three firms' gains and the two others'.

    Gains 2, 2, 1 differ from 5/3 by 1/3, 1/3, -2/3: squares 6/9, over 3^2. Gains 0, 1 differ by a
    half: squares 1/2, over 2^2. Factor: n = 18, K = 4 cells and 3 periods, G = 6.
    """
    found = quiet(firms()).by_cohort.set_index("term")
    variance = (6 / 9 / 9 + 1 / 2 / 4) * 17 / 11 * 6 / 5
    assert found.loc["ATT(2021,2021)", "std_error"] == pytest.approx(np.sqrt(variance), rel=1e-10)


def test_one_cohort_is_the_event_study() -> None:
    frame = simulated(1)
    frame = frame[frame["start"].isin([0, 4])]
    found, plain = quiet(firms(frame)), event_study(firms(frame))
    both = ["term", "estimate", "std_error", "n_units"]
    pd.testing.assert_frame_equal(found.table[both], plain.table[both], rtol=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=12)
def test_invariants(seed: int) -> None:
    frame = simulated(seed)
    base = quiet(firms(frame)).tidy()
    names = dict(enumerate(np.random.default_rng(seed).permutation(1000)[:36]))
    mixed = frame.assign(firm=frame["firm"].map(names)).sample(frac=1, random_state=seed)
    moved = frame.assign(jobs=1e3 - 7 * frame["jobs"] + 5 * frame["year"])
    for other, factor in (
        (firms(mixed), 1),
        (firms(moved), -7),
        (firms(frame.assign(one=0.4), weights="one"), 1),
    ):
        found = quiet(other).tidy()
        np.testing.assert_allclose(found["estimate"], factor * base["estimate"], rtol=1e-7)
        np.testing.assert_allclose(found["std_error"], abs(factor) * base["std_error"], rtol=1e-7)
        assert list(found["n_units"]) == list(base["n_units"])


def test_cells_do_not_depend_on_other_cohorts() -> None:
    """What the two-way event study lacks: other cohorts' effects stay out of a cohort's."""
    frame = simulated(2)
    base = quiet(firms(frame)).by_cohort.set_index("term")["estimate"]
    late = (frame["start"] == 5) & (frame["year"] >= 5)
    moved = quiet(firms(frame.assign(jobs=frame["jobs"] + 100 * late))).by_cohort
    moved = moved.set_index("term")["estimate"]
    early = [term for term in base.index if not term.startswith("ATT(5")]
    np.testing.assert_allclose(moved[early], base[early], rtol=1e-7)


def test_without_never_treated_the_last_cohort_is_the_comparison() -> None:
    frame = simulated(3, never=False)
    with pytest.warns(PanelWarning, match="the last cohort, which is the comparison, is treated"):
        fit = sun_abraham(firms(frame))
    cut = frame[frame["year"] < 5].assign(start=frame["start"].replace(5, 0))
    pd.testing.assert_frame_equal(fit.table, quiet(firms(cut)).table)
    assert any("the cohort of 5 is the comparison" in note for note in fit.notes)
    assert fit.dropped[0].rows == 36 * 2


def test_always_treated_units_leave() -> None:
    frame = simulated(4)
    frame.loc[frame["firm"] == 0, "start"] = 1
    with pytest.warns(PanelWarning, match="treated from the first period on"):
        fit = sun_abraham(firms(frame))
    pd.testing.assert_frame_equal(fit.table, quiet(firms(frame[frame["firm"] != 0])).table)


def test_a_cohort_of_one_is_said() -> None:
    with pytest.warns(PanelWarning) as said:
        sun_abraham(firms())
    messages = [str(one.message) for one in said]
    assert [any(word in one for one in messages) for word in ("2 units are untreated", "2022")] == [
        True,
        True,
    ]


def test_covariates_and_gaps() -> None:
    frame = simulated(5).sample(frac=0.9, random_state=5)
    plain, with_x = quiet(firms(frame)), quiet(firms(frame), covariates=["x"])
    assert len(plain.table) == len(with_x.table)
    assert not np.allclose(plain.table["estimate"], with_x.table["estimate"])


def test_another_aggregation_is_refused() -> None:
    with pytest.raises(EvalkitError, match="kind='calendar' is unknown"):
        quiet(firms()).aggregate("calendar")  # type: ignore[arg-type]


def test_json_holds_the_cells() -> None:
    fit = quiet(firms())
    assert len(fit.to_dict()["by_cohort"]) == 4
    assert "ATT(2021,2021)" in fit.to_json()


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (FIRMS.assign(start=0), "no unit is treated"),
        (FIRMS.assign(start=2021), "so there is no comparison group"),
        (FIRMS.assign(jobs=1.0), "the same in every row"),
        (
            FIRMS[(FIRMS["firm"] != 4) | (FIRMS["year"] != 2021)],
            "cohort of 2022 is not observed at the reference",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
def test_what_is_refused(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(PanelError, match=message):
        sun_abraham(firms(frame))


def test_quarters_stand_in_terms_and_json() -> None:
    quarters = {2020: "2020Q4", 2021: "2021Q1", 2022: "2021Q2", 0: None}
    frame = FIRMS.assign(year=FIRMS["year"].map(quarters), start=FIRMS["start"].map(quarters))
    fit = quiet(firms(frame))
    assert "ATT(2021Q1,2021Q2)" in list(fit.by_cohort["term"])
    assert '"2021Q1"' in fit.to_json()
    np.testing.assert_allclose(fit.table["estimate"], quiet(firms()).table["estimate"])
