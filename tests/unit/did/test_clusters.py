"""Few clusters are told of wherever normal intervals rest on them."""

from __future__ import annotations

import re
import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest

from evalkit.did import (
    event_study,
    group_time,
    imputation,
    sun_abraham,
    synthetic_did,
    twfe,
    two_by_two,
)
from evalkit.panel import Panel


def _panel(units: int, per_cluster: int = 1) -> Panel:
    random = np.random.default_rng(0)
    cluster = np.arange(units) // per_cluster
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), 2),
            "t": [1, 2] * units,
            "g": np.repeat(np.where(cluster % 2, 2, 0), 2),
            "y": random.normal(size=2 * units),
            "c": np.repeat(cluster, 2),
        }
    )
    role = "c" if per_cluster > 1 else None
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", cluster=role)


@pytest.mark.parametrize("estimator", [group_time, imputation, two_by_two])
@pytest.mark.parametrize(
    ("panel", "count"), [(_panel(20), 20), (_panel(50), 50), (_panel(100, per_cluster=5), 20)]
)
def test_few_clusters_have_a_note(estimator, panel, count):
    said = [note for note in estimator(panel).notes if "clusters are few" in note]
    assert len(said) == 1
    assert said[0].startswith(f"{count} clusters are few: intervals are too short; ")


@pytest.mark.parametrize("estimator", [group_time, imputation, two_by_two])
@pytest.mark.parametrize("panel", [_panel(51), _panel(306, per_cluster=6)])
def test_many_clusters_have_none(estimator, panel):
    assert not any("are few" in note for note in estimator(panel).notes)


@pytest.mark.parametrize("estimator", [partial(group_time, panel_data=False), two_by_two])
def test_cross_sections_count_the_rows_of_a_period(estimator):
    few, many = (_panel(units).frame for units in (100, 102))
    roles = {"unit": None, "time": "t", "outcome": "y", "cohort": "g"}
    said = estimator(Panel(few, **roles)).notes
    assert any(note.startswith("100 rows a period are few") for note in said)
    assert not any("are few" in note for note in estimator(Panel(many, **roles)).notes)


@pytest.mark.parametrize("estimator", [twfe, event_study, sun_abraham])
@pytest.mark.parametrize(("treated", "warned"), [(3, True), (6, False)])
def test_regressions_warn_of_few_treated_clusters(estimator, treated, warned):
    y = np.random.default_rng(0).normal(size=36)
    frame = pd.DataFrame({"unit": np.repeat(np.arange(12), 3), "t": [1, 2, 3] * 12, "y": y})
    frame["g"] = np.where(frame["unit"] < treated, 3, 0)
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        notes = estimator(panel).notes
    few = re.compile(r"3 (treated clusters are few|units are treated): .* too small")
    assert any(few.match(str(one.message)) for one in said) == warned
    assert any(few.match(note) for note in notes) == warned


def test_errors_that_hold_with_few_clusters_have_none():
    assert not imputation(_panel(20), leave_one_out=True).notes


@pytest.mark.parametrize(("kind", "noted"), [("jackknife", True), ("placebo", False)])
def test_synthetic_did_by_jackknife_has_a_note(kind, noted):
    y = np.random.default_rng(0).normal(size=120)
    frame = pd.DataFrame(
        {"unit": np.repeat(np.arange(20), 6), "t": [1, 2, 3, 4, 5, 6] * 20, "y": y}
    )
    frame["g"] = np.where(frame["unit"] < 8, 5, 0)
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g")
    found = synthetic_did(panel, inference=kind, draws=10).notes
    assert any("20 clusters are few" in note for note in found) == noted
