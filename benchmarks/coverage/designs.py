"""The intervals that are simulated: label, process, estimate; the truth comes with the data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.coverage import draw
from benchmarks.coverage.design import Design, Estimate, sized
from benchmarks.coverage.draw import Truth
from benchmarks.coverage.read import Answers, Interval, group_time_rows, held_band, row_of, rows_of
from evalkit import checks
from evalkit.did import (
    event_study,
    group_time,
    imputation,
    interrupted_series,
    sun_abraham,
    synthetic_did,
    twfe,
    two_by_two,
)
from evalkit.panel import Panel

XS = ("x1", "x2")
staggered = draw.staggered


def two_by_twos() -> list[Design]:
    found = []
    for method in ("reg", "ipw", "dr"):

        def estimate(panel: Panel, _: Truth, method: Any = method) -> Answers:
            return rows_of(two_by_two(panel, method, XS), "ATT")

        name = f"two_by_two, {method}"
        found += sized(name, estimate, draw.two_groups, (300, 50), panel_data=True)
        found += sized(
            f"{name}, cross-sections", estimate, draw.two_groups, (600, 100),
            panel_data=False, what="rows",
        )  # fmt: skip
    return found


def regressions() -> list[Design]:
    def one(panel: Panel, _: Truth) -> Answers:
        return rows_of(twfe(panel), "ATT")

    def study(panel: Panel, _: Truth) -> Answers:
        return rows_of(event_study(panel), "ATT(0)", "ATT(2)", "ATT(-3)")

    def weighted(panel: Panel, _: Truth) -> Answers:
        fit = sun_abraham(panel)
        return rows_of(fit.aggregate("simple"), "ATT") | rows_of(fit, "ATT(0)", "ATT(2)")

    return [
        *sized("twfe", one, staggered, (200, 20), "constant"),
        *sized("twfe, clusters of 5", one, staggered, (250, 100), "constant", per_cluster=5),
        *sized("event_study", study, staggered, (200, 20), "dynamic"),
        *sized("sun_abraham", weighted, staggered, (200, 40), "by cohort"),
    ]


def group_times() -> list[Design]:
    def by(**options: Any) -> Estimate:
        return lambda panel, _: group_time_rows(group_time(panel, **options))

    def band(panel: Panel, truth: Truth) -> Answers:
        return held_band(group_time(panel, seed=1), truth)

    lot: dict[str, Any] = {"by_lot": True}
    found = [
        *sized("group_time", by(), staggered, (200,), "by cohort", **lot),
        *sized("group_time", by(), staggered, (100, 50, 20), "by cohort"),
        *sized("group_time, not_yet", by(control="not_yet"), staggered, (200,), "by cohort", **lot),
        *sized("group_time, not_yet", by(control="not_yet"), staggered, (50,), "by cohort"),
        *sized(
            "group_time, bootstrap", by(inference="bootstrap"), staggered, (200, 50), "by cohort"
        ),
        *sized("group_time, uniform band", band, staggered, (200, 50), "by cohort"),
        *sized(
            "group_time, unbalanced", by(balanced=False), staggered, (200, 50), "by cohort",
            missing=0.1,
        ),
        *sized(
            "group_time, clusters of 5", by(), staggered, (250, 100), "by cohort", per_cluster=5
        ),
        *sized(
            "group_time, cross-sections", by(panel_data=False), draw.cross_sections,
            (3200, 480), "by cohort", what="rows",
        ),
    ]  # fmt: skip
    for method in ("reg", "ipw", "dr"):
        estimate = by(method=method, covariates=XS)
        found += sized(f"group_time, {method}", estimate, draw.with_covariates, (400, 80))
    return found


SHOWN = {"ATT", "ATT(0)"}


def imputations() -> list[Design]:
    def by(**options: Any) -> Estimate:
        return lambda panel, truth: rows_of(imputation(panel, **options), *truth.keys() & SHOWN)

    left = by(leave_one_out=True)
    name = "imputation, leave_one_out"
    return [
        *sized("imputation", by(), staggered, (200, 100, 50, 20), "by cohort"),
        *sized(name, left, staggered, (200, 50, 20), "by cohort"),
        *sized(
            "imputation, clusters of 5", by(), staggered, (250, 100), "by cohort", per_cluster=5
        ),
        *sized(f"{name}, clusters of 5", left, staggered, (250, 100), "by cohort", per_cluster=5),
        *sized("imputation, effect on the units drawn", by(), draw.drawn_units, (200, 50)),
    ]


def few_treated() -> list[Design]:
    def by(how: Any) -> Estimate:
        return lambda panel, _: rows_of(synthetic_did(panel, inference=how, draws=100), "ATT")

    def design(label: str, how: str, treated: int, others: int, shift: float = 0.0) -> Design:
        process = partial(draw.factors, controls=others, treated=treated, shift=shift)
        return Design(label, f"{treated} treated, {others} others", process, by(how))

    return [
        design("synthetic_did, placebo", "placebo", 5, 60),
        design("synthetic_did, placebo", "placebo", 1, 20),
        design("synthetic_did, bootstrap", "bootstrap", 8, 20),
        design("synthetic_did, jackknife", "jackknife", 20, 60),
        design("synthetic_did, jackknife", "jackknife", 8, 20),
        design("synthetic_did, jackknife, treated differ", "jackknife", 20, 60, 0.5),
    ]


def single_series() -> list[Design]:
    def by(errors: Any) -> Estimate:
        def estimate(data: Any, truth: Truth) -> Answers:
            fit = interrupted_series(data, start=len(data) // 2, errors=errors)
            return rows_of(fit, *truth)

        return estimate

    found = []
    for errors, kind in (("newey_west", "Newey-West"), ("ar1", "ar1")):
        for rho in (0.0, 0.4):
            name = f"interrupted_series, {kind}, autocorrelation {rho:g}"
            found += sized(name, by(errors), draw.series, (200, 50, 24), rho, what="points")
    return found


def robust() -> list[Design]:
    def by(**bounds: Any) -> Estimate:
        def estimate(panel: Panel, _: Truth) -> Answers:
            fit = event_study(panel)
            size = len(fit.table)
            values, sigma = fit.table.estimate.to_numpy(), np.array(fit.covariance)
            table = checks.honest_from(values, sigma, 2, size - 2, **bounds)
            return {"ATT(0)": Interval(table.conf_low[1], table.conf_high[1])}

        return estimate

    return [
        *sized("honest, Mbar 1", by(mbar=[1.0]), draw.diverging, (200, 50), "turn"),
        *sized("honest, M 0", by(smoothness=[0.0]), draw.diverging, (200, 50), "line"),
        *sized("honest, M 0.1", by(smoothness=[0.1]), draw.diverging, (200, 50), "bend"),
    ]


def bootstraps() -> list[Design]:
    def wild(panel: Panel, _: Truth) -> Answers:
        table = checks.wild_bootstrap(panel, draws=999).table
        return {"ATT": Interval(table.conf_low[1], table.conf_high[1])}

    def plain(panel: Panel, _: Truth) -> Answers:
        return rows_of(twfe(panel), "ATT")

    found = []
    for clusters, treated in ((20, 8), (12, 5), (12, 3)):
        for name, estimate in (("twfe, few clusters", plain), ("wild_bootstrap", wild)):
            sample = f"{clusters} clusters, {treated} treated"
            process = partial(draw.few_clusters, clusters=clusters, treated=treated, effect=1.0)
            found.append(Design(name, sample, process, estimate))
    return found


def jackknives() -> list[Design]:
    def by(estimator: Callable[[Panel], Any]) -> Estimate:
        def estimate(panel: Panel, _: Truth) -> Answers:
            row = checks.jackknife(panel, estimator).table.iloc[1]
            return {"ATT": row_of(row)}

        return estimate

    name = "jackknife, group_time"
    return [
        *sized(name, by(group_time), staggered, (20,), "by cohort"),
        *sized(
            f"{name}, clusters of 5", by(group_time), staggered, (100,), "by cohort", per_cluster=5
        ),
    ]


INTERVALS = [
    two_by_twos, regressions, group_times, imputations, few_treated, single_series, robust,
    bootstraps, jackknives,
]  # fmt: skip
