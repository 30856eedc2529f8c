"""The list of verdicts: a reason that holds all instruments back is printed once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.judgement.reason import Reason
from evalkit.report.edition import Edition
from evalkit.report.sections.verdict import deciding, mix_html, telling
from evalkit.report.style.style import load_style

AT = "chapters/06-oordeel.md"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(evaluate(load_case("menselijk-kapitaal")), "nl", load_style("seo"))


def words(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup))


def test_what_holds_all_back_is_said_once_and_each_is_told_apart(edition):
    told = words(mix_html(edition, AT, 1))
    assert (
        told.count("Eén reden daarvoor hebben zij gemeen: de onderbouwing is niet volledig.") == 1
    )
    assert "Hieronder" not in told
    assert "): trede 1, potentieel" in told
    assert "): Trede" not in told
    for verdict in edition.evaluation.scores.instruments:
        assert deciding(verdict).rule == "underpinned-unmet"
        assert telling(verdict, edition).rule in ("concluded", "experience", "too-early")
        assert telling(verdict, edition).prose("nl") in told


def test_what_evidence_on_a_part_concludes_is_told_as_such(edition):
    told = words(mix_html(edition, AT, 1))
    part = "alleen over de editie van 2018, met 14 van de 169 projecten (SEO, 2020b)."
    assert told.count(part) == 1
    assert "alleen over de eerste openstelling" in told
    pact = told[told.index("Techniekpact (") : told.index("NL Talent Coalition (")]
    assert "over tussentijdse gevolgen schrijven" in pact
    assert "maar alleen over" not in pact


def test_reasons_that_differ_are_each_printed(edition):
    scores = edition.evaluation.scores
    first = scores.instruments[0]
    other = first.model_copy(
        update={"reasons": tuple(r for r in first.reasons if r.rule != "underpinned-unmet")}
    )
    changed = scores.model_copy(update={"instruments": (other, *scores.instruments[1:])})
    again = Edition(
        edition.evaluation.model_copy(update={"scores": changed}), "nl", load_style("seo")
    )
    told = words(mix_html(again, AT, 1))
    assert told.count("De onderbouwing is niet volledig") == len(scores.instruments) - 1
    assert deciding(other).prose("nl") in told


def test_a_direction_is_said_once(edition):
    scores = edition.evaluation.scores
    text = {"nl": "Er is geen effect gevonden. Dat blijkt.", "en": "No effect was found."}
    others = [one for one in scores.instruments if one.id != "omscholingsregeling"]
    found = scores["omscholingsregeling"].model_copy(update={"direction": "none"})
    unmet = next(one for one in found.reasons if one.rule == "underpinned-unmet")
    reasons = (unmet, Reason(rule="direction", text=text))
    found = found.model_copy(update={"reasons": reasons})
    changed = scores.model_copy(update={"instruments": (*others, found)})
    again = edition.evaluation.model_copy(update={"scores": changed})
    told = words(mix_html(Edition(again, "nl", load_style("seo")), AT, 1))
    assert "potentieel.  Er is geen effect gevonden. Dat blijkt." in told
    assert told.count("geen effect gevonden") == 1
    assert "richting onbekend. Wat onafhankelijke onderzoekers over de gevolgen schrijven" in told
