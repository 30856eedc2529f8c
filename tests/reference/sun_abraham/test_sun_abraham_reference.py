"""fixest's sunab: every golden entry, to 1e-8."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.did.sun_abraham import sun_abraham
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"
ENTRIES = [
    entry
    for entry in json.loads((DATA / "golden.json").read_text())
    if entry["estimator"] == "fixest sunab"
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


def test_there_are_entries() -> None:
    assert len(ENTRIES) == 36


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")  # castle has a lone state
def test_fixest(entry: dict[str, Any]) -> None:
    file, unit, time, outcome, cohort = ROLES[entry["dataset"]]
    frame = _read(file)
    if entry["dataset"] == "sim_unbalanced":
        frame = frame[frame["kept"] == 1]
    panel = Panel(
        frame, unit=unit, time=time, outcome=outcome, cohort=cohort,
        cluster=entry["options"]["vcov"].partition(":")[2],
        weights=entry["options"].get("weightsname"),
    )  # fmt: skip
    fit = sun_abraham(panel)
    wanted = pd.DataFrame(entry["results"])
    kind = entry["options"]["agg"]
    if kind == "none":
        found = fit.by_cohort
        pairs = zip(found["event_time"], found["cohort"], strict=True)
        named = [f"{time}::{event}:cohort::{one}" for event, one in pairs]
    elif kind == "period":
        found = fit.tidy()
        named = [f"{time}::{event}" for event in found["event_time"]]
        pd.testing.assert_frame_equal(found, fit.aggregate("event").tidy())
    elif kind == "cohort":
        found = fit.aggregate("cohort").tidy()
        named = [f"cohort::{one}" for one in found["cohort"]]
    else:
        found, named = fit.aggregate("simple").tidy(), ["ATT"]
    assert named == list(wanted["term"])
    for column in ("estimate", "std_error"):
        np.testing.assert_allclose(found[column], wanted[column], rtol=1e-8)
