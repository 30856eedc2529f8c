from __future__ import annotations

import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.did.interrupted_series import METHOD, interrupted_series
from evalkit.panel import Panel, PanelError, PanelWarning


def _series(before: int = 10, after: int = 10, seed: int = 1) -> pd.Series:
    noise = np.random.default_rng(seed).normal(size=before + after)
    years = range(2020 - before, 2020 + after)
    return pd.Series(noise + np.arange(before + after), index=years, name="jobs")


def _row(fit, term):
    return fit.table.set_index("term").loc[term]


def test_by_hand():
    """Before 1, 2, 2, 3: slope 0.6, mean 2 at 1.5, so 0.5 + 0.6 * 2.5 = 3.5 at the fifth point.

    After 6, 8, 8, 10: slope 1.2, mean 8 at 1.5 past the fifth point, so 6.2 there.
    """
    values = pd.Series([1.0, 2, 2, 3, 6, 8, 8, 10], index=range(2001, 2009))
    with pytest.warns(PanelWarning, match="4 points before and 4 after"):
        fit = interrupted_series(values, 2005, lags=0)
    assert _row(fit, "slope_before").estimate == pytest.approx(0.6)
    assert _row(fit, "level_before").estimate == pytest.approx(3.5)
    assert _row(fit, "level_change").estimate == pytest.approx(6.2 - 3.5)
    assert _row(fit, "slope_change").estimate == pytest.approx(1.2 - 0.6)
    # The mean of the values after, 8, less the mean of the line carried on, 3.5 + 0.6 * 1.5.
    assert _row(fit, "ATT").estimate == pytest.approx(8 - 4.4)
    # Without lags the slope before has the error of White, times 8/4: its residuals are
    # -0.1, 0.3, -0.3, 0.1 at -1.5 ... 1.5, and the sum of squares of these times is 5.
    white = sum((t * e) ** 2 for t, e in ((-1.5, -0.1), (-0.5, 0.3), (0.5, -0.3), (1.5, 0.1)))
    assert _row(fit, "slope_before").std_error == pytest.approx(np.sqrt(2 * white) / 5)
    assert fit.inference.df == 4


def test_it_says_that_the_design_is_weak():
    fit = interrupted_series(_series(), 2020)
    assert "weak design" in METHOD.title
    assert "weak design" in fit.notes[0]
    assert "no comparison group" in fit.summary()


@pytest.mark.parametrize(("before", "after"), [(3, 20), (20, 3), (2, 2)])
def test_too_few_points_are_refused(before, after):
    message = f"{before} points before and {after} after"
    with pytest.raises(PanelError, match=message) as caught:
        interrupted_series(_series(before, after), 2020)
    assert "at least 4" in str(caught.value)


@given(st.floats(-1e3, 1e3), st.floats(0.01, 100), st.integers(0, 50))
def test_a_constant_and_a_scale_pass_through(constant, scale, seed):
    series = _series(seed=seed)
    plain, moved = (interrupted_series(one, 2020) for one in (series, series * scale + constant))
    changes = ["level_change", "slope_change", "ATT"]
    for name in ("estimate", "std_error"):
        a, b = (fit.table.set_index("term")[name][changes] for fit in (plain, moved))
        np.testing.assert_allclose(b, a * scale, rtol=1e-6, atol=1e-7 * scale)


def test_the_order_of_rows_is_nothing():
    series = _series()
    shuffled = series.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        interrupted_series(series, 2020).table, interrupted_series(shuffled, 2020).table
    )


def _frame(cohorts=(2020, 2020)) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"unit": at, "t": (one := _series(seed=at)).index, "y": one.values, "g": g})
        for at, g in enumerate(cohorts)
    ]
    return pd.concat(parts)


def _panel(frame: pd.DataFrame) -> Panel:
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g")


def test_a_panel_gives_the_series_of_its_means():
    frame = _frame()
    fit = interrupted_series(_panel(frame))
    pd.testing.assert_series_equal(
        fit.table.estimate, interrupted_series(frame.groupby("t").y.mean(), 2020).table.estimate
    )
    assert set(fit.table.n_units) == {2}


@pytest.mark.parametrize(
    ("cohorts", "message"),
    [
        ((2020, 0), "never-treated units"),
        ((2020, 2022), "2 cohorts"),
        ((0, 0), "nobody is treated"),
    ],
)
def test_a_panel_that_is_no_single_series_is_refused(cohorts, message):
    with pytest.raises(PanelError, match=message):
        interrupted_series(_panel(_frame(cohorts)))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.drop(2015), "equally far apart: see those after 2014"),
        (lambda s: s * 0 + 3, "never varies"),
        (lambda s: s.where(s.index != 2013), "missing, infinite or text at 2013"),
        (lambda s: pd.concat([s, s.iloc[:1]]), "two values for one period"),
        (lambda s: s.to_numpy(), "is no series"),
    ],
)
def test_flaws_of_the_series_are_named(change, message):
    with pytest.raises(PanelError, match=message):
        interrupted_series(change(_series()), 2020)


def test_flaws_of_the_options_are_named():
    with pytest.raises(PanelError, match="not given"):
        interrupted_series(_series())
    with pytest.raises(PanelError, match="start 1066 is no period"):
        interrupted_series(_series(), 1066)
    with pytest.raises(PanelError, match="lags do not fit"):
        interrupted_series(_series(), 2020, lags=99)


def test_exact_lines_have_no_error_and_a_note():
    series = pd.Series(np.r_[np.arange(10.0), np.arange(20.0, 40, 2)], index=range(2010, 2030))
    fit = interrupted_series(series, 2020)
    assert _row(fit, "level_change").estimate == pytest.approx(10)
    assert fit.table.std_error.isna().all()
    assert "exactly" in fit.notes[-1]


def test_quarters_and_months():
    quarters = pd.Series(_series().values, index=pd.period_range("2018Q1", periods=20, freq="Q"))
    months = pd.Series(_series().values, index=pd.date_range("2018-01-01", periods=20, freq="MS"))
    plain = interrupted_series(_series(), 2020).table.estimate
    for series in (quarters, months):
        fit = interrupted_series(series, series.index[10])
        np.testing.assert_allclose(fit.table.estimate, plain)


def test_json_holds_the_paths():
    found = json.loads(json.dumps(interrupted_series(_series(), 2020).to_dict(), default=str))
    assert len(found["paths"]) == 20


def test_the_plot_shows_the_series_and_what_was_expected():
    mpl.use("Agg")
    fit = interrupted_series(_series(), 2020)
    ax = fit.plot()
    lines = {line.get_label(): line for line in ax.lines}
    assert {"observed", "fitted", "expected", "treated from 2020"} <= set(lines)
    assert list(lines["observed"].get_ydata()) == fit.paths["observed"].tolist()
    assert lines["expected"].get_xdata()[0] == 2020
    assert ax.get_title(loc="left") == "jobs"
    ax.figure.canvas.draw()
    plt.close(ax.figure)


def test_the_plot_of_quarters_writes_them_at_the_axis():
    mpl.use("Agg")
    series = _series()
    series.index = pd.period_range("2018Q1", periods=len(series), freq="Q").astype(str)
    ax = interrupted_series(series, "2020Q3").plot()
    ax.figure.canvas.draw()
    shown = {text.get_text() for text in ax.get_xticklabels()} - {""}
    assert shown <= set(series.index)
    assert len(shown) > 2
    plt.close(ax.figure)
