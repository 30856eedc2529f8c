"""The legend explains the signs of the report at hand, and no others."""

from __future__ import annotations

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.report.assemble import assemble
from evalkit.report.edition import Edition
from evalkit.report.figures.badge import direction_symbol
from evalkit.report.style.style import load_style
from evalkit.report.text.signs import signs_used


def meanings(page: str, edition: Edition) -> list[str]:
    return [meaning for _, meaning in signs_used([page], edition)]


def test_a_sign_is_explained_when_it_is_used(edition: Edition) -> None:
    assert meanings("<p>ongeveer 5, meer dan 3</p>", edition) == []
    assert meanings("<p>~5</p>", edition) == ["ongeveer"]
    assert meanings("<p>&gt;\N{NO-BREAK SPACE}5</p>", edition) == ["meer dan, minder dan"]
    assert meanings("<td>2 + PM</td>", edition) == ["bedrag nog niet bekend"]
    assert meanings("<p>Dat heet ‘PM Kamerbrief’.</p>", edition) == []
    assert meanings("<p>Een – twee.</p>", edition) == []
    assert meanings("<td>–</td>", edition) == ["niet vermeld of niet van toepassing"]


def test_a_direction_is_explained_when_its_symbol_is_drawn(edition: Edition) -> None:
    assert meanings(direction_symbol("mixed", alt="gemengd"), edition) == ["gemengd"]


def test_a_sign_that_a_value_prints_is_found(case: Case) -> None:
    data = case.model_dump(mode="json")
    data["instruments"]["bon-regeling"]["activities"]["bonnen"]["actual"] = "~1.300 bonnen"
    told = "{{ instruments['bon-regeling'].activities.bonnen.actual }}"
    data["chapters"] = {"01-a": f"# Vraag\n\nHet waren er {told}.\n"}
    document, _ = assemble(evaluate(Case.model_validate(data)), load_style("seo"), "nl")
    assert [sign for sign, _ in document.signs] == ["~"]
