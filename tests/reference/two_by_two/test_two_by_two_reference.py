"""DRDID in R: every golden entry.

Estimates agree to 1e-8 (the README allows 1e-7: R's logit stops early), errors to 1e-9 without
covariates and to 1e-7 with them (the README allows 3e-5).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.did.two_by_two import two_by_two
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"
METHODS = {
    "drdid": "dr",
    "drdid_imp": "dr_improved",
    "reg_did": "reg",
    "std_ipw_did": "ipw",
    "ipw_did": "ipw_ht",
    "twfe_did": "reg",  # without covariates the regression of stacked rows is that of changes
}


@cache
def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv")


def _wanted(entry: dict[str, Any]) -> bool:
    name = entry["estimator"]
    if name == "DRDID::twfe_did_panel":
        return entry["options"]["xformla"] == "~1"  # the others are in the tests of twfe
    return name.startswith("DRDID::") and name != "DRDID::twfe_did_rc"


ENTRIES = [entry for entry in json.loads((DATA / "golden.json").read_text()) if _wanted(entry)]


def _frame(entry: dict[str, Any]) -> pd.DataFrame:
    if entry["dataset"] != "lalonde":
        frame = _read(entry["dataset"])
        return frame[frame["g"].isin([0, 5]) & frame["t"].isin([4, 5])]
    wide = _read("lalonde").reset_index(names="unit")
    trained = (wide["sample"] == 1) & (wide["treat"] == 1)
    experiment = "experiment" in entry["options"]["subset"]
    wide = wide[wide["sample"] == 1] if experiment else wide[trained | (wide["sample"] == 2)]
    halves = [wide.assign(y=wide[f"re{year}"], t=1900 + year) for year in (75, 78)]
    return pd.concat(halves).assign(g=lambda one: 1978 * one["treat"])


def test_there_are_entries() -> None:
    assert len(ENTRIES) == 72


@pytest.mark.parametrize(
    "entry", ENTRIES, ids=lambda entry: f"{entry['id']}-{entry['estimator'][7:]}"
)
def test_drdid(entry: dict[str, Any]) -> None:
    name, _, kind = entry["estimator"][len("DRDID::") :].rpartition("_")
    options = entry["options"]
    panel = Panel(
        _frame(entry), unit="unit" if kind == "panel" else None, time="t", outcome="y",
        cohort="g", weights=options.get("weights"),
    )  # fmt: skip
    covariates = [] if options["xformla"] == "~1" else options["xformla"][1:].split("+")
    fit = two_by_two(panel, METHODS[name], covariates, efficient=kind != "rc1")
    found, wanted = fit.tidy().iloc[0], entry["results"][0]
    np.testing.assert_allclose(found["estimate"], wanted["estimate"], rtol=1e-8)
    # R's logit of ipw stops at 1e-8 also when it has a constant only.
    tolerance = 1e-7 if covariates or name == "ipw_did" else 1e-9
    np.testing.assert_allclose(found["std_error"], wanted["std_error"], rtol=tolerance)
    assert fit.inference.clusters == entry["n"]
