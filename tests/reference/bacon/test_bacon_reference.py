"""bacondecomp in R: every golden entry, to 1e-9."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.did.bacon import bacon
from evalkit.did.twfe import twfe
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"
ENTRIES = [
    entry
    for entry in json.loads((DATA / "golden.json").read_text())
    if entry["estimator"] == "bacondecomp"
]
ROLES = {
    "sim_panel": ("unit", "t", "y", "g"),
    "castle": ("sid", "year", "l_homicide", "effyear"),
    "math_reform": ("state", "class", "incearn_ln", "reformyr_math"),
    "divorce": ("st", "year", "suiciderate_elast_jag", "divyear"),
}


@cache
def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv")


def test_there_are_entries() -> None:
    assert {entry["dataset"] for entry in ENTRIES} == set(ROLES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_bacondecomp(entry: dict[str, Any]) -> None:
    unit, time, outcome, cohort = ROLES[entry["dataset"]]
    frame = _read(entry["dataset"])
    panel = Panel(frame, unit=unit, time=time, outcome=outcome, cohort=cohort)
    found = bacon(panel)
    wanted = pd.DataFrame(entry["results"])
    wanted["untreated"] = wanted["untreated"].fillna(0).astype(int)
    both = found.tidy().merge(wanted, on=["treated", "untreated", "type"], suffixes=("", "_r"))
    assert len(both) == len(wanted) == len(found.table)
    for column in ("estimate", "weight"):
        np.testing.assert_allclose(both[column], both[f"{column}_r"], rtol=1e-9)
    kinds = pd.DataFrame(entry["by_type"])
    assert list(found.by_type["type"]) == list(kinds["type"])
    np.testing.assert_allclose(found.by_type["weight"], kinds["weight"], rtol=1e-9)
    np.testing.assert_allclose(found.by_type["estimate"], kinds["avg_estimate"], rtol=1e-9)
    np.testing.assert_allclose(found.weighted_sum, entry["weighted_sum"], rtol=1e-9)
    whole = twfe(panel).table["estimate"][0]
    np.testing.assert_allclose(found.weighted_sum, whole, rtol=1e-9)
    np.testing.assert_allclose(whole, entry["twfe_coefficient"], rtol=1e-9)
