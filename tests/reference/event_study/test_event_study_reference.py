"""fixest's dynamic two-way regressions: every golden entry, to 1e-8."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.did.event_study import event_study
from evalkit.panel import Panel, PanelWarning

DATA = Path(__file__).parents[1] / "data"
ENTRIES = [
    entry
    for entry in json.loads((DATA / "golden.json").read_text())
    if entry["estimator"] == "fixest TWFE event study"
]
ROLES = {
    "sim_panel": ("sim_panel", "unit", "t", "y", "g"),
    "sim_unbalanced": ("sim_panel", "unit", "t", "y", "g"),
    "mpdta": ("mpdta", "countyreal", "year", "lemp", "first.treat"),
    "castle": ("castle", "sid", "year", "l_homicide", "effyear"),
}


@cache
def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv")


def make_panel(entry: dict[str, Any]) -> tuple[Panel, str]:
    file, unit, time, outcome, cohort = ROLES[entry["dataset"]]
    frame = _read(file)
    if entry["dataset"] == "sim_unbalanced":
        frame = frame[frame["kept"] == 1]
    errors, _, cluster = entry["options"]["vcov"].partition(":")
    panel = Panel(
        frame, unit=unit, time=time, outcome=outcome, cohort=cohort,
        cluster=cluster or None, weights=entry["options"].get("weightsname"),
    )  # fmt: skip
    return panel, errors


def test_there_are_entries() -> None:
    assert len(ENTRIES) == 27


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")  # castle has lone states
def test_fixest(entry: dict[str, Any]) -> None:
    panel, errors = make_panel(entry)
    bare = entry["options"]["ssc"] != "default"
    fit = event_study(panel, errors=errors, small_sample=not bare)
    wanted, found = pd.DataFrame(entry["results"]), fit.tidy()
    assert [f"rel::{e}" for e in found["event_time"]] == list(wanted["term"])
    for column in ("estimate", "std_error"):
        np.testing.assert_allclose(found[column], wanted[column], rtol=1e-8)
    np.testing.assert_allclose(found["p_value"], wanted["p_value"], rtol=1e-7, atol=1e-12)
    if "df_t" in entry:
        assert fit.inference.df == entry["df_t"]
    if errors == "cluster" and not bare:
        assert "G/(G-1)" in fit.inference.factor


def test_a_lone_treated_state_is_named() -> None:
    """Castle has one state at event time -9, with an error a fifth of its neighbours'."""
    panel, _ = make_panel(next(one for one in ENTRIES if one["id"] == 812))
    with pytest.warns(PanelWarning, match="one treated unit .* event time \N{MINUS SIGN}9"):
        fit = event_study(panel)
    assert any("event time \N{MINUS SIGN}9" in note for note in fit.notes)
