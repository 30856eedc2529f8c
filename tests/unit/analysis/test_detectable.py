"""The least detectable effect: proved by simulation, and told in the unit of the indicator."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalkit as ek
from evalkit.analysis.evaluability import detectable_effects
from evalkit.analysis.grade import FEW_CLUSTERS
from evalkit.judgement.evaluability.detectable import Detectable
from evalkit.judgement.evaluability.plan import FEW
from evalkit.model import Case

SAMPLING = {
    "treated": 40, "compared": 120, "before": 3, "after": 2, "spread": "12 procent",
    "correlation": "0,6", "names": "gemeenten",
}  # fmt: skip


def found(sampling: dict[str, Any] | None = None, **plan: Any) -> Detectable:
    instrument = {
        "name": "Bon", "type": "subsidie", "period": "2028", "status": "voorgenomen",
        "outcome": {"deelname": {"text": "Deelname", "baseline": "31 procent in 2026"}},
        "evaluability": {"indicator": "deelname", "sampling": SAMPLING | (sampling or {}), **plan},
    }  # fmt: skip
    case = {"slug": "p", "title": "P", "period": "2026", "instruments": {"bon": instrument}}
    return detectable_effects(Case.model_validate(case))["bon"]


def drawn(rng: np.random.Generator, effect: float) -> pd.DataFrame:
    """Period means before and after, of errors that follow an AR(1)."""
    units, before, after, sd, rho = 160, 3, 2, 12.0, 0.6
    errors = np.empty((units, before + after))
    errors[:, 0] = rng.normal(0, sd, units)
    for t in range(1, before + after):
        errors[:, t] = rho * errors[:, t - 1] + rng.normal(0, sd * math.sqrt(1 - rho**2), units)
    treated = np.arange(units) < 40
    means = np.column_stack([
        errors[:, :before].mean(axis=1), errors[:, before:].mean(axis=1) + effect * treated
    ])  # fmt: skip
    return pd.DataFrame({
        "unit": np.repeat(np.arange(units), 2), "time": np.tile([0, 1], units),
        "start": np.repeat(treated.astype(int), 2), "y": means.ravel(),
    })  # fmt: skip


@pytest.mark.parametrize(("times", "power"), [(1.0, 0.8), (0.0, 0.05)])
def test_an_effect_of_this_size_is_found_as_often_as_it_says(times: float, power: float) -> None:
    effect = found().most
    assert effect is not None
    rng, n, hits = np.random.default_rng(7), 400, 0
    for _ in range(n):
        panel = ek.Panel(
            drawn(rng, times * effect), unit="unit", time="time", outcome="y", cohort="start"
        )
        hits += ek.did.two_by_two(panel).tidy()["p_value"].iloc[0] < 0.05
    assert hits / n == pytest.approx(power, abs=3 * math.sqrt(power * (1 - power) / n))


def test_a_share_changes_by_percentage_points() -> None:
    one = found(relevant="6 procent")
    assert (one.unit, one.outcome, one.relevant) == ("procentpunt", "found", 6.0)
    assert "5,7\N{NO-BREAK SPACE}procentpunt" in one.text["nl"]
    assert "Een effect van 6\N{NO-BREAK SPACE}procentpunt" in one.text["nl"]
    assert "5.7\N{NO-BREAK SPACE}percentage points" in one.text["en"]


@pytest.mark.parametrize(
    "relevant", ["6 procentpunt", "6 procentpunten", "6 percentage points", "6 procent"]
)
def test_percentage_points_may_be_written_in_several_ways(relevant: str) -> None:
    assert found(relevant=relevant).outcome == "found"
    assert found({"spread": "12 percentage points"}, relevant=relevant).outcome == "found"


def test_enough_units_are_named_and_do_suffice() -> None:
    one = found(relevant="2 procent")
    assert one.outcome == "missed"
    assert one.units is not None
    again = found(
        {"treated": round(one.units / 4), "compared": one.units - round(one.units / 4)},
        relevant="2 procent",
    )
    assert again.outcome == "found"
    assert found(
        {"treated": round(one.units / 4.4), "compared": round(0.75 * one.units / 1.1)},
        relevant="2 procent",
    ).outcome == "missed"  # fmt: skip


def test_a_number_that_prints_as_what_matters_but_is_more_gets_more_digits() -> None:
    one = found(relevant="5,7 procent")
    assert one.outcome == "missed"
    assert "5,703" in one.text["nl"]


def test_a_range_of_the_spread_gives_a_range() -> None:
    one = found({"spread": "10-14 procent"}, relevant="5 procent")
    assert one.outcome == "unclear"
    assert one.least is not None
    assert one.most == pytest.approx(1.4 * one.least)
    assert "4,8 tot 6,7" in one.text["nl"]


def test_without_a_correlation_the_worst_is_taken() -> None:
    one = found({"correlation": None})
    tried = [found({"correlation": f"0,{rho}"}).most for rho in range(10)]
    assert one.least == one.most == max(filter(None, tried))
    assert "ongunstigste samenhang" in one.text["nl"]
    assert "ongunstigste" not in found().text["nl"]


@pytest.mark.parametrize("side", ["treated", "compared"])
def test_too_few_units_give_no_number(side: str) -> None:
    one = found({side: 4}, relevant="2 procent")
    assert (one.outcome, one.least, one.most) == ("too few", None, None)
    assert "minder dan vijf" in one.text["nl"]
    assert found({side: 5}).most is not None


def test_another_unit_is_not_compared() -> None:
    one = found(relevant="3 banen")
    assert (one.outcome, one.relevant) == ("other unit", None)
    assert "andere eenheid gegeven (3\N{NO-BREAK SPACE}banen)" in one.text["nl"]


def test_without_an_effect_that_matters_it_says_so() -> None:
    assert found().outcome == "open"
    assert "is niet gegeven" in found().text["nl"]


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ("rdd", "vindt met dezelfde gegevens alleen een groter effect"),
        ("interrupted series", "is het een benadering"),
    ],
)
def test_a_design_that_the_formula_is_not_of_is_named(design: str, words: str) -> None:
    assert words in found(design=design).text["nl"]
    assert words not in found(design="did").text["nl"]


def test_few_units_mean_the_same_before_the_data_and_after() -> None:
    assert FEW == FEW_CLUSTERS
