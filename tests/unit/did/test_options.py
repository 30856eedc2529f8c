"""What is asked of an estimator is read in one way, and refused in one way."""

import numpy as np
import pandas as pd
import pytest

from evalkit import did
from evalkit.did.options import check_choice, covariate_names, whole_number
from evalkit.errors import EvalkitError
from tests.unit.did.contract_panels import small_frame, small_panel

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


def two_periods():
    frame = small_frame(cohorts=(0, 2005))
    return small_panel(frame=frame[frame.t.isin([2004, 2005])])


def one_treated():
    frame = small_frame(cohorts=(0, 2005))
    return small_panel(frame=frame[(frame.g == 0) | (frame.unit == "2005-0")])


def one_series(**options):
    return did.interrupted_series(pd.Series(np.arange(20.0) ** 2), 10, **options)


ESTIMATORS = {
    "event_study": lambda **options: did.event_study(small_panel(), **options),
    "group_time": lambda **options: did.group_time(small_panel(), **options),
    "imputation": lambda **options: did.imputation(small_panel(), **options),
    "interrupted_series": one_series,
    "sun_abraham": lambda **options: did.sun_abraham(small_panel(), **options),
    "synthetic_control": lambda **options: did.synthetic_control(one_treated(), **options),
    "synthetic_did": lambda **options: did.synthetic_did(small_panel(), **options),
    "twfe": lambda **options: did.twfe(small_panel(), **options),
    "two_by_two": lambda **options: did.two_by_two(two_periods(), **options),
}


@pytest.mark.parametrize("alpha", [0, 1, 5, -0.1, float("nan"), "0.05", True, None])
@pytest.mark.parametrize("name", ESTIMATORS)
def test_alpha_is_between_nought_and_one(name, alpha):
    with pytest.raises(EvalkitError, match=r"alpha is .*\n.*between 0 and 1, such as 0\.05"):
        ESTIMATORS[name](alpha=alpha)


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("synthetic_did", {"inference": "bootstap"}, "did you mean 'bootstrap'"),
        ("synthetic_did", {"inference": "x"}, "inference='x' is unknown"),
        ("synthetic_did", {"weighting": "x"}, "choose from: sdid, sc, did"),
        ("twfe", {"errors": "clusters"}, "did you mean 'cluster'"),
        ("event_study", {"errors": "x"}, "errors='x' is unknown"),
        ("sun_abraham", {"errors": "x"}, "errors='x' is unknown"),
        ("interrupted_series", {"errors": "newey-west"}, "did you mean 'newey_west'"),
        ("two_by_two", {"method": "dr-improved"}, "did you mean 'dr_improved'"),
        ("group_time", {"control": "notyet"}, "did you mean 'not_yet'"),
        ("group_time", {"base_period": "univerzal"}, "did you mean 'universal'"),
        ("synthetic_control", {"poor_fit": -1}, "poor_fit is -1"),
        ("synthetic_control", {"poor_fit": 0.5}, "multiple of 1 or more"),
        ("synthetic_control", {"placebos": 0}, "placebos is 0"),
        ("imputation", {"pretrends": -1}, "pretrends is -1"),
        ("imputation", {"pretrends": 1.5}, "pretrends is 1.5"),
        ("imputation", {"horizons": -3}, "horizons is -3"),
        ("imputation", {"horizons": "all"}, "horizons is 'all'"),
        ("event_study", {"reference": "last"}, "reference is 'last'"),
        ("event_study", {"binned": True}, "binned=True has no ends"),
    ],
)
def test_what_does_not_exist_is_refused(name, options, says):
    with pytest.raises(EvalkitError, match=says):
        ESTIMATORS[name](**options)


@pytest.mark.parametrize("kind", ["group_time", "sun_abraham"])
def test_an_aggregate_that_does_not_exist_is_refused(kind):
    with pytest.raises(EvalkitError, match="did you mean 'cohort'"):
        ESTIMATORS[kind]().aggregate("cohorts")


@pytest.mark.parametrize(
    ("name", "plain", "written"),
    [
        ("event_study", {"reference": -1}, {"reference": np.int64(-1)}),
        ("event_study", {"reference": -1}, {"reference": -1.0}),
        ("event_study", {"reference": (-1, -2)}, {"reference": np.array([-1, -2])}),
        ("sun_abraham", {"reference": -1}, {"reference": np.float64(-1)}),
        ("imputation", {"horizons": 2}, {"horizons": 2.0}),
        ("imputation", {"horizons": [0, 1]}, {"horizons": np.array([0.0, 1.0])}),
        ("imputation", {"pretrends": 2}, {"pretrends": np.int64(2)}),
    ],
)
def test_whole_numbers_may_be_written_otherwise(name, plain, written):
    expected = ESTIMATORS[name](**plain).table
    pd.testing.assert_frame_equal(ESTIMATORS[name](**written).table, expected)


@pytest.mark.parametrize("name", ["event_study", "group_time", "imputation", "sun_abraham", "twfe"])
def test_a_single_name_is_one_covariate(name):
    frame = small_frame().assign(lx=np.random.default_rng(0).normal(size=216))
    estimator = getattr(did, name)
    expected = estimator(small_panel(frame=frame), covariates=["lx"]).table
    pd.testing.assert_frame_equal(
        estimator(small_panel(frame=frame), covariates="lx").table, expected
    )


def test_a_single_name_is_one_covariate_of_two_groups():
    expected = did.two_by_two(two_periods(), covariates=["x"], method="reg").table
    found = did.two_by_two(two_periods(), covariates="x", method="reg").table
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("name", ["event_study", "group_time", "imputation", "sun_abraham", "twfe"])
def test_weights_of_nought_are_refused(name):
    panel = small_panel(frame=small_frame().assign(w=0.0), weights="w")
    with pytest.raises(EvalkitError, match="all weights in column 'w' are nought"):
        getattr(did, name)(panel)


def test_reading_of_options():
    check_choice("kind", "a", ("a", "b"))
    assert covariate_names(("a", "b")) == ("a", "b")
    assert whole_number("n", np.float64(3)) == 3
    for wrong in (True, np.nan, np.inf, "3", [3]):
        with pytest.raises(EvalkitError, match="n is"):
            whole_number("n", wrong)


def test_bacon_does_not_send_cross_sections_to_complete():
    frame = small_frame()
    panel = small_panel(frame=frame.assign(unit=range(len(frame))), unit=None)
    with pytest.raises(EvalkitError, match=r"follows units through time.*\n.*group_time"):
        did.bacon(panel)


@pytest.mark.parametrize(("second", "apart"), [(2006, 1), (2007, 2), (2008, 3)])
def test_the_hint_of_further_references_suffices(second, apart):
    """Cohorts d periods apart leave a line and a pattern of period d: d + 1 references."""
    panel = small_panel(frame=small_frame(cohorts=(2005, second)))
    needed = tuple(range(-1, -apart - 2, -1))
    shown = ", ".join(map(str, needed))
    with pytest.raises(EvalkitError, match=rf"{apart + 1} references.*reference=\({shown}\)"):
        did.event_study(panel)
    assert did.event_study(panel, reference=needed).table["std_error"].notna().all()
    if apart > 1:
        with pytest.raises(EvalkitError, match="cannot be told"):
            did.event_study(panel, reference=needed[:-1])


def test_full_timestamps_stay_out_of_messages():
    late = small_panel("dates", small_frame(cohorts=(2005, 2006)))
    notes = did.group_time(late, control="not_yet").notes
    assert any("cohort 2002-04-01 is compared" in note for note in notes)
    everyone = small_panel("dates", small_frame(cohorts=(2005,)))
    with pytest.raises(EvalkitError) as refused:
        did.group_time(everyone, control="not_yet")
    assert "00:00" not in "".join(notes) + str(refused.value)


@pytest.mark.parametrize("value", [10**10, 10**26, 10**400, 1e30])
@pytest.mark.parametrize("name", ["group_time", "sun_abraham"])
def test_a_number_beyond_all_periods_is_refused(name, value):
    option = {"group_time": "anticipation", "sun_abraham": "reference"}[name]
    with pytest.raises(EvalkitError, match=rf"{option} is "):
        ESTIMATORS[name](**{option: value})


def test_more_anticipation_than_periods_leaves_nothing_to_compare_with():
    with pytest.raises(EvalkitError, match="period before treatment"):
        ESTIMATORS["group_time"](anticipation=1000)
