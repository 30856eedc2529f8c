"""`::: evaluability`: an overview, and a block for each instrument that is planned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalkit.evaluation import Evaluation, evaluate
from evalkit.model import Case
from evalkit.model.evaluability import Evaluability
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.text.prose import Prose

Make = Callable[..., Edition]
SAMPLING = {
    "treated": 40, "compared": 120, "before": 3, "after": 2, "spread": "12 uur",
    "correlation": "0,6", "names": "bedrijven", "source": "brief",
}  # fmt: skip
PLAN = {
    "indicator": "deelname", "design": "did", "comparison": "bedrijven <zonder> bon",
    "baseline": "2026", "collect": "2026–2029", "by": "een onafhankelijk bureau",
    "relevant": "2 uur", "sampling": SAMPLING,
}  # fmt: skip
SERIES = {
    "indicator": "deelname", "design": "interrupted series", "data": "cbs",
    "by": "een onafhankelijk bureau",
}  # fmt: skip


@pytest.fixture
def planned(edition_of: Make) -> Edition:
    return edition_of(case())


def case() -> Case:
    bare: dict[str, Any] = {
        "name": "Bon", "type": "subsidie", "period": "2027–2030", "status": "voorgenomen",
        "outcome": {"deelname": {"text": "Deelname"}},
    }  # fmt: skip
    return Case.model_validate({
        "slug": "p", "title": "P", "period": "2024–2026", "date": "2026-11",
        "sources": {
            "brief": {"kind": "kamerstuk", "title": "Brief", "authors": ["EZ"], "year": 2026}
        },
        "instruments": {"bon": bare | {"evaluability": PLAN}, "loos": bare | {"name": "Loos"}},
    })  # fmt: skip


def rendered(edition: Edition, text: str) -> str:
    return Prose(edition, "chapters/x.md", handlers=HANDLERS).html(text)


def test_each_planned_instrument_has_its_block(planned: Edition) -> None:
    html = rendered(planned, "::: evaluability\n:::\n")
    assert not planned.problems
    assert [one.id for one in planned.exhibits] == ["tbl-evaluability", "tbl-evaluability-bon"]
    assert [one.title for one in planned.sections] == ["Bon: evaluatie", "Loos: evaluatie"]
    assert "bedrijven &lt;zonder&gt; bon" in html
    assert "is 5,7\N{NO-BREAK SPACE}uur het kleinste effect" in html
    assert "gelijke ontwikkeling vooraf" in html
    assert "EZ (2026)" in planned.exhibits[1].source
    assert "Een plan voor de evaluatie van dit instrument ontbreekt." in html


def test_the_overview_stands_alone_when_asked(planned: Edition) -> None:
    html = rendered(planned, "::: evaluability overview\n:::\n")
    assert [one.id for one in planned.exhibits] == ["tbl-evaluability"]
    assert "<h2" not in html
    rows = planned.exhibits[0].drawing.data
    assert [row[0] for row in rows[1:]] == ["Bon", "Loos"]
    assert rows[1][5] == "5,7 uur"
    assert rows[2][4] == "er is geen plan"


def test_the_overview_tells_what_the_rung_takes_from_what_a_higher_one_does(
    edition_of: Make,
) -> None:
    whole = case()
    bon = whole.instruments["bon"]
    whole_plan = {key: value for key, value in PLAN.items() if key != "sampling"} | {"data": "cbs"}
    dropped = ("baseline", "collect")
    plans = {
        "alles": whole_plan,
        "momenten": {key: one for key, one in whole_plan.items() if key not in dropped},
        "reeks": SERIES | {"collect": "2024–2029"},
        "losse reeks": SERIES,
    }  # fmt: skip
    made = {}
    for name, plan in plans.items():
        own = {"name": name, "evaluability": Evaluability.model_validate(plan)}
        made[name] = bon.model_copy(update=own)
    edition = edition_of(whole.model_copy(update={"instruments": made}))
    rendered(edition, "::: evaluability overview\n:::\n")
    rows = {row[0]: row[3:5] for row in edition.exhibits[0].drawing.data[1:]}
    assert rows == {
        "momenten": ("trede 3 van 4, mits aangevuld", "meetmomenten; voor trede 4 ook nulmeting"),
        "alles": ("trede 4 van 4", "niets"),
        "reeks": ("trede 3 van 4", "voor trede 4 een andere opzet"),
        "losse reeks": (
            "trede 0 van 4",
            "voor trede 3 nulmeting en meetmomenten; voor trede 4 ook een andere opzet",
        ),
    }


def test_a_draft_of_the_evaluation_paragraph_reads_as_text(planned: Edition) -> None:
    html = rendered(planned, "::: evaluability paragraphs\n:::\n")
    assert not planned.exhibits
    assert "<b>Bon.</b> Het resultaat wordt gemeten aan ‘Deelname’. De opzet is" in html
    assert "Evaluatie: een onafhankelijk bureau." in html
    assert "Nog in te vullen: gegevens." in html
    assert "<b>Loos.</b> Een plan voor de evaluatie" in html


def test_one_instrument_has_its_block_without_a_heading(planned: Edition) -> None:
    html = rendered(planned, "::: evaluability bon\n:::\n")
    assert [one.id for one in planned.exhibits] == ["tbl-evaluability-bon"]
    assert "<h2" not in html


def test_an_unknown_instrument_is_a_problem(planned: Edition) -> None:
    assert rendered(planned, "::: evaluability bom\n:::\n") == ""
    (problem,) = planned.problems
    assert "`::: evaluability` does not know 'bom'" in problem.message
    assert "`::: evaluability bon`" in problem.hint


def test_nothing_to_look_ahead_to_is_a_problem(edition: Edition) -> None:
    assert rendered(edition, "::: evaluability\n:::\n") == ""
    (problem,) = edition.problems
    assert "`::: evaluability` has nothing to show" in problem.message
    assert "give an instrument `evaluability`" in problem.hint


def test_labels_follow_the_language_of_the_report(edition_of: Make) -> None:
    edition = edition_of(case(), "en")
    html = rendered(edition, "::: evaluability\n:::\n")
    assert "Evidence within reach." in html
    assert "Bereikbaar" not in html


def test_the_record_of_the_evaluation_holds_it() -> None:
    ev = evaluate(case())
    assert Evaluation.from_json(ev.to_json()) == ev
    assert ev.evaluability["bon"].detectable is not None
    assert ev.evaluability["loos"].detectable is None
    assert "<summary>Evalueerbaarheid</summary>" in ev._repr_html_()
