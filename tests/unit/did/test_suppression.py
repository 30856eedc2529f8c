"""A least number of units: what rests on fewer is in no view, nor to be had by subtraction."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalkit as ek
from evalkit.did import Effect
from evalkit.did.suppression import few, hidden_cells, masked
from evalkit.panel import Panel, PanelError

SIZES = {0: 120, 2012: 40, 2013: 7, 2014: 25}
ROLES = {"unit": "id", "time": "year", "outcome": "y", "cohort": "g"}


def people(sizes: dict[int, int] = SIZES, seed: int = 3) -> pd.DataFrame:
    """People over ten years, of whom seven start in 2013 with an effect of their own."""
    rng = np.random.default_rng(seed)
    cohort = np.repeat(list(sizes), list(sizes.values()))
    frame = pd.DataFrame({"id": np.repeat(np.arange(len(cohort)), 10)})
    frame["year"] = np.tile(np.arange(2008, 2018), len(cohort))
    frame["g"] = cohort[frame["id"]]
    on = (frame["g"] > 0) & (frame["year"] >= frame["g"])
    frame["y"] = rng.normal(size=len(cohort))[frame["id"]] + rng.normal(size=len(frame))
    frame["y"] += on * (1 + 0.5 * (frame["g"] - 2012))
    return frame


def panel(minimum: int | None = 10, **more: Any) -> Panel:
    return ek.Panel(people(), **ROLES, minimum_cell=minimum, **more)


ESTIMATORS: dict[str, Callable[[Panel], Effect]] = {
    "group_time": ek.did.group_time,
    "group_time with a seed": lambda one: ek.did.group_time(one, seed=1, base_period="universal"),
    "event_study": ek.did.event_study,
    "twfe": ek.did.twfe,
    "sun_abraham": ek.did.sun_abraham,
    "imputation": ek.did.imputation,
    "synthetic_did": ek.did.synthetic_did,
}


ELSEWHERE = {"two_by_two", "synthetic_control", "bacon", "interrupted_series", "batch"}


def test_every_estimator_is_tried() -> None:
    tried = {name.partition(" ")[0] for name in ESTIMATORS} | ELSEWHERE
    assert tried == {name for name in ek.did.__all__ if name.islower()}


def views(effect: Effect) -> str:
    """Everything that a reader can see of an effect."""
    html = effect._repr_html_()
    covariance = "" if effect.covariance is None else effect.covariance.to_csv()
    return "\n".join([effect.tidy().to_csv(), repr(effect), str(effect), html, effect.to_json(),
                      covariance, str(effect.notes)])  # fmt: skip


@pytest.mark.parametrize("name", ESTIMATORS)
def test_what_rests_on_few_is_in_no_view(name: str) -> None:
    whole, shown = (ESTIMATORS[name](panel(one)) for one in (None, 10))
    sizes = whole.table[[one for one in ("n_units", "n_treated") if one in whole.table]]
    small = (sizes < 10).any(axis=1)
    assert shown.table.loc[small, "suppressed"].all()
    said = views(shown)
    for number in whole.table.loc[small, ["estimate", "std_error"]].to_numpy().ravel():
        if np.isfinite(number) and number:
            assert f"{number:.4f}" not in said
            assert repr(float(number)) not in said
    seen = shown.table[~shown.table["suppressed"]]
    same = whole.table.loc[seen.index]
    pd.testing.assert_series_equal(seen["estimate"], same["estimate"])  # the others stay the same


@pytest.mark.parametrize("kind", ["simple", "cohort", "event", "calendar"])
def test_totals_stay_what_they_are_and_tell_of_two_cohorts_at_least(kind: str) -> None:
    whole, shown = (ek.did.group_time(panel(one)).aggregate(kind) for one in (None, 10))
    assert shown.overall == whole.overall
    rows = shown.table[~shown.table["suppressed"]]
    assert rows["estimate"].tolist() == whole.table.loc[rows.index, "estimate"].tolist()
    sizes = rows["n_units"].dropna().astype(int)
    apart = np.diff(sorted(set(sizes)))
    assert (apart >= 10).all()
    if kind == "cohort":  # the total less the first would give the second, were the third told
        assert shown.table["suppressed"].tolist() == [False, True, True]


def diverging(small: float = 3.0) -> pd.DataFrame:
    """People of whom the few that start in 2013 went another way before they did."""
    frame = people({0: 120, 2012: 40, 2013: 7, 2015: 25}, seed=5)
    early = frame["g"].eq(2013) & frame["year"].lt(2013)
    return frame.assign(y=frame["y"] + small * early * (2013 - frame["year"]))


@pytest.mark.parametrize("check", ["pretrends", "honest", "placebo", "leave_one_out"])
@pytest.mark.parametrize("small", [0.0, 3.0])
def test_no_verdict_turns_to_passed_since_cells_are_suppressed(check: str, small: float) -> None:
    found = {}
    for minimum in (None, 10, 30, 45):
        own = ek.Panel(diverging(small), **ROLES, minimum_cell=minimum)
        asked: Any = ek.did.group_time(own, base_period="universal")
        if check in ("placebo", "leave_one_out"):
            asked = own
        run = getattr(ek.checks, check)
        found[minimum] = run(asked, ek.did.group_time) if asked is own else run(asked)
    whole = found.pop(None)
    for one in found.values():
        assert one.outcome in {whole.outcome, "not decisive"}
        assert len(one.table) <= len(whole.table)
    if small and check in ("pretrends", "placebo"):
        assert whole.outcome == found[10].outcome == "failed"


def test_pretrends_looks_at_estimates_that_it_does_not_show() -> None:
    found = {}
    for minimum in (None, 30):
        own = ek.Panel(diverging(), **ROLES, minimum_cell=minimum)
        found[minimum] = ek.checks.pretrends(ek.did.group_time(own, base_period="universal"))
    whole, shown = found[None], found[30]
    assert shown.figures == whole.figures
    assert 0 < len(shown.table) < len(whole.table)
    assert shown.table["estimate"].notna().all()
    assert any("also at the" in note for note in shown.notes)
    gone = set(whole.table["event_time"]) - set(shown.table["event_time"])
    hidden = whole.table.loc[whole.table["event_time"].isin(gone), "estimate"]
    assert not any(f"{one:.4f}" in shown.summary() for one in hidden)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "sizes",
    [
        SIZES,
        {0: 50, 2010: 12, 2011: 3, 2013: 7, 2015: 60},
        {0: 50, 2010: 8, 2016: 30},
        {0: 50, 2009: 30, 2010: 31, 2011: 32, 2017: 9},
    ],
)
def test_subtraction_does_not_give_a_small_cell_back(sizes: dict[int, int]) -> None:
    # From the cells and totals by event time, as a reader has them, solve for those of few.
    frame = people(sizes)
    whole, shown = (
        ek.did.group_time(ek.Panel(frame, **ROLES, minimum_cell=one), base_period="universal")
        for one in (None, 10)
    )
    every = whole.table
    cells = every.index[every["n_treated"] > 0]
    rows = [np.eye(len(cells))[at] for at in cells if not shown.table.loc[at, "suppressed"]]
    totals = shown.aggregate("event").table
    for event in totals.loc[~totals["suppressed"], "event_time"]:
        own = every["event_time"] == event
        rows.append(np.where(own, every["n_treated"], 0) / every.loc[own, "n_treated"].sum())
    known = np.vstack(rows)
    small = every.index[(every["n_treated"] < 10) & (every["event_time"] != -1)]
    assert len(small)
    for at in small:
        unit = np.eye(len(cells))[at]
        rest = unit - known.T @ np.linalg.lstsq(known.T, unit, rcond=None)[0]
        assert np.linalg.norm(rest) > 0.1


def test_a_single_suppressed_row_takes_the_next_smallest_with_it() -> None:
    table = pd.DataFrame({"term": list("abcd"), "event_time": [-1, 0, 1, 2],
                          "estimate": [0.1, 1.0, 2, 3], "n_units": [90, 90, 45, 7]})  # fmt: skip
    hidden = hidden_cells(table.assign(cohort=1), 10)
    assert hidden.tolist() == [False, False, True, True]
    effect = ek.did.event_study(panel(None))
    made = Effect(effect.method, "y", table, effect.inference, minimum_cell=10)
    assert made.table["suppressed"].tolist() == [False, False, True, True]
    assert "1 cell suppressed, since a smaller one could be derived" in made.notes[-1]


def test_two_groups_have_enough_on_both_sides() -> None:
    for sizes in ({0: 60, 2011: 6}, {0: 6, 2011: 60}):
        frame = people(sizes).query("year in (2010, 2011)")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            effect = ek.did.two_by_two(ek.Panel(frame, **ROLES, minimum_cell=10))
        assert effect.table["suppressed"].all()
        assert effect.table["estimate"].isna().all()
        assert " 6 " not in " ".join([str(effect), *(str(one.message) for one in caught)])


def test_limits_of_covariates_are_those_of_single_units() -> None:
    frame = people({0: 60, 2012: 40})
    frame["x"] = frame["id"].map(lambda one: one % 7 / 7 if one < 60 else float(one))
    own = ek.Panel(frame, **ROLES, minimum_cell=10)
    with pytest.warns(ek.EvalkitWarning, match="lie outside the comparison units in 'x': the"):
        effect = ek.did.group_time(own, "reg", covariates="x")
    assert not any("99" in note for note in effect.notes)


def test_counts_of_nested_groups_differ_by_enough() -> None:
    table = pd.DataFrame({"term": list("abc"), "event_time": [0, 1, 2], "estimate": 1.0,
                          "n_units": [90, 84, 60]})  # fmt: skip
    shown = masked(table, np.zeros(3, dtype=bool), 10)
    assert shown["n_units"].tolist() == [90, pd.NA, 60]  # 90 less 84 would tell of six


def test_the_comparison_group_counts_as_well() -> None:
    frame = people({0: 6, 2012: 40})
    for estimate in (ek.did.group_time, ek.did.event_study, ek.did.twfe, ek.did.imputation):
        effect = estimate(ek.Panel(frame, **ROLES, minimum_cell=10))
        assert effect.table["suppressed"].all()
        assert "fewer than 10 units" in " ".join(effect.notes)


def test_no_picture_shows_a_suppressed_row() -> None:
    pytest.importorskip("matplotlib").use("Agg")
    figure = ek.did.group_time(panel()).plot().figure
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["2012  (40 treated)"]
    ax = ek.did.group_time(panel()).aggregate("event").plot()
    drawn = {float(x) for line in ax.lines for x in line.get_xdata()}
    assert 4.0 not in drawn
    with pytest.raises(ek.EvalkitError, match="rests on fewer than 90 units"):
        ek.did.event_study(panel(90)).plot()


def test_messages_name_no_unit_and_no_few() -> None:
    frame = people({0: 120, 2012: 4, 2013: 40})
    frame.loc[frame["id"] == 3, "y"] = np.nan
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        own = ek.Panel(frame, **ROLES, cluster="id", minimum_cell=10)
        effect = ek.did.group_time(own)
    said = " ".join([*(str(one.message) for one in caught), *effect.notes, str(own.dropped)])
    assert "fewer than 10 left out: the outcome is missing" in said or "10 rows left out" in said
    assert "nothing is left of" not in said
    assert "(3)" not in said
    assert "2012 (fewer than 10)" in said
    assert own.dropped[0].names == ()


def test_smaller_panels_keep_the_minimum() -> None:
    own = panel()
    with pytest.warns(ek.PanelWarning):
        assert own.keep(own.cohorts != 2012, "a reason").minimum_cell == 10
    with pytest.warns(ek.PanelWarning):
        assert own.before(2014, "a reason").minimum_cell == 10


def test_queries_keep_the_minimum(tmp_path: Any) -> None:
    pytest.importorskip("duckdb")
    people().to_parquet(tmp_path / "people.parquet")
    own = ek.Panel(tmp_path / "people.parquet", **ROLES, engine="duckdb", minimum_cell=10)
    with pytest.warns(ek.PanelWarning):
        shown = ek.did.group_time(own.before(2017, "a reason"))
    assert shown.table.loc[shown.table["cohort"] == 2013, "suppressed"].all()


def test_diagnostics_look_at_all_and_tell_of_no_small_cohort() -> None:
    own = panel()
    found = ek.checks.leave_one_out(own, ek.did.group_time)
    assert found.table["term"].tolist() == ["without 2012"]
    assert found.figures["estimate"] == ek.did.group_time(panel(None)).aggregate().overall.estimate
    assert "2 cohorts are not told of" in found.notes[0]
    assert set(ek.checks.placebo(own, ek.did.imputation).table["cohort"]) == {2012}
    jackknife, plain = (ek.checks.jackknife(panel(one), ek.did.event_study) for one in (10, None))
    assert jackknife.figures == plain.figures
    honest = ek.checks.honest(ek.did.group_time(own, base_period="universal"))
    assert any("suppressed" in note for note in honest.notes)


@pytest.mark.parametrize("name", ["synthetic_control", "bacon"])
def test_what_tells_of_single_units_refuses(name: str) -> None:
    with pytest.raises(PanelError, match="no number may rest on fewer than 10"):
        getattr(ek.did, name)(panel())


@pytest.mark.filterwarnings("ignore")
def test_a_series_of_few_units_is_refused() -> None:
    frame = people({2013: 7})
    with pytest.raises(PanelError, match="no number may rest on fewer than 10"):
        ek.did.interrupted_series(ek.Panel(frame, **ROLES, minimum_cell=10))
    frame = people({2013: 12})
    effect = ek.did.interrupted_series(ek.Panel(frame, **ROLES, minimum_cell=10))
    assert not effect.table["suppressed"].any()


def test_a_synthetic_unit_has_no_weights_of_units_and_no_paths_of_cohorts() -> None:
    effect = ek.did.synthetic_did(panel())
    assert effect.unit_weights.empty
    assert effect.paths.empty
    assert json.loads(effect.to_json())["paths"] == []
    with pytest.raises(PanelError, match="the paths are suppressed"):
        effect.plot()


@pytest.mark.parametrize("wrong", [1, 0, -3, 2.5, "10", True])
def test_a_minimum_is_a_whole_number_of_two_or_more(wrong: Any) -> None:
    with pytest.raises(PanelError, match="minimum_cell is"):
        panel(wrong)


def test_few_says_a_number_only_where_it_may() -> None:
    assert few(3, None) == 3
    said = few(3, 10)
    assert not isinstance(said, int)
    assert said.into("nl") == "minder dan 10"
