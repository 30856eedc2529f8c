"""What the verdict of an instrument says beside its level: stages, efficiency, how firm it is."""

from __future__ import annotations

import re
from html import unescape

import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.judgement.crosswalk import crosswalk
from evalkit.judgement.robustness import Doubt, Robustness
from evalkit.judgement.verdict import Verdict
from evalkit.report.edition import Edition
from evalkit.report.sections.verdict import deciding_stage, verdict_html
from evalkit.report.style.style import load_style
from evalkit.report.tables.crosswalk import crosswalk_table
from evalkit.report.tables.stages import stages_table


def words(html: str) -> str:
    plain = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(plain).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(evaluate(load_case("menselijk-kapitaal")), "nl", load_style("seo"))


def verdict_of(edition: Edition, key: str) -> Verdict:
    return edition.evaluation.scores[key]


def test_every_instrument_says_what_is_known_of_its_other_stages(edition: Edition) -> None:
    for verdict in edition.evaluation.scores.instruments:
        text = words(verdict_html(verdict.id, edition))
        for found in (verdict.stages["activities"], verdict.stages["output"], verdict.efficiency):
            assert found is not None
            head = f"{found.title['nl']}: {found.label['nl']} ({found.level} van {found.top})."
            assert head in text
            assert deciding_stage(found).prose("nl") in text
            whose = [one.prose("nl") for one in found.reasons if one.rule == "direction"]
            assert (found.direction == "unknown") == (not whose)
            assert all(told in text for told in whose)
            assert bool(found.finding["nl"]) == (found.direction != "unknown")


def test_what_decides_a_stage_is_what_it_lacks_or_what_limits_it_or_what_it_has(
    edition: Edition,
) -> None:
    rules = {
        (verdict.id, found.of): deciding_stage(found).rule
        for verdict in edition.evaluation.scores.instruments
        for found in (*verdict.stages.values(), verdict.efficiency)
        if found is not None and found.of != "outcome"
    }
    assert rules["techniekpact", "activities"] == "execution-established-unmet"
    assert rules["techniekpact", "output"] == "output-compared"
    assert rules["o2lab", "output"] == "own-count"
    assert rules["agdb", "efficiency"] == "no-own-budget"
    assert rules["hca-ict", "efficiency"] == "budget-unknown"


def test_what_holds_back_now_stands_apart_from_what_would_hold_back_later(
    edition: Edition,
) -> None:
    text = words(verdict_html("talent-coalition", edition))
    why, now = text.index("Waarom deze trede"), text.index("Waardoor niet hoger")
    later, step = text.index("Wat daarna in de weg staat"), text.index("Eerste stap omhoog")
    assert why < text.index("Doel, doelgroep en activiteiten") < now
    assert now < text.index("De onderbouwing is niet volledig") < text.index("trede 1 het hoogste")
    assert text.index("trede 1 het hoogste") < later < text.index("trede 2 is het hoogste") < step


def test_the_status_says_that_it_is_the_direction_that_is_open(edition: Edition) -> None:
    text = words(verdict_html("agdb", edition))
    assert "potentieel – richting nog niet te bepalen" in text


def test_it_says_which_single_piece_would_change_the_level_most(edition: Edition) -> None:
    doubts = [
        Doubt(evidence=name, level=level, direction="unknown", text={"nl": told, "en": told})
        for name, level, told in (("a", 3, "Zonder A trede 3."), ("b", 1, "Zonder B trede 1."))
    ]
    text = {"nl": "Twee van drie.", "en": "Two of three."}
    robust = Robustness(doubts=tuple(doubts), tried=3, text=text)
    assert "Twee van drie. Zonder B trede 1." in told_with(robust, edition)
    assert "Zonder A" not in told_with(robust, edition)
    assert "Hoe stevig" not in told_with(Robustness(text=text), edition)


def told_with(robust: Robustness, edition: Edition) -> str:
    scores = edition.evaluation.scores
    first = scores.instruments[0]
    changed = first.model_copy(update={"robustness": robust})
    scores = scores.model_copy(update={"instruments": (changed, *scores.instruments[1:])})
    evaluation = edition.evaluation.model_copy(update={"scores": scores})
    return words(verdict_html(first.id, Edition(evaluation, "nl", load_style("seo"))))


def test_the_table_of_stages_prints_the_record(edition: Edition) -> None:
    head, *rows = stages_table(edition).data
    assert head == (
        "Instrument", "Uitvoering (0–3)", "Output (0–3)", "Outcome (0–4)", "Doelmatigheid (0–4)",
    )  # fmt: skip
    verdicts = edition.evaluation.scores.instruments
    assert len(rows) == len(verdicts)
    for row, verdict in zip(rows, verdicts, strict=True):
        assert row[3].startswith(f"{verdict.level} {verdict.label['nl']}")
        known = verdict.direction != "unknown" or bool(verdict.status)
        assert row[3].endswith(verdict.direction_label("nl")) == known
        output = verdict.stages["output"]
        assert row[2].startswith(f"{output.level} {output.label['nl']}")
        assert output.direction == "unknown" or row[2].endswith(output.direction_label("nl"))


def test_the_crosswalk_is_printed_as_it_is_computed(edition: Edition) -> None:
    head, *rows = crosswalk_table(edition).data
    found = crosswalk()
    assert len(head) == 1 + len(found.ladders)
    assert "Maryland-schaal (SMS), toepassing What Works Growth (0–5)" in head
    for row, expected in zip(rows, found.rows, strict=True):
        assert row == (expected.name["nl"], *(str(expected.levels[n]) for n in found.ladders))


def test_a_verdict_without_stages_is_printed_all_the_same(edition: Edition) -> None:
    scores = edition.evaluation.scores
    old = [v.model_copy(update={"stages": {}, "efficiency": None}) for v in scores.instruments]
    scores = scores.model_copy(update={"instruments": tuple(old)})
    bare = Edition(
        edition.evaluation.model_copy(update={"scores": scores}), "nl", load_style("seo")
    )
    assert "verdict-strip" not in verdict_html(old[0].id, bare)
    assert stages_table(bare).data[1][1:] == ("–", "–", "–", "–")
