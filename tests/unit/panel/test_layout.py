"""The order of rows: the same panel whatever the order of the table, by each route."""

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import Panel, PanelError, layout
from evalkit.panel.codes import CLOSE, distinct

ROLES = {"unit": "u", "time": "t", "outcome": "y", "cohort": "g"}


def simulated(units: int = 30, periods: int = 4) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "u": np.repeat(np.arange(units) * 7 + 3, periods),
            "t": np.tile(np.arange(2001, 2001 + periods), units),
            "y": rng.normal(size=units * periods),
            "g": np.repeat(rng.choice([0, 2002, 2003], units), periods),
        }
    )


def by_key(panel: Panel) -> pd.Series:
    """Outcome by the unit's name and the period, as the panel has placed them."""
    names = panel.frame["u"].to_numpy()
    names = names if panel.order is None else names[panel.order]
    index = pd.MultiIndex.from_arrays([names, panel.clock.values[panel.time]])
    assert (pd.Series(names).groupby(panel.unit).nunique() == 1).all()
    return pd.Series(panel.y, index).sort_index()


def test_ordered_rows_stay_where_they_are() -> None:
    frame = simulated()
    panel = Panel(frame, **ROLES)
    assert panel.order is None
    assert panel.balanced
    if int(pd.__version__.partition(".")[0]) >= 3:  # before, a frame copied its columns
        assert np.shares_memory(panel.y, frame["y"].to_numpy())
    assert panel.unit.tolist() == np.repeat(np.arange(30), 4).tolist()
    assert panel.time.tolist() == np.tile(np.arange(4), 30).tolist()
    assert panel.first_rows.tolist() == list(range(0, 120, 4))


@pytest.mark.parametrize("how", ["rows", "units", "periods", "names"])
def test_the_order_of_rows_does_not_matter(how: str) -> None:
    frame = simulated()
    expected = by_key(Panel(frame, **ROLES))
    mixed = {
        "rows": frame.sample(frac=1, random_state=1),
        "units": frame.sort_values(["u", "t"], ascending=[False, True]),
        "periods": frame.sort_values(["t", "u"]),
        "names": frame.sample(frac=1, random_state=2).astype({"u": str}),
    }[how]
    panel = Panel(mixed, **ROLES)
    found = by_key(panel)
    if how == "names":
        found.index = found.index.set_levels(found.index.levels[0].astype(int), level=0)
    pd.testing.assert_series_equal(found.sort_index(), expected)
    assert panel.balanced
    assert panel.cohort_sizes == Panel(frame, **ROLES).cohort_sizes


def test_units_in_blocks_need_no_sorting_whatever_their_names() -> None:
    frame = simulated()
    frame["u"] = -frame["u"]
    assert Panel(frame, **ROLES).order is None
    assert Panel(frame.astype({"u": str}), **ROLES).order is None


@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("sparse", [0, layout.SPARSE])
def test_gaps_are_kept(monkeypatch: pytest.MonkeyPatch, sparse: int, *, shuffled: bool) -> None:
    monkeypatch.setattr(layout, "SPARSE", sparse)  # nought: always by comparing
    frame = simulated().drop(index=[1, 17, 18])
    mixed = frame.sample(frac=1, random_state=1) if shuffled else frame
    panel = Panel(mixed, **ROLES)
    assert not panel.balanced
    assert (panel.order is not None) == shuffled
    expected = frame.set_index(["u", "t"])["y"]
    np.testing.assert_array_equal(by_key(panel), expected.sort_index())
    assert panel.complete().n_units == 28


def test_equally_many_rows_are_not_yet_the_same_periods() -> None:
    frame = simulated(units=2, periods=3)
    frame.loc[5, "t"] = 2004  # the second unit lacks 2003 and has 2004
    panel = Panel(frame, **ROLES)
    assert not panel.balanced
    assert panel.time.tolist() == [0, 1, 2, 0, 1, 3]


def test_a_unit_that_comes_back_later_is_one_unit() -> None:
    frame = simulated(units=2, periods=4)
    parts = pd.concat([frame[frame["t"] < 2003], frame[frame["t"] >= 2003]])
    panel = Panel(parts, **ROLES)
    assert panel.n_units == 2
    assert panel.balanced
    np.testing.assert_array_equal(panel.y, frame["y"])


@pytest.mark.parametrize("shuffled", [False, True])
def test_two_rows_for_a_unit_and_period_are_refused_and_named(*, shuffled: bool) -> None:
    frame = pd.concat([simulated(), simulated().iloc[[6]]], ignore_index=True)
    mixed = frame.iloc[[*range(7, 121), *range(7)]] if shuffled else frame
    places = "rows 113 and 120" if shuffled else "rows 6, 120"
    with pytest.raises(PanelError, match="1 unit-period pairs have more than one row") as caught:
        Panel(mixed, **ROLES)
    assert places.replace(" and", ",") in str(caught.value)


def test_repeated_cross_sections_have_a_unit_a_row() -> None:
    panel = Panel(simulated(), **(ROLES | {"unit": None}))
    assert panel.n_units == 120
    assert panel.unit.tolist() == list(range(120))
    assert panel.time.tolist() == np.tile(np.arange(4), 30).tolist()


@pytest.mark.parametrize(("most", "step"), [(5, 1), (5, CLOSE), (40_000, 1)])
def test_distinct_is_numpys(most: int, step: int) -> None:
    values = np.random.default_rng(1).integers(-most, most, 200 * most) * step
    found, codes = distinct(values)
    np.testing.assert_array_equal(found, np.unique(values))
    np.testing.assert_array_equal(found[codes], values)
