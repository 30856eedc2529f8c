"""What every estimator's result keeps to, whatever its periods are written as."""

import dataclasses
import inspect
import json
import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from evalkit import did
from evalkit.errors import EvalkitError
from evalkit.language.told import Told
from tests.unit.did.contract_panels import CLOCKS, YEARS, small_frame, small_panel, write_period


def two_periods(clock):
    frame = small_frame(cohorts=(0, 2005))
    return small_panel(clock, frame[frame.t.isin([2004, 2005])])


def one_cohort(clock):
    frame = small_frame(cohorts=(0, 2005))
    return small_panel(clock, frame[(frame.g == 0) | (frame.unit == "2005-0")])


def one_series(clock):
    values = np.random.default_rng(0).normal(size=len(YEARS)) + np.arange(len(YEARS))
    index = pd.Index([write_period(year, clock) for year in YEARS])
    series = pd.Series(values, index=index, name="jobs")
    return did.interrupted_series(series, write_period(2005, clock))


MADE = {
    "bacon": lambda clock: did.bacon(small_panel(clock)),
    "event_study": lambda clock: did.event_study(small_panel(clock)),
    "group_time": lambda clock: did.group_time(small_panel(clock)),
    "imputation": lambda clock: did.imputation(small_panel(clock), pretrends=2),
    "interrupted_series": one_series,
    "sun_abraham": lambda clock: did.sun_abraham(small_panel(clock)),
    "synthetic_control": lambda clock: did.synthetic_control(one_cohort(clock)),
    "synthetic_did": lambda clock: did.synthetic_did(small_panel(clock), inference="jackknife"),
    "twfe": lambda clock: did.twfe(small_panel(clock)),
    "two_by_two": lambda clock: did.two_by_two(two_periods(clock)),
    "group_time, universal base": lambda clock: did.group_time(
        small_panel(clock), base_period="universal", seed=1
    ),
    "group_time, simple": lambda clock: did.group_time(small_panel(clock)).aggregate("simple"),
    "group_time, cohort": lambda clock: did.group_time(small_panel(clock)).aggregate("cohort"),
    "group_time, calendar": lambda clock: did.group_time(small_panel(clock)).aggregate("calendar"),
    "group_time, event": lambda clock: did.group_time(small_panel(clock)).aggregate("event"),
    "group_time, rows": lambda clock: did.group_time(
        small_panel(clock), covariates=["x"], panel_data=False
    ),
    "sun_abraham, cohort": lambda clock: did.sun_abraham(small_panel(clock)).aggregate("cohort"),
}
LONE = ("group_time, simple", "twfe", "two_by_two")
WITHOUT_COVARIANCE = ("bacon", "synthetic_control")

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


@pytest.fixture(scope="module")
def results():
    """Every result, estimated once per clock."""
    made = {}

    def give(name, clock="years"):
        if (name, clock) not in made:
            made[name, clock] = MADE[name](clock)
        return made[name, clock]

    return give


def strict(text):
    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


def test_every_estimator_is_here():
    functions = {name for name in did.__all__ if inspect.isfunction(getattr(did, name))}
    assert functions - {"batch"} <= set(MADE)  # which runs estimators, and is none


@pytest.mark.parametrize("name", MADE)
def test_a_result_cannot_be_changed(name, results):
    fit = results(name)
    with pytest.raises(dataclasses.FrozenInstanceError):
        fit.outcome = "wages"
    kept = fit.table.copy()
    copy = fit.tidy()
    copy["estimate"] = 0.0
    pd.testing.assert_frame_equal(fit.table, kept)


@pytest.mark.parametrize("name", MADE)
def test_the_tidy_frame_holds_numbers(name, results):
    table = results(name).tidy()
    assert table.columns[0] == "term"
    assert table["term"].is_unique
    assert np.isfinite(table["estimate"]).all()


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("name", MADE)
def test_a_result_shows_itself(name, clock, results):
    fit = results(name, clock)
    summary, page = fit.summary(), fit._repr_html_()
    assert fit.method.title in summary
    assert "Outcome: jobs" in summary
    assert page.count("<tr") == len(fit.table) + 1
    record = strict(fit.to_json())
    assert record["method"] == fit.method.name
    assert [row["term"] for row in record["table"]] == fit.table["term"].tolist()
    for text in (summary, page, fit.to_json(), *fit.notes):
        assert "00:00" not in text


@pytest.mark.parametrize("name", MADE)
def test_what_a_result_notes_can_be_said_in_dutch(name, results):
    fit = results(name)
    for text in (*fit.notes, *(one.reason for one in fit.dropped)):
        assert isinstance(text, Told), text
        assert text.into("nl") != text.into("en")


@pytest.mark.parametrize("clock", CLOCKS[1:])
@pytest.mark.parametrize("name", MADE)
def test_the_clock_does_not_matter(name, clock, results):
    counted, written = results(name), results(name, clock)
    numbers = ["estimate", *(["std_error"] if "std_error" in counted.table else [])]
    pd.testing.assert_frame_equal(counted.table[numbers], written.table[numbers])
    shown = {year: str(pd.Period("2001Q1") + (year - 2001)) for year in YEARS}
    if clock == "dates":
        shown = {year: f"{write_period(year, clock):%Y-%m-%d}" for year in YEARS}
    terms = [
        re.sub(r"\b20\d\d\b", lambda year: shown[int(year[0])], term)
        for term in counted.table["term"]
    ]
    assert written.table["term"].tolist() == terms


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("name", MADE)
def test_a_result_draws_itself_or_says_why_not(name, clock, results):
    mpl.use("Agg")
    fit = results(name, clock)
    if name in LONE:
        with pytest.raises(EvalkitError, match="no more than its number"):
            fit.plot()
        return
    figure = fit.plot().figure
    figure.draw_without_rendering()
    assert all(ax.has_data() for ax in figure.axes)
    words = [text.get_text() for text in figure.findobj(mpl.text.Text)]
    assert any("jobs" in word for word in words)
    assert not any("00:00" in word for word in words)
    plt.close(figure)


@pytest.mark.parametrize("name", [name for name in MADE if name not in LONE])
def test_a_result_draws_on_given_axes(name, results):
    ax = Figure().subplots()
    fit = results(name)
    options = {"cohort": 2005} if isinstance(fit, did.group_time_result.GroupTime) else {}
    assert fit.plot(ax, **options) is ax
    assert ax.has_data()


@pytest.mark.parametrize("name", [name for name in MADE if name not in WITHOUT_COVARIANCE])
def test_the_band_holds_the_intervals(name, results):
    fit = results(name)
    band = fit.uniform(seed=2)
    held = band[band["band_low"].notna()]
    assert len(held)
    assert (held["band_low"] <= held["conf_low"] + 1e-12).all()
    assert (held["band_high"] >= held["conf_high"] - 1e-12).all()
    pd.testing.assert_frame_equal(band, fit.uniform(seed=2))
    if len(held) > 1:
        assert not band.equals(fit.uniform(seed=3))


@pytest.mark.parametrize("name", WITHOUT_COVARIANCE)
def test_without_covariance_there_is_no_band(name, results):
    with pytest.raises(EvalkitError, match="no covariance"):
        results(name).uniform()
