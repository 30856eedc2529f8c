"""Every entry of R's did 2.1.2: group-time effects and their four aggregates."""

from __future__ import annotations

import json
import math
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evalkit.did.group_time import GroupTime, GroupTimeWarning, group_time
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"
ROLES = {
    "mpdta": ("countyreal", "year", "lemp", "first.treat"),
    "castle": ("sid", "year", "l_homicide", "effyear"),
    "sim_panel": ("unit", "t", "y", "g"),
    "sim_unbalanced": ("unit", "t", "y", "g"),
    "sim_rcs": (None, "t", "y", "g"),
}
CONTROL = {"nevertreated": "never", "notyettreated": "not_yet"}
KIND = {"simple": "simple", "dynamic": "event", "group": "cohort", "calendar": "calendar"}


def _entries() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the entries of att_gt and of aggte, the latter with the data that the former name."""
    fits, sums, last = [], [], None
    for entry in json.loads((DATA / "golden.json").read_text()):
        if entry["estimator"] == "did::att_gt":
            fits.append(entry)
            last = entry
        elif entry["estimator"] == "did::aggte":
            assert last is not None
            shared = ("est_method", "control_group", "xformla", "anticipation", "base_period")
            assert all(entry["options"][name] == last["options"][name] for name in shared)
            assert entry["dataset"] == last["dataset"]
            assert entry["options"].get("weightsname") == last["options"].get("weightsname")
            sums.append({**entry, "of": last["id"]})
    return fits, sums


FITS, SUMS = _entries()
BY_ID = {entry["id"]: entry for entry in FITS}


@cache
def _frame(dataset: str) -> pd.DataFrame:
    frame = pd.read_csv(DATA / f"{dataset.replace('unbalanced', 'panel')}.csv")
    return frame[frame["kept"] == 1] if dataset == "sim_unbalanced" else frame


@cache
def _panel(dataset: str, weights: str | None, cluster: str | None) -> Panel:
    unit, time, outcome, cohort = ROLES[dataset]
    return Panel(
        _frame(dataset),
        unit=unit,
        time=time,
        outcome=outcome,
        cohort=cohort,
        weights=weights,
        cluster=cluster,
    )


@cache
def _fit(at: int, cluster: str | None) -> GroupTime:
    entry = BY_ID[at]
    options = entry["options"]
    formula = options["xformla"].removeprefix("~")
    with warnings.catch_warnings():
        too_early = entry["dataset"] == "mpdta" and options["anticipation"] == 1  # cohort 2004
        if too_early or entry["dataset"] == "castle":  # cohorts of one and two states
            warnings.simplefilter("ignore", GroupTimeWarning)
        return group_time(
            _panel(entry["dataset"], options.get("weightsname"), cluster),
            method=options["est_method"],
            control=CONTROL[options["control_group"]],
            covariates=None if formula == "1" else formula.split("+"),
            anticipation=options["anticipation"],
            base_period=options["base_period"],
            panel_data=entry["dataset"] != "sim_rcs",
            balanced=entry["dataset"] != "sim_unbalanced",
        )


def _tolerances(entry: dict[str, Any]) -> tuple[float, float]:
    """Tolerances of estimate and error, from the README of the data."""
    options = entry["options"]
    if options["xformla"] == "~1":
        # dr and ipw fit a constant by a logit that stops early in R.
        return (1e-9, 1e-9) if options["est_method"] == "reg" else (1e-8, 1e-8)
    return (1e-9 if options["est_method"] == "reg" else 1e-7), 3e-5


def _agree(mine: float, reference: float | None, tolerance: float, what: str) -> None:
    if reference is None:
        assert math.isnan(mine), what
    else:
        # The references are printed to eleven digits.
        nought = max(tolerance / 100, 1e-11)
        # Plain arithmetic: some twenty thousand numbers are compared.
        assert abs(mine - reference) <= max(tolerance * abs(reference), nought), what


def _rows(table: pd.DataFrame, *names: str) -> dict[tuple[int, ...], tuple[float, float]]:
    """Give estimate and error by cohort and period, or whatever names a row."""
    keys = table[list(names)].to_numpy().tolist()
    numbers = table[["estimate", "std_error"]].to_numpy().tolist()
    return {tuple(key): tuple(found) for key, found in zip(keys, numbers, strict=True)}


def _clusters(entry: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(None, "std_error")] + (
        [(entry["cluster"], "std_error_cluster")] if "cluster" in entry else []
    )


@pytest.mark.parametrize("entry", FITS, ids=lambda entry: f"{entry['id']}-{entry['dataset']}")
def test_group_time_effects(entry: dict[str, Any]) -> None:
    loose, errors = _tolerances(entry)
    for cluster, column in _clusters(entry):
        table = _rows(_fit(entry["id"], cluster).table, "cohort", "time")
        assert len(table) == len(entry["results"])
        for row in entry["results"]:
            estimate, error = table[row["group"], row["time"]]
            what = f"{row['group']},{row['time']},{column}"
            _agree(estimate, row["estimate"], loose, what)
            _agree(error, row[column], errors, what)


@pytest.mark.parametrize(
    "entry", SUMS, ids=lambda entry: f"{entry['id']}-{entry['dataset']}-{entry['options']['type']}"
)
def test_aggregates(entry: dict[str, Any]) -> None:
    loose, errors = _tolerances(entry)
    options = entry["options"]
    choice = {"balance": "balance_e", "first": "min_e", "last": "max_e"}
    chosen = {mine: options[theirs] for mine, theirs in choice.items() if theirs in options}
    for cluster, column in _clusters(entry):
        found = _fit(entry["of"], cluster).aggregate(KIND[options["type"]], **chosen)
        own = {"simple": (), "event": ("event_time",), "cohort": ("cohort",)}
        table = _rows(found.table, *own.get(found.kind, ("time",)))
        assert len(table) == max(len(entry["results"]) - 1, 1)
        for row in entry["results"]:
            what = f"{row['key']},{row.get('at')},{column}"
            if row["key"] == "overall":
                estimate, error = found.overall.estimate, found.overall.std_error
            else:
                estimate, error = table[(row["at"],)]
            _agree(estimate, row["estimate"], loose, what)
            _agree(error, row[column], errors, what)


def test_published_number_of_mpdta() -> None:
    found = group_time(_panel("mpdta", None, None)).aggregate("simple").overall
    assert found.estimate == pytest.approx(-0.0399512751551763, rel=1e-13)
    assert found.std_error == pytest.approx(0.0120340127701854, rel=1e-13)
