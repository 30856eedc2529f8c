"""Uniform bands against what is known of their reach."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit import did
from evalkit.did.effect import Effect, estimates
from evalkit.did.inference import Inference
from evalkit.did.method import Method
from evalkit.errors import EvalkitError
from tests.unit.did.contract_panels import small_panel

PLAIN = Method("plain", "", "", "", "", (), "", (), (), "")


def plain_effect(covariance, df=None, alpha=0.05, **columns):
    terms = [f"term {at}" for at in range(len(covariance))]
    errors = np.sqrt(np.diag(covariance))
    table = estimates(terms, np.zeros(len(terms)), errors, alpha=alpha, df=df, **columns)
    inference = Inference("analytic", "unit", 50, alpha, df)
    return Effect(PLAIN, "jobs", table, inference, pd.DataFrame(covariance, terms, terms))


def reach(effect, **options):
    band = effect.uniform(**options)
    return (band["band_high"] / band["std_error"]).to_numpy()


@pytest.mark.parametrize("terms", [2, 5, 20])
@pytest.mark.parametrize("alpha", [0.05, 0.1])
def test_independent_estimates_have_the_band_of_sidak(terms, alpha):
    known = stats.norm.ppf(1 - (1 - (1 - alpha) ** (1 / terms)) / 2)
    scales = np.diag(np.arange(1.0, terms + 1) ** 2)
    found = reach(plain_effect(scales, alpha=alpha), draws=100_000)
    np.testing.assert_allclose(found, known, rtol=0.01)


@pytest.mark.parametrize("df", [None, 4.0])
def test_estimates_that_move_as_one_have_their_own_interval(df):
    scale = np.array([1.0, 0.1, 7.0])
    effect = plain_effect(np.outer(scale, scale), df)
    known = stats.norm.ppf(0.975) if df is None else stats.t(df).ppf(0.975)
    found = reach(effect, draws=100_000)
    np.testing.assert_allclose(found, known, rtol=0.02)
    assert (found >= known).all()  # never narrower than the intervals


def test_few_degrees_of_freedom_widen_the_band_as_the_studentised_maximum():
    """Two independent estimates over one t scale: P(max |t| <= c), integrated over the scale."""
    df = 5
    drawn = stats.chi2(df).ppf((np.arange(20_000) + 0.5) / 20_000)

    def inside(at):
        return float(((2 * stats.norm.cdf(at * np.sqrt(drawn / df)) - 1) ** 2).mean())

    found = reach(plain_effect(np.eye(2), df), draws=200_000)
    assert inside(found[0]) == pytest.approx(0.95, abs=0.003)


def test_the_band_is_over_event_times_and_leaves_the_overall_effect_out():
    event_time = pd.array([None, 0, 1], dtype="Int64")
    band = plain_effect(np.diag([100.0, 1, 1]), event_time=event_time).uniform()
    assert band["band_low"].isna().tolist() == [True, False, False]
    alone = plain_effect(np.eye(2), event_time=[0, 1]).uniform()
    np.testing.assert_array_equal(band["band_high"][1:], alone["band_high"])


def test_an_estimate_without_error_has_no_part_in_the_band():
    covariance = np.diag([1.0, np.nan, 0.0, 1.0])
    band = plain_effect(covariance).uniform()
    assert band["band_high"].isna().tolist() == [False, True, True, False]
    with pytest.raises(EvalkitError, match="has a standard error"):
        plain_effect(covariance[1:3, 1:3]).uniform()


def test_group_time_gives_the_same_band_by_column_and_by_method():
    fit = did.group_time(small_panel(), seed=7, draws=2000)
    again = fit.uniform(7, draws=2000)
    pd.testing.assert_frame_equal(again, fit.tidy())
    study = fit.aggregate("event")
    own = study.tidy()
    # The aggregate also draws its overall effect, so its numbers are other draws of the same.
    np.testing.assert_allclose(study.uniform(7)["band_low"], own["band_low"], rtol=0.1)
