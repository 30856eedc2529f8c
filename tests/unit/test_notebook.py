"""What a notebook shows of an evaluation: short, escaped, in the language of the case."""

from __future__ import annotations

import warnings
from functools import cache
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalkit as ek
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
        ("nl", "Waarom deze trede", "Eerste stap omhoog", "Als hoofddoel"),
        ("en", "Why this rung", "First step up", "As a main aim"),
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
    other = {"nl": "First step up", "en": "Eerste stap omhoog"}[lang]
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


# Everything that a notebook shows ----------------------------------------------------------------


def panel(unit: str = "firm") -> ek.Panel:
    rng = np.random.default_rng(3)
    firm = np.repeat(np.arange(40), 4)
    year = np.tile([2018, 2019, 2020, 2021], 40)
    start = np.where(firm % 2 == 0, 2020, 0)
    jobs = rng.normal(size=160) + 2.0 * ((start > 0) & (year >= start))
    frame = pd.DataFrame({unit: firm, "year": year, "jobs": jobs, "start": start})
    return ek.Panel(frame, unit=unit, time="year", outcome="jobs", cohort="start")


@cache
def shown() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = ek.did.group_time(panel(), base_period="universal")
        event = fit.aggregate("event")
        check = ek.checks.pretrends(fit)
    ev = made()
    return {
        "case": ev.case,
        "panel": panel(),
        "fit": fit,
        "aggregate": event,
        "check": check,
        "verdict": ev.scores["bon"],
        "scores": ev.scores,
        "story": ev.contributions["bon"],
        "evaluation": ev,
    }


KINDS = [
    "case", "panel", "fit", "aggregate", "check", "verdict", "scores", "story", "evaluation",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_it_shows_itself_as_html_and_without_it_in_a_line(kind: str) -> None:
    one = shown()[kind]
    html, line = one._repr_html_(), repr(one)
    assert html.startswith("<")
    assert balanced(html)
    assert "\n" not in line
    assert 5 < len(line) < 120
    assert line.startswith(type(one).__name__)


@pytest.mark.parametrize("kind", KINDS)
def test_tab_offers_what_it_can(kind: str) -> None:
    one = shown()[kind]
    offered = [name for name in dir(one) if not name.startswith("_")]
    assert offered
    if kind not in {"panel", "case"}:
        assert {"summary", "tidy", "prose", "to_json"} & set(offered)


@pytest.mark.parametrize("kind", ["case", "verdict", "scores", "evaluation"])
def test_sentences_in_a_table_begin_at_the_left(kind: str) -> None:
    """A notebook sets the cells of a table to the right, as numbers are."""
    html = shown()[kind]._repr_html_()
    assert '<td style="text-align: left">' in html


def test_names_in_the_words_of_an_estimator_are_code() -> None:
    html = shown()["fit"]._repr_html_()
    assert "<code>simple</code>" in html
    assert "`" not in html


def test_a_case_shows_its_instruments_in_its_language() -> None:
    html = shown()["case"]._repr_html_()
    assert "Bon &lt;script&gt;" in html
    assert "Subsidie" in html
    assert "Subsidy" in made(language="en").case._repr_html_()
    assert repr(shown()["case"]) == "Case('proef', 1 instrument, 0 chapters)"


def test_a_panel_shows_the_role_of_each_column_and_what_was_left_out() -> None:
    odd = panel(unit="<b>firm")
    html = odd._repr_html_()
    assert "&lt;b&gt;firm" in html
    assert "<b>firm" not in html
    assert "Left out" not in html
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fewer = odd.keep(np.arange(40) > 3, "too small")
    assert "too small" in fewer._repr_html_()


class Balance(HTMLParser):
    """Keeps the tags that are open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002  as its base has it
        if tag not in {"br", "img", "hr", "meta", "link", "input", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def balanced(html: str) -> bool:
    parser = Balance()
    parser.feed(html)
    parser.close()
    return not parser.open
