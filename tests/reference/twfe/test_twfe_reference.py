"""Static two-way regressions of fixest and DRDID: every golden entry, to 1e-8."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.did.fixed_effects import regress
from evalkit.did.twfe import twfe
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "golden.json").read_text())
STATIC = [entry for entry in GOLDEN if entry["estimator"] == "fixest TWFE static"]
SMALL = [entry for entry in GOLDEN if entry["estimator"] == "fixest 2x2 DiD"]
# Its panel version without covariates is the estimator of changes: see two_by_two.
STACKED = [
    entry
    for entry in GOLDEN
    if entry["estimator"] == "DRDID::twfe_did_rc"
    or (entry["estimator"] == "DRDID::twfe_did_panel" and entry["options"]["xformla"] != "~1")
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
    assert (len(STATIC), len(SMALL), len(STACKED)) == (27, 32, 8)


@pytest.mark.parametrize("entry", STATIC, ids=lambda entry: str(entry["id"]))
def test_fixest(entry: dict[str, Any]) -> None:
    file, unit, time, outcome, cohort = ROLES[entry["dataset"]]
    frame = _read(file)
    if entry["dataset"] == "sim_unbalanced":
        frame = frame[frame["kept"] == 1]
    errors, _, cluster = entry["options"]["vcov"].partition(":")
    panel = Panel(
        frame, unit=unit, time=time, outcome=outcome, cohort=cohort,
        cluster=cluster or None, weights=entry["options"].get("weightsname"),
    )  # fmt: skip
    fit = twfe(panel, errors=errors, small_sample=entry["options"]["ssc"] == "default")
    found, wanted = fit.tidy().iloc[0], entry["results"][0]
    for name in ("estimate", "std_error"):
        np.testing.assert_allclose(found[name], wanted[name], rtol=1e-8)
    np.testing.assert_allclose(found["p_value"], wanted["p_value"], rtol=1e-7, atol=1e-12)
    if "df_t" in entry:
        assert fit.inference.df == entry["df_t"]


@pytest.mark.parametrize("entry", SMALL, ids=lambda entry: str(entry["id"]))
def test_fixest_two_by_two(entry: dict[str, Any]) -> None:
    """Two groups and periods, with unit effects or as repeated cross-sections (group effects)."""
    frame = _read("sim_panel")
    frame = frame[frame["g"].isin([0, 5]) & frame["t"].isin([4, 6])]
    frame = frame.assign(g=frame["g"].replace(5, 6))  # period 5 is not in the subset
    errors, _, cluster = entry["options"]["vcov"].partition(":")
    formula = entry["options"]["formula"]
    panel = Panel(
        frame, unit="unit" if "|" in formula else None, time="t", outcome="y", cohort="g",
        cluster=cluster or None, weights=entry["options"].get("weightsname"),
    )  # fmt: skip
    covariates = [name for name in ("x1", "x2", "x3") if name in formula]
    found = twfe(panel, covariates, errors=errors).tidy().iloc[0]
    wanted = {row["term"]: row for row in entry["results"]}
    for name in ("estimate", "std_error", "p_value"):
        np.testing.assert_allclose(found[name], wanted["td"][name], rtol=2e-8)
    design = np.array([[[0.0], [0.0]], [[0.0], [1.0]]])  # cohorts 0 and 6, periods 4 and 6
    whole = regress(panel, design, covariates, errors=errors)
    for j, name in enumerate(covariates, start=1):
        np.testing.assert_allclose(whole.coefficients[j], wanted[name]["estimate"], rtol=1e-8)
        error = np.sqrt(whole.covariance[j, j])
        np.testing.assert_allclose(error, wanted[name]["std_error"], rtol=1e-8)


@pytest.mark.parametrize("entry", STACKED, ids=lambda entry: str(entry["id"]))
def test_drdid_regression_of_stacked_rows(entry: dict[str, Any]) -> None:
    """DRDID takes rows for independent, and has n-1 where the bare sandwich has n."""
    options = entry["options"]
    if entry["dataset"] == "lalonde":
        wide = _read("lalonde")
        trained = (wide["sample"] == 1) & (wide["treat"] == 1)
        experiment = "experiment" in options["subset"]
        wide = wide[wide["sample"] == 1] if experiment else wide[trained | (wide["sample"] == 2)]
        halves = [wide.assign(y=wide[f"re{year}"], t=1900 + year) for year in (75, 78)]
        frame = pd.concat(halves).assign(g=lambda one: 1978 * one["treat"])
    else:
        frame = _read(entry["dataset"])
        frame = frame[frame["g"].isin([0, 5]) & frame["t"].isin([4, 5])]
    panel = Panel(
        frame, unit=None, time="t", outcome="y", cohort="g", weights=options.get("weights")
    )
    covariates = [] if options["xformla"] == "~1" else options["xformla"][1:].split("+")
    found = twfe(panel, covariates, errors="hetero", small_sample=False).tidy().iloc[0]
    wanted, rows = entry["results"][0], len(frame)
    np.testing.assert_allclose(found["estimate"], wanted["estimate"], rtol=1e-8)
    error = found["std_error"] * np.sqrt(rows / (rows - 1))
    np.testing.assert_allclose(error, wanted["std_error"], rtol=1e-8)
