"""Many runs over one panel: the same numbers as apart, found again by name, and adjusted."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalkit as ek
from evalkit.did import Batch, Effect
from evalkit.did.adjustment import benjamini_hochberg, holm
from evalkit.panel import Panel, PanelError
from evalkit.panel.outcomes import with_outcome
from tests.unit.did.test_suppression import ROLES, people

DESIGNS = {
    "group_time": ek.did.group_time,
    "later ones too": lambda panel: ek.did.group_time(panel, control="not_yet"),
    "imputation": ek.did.imputation,
    "two-way": ek.did.event_study,
}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """People with three outcomes, one of them missing at places, in two regions."""
    made, draws = people(), np.random.default_rng(5)
    made["pay"] = made["y"] * 0.5 + draws.normal(size=len(made))
    made["hours"] = made["y"] + draws.normal(size=len(made))
    made.loc[[3, 700, 701], "hours"] = np.nan
    made["region"] = np.where(made["id"] % 2, "north", "south")
    made["weight"] = 1 + draws.random(len(made))[made["id"]]
    made["county"] = made["id"] % 40
    return made.sample(frac=1, random_state=2).reset_index(drop=True)


def panel(frame: pd.DataFrame, outcome: str = "y", **more: Any) -> Panel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ek.PanelWarning)
        return ek.Panel(frame, **{**ROLES, "outcome": outcome}, **more)


def same(one: Effect, other: Effect) -> None:
    pd.testing.assert_frame_equal(one.tidy(), other.tidy(), check_exact=True)
    assert one.dropped == other.dropped


@pytest.mark.parametrize("first", ["y", "hours"])
@pytest.mark.parametrize("roles", [{}, {"cluster": "county", "weights": "weight"}])
def test_each_run_is_the_estimate_on_a_panel_of_its_own(
    frame: pd.DataFrame, first: str, roles: dict[str, str]
) -> None:
    designs = {k: v for k, v in DESIGNS.items() if not roles or k != "two-way"}
    runs = ek.did.batch(panel(frame, first, **roles), ["y", "pay", "hours"], designs=designs)
    for outcome in ("y", "pay", "hours"):
        for name, design in designs.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                apart = design(panel(frame, outcome, **roles))
            found = runs[outcome, name]
            assert isinstance(found, Effect)
            same(found, apart)


def test_subgroups_are_panels_of_their_own(frame: pd.DataFrame) -> None:
    runs = ek.did.batch(panel(frame), ["y", "pay"], "region")
    assert runs.tidy()["subgroup"].tolist() == ["all", "north", "south"] * 2
    for region in ("north", "south"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            apart = ek.did.group_time(panel(frame[frame["region"] == region], "pay"))
        found = runs["pay", region]
        assert isinstance(found, Effect)
        pd.testing.assert_frame_equal(found.tidy(), apart.tidy(), check_exact=True)


def test_outcomes_share_what_was_found_of_the_rows(frame: pd.DataFrame) -> None:
    own = panel(frame)
    other = with_outcome(own, "pay")
    assert other.unit is own.unit
    assert other.cohorts is own.cohorts
    assert own.names["outcome"] == "y"
    assert np.array_equal(other.y, panel(frame, "pay").y)
    assert not np.array_equal(own.moments.sums, other.moments.sums)


def test_a_selection_stays_a_selection(frame: pd.DataFrame) -> None:
    with pytest.warns(ek.PanelWarning):
        own = panel(frame, "hours").keep(panel(frame, "hours").cohorts != 2013, "by hand")
    other = with_outcome(own, "pay")
    assert 2013 not in other.cohort_sizes
    assert other.n_units == own.n_units
    assert str(other.dropped[-1].reason) == "by hand"


def test_queries_give_the_same_runs(frame: pd.DataFrame, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    frame.to_parquet(tmp_path / "people.parquet")
    own = panel(tmp_path / "people.parquet", engine="duckdb")  # type: ignore[arg-type]
    runs = ek.did.batch(own, ["y", "pay"])
    apart = ek.did.batch(panel(frame), ["y", "pay"])
    np.testing.assert_allclose(runs.table["estimate"], apart.table["estimate"], rtol=1e-10)
    with pytest.raises(PanelError, match="rows in memory"):
        ek.did.batch(own, None, "region")


def test_the_row_of_a_run_is_its_one_number(frame: pd.DataFrame) -> None:
    runs = ek.did.batch(panel(frame), designs=DESIGNS)
    overall = ek.did.group_time(panel(frame)).aggregate("simple").overall
    row = runs.tidy().iloc[0]
    assert (row["estimate"], row["std_error"]) == (overall.estimate, overall.std_error)
    assert row["conf_low"] == pytest.approx(overall.conf_low)
    assert (row["n_units"], row["n_treated"]) == (192, 72)


@pytest.mark.filterwarnings("ignore")
def test_sizes_are_those_behind_the_number(frame: pd.DataFrame) -> None:
    lacking = frame["id"].isin([3, 4, 130, 131, 170]) & frame["year"].eq(2008)
    gaps = frame.assign(y=frame["y"].mask(lacking))
    runs = ek.did.batch(panel(gaps), designs=[ek.did.group_time, ek.did.imputation]).tidy()
    own = ek.did.group_time(panel(gaps)).aggregate("simple").tidy()
    assert runs.loc[0, "n_treated"] == own.loc[0, "n_units"] == 72 - 3
    assert runs.loc[0, "n_units"] == 192 - 5
    assert (runs.loc[1, "n_units"], runs.loc[1, "n_treated"]) == (192, 72)  # it leaves none out
    # Fewer than six are gone, of whom nothing may be told.
    hidden = ek.did.batch(panel(gaps, minimum_cell=6)).tidy()
    assert hidden[["n_units", "n_treated"]].isna().all(axis=None)
    assert hidden.loc[0, "estimate"] == runs.loc[0, "estimate"]


def test_p_values_are_adjusted_for_all_runs(frame: pd.DataFrame) -> None:
    noise = frame.assign(pay=np.random.default_rng(1).normal(size=len(frame)))
    runs = {one: ek.did.batch(panel(noise), ["y", "pay", "hours"], correction=one)
            for one in ("holm", "benjamini-hochberg", "none")}  # fmt: skip
    own = runs["none"].table["p_value"].to_numpy()
    assert np.array_equal(runs["none"].table["p_adjusted"], own)
    assert np.array_equal(runs["holm"].table["p_adjusted"], holm(own))
    assert np.array_equal(runs["benjamini-hochberg"].table["p_adjusted"], benjamini_hochberg(own))
    assert "adjusted for 3 tests by Holm (1979)" in runs["holm"].summary()
    part = ek.did.batch(panel(noise), ["y", "pay"], designs=DESIGNS)["pay"]
    assert isinstance(part, Batch)
    assert part.tests == 8  # a selection is no new family


def test_adjustments_are_those_of_the_papers() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005])
    assert holm(p).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert benjamini_hochberg(p).tolist() == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_runs_are_found_by_place_and_by_name(frame: pd.DataFrame) -> None:
    runs = ek.did.batch(panel(frame), ["y", "pay"], "region", DESIGNS)
    assert len(runs) == 24
    assert len(list(runs)) == 24
    assert isinstance(runs[0], Effect)
    part = runs["pay", "north"]
    assert isinstance(part, Batch)
    assert len(part) == 4
    with pytest.raises(ek.EvalkitError, match="called 'noth'") as caught:
        runs["noth"]
    assert "north" in str(caught.value.hint)
    with pytest.raises(ek.EvalkitError, match="no run has north and south together"):
        runs["north", "south"]
    with pytest.raises(IndexError):
        runs[24]


def test_a_run_that_cannot_be_has_its_reason(frame: pd.DataFrame) -> None:
    def refuses(_: Panel) -> Effect:
        raise PanelError("not on these")

    runs = ek.did.batch(panel(frame), designs={"one": ek.did.twfe, "other": refuses})
    row = runs.tidy().iloc[1]
    assert np.isnan(row["estimate"])
    assert row["note"] == "not on these"
    assert "not on these" in runs.summary()
    with pytest.raises(ek.EvalkitError, match="not on these"):
        runs["other"]
    with pytest.raises(PanelError, match="not on these"):
        ek.did.batch(panel(frame), designs={"other": refuses})


def test_it_shows_itself(frame: pd.DataFrame) -> None:
    runs = ek.did.batch(panel(frame), ["y", "pay"], "region", DESIGNS)
    assert repr(runs) == "Batch(24 runs: 2 outcomes x 3 subgroups x 4 designs)"
    html = runs._repr_html_()
    assert "later ones too" in html
    assert "Holm (1979)" in html
    assert "note" not in html
    data = json.loads(runs.to_json())
    assert len(data["runs"]) == 24
    assert data["tests"] == 24


def test_the_curve_is_in_order_with_what_was_chosen_below(frame: pd.DataFrame) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    runs = ek.did.batch(panel(frame), ["y"], "region", DESIGNS)
    ax = runs.plot()
    drawn = np.concatenate([line.get_ydata() for line in ax.lines if line.get_marker() == "o"])
    assert np.array_equal(np.sort(drawn), np.sort(runs.table["estimate"]))
    lower = ax.figure.axes[1]
    names = [label.get_text() for label in lower.get_yticklabels()]
    assert names == ["subgroup", "all", "north", "south", "design", *DESIGNS]
    squares = [line for line in lower.lines if line.get_marker() == "s"]
    assert sum(len(line.get_xdata()) for line in squares) == 2 * len(runs)
    order = runs.table.sort_values("estimate", kind="stable")
    mine = next(line for line in squares if set(line.get_ydata()) == {names.index("imputation")})
    assert [order.iloc[int(x)]["design"] for x in mine.get_xdata()] == ["imputation"] * 3
    own = plt.subplots()[1]
    assert runs.plot(own) is own
    plt.close("all")


def test_hollow_and_filled_tell_of_the_adjusted_p_value(frame: pd.DataFrame) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    noise = frame.assign(pay=np.random.default_rng(1).normal(size=len(frame)))
    ax = ek.did.batch(panel(noise), ["y", "pay"]).plot()
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named == ["adjusted p below 0.05", "not so"]


def test_a_small_subgroup_is_not_had_from_the_others(frame: pd.DataFrame) -> None:
    made = frame.assign(
        size=np.select([frame["id"] % 20 == 0, frame["id"] % 2 == 0], ["S", "M"], "L")
    )
    runs = ek.did.batch(panel(made, minimum_cell=10), None, ["size", "region"])
    table = runs.tidy().set_index("subgroup")
    assert table.index[table["estimate"].isna()].tolist() == ["size: M", "size: S"]
    assert table.loc["size: S", "note"] == "fewer than 10 units: suppressed"
    assert "could be derived" in table.loc["size: M", "note"]
    assert table.loc[["size: M", "size: S"], ["n_units", "n_treated"]].isna().all(axis=None)
    for view in (runs.summary(), runs._repr_html_(), runs.to_json()):
        assert "NaN" in view or "null" in view
    with pytest.raises(ek.EvalkitError, match="fewer than 10 units"):
        runs["size: S"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"outcomes": ["nothing"]}, "no column 'nothing'"),
        ({"outcomes": ["region"]}, "region"),
        ({"subgroups": ["y"]}, "varies within a unit"),
        ({"subgroups": ["id"]}, "192 values, and subgroups are 2 to 50"),
        ({"designs": [lambda one: one]}, "no name"),
        ({"designs": [ek.did.twfe, ek.did.twfe]}, "the name twfe again"),
        ({"designs": {}}, "no design"),
        ({"designs": ["twfe"]}, "the estimator is a str"),
        ({"correction": "bonferroni"}, "correction='bonferroni'"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    frame: pd.DataFrame, asked: dict[str, Any], why: str
) -> None:
    with pytest.raises(ek.EvalkitError, match=why):
        ek.did.batch(panel(frame), **asked)
