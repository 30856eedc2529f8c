"""What a notebook shows of an evaluation: short, escaped, in the language of the case."""

from __future__ import annotations

from typing import Any

import pytest

from evalkit.evaluation import Evaluation, evaluate
from evalkit.model.case import Case

NASTY = "Bon <script>alert(1)</script> & co"


def made(**keys: Any) -> Evaluation:
    instrument = {
        "name": NASTY, "type": "subsidie", "period": "2019–2021", "target_group": NASTY,
        "output": {"bonnen": {"text": NASTY, "actual": "3 in 2018"}},
    }  # fmt: skip
    data = {
        "slug": "proef", "title": NASTY, "period": "2019–2021", "instruments": {"bon": instrument},
        "contributions": {"bon": {"question": NASTY, "claims": {"a": {"text": NASTY}}}},
        "compliance": {"rpe-2022": {"expert": {"because": NASTY}}},
    }  # fmt: skip
    return evaluate(Case.model_validate({**data, **keys}))


def views(ev: Evaluation) -> list[Any]:
    return [
        ev, ev.scores, ev.scores["bon"], ev.mix, ev.coverage, ev.contributions["bon"],
        ev.compliance["rpe-2022"], *ev.audit,
    ]  # fmt: skip


def test_views_are_escaped() -> None:
    ev = made()
    assert ev.audit
    for one in views(ev):
        html = one._repr_html_()
        assert "<script" not in html
        assert html.count("<table") == html.count("</table>")


def test_an_evaluation_names_itself_in_a_line() -> None:
    ev = made()
    assert repr(ev) == "Evaluation('proef', 1 instruments)"
    html = ev._repr_html_()
    assert "Bon &lt;script&gt;" in html
    for found in ev.audit:
        assert found.where[0] in html


@pytest.mark.parametrize(("lang", "word"), [("nl", "De vraag"), ("en", "The question")])
def test_a_story_speaks_the_language_of_its_case(lang: str, word: str) -> None:
    ev = made(language=lang)
    assert word in ev.contributions["bon"]._repr_html_()
    assert Evaluation.from_json(ev.to_json()) == ev


def test_nothing_is_no_empty_table() -> None:
    bare = evaluate(Case.model_validate({"slug": "leeg", "title": "Leeg", "period": "2020"}))
    assert "<table></table>" not in bare._repr_html_()
    assert made().contributions["bon"].matrix._repr_html_() == ""


@pytest.mark.parametrize(
    ("lang", "reasons", "step", "goal"),
    [
        ("nl", "Waarom deze trede", "Goedkoopste stap omhoog", "Als hoofddoel"),
        ("en", "Why this rung", "Cheapest step up", "As a main aim"),
    ],
)
def test_the_judgement_speaks_the_language_of_its_case(
    lang: str, reasons: str, step: str, goal: str
) -> None:
    goals = {"goals": {"meer": {"name": "Meer"}}}
    ev = made(language=lang, theory=goals)
    verdict, scores, goals_shown = (
        one._repr_html_() for one in (ev.scores["bon"], ev.scores, ev.coverage)
    )
    assert reasons in verdict
    assert step in verdict
    assert step in scores
    assert goal in goals_shown
    whole = ev._repr_html_()
    other = {"nl": "Cheapest step up", "en": "Goedkoopste stap omhoog"}[lang]
    assert goal in whole
    assert scores in whole
    assert other not in whole
    for stage in (*ev.scores["bon"].stages.values(), ev.scores["bon"].efficiency):
        if stage.of != "outcome":
            assert stage.title[lang] in verdict
            assert stage.next_step[lang] in verdict


def test_without_html_a_view_is_a_line() -> None:
    ev = made()
    assert repr(ev.scores) == "Scores('proef', 1 instruments on effectladder)"
    assert repr(ev.scores["bon"]) == "Verdict('bon', rung 0, direction unknown)"
    assert repr(ev.coverage) == "Coverage(0 goals, 0 blank)"
