"""What a plan says in words is read clause by clause: a denial is no promise."""

from __future__ import annotations

import pytest

from evalkit.judgement.evaluability.spoken import go_back, is_called_independent
from tests.unit.judgement.evaluability.look_ahead import look, without


@pytest.mark.parametrize(
    "by",
    [
        "een nog aan te wijzen onafhankelijk bureau",
        "een nog niet aangewezen onafhankelijk bureau",
        "een onafhankelijk bureau, nog niet aangewezen",
        "een onafhankelijk bureau; de brief noemt geen uitvoerder",
        "een onafhankelijk bureau dat niet bij de uitvoering betrokken was",
        "een onafhankelijke onderzoeker zonder banden met de uitvoerder",
        "een onafhankelijk bureau, niet het ministerie zelf",
        "niet het ministerie maar een onafhankelijk bureau",
        "not the ministry but an independent party",
        "An independent party, not yet chosen",
    ],
)
def test_an_evaluator_that_is_called_independent_counts_as_such(by: str) -> None:
    assert is_called_independent(by)


@pytest.mark.parametrize(
    "by",
    [
        "geen onafhankelijk bureau maar het ministerie zelf",
        "nog geen onafhankelijke onderzoeker",
        "not an independent evaluator",
        "no independent party",
        "without an independent party",
        "a body that isn't independent",
        "een niet-onafhankelijk bureau",
        "het ministerie, dus niet volledig onafhankelijk",
        "onafhankelijk, maar niet van het ministerie",
        "onafhankelijk is het bureau niet",
        "of de uitvoerder onafhankelijk is, is de vraag",
        "het is onduidelijk of het bureau onafhankelijk is",
        "whether the agency is independent remains to be seen",
        "het ministerie; de onafhankelijkheid is geborgd",
    ],
)
def test_an_evaluator_of_whom_it_is_denied_or_doubted_does_not(by: str) -> None:
    assert not is_called_independent(by)


def test_a_plan_without_an_independent_evaluator_is_not_said_to_have_one() -> None:
    denied = without("author", by="geen onafhankelijk bureau maar het ministerie zelf")
    assert look(denied)["evaluator"].state == "partly"
    assert look(without("author", by="een onafhankelijk bureau"))["evaluator"].state == "there"


@pytest.mark.parametrize(
    "data",
    [
        "loon, vanaf enkele jaren voor de wet",
        "een nulmeting van de administratietijd",
        "nulmeting in 2025, geen vervolgmeting",
        "loon voor en na, ook van wie niet meedeed",
        "loon van wie geen bon kreeg enkele jaren voor de start",
        "lonen van wie niet meedeed voor en na de start",
        "cijfers van voor en na de start van wie niet is bereikt",
        "niet alleen een nulmeting",
        "income before and after, also of those who did not take part",
    ],
)
def test_data_that_go_back_do_whoever_they_are_about(data: str) -> None:
    assert go_back(data)


@pytest.mark.parametrize(
    "data",
    [
        "er is geen nulmeting",
        "zonder nulmeting",
        "nulmeting: geen",
        "de nulmeting ontbreekt",
        "een nulmeting is niet gedaan",
        "geen gegevens van voordat de regeling begon",
        "geen gegevens, ook niet van voor en na",
        "niet gemeten voordat de wet gold",
        "no usable baseline",
        "a baseline was never taken",
        "data from before the start are not available",
    ],
)
def test_data_that_are_said_to_be_missing_do_not_go_back(data: str) -> None:
    assert not go_back(data)


def test_a_baseline_that_is_said_to_be_missing_is_not_told_to_be_in_the_data() -> None:
    plan = without("baseline", "collect", "data", data="registraties; er is geen nulmeting")
    assert "niet gepland" in look(plan)["baseline"].told["nl"]
