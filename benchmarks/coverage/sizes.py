"""The tests that are simulated, with nothing to find: label, process, test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from benchmarks.coverage import draw
from benchmarks.coverage.design import Design, Estimate, sized
from benchmarks.coverage.draw import Truth
from benchmarks.coverage.read import Answers
from evalkit import checks
from evalkit.did import (
    event_study,
    group_time,
    imputation,
    synthetic_control,
    twfe,
)
from evalkit.panel import Panel

ALPHA = 0.05
staggered = draw.staggered


def permuted() -> list[Design]:
    def control(panel: Panel, _: Truth) -> Answers:
        return {"effect of nought": synthetic_control(panel).table.p_value[0] <= ALPHA}

    def shuffled(panel: Panel, _: Truth) -> Answers:
        found = checks.randomisation(panel, twfe, draws=19)
        return {"effect of nought": found.figures["p_value"] <= ALPHA}

    def wild(panel: Panel, _: Truth) -> Answers:
        found = checks.wild_bootstrap(panel, draws=999)
        return {"effect of nought": found.figures["p_value"] <= ALPHA}

    found = []
    for units in (40, 20):
        process = partial(draw.factors, controls=units - 1, treated=1, effect=0.0)
        found.append(
            Design("synthetic_control", f"{units} units, 1 treated", process, control, "test")
        )
    for clusters, treated in ((20, 8), (12, 5), (12, 3)):
        sample = f"{clusters} clusters, {treated} treated"
        process = partial(draw.few_clusters, clusters=clusters, treated=treated, effect=0.0)
        found.append(Design("wild_bootstrap", sample, process, wild, "test"))
    found.append(Design("randomisation", sample, process, shuffled, "test"))
    return found


def diagnostics() -> list[Design]:
    def joint(estimator: Callable[[Panel], Any]) -> Estimate:
        return lambda panel, _: {
            "parallel trends": checks.pretrends(estimator(panel)).figures["p_value"] <= ALPHA
        }

    def leads(panel: Panel, _: Truth) -> Answers:
        return {"parallel trends": imputation(panel, pretrends=2).pretrend["p_value"] <= ALPHA}

    def dates(panel: Panel, _: Truth) -> Answers:
        return {"nothing before": checks.placebo(panel, twfe).outcome == "failed"}

    def groups(panel: Panel, _: Truth) -> Answers:
        found = checks.placebo_groups(panel, twfe, draws=10).outcome
        return {"nothing among the never treated": found == "failed"}

    def without(panel: Panel, _: Truth) -> Answers:
        return {"no cohort decides": checks.leave_one_out(panel, group_time).outcome == "failed"}

    def test(*given: Any, **named: Any) -> list[Design]:
        return [replace(one, kind="test") for one in sized(*given, **named)]

    return [
        *test("pretrends, event_study", joint(event_study), staggered, (200, 50), "dynamic"),
        *test("pretrends, group_time", joint(group_time), staggered, (200, 50), "by cohort"),
        *test("imputation, pretrends", leads, staggered, (200, 50, 20), "by cohort"),
        *test("placebo", dates, staggered, (50,), "by cohort"),
        *test("placebo_groups", groups, staggered, (50,), "by cohort"),
        *test("leave_one_out", without, staggered, (50,), "by cohort"),
    ]


TESTS = [permuted, diagnostics]
