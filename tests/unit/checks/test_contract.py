"""What every diagnostic's result keeps to, whatever the periods are written as."""

import dataclasses
import inspect
import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from evalkit import checks, did
from evalkit.checks.result import CheckResult
from evalkit.errors import EvalkitError
from evalkit.language.told import Told
from tests.unit.did.contract_panels import CLOCKS, small_frame, small_panel


def effect(panel):
    return did.group_time(panel).aggregate("simple")


def study(clock, **options):
    return did.event_study(small_panel(clock), **options)


def with_gaps(clock):
    frame = small_frame()
    gaps = np.random.default_rng(1).random(len(frame)) < 0.1
    return small_panel(clock, frame[~gaps].assign(x=lambda one: one["x"] + one["t"] % 3))


def sections(clock):
    frame = small_frame()
    return small_panel(clock, frame.assign(unit=range(len(frame))), unit=None)


MADE = {
    "composition": lambda clock: checks.composition(with_gaps(clock), ["x"]),
    "honest": lambda clock: checks.honest(study(clock)),
    "jackknife": lambda clock: checks.jackknife(small_panel(clock), effect),
    "leave_one_out": lambda clock: checks.leave_one_out(small_panel(clock), effect),
    "overlap": lambda clock: checks.overlap(small_panel(clock), ["x"]),
    "placebo": lambda clock: checks.placebo(small_panel(clock), effect),
    "placebo_groups": lambda clock: checks.placebo_groups(small_panel(clock), effect, draws=5),
    "power": lambda clock: checks.power(effect(small_panel(clock)), relevant=1.0),
    "power_of_design": lambda _: checks.power_of_design(50, pre=2, post=2, variance=1.0),
    "pretrends": lambda clock: checks.pretrends(study(clock)),
    "randomisation": lambda clock: checks.randomisation(small_panel(clock), effect, draws=19),
    "wild_bootstrap": lambda clock: checks.wild_bootstrap(small_panel(clock), draws=99),
    "composition, nothing moves": lambda clock: checks.composition(small_panel(clock)),
    "composition, cross-sections": lambda clock: checks.composition(sections(clock)),
    "leave_one_out, one cohort": lambda clock: checks.leave_one_out(
        small_panel(clock, small_frame(cohorts=(0, 2005))), effect
    ),
    "overlap, no period before": lambda clock: checks.overlap(
        small_panel(clock, small_frame(cohorts=(0, 2001, 2005))), ["x"]
    ),
    "pretrends, no period before": lambda clock: checks.pretrends(
        study(clock, window=(-1, 3), binned=False)
    ),
    "wild_bootstrap, no end": lambda clock: checks.wild_bootstrap(
        small_panel(clock, small_frame(cohorts=(0, 2005), units=2)), draws=99
    ),
}

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


@pytest.fixture(scope="module")
def results():
    """Every result, computed once per clock."""
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


def test_every_check_is_here():
    functions = {name for name in checks.__all__ if inspect.isfunction(getattr(checks, name))}
    assert functions - {"honest_from"} <= set(MADE)  # which gives a frame, no verdict


@pytest.mark.parametrize("name", MADE)
def test_a_result_cannot_be_changed(name, results):
    found = results(name)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.outcome = "passed"
    kept = found.table.copy()
    copy = found.tidy()
    copy["note"] = "mine"
    pd.testing.assert_frame_equal(found.table, kept)


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("name", MADE)
def test_a_result_says_what_it_found(name, clock, results):
    found = results(name, clock)
    assert found.outcome in {"passed", "failed", "not decisive"}
    assert found.outcome == results(name).outcome
    summary, page = found.summary(), found._repr_html_()
    record = strict(found.to_json())
    assert f"{found.method.title}: {found.outcome}" in summary
    assert found.says in summary
    rows = min(len(found.table), 30)  # a longer table is cut, an empty one is not shown
    assert page.count("<tr") == (rows + 1 if rows else 0)
    assert record["outcome"] == found.outcome
    assert len(record["table"]) == len(found.table)
    for text in (summary, page, found.to_json()):
        assert "00:00" not in text
    if "cohort" in found.table and clock != "years":
        written = [str(one)[:4] for one in found.table["cohort"]]
        assert set(written) <= {"2001", "2002"}


@pytest.mark.parametrize("name", MADE)
def test_what_a_result_says_can_be_said_in_dutch(name, results):
    found = results(name)
    for text in (found.says, *found.notes):
        assert isinstance(text, Told), text
        assert text.into("nl") != text.into("en")


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("name", MADE)
def test_a_result_draws_itself(name, clock, results):
    mpl.use("Agg")
    ax = results(name, clock).plot()
    ax.figure.draw_without_rendering()
    assert ax.has_data()
    assert ax.get_xlabel()
    assert not any("00:00" in text.get_text() for text in ax.figure.findobj(mpl.text.Text))
    plt.close(ax.figure)


@pytest.mark.parametrize("name", MADE)
def test_a_result_draws_on_given_axes(name, results):
    ax = Figure().subplots()
    assert results(name).plot(ax) is ax


def test_an_interval_without_end_leaves_with_an_arrow(results):
    found = results("wild_bootstrap, no end")
    assert np.isinf(found.table["conf_high"]).any()
    ax = Figure().subplots()
    found.plot(ax)
    arrows = {line.get_marker() for line in ax.lines if len(line.get_xdata())}
    assert {"<", ">"} <= arrows
    assert np.isfinite(ax.get_xlim()).all()


def test_a_table_without_estimates_has_no_picture(results):
    power = results("power")
    plain = CheckResult(power.method, "passed", "", power.table)
    with pytest.raises(EvalkitError, match="power has no picture"):
        plain.plot()
