import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit.checks import jackknife
from evalkit.checks.reassign import without
from evalkit.did import group_time, twfe
from evalkit.panel import Panel, PanelError

from .conftest import make_panel, plain_did


def two_threes(shift=0.0):
    """Changes 1, 2, 6 of the treated and 0, 1, 2 of the others."""
    changes = np.array([1.0, 2, 6, 0, 1, 2])
    frame = pd.DataFrame({"unit": np.repeat(np.arange(6), 2), "t": [1, 2] * 6})
    frame["y"] = np.column_stack([np.zeros(6), changes]).ravel() + shift
    frame["g"] = np.repeat([2, 0], 6)
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g")


def test_by_hand():
    """The effect is 3 - 1 = 2.

    Without one of the treated their mean is 4, 3.5 or 1.5: moves of 1, 0.5, -1.5. Without one of
    the others theirs is 1.5, 1 or 0.5: moves of -0.5, 0, 0.5. Squares sum to 3.5 + 0.5 = 4, and
    5/6 of that is the variance.
    """
    found = jackknife(two_threes(), plain_did)
    error = np.sqrt(10 / 3)
    assert found.figures["std_error"] == pytest.approx(error)
    assert found.figures["p_value"] == pytest.approx(2 * stats.t(5).sf(2 / error))
    low, high = found.table.loc[1, ["conf_low", "conf_high"]]
    assert (low, high) == pytest.approx(stats.t(5, 2, error).interval(0.95))
    assert found.table.estimate.tolist() == [2, 2]
    # The estimator's own error: 7/3 and 1/3 are the variances of the two means.
    assert found.table.std_error[0] == pytest.approx(np.sqrt(7 / 3 + 1 / 3))
    assert found.outcome == "not decisive"


def test_passed_failed_and_not_decisive():
    assert jackknife(make_panel(units=6), plain_did).outcome == "passed"
    assert jackknife(make_panel(effect=0.0, units=6, seed=3), plain_did).outcome == "not decisive"
    few = jackknife(make_panel(effect=0.9, units=3, cohorts=(0, 4), seed=4), plain_did)
    assert few.figures["p_value_estimator"] < 0.05 < few.figures["p_value"]
    assert few.outcome == "failed"


def test_whole_clusters_are_left_out():
    panel = make_panel(cluster="cluster")
    found = jackknife(panel, plain_did)
    assert found.figures["clusters"] == 15
    left = [without(panel, panel.clusters == one) for one in range(15)]
    moves = np.array([plain_did(one).table.estimate[0] for one in left]) - found.table.estimate[0]
    assert found.figures["std_error"] == pytest.approx(np.sqrt(14 / 15 * (moves**2).sum()))


def lone_in(cohort, cohorts):
    """Six units a cohort, and a single one in `cohort`."""
    frame = make_panel(units=6, cohorts=cohorts).frame
    first = frame.loc[frame["g"] == cohort, "unit"].min()
    kept = frame[(frame["g"] != cohort) | (frame["unit"] == first)]
    return Panel(kept, unit="unit", time="t", outcome="y", cohort="g")


def test_a_cohort_of_one_unit_is_not_decisive():
    found = jackknife(lone_in(5, (0, 4, 5)), twfe)
    assert found.outcome == "not decisive"
    assert found.figures["p_value"] < 0.05
    assert found.notes == ("cohort 5 has one cluster, without which another effect is estimated",)


@pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")
def test_a_cluster_that_cannot_be_missed_leaves_no_error():
    found = jackknife(lone_in(4, (0, 4)), twfe)
    assert np.isnan(found.table.std_error[1])
    assert found.outcome == "not decisive"
    assert "no unit starts treatment" in found.notes[0]


@pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")
def test_rows_units_and_level_are_moot():
    panel = make_panel(units=5)
    own = jackknife(panel, group_time).figures
    mixed = panel.frame.sample(frac=1, random_state=1)
    mixed = mixed.assign(unit=-mixed["unit"], y=10 * mixed["y"] + 3)
    other = jackknife(Panel(mixed, **panel.names), group_time).figures
    assert other["std_error"] == pytest.approx(10 * own["std_error"])
    assert other["p_value"] == pytest.approx(own["p_value"])


def test_one_cluster_is_refused():
    frame = make_panel().frame.assign(cluster=1)
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g", cluster="cluster")
    with pytest.raises(PanelError, match="there is one cluster"):
        jackknife(panel, plain_did)
