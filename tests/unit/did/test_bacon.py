from __future__ import annotations

import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from evalkit.did.bacon import ALWAYS, EARLIER, LATER, METHOD, UNTREATED, bacon
from evalkit.did.twfe import twfe
from evalkit.panel import Panel, PanelError

FIRMS = pd.DataFrame(
    {
        "firm": np.repeat([1, 2, 3], 3),
        "year": [1, 2, 3] * 3,
        "jobs": [0.0, 2, 2, 0, 0, 3, 1, 1, 1],
        "start": np.repeat([2, 3, 0], 3),
    }
)


def firms(frame: pd.DataFrame = FIRMS, **roles: str | None) -> Panel:
    return Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start", **roles)


def simulated(seed: int, pool: tuple[int, ...] = (0, 1, 3, 4, 6)) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    start = np.concatenate([pool, pool, draw.choice(pool, 20)])
    units = len(start)
    frame = pd.DataFrame(
        {
            "firm": np.repeat(np.arange(units), 6),
            "year": np.tile(np.arange(1, 7), units),
            "start": np.repeat(start, 6),
        }
    )
    treated = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    grows = treated * (frame["year"] - frame["start"] + 1)
    return frame.assign(jobs=draw.normal(size=len(frame)) + 50 + grows)


def test_by_hand() -> None:
    """Firm 1 is treated in 2/3 of the periods, firm 2 in 1/3, firm 3 never.

    Weights before scaling (groups of one): 1 or 2 against 3: 2/3 x 1/3 = 2/9 each; 1 against 2
    before 3: (2/3 - 1/3)(1 - 2/3) = 1/9; 2 against 1 from 2 on: 1/3 (2/3 - 1/3) = 1/9; in sum 6/9.
    Estimates: 2 - 0 = 2; 3 - 0 = 3; in periods 1-2 (2 - 0) - 0 = 2; in 2-3 (3 - 0) - (2 - 2) = 3.
    """
    found = bacon(firms())
    rows = found.tidy().set_index(["treated", "untreated"])
    expected = {(2, 0): (2, 1 / 3), (3, 0): (3, 1 / 3), (2, 3): (2, 1 / 6), (3, 2): (3, 1 / 6)}
    assert set(rows.index) == set(expected)
    for pair, (estimate, weight) in expected.items():
        assert rows.loc[pair, "estimate"] == pytest.approx(estimate)
        assert rows.loc[pair, "weight"] == pytest.approx(weight)
    assert found.weighted_sum == pytest.approx(2.5)
    assert list(rows["type"]) == [EARLIER, UNTREATED, LATER, UNTREATED]
    kinds = found.by_type.set_index("type")
    assert kinds.loc[UNTREATED, "weight"] == pytest.approx(2 / 3)
    assert kinds.loc[UNTREATED, "estimate"] == pytest.approx(2.5)
    assert found.method is METHOD


@given(st.integers(0, 10_000), st.sampled_from([(0, 1, 3, 4), (3, 4, 6), (0, 5), (1, 3, 4)]))
@settings(max_examples=25)
@pytest.mark.filterwarnings("ignore::evalkit.panel.dropped.PanelWarning")  # few units
def test_the_weighted_sum_is_the_coefficient(seed: int, pool: tuple[int, ...]) -> None:
    panel = firms(simulated(seed, pool))
    found = bacon(panel)
    whole = twfe(panel).table["estimate"][0]
    assert found.weighted_sum == pytest.approx(whole, rel=1e-9)
    assert found.table["weight"].sum() == pytest.approx(1)
    assert (found.table["weight"] > 0).all()
    by_type = found.by_type
    assert (by_type["weight"] * by_type["estimate"]).sum() == pytest.approx(whole, rel=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=10)
def test_invariants(seed: int) -> None:
    frame = simulated(seed)
    base = bacon(firms(frame)).tidy()
    names = dict(enumerate(np.random.default_rng(seed).permutation(1000)[:30]))
    mixed = frame.assign(firm=frame["firm"].map(names)).sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(bacon(firms(mixed)).tidy(), base, rtol=1e-9)
    moved = bacon(firms(frame.assign(jobs=9 - 4 * frame["jobs"] + frame["year"]))).tidy()
    np.testing.assert_allclose(moved["estimate"], -4 * base["estimate"], rtol=1e-7)
    np.testing.assert_allclose(moved["weight"], base["weight"])


def test_always_treated_units_are_a_group_of_their_own() -> None:
    frame = simulated(1, (0, 1, 3))
    frame["start"] = frame["start"].replace(1, -4)
    kinds = set(bacon(firms(frame)).table["type"])
    assert kinds == {UNTREATED, ALWAYS}


def test_plot_shows_every_comparison() -> None:
    mpl.use("Agg")
    found = bacon(firms())
    figure = Figure()
    ax = figure.subplots()
    assert found.plot(ax) is ax
    assert sum(len(points.get_offsets()) for points in ax.collections) == len(found.table)
    assert [line.get_ydata()[0] for line in ax.lines] == [found.weighted_sum]
    shown = [text.get_text() for text in ax.get_legend().get_texts()]
    assert "Treated vs Untreated (weight 0.67)" in shown
    assert "Two-way fixed effects (2.5)" in shown
    assert ax.get_ylabel() == "Two-by-two estimate (jobs)"
    own = found.plot()
    own.figure.canvas.draw()
    plt.close(own.figure)


def test_summary_and_json() -> None:
    found = bacon(firms())
    assert "coefficient: 2.5000" in found.summary()
    record = json.loads(found.to_json())
    assert record["weighted_sum"] == pytest.approx(2.5)
    assert len(record["by_type"]) == 3


@pytest.mark.parametrize(
    ("panel", "message"),
    [
        (firms(FIRMS[1:]), "balanced panel"),
        (firms(FIRMS.assign(w=1.0), weights="w"), "without weights"),
        (firms(FIRMS.assign(start=2)), "there is no comparison"),
        (firms(FIRMS.assign(start=0)), "there is no comparison"),
    ],
)
def test_what_is_refused(panel: Panel, message: str) -> None:
    with pytest.raises(PanelError, match=message):
        bacon(panel)
