"""What somebody new to the estimators does first: mistakes are answered in words that are true."""

import warnings

import numpy as np
import pandas as pd
import pytest

import evalkit as ek
from evalkit.errors import EvalkitError
from evalkit.panel import PanelError, PanelWarning
from tests.unit.did.contract_panels import small_frame, small_panel

BY_NAME = [
    "bacon",
    "event_study",
    "group_time",
    "imputation",
    "sun_abraham",
    "synthetic_control",
    "synthetic_did",
    "twfe",
    "two_by_two",
]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_frame_is_not_a_panel_and_the_hint_says_how_to_make_one(name):
    with pytest.raises(PanelError, match=r"a DataFrame is not a Panel\n.*with ek\.Panel"):
        getattr(ek.did, name)(small_frame())


@pytest.mark.parametrize(
    "name", ["jackknife", "leave_one_out", "placebo", "placebo_groups", "randomisation"]
)
def test_a_check_takes_a_panel_and_something_to_call_on_it(name):
    check = getattr(ek.checks, name)
    with pytest.raises(EvalkitError, match=rf"{name} takes the panel first, then the estimator"):
        check(ek.did.twfe, small_panel())
    how = rf"ek\.checks\.{name}\(panel, ek\.did\.group_time\)"
    with pytest.raises(EvalkitError, match=rf"a GroupTime is a result already\n.*{how}"):
        check(ek.did.group_time(small_panel()))
    with pytest.raises(EvalkitError, match=rf"no estimator is given\n.*{how}"):
        check(small_panel())
    with pytest.raises(PanelError, match="a DataFrame is not a Panel"):
        check(small_frame(), ek.did.twfe)
    with pytest.raises(EvalkitError, match=r"the estimator is a str.*\n.*ek\.did\.twfe"):
        check(small_panel(), "twfe")


@pytest.mark.parametrize("name", ["pretrends", "power"])
def test_a_check_of_an_effect_refuses_the_panel(name):
    with pytest.raises(EvalkitError, match=r"a Panel is not the result of an estimator\n.*hint"):
        getattr(ek.checks, name)(small_panel())


@pytest.mark.parametrize("name", ["wild_bootstrap", "composition", "overlap"])
def test_a_check_of_a_panel_refuses_an_effect(name):
    with pytest.raises(
        PanelError, match=r"not a Panel\n.*give the panel that this result was estimated on"
    ):
        getattr(ek.checks, name)(ek.did.twfe(small_panel()))


@pytest.mark.parametrize("name", ["pretrends", "honest", "power"])
def test_a_frame_is_no_result(name):
    with pytest.raises(EvalkitError, match="a DataFrame is not the result of an estimator"):
        getattr(ek.checks, name)(small_frame())


@pytest.mark.parametrize("given", [small_panel(), ek.did.twfe, "half", [0.5, None]])
def test_bounds_are_numbers(given):
    fit = ek.did.event_study(small_panel())
    with pytest.raises(EvalkitError, match=r"mbar is .*\n.*give numbers: mbar="):
        ek.checks.honest(fit, given)


@pytest.mark.parametrize(
    "ask",
    [ek.did.twfe, ek.did.imputation, ek.checks.composition, ek.checks.overlap],
)
def test_covariates_are_names(ask):
    with pytest.raises(EvalkitError, match=r"of the type Effect\n.*give a list of names"):
        ask(small_panel(), ek.did.twfe(small_panel()))


def test_outcomes_of_a_batch_are_names():
    with pytest.raises(EvalkitError, match=r"a function is no list of columns\n.*designs="):
        ek.did.batch(small_panel(), ek.did.twfe)


def frame_of(cohorts):
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(len(cohorts)), 4),
            "t": np.tile([1, 2, 3, 4], len(cohorts)),
            "g": np.repeat(cohorts, 4),
            "y": np.random.default_rng(1).normal(size=4 * len(cohorts)),
        }
    )


def panel_of(frame):
    return ek.Panel(frame, unit="unit", time="t", outcome="y", cohort="g")


def test_all_treated_at_once_is_not_sent_on_to_not_yet_treated():
    with pytest.raises(PanelError, match="all units are treated from 3 on") as caught:
        ek.did.group_time(panel_of(frame_of([3] * 12)))
    assert "not_yet" not in str(caught.value)


@pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")
def test_units_treated_from_the_start_are_not_said_to_be_never_treated():
    with pytest.raises(PanelError, match=r"no unit starts treatment.*\n.*from the first period on"):
        ek.did.group_time(panel_of(frame_of([0] * 6 + [1] * 6)))


@pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")
def test_a_comparison_lost_with_the_gaps_is_said_to_be_so():
    frame = frame_of([0] * 6 + [3] * 6 + [4] * 6)
    gaps = frame[(frame.g > 0) | (frame.t != 2)]
    with pytest.raises(PanelError, match=r"without the units that lack a period, no unit is never"):
        ek.did.group_time(panel_of(gaps))
    assert np.isfinite(ek.did.group_time(panel_of(gaps), balanced=False).table["estimate"]).any()


def test_imputation_of_nothing_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error", PanelWarning)
        with pytest.raises(PanelError, match="no treated observation can be imputed"):
            ek.did.imputation(panel_of(frame_of([3] * 12)))


def test_a_series_of_a_panel_in_which_nobody_is_treated_has_a_hint_of_its_own():
    with pytest.raises(PanelError, match=r"nobody is treated within the panel") as caught:
        ek.did.interrupted_series(panel_of(frame_of([0] * 12)))
    assert "several cohorts" not in str(caught.value)


@pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")
@pytest.mark.parametrize("name", ["group_time", "sun_abraham", "imputation", "bacon", "twfe"])
def test_a_result_is_a_line_at_the_prompt_and_a_summary_in_print(name):
    found = getattr(ek.did, name)(small_panel())
    assert "\n" not in repr(found)
    assert repr(found).startswith(f"{type(found).__name__}({name} of jobs, ")
    assert str(found) == found.summary()


def test_a_single_series_is_not_clustered_by_nothing():
    found = ek.did.interrupted_series(pd.Series(np.arange(20.0) ** 2), 10)
    assert "Errors: Newey-West, one series, not clustered, 95% intervals" in found.summary()


def test_unevenly_spaced_periods_are_told_of_where_a_base_is_averaged_in():
    frame = frame_of([0] * 8 + [3] * 8 + [4] * 8)
    even = {0: 0, 1: 2001, 2: 2002, 3: 2003, 4: 2004}
    uneven = even | {4: 2007}
    for written, told in ((even, False), (uneven, True)):
        panel = panel_of(frame.assign(t=frame.t.map(written), g=frame.g.map(written)))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            fit = ek.did.group_time(panel, base_period="universal")
        assert any("unevenly spaced" in str(one.message) for one in caught) == told
        assert any("(−4 and −1)" in note for note in fit.aggregate("event").notes) == told


def test_a_column_of_being_treated_now_is_not_a_cohort():
    frame = frame_of([0] * 8 + [3] * 8)
    now = frame.assign(g=((frame.g > 0) & (frame.t >= frame.g)).astype(int))
    with pytest.raises(
        PanelError, match=r"varies within a unit.*\n.*not whether it is treated now"
    ):
        panel_of(now)
