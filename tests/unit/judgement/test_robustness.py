"""Which single piece of evidence, if doubted, changes the level or the direction."""

from __future__ import annotations

import pytest


def changes(verdict):
    return {doubt.evidence: (doubt.level, doubt.direction) for doubt in verdict.robustness.doubts}


def test_the_only_causal_study_carries_the_level(judge, study):
    verdict = judge(
        evidence={"proef": study(), "reeks": study(design="before-after", source="instituut")}
    )
    found = changes(verdict)
    assert found["proef"] == (3, "positive")
    assert "reeks" not in found
    (told,) = [doubt for doubt in verdict.robustness.doubts if doubt.evidence == "proef"]
    assert told.prose("nl") == (
        "Zonder het gerandomiseerde experiment (Bureau, 2022) zou het instrument op trede 3 staan."
    )
    assert told.prose("en") == (
        "Without the randomised trial (Bureau, 2022) the instrument would stand on rung 3."
    )
    assert told.prose("nl") in verdict.summary("nl")


def test_two_studies_that_agree_do_not_hang_on_either(judge, study):
    verdict = judge(evidence={"een": study(), "twee": study(source="instituut")})
    assert not {"een", "twee"} & set(changes(verdict))


def test_a_direction_may_turn_while_the_level_stands(judge, study):
    pieces = {
        "een": study(),
        "twee": study(source="instituut"),
        "drie": study(source="handboek", finds="none"),
    }
    verdict = judge(evidence=pieces)
    assert verdict.direction == "mixed"
    assert changes(verdict)["drie"] == (4, "positive")
    (told,) = [doubt for doubt in verdict.robustness.doubts if doubt.evidence == "drie"]
    assert told.prose("nl").endswith("zou de richting positief zijn.")


def test_both_may_change(judge, study):
    verdict = judge(evidence={"proef": study()})
    assert changes(verdict)["proef"] == (2, "unknown")
    (told,) = [doubt for doubt in verdict.robustness.doubts if doubt.evidence == "proef"]
    assert told.prose("nl").endswith("op trede 2 staan en zou de richting onbekend zijn.")


def test_a_source_that_underpins_a_link_can_be_doubted(judge, starts):
    verdict = judge(starts["underpinned"])
    assert changes(verdict) == {"source:handboek": (1, "unknown")}
    assert "onderbouwing van schakels (Handboek, 2019)" in verdict.robustness.doubts[0].text["nl"]
    links = {
        key: {**link, "source": ["handboek", "instituut"]}
        for key, link in starts["underpinned"]["links"].items()
    }
    assert not changes(judge(starts["underpinned"], links=links))


def test_an_indicator_can_be_doubted(judge):
    node = {"text": "Behouden banen", "baseline": "10 in 2019", "actual": "12 in 2022",
            "source": "bureau"}  # fmt: skip
    verdict = judge(outcome={"banen": node})
    (told,) = [d for d in verdict.robustness.doubts if d.evidence == "outcome.banen"]
    assert told.level == 2
    assert "de cijfers over ‘Behouden banen’ (Bureau, 2022)" in told.prose("nl")


def test_a_piece_that_holds_the_level_down_shows_as_well(judge, study):
    remark = study(design="description", finds="unknown", execution="too early")
    verdict = judge(evidence={"meting": study(finds="unknown"), "opmerking": remark})
    assert changes(verdict)["opmerking"] == (4, "unknown")


@pytest.mark.parametrize(
    ("number", "start"),
    [(0, "Er is geen bewijs vastgelegd"), (1, "De trede rust op de beschrijving"),
     (2, "De trede rust op de beschrijving van het instrument en niet op bewijs. Laat men een")],
)  # fmt: skip
def test_what_is_said_when_nothing_decides(judge, starts, study, number, start):
    idle = study(
        design="description", about="activities", finds="unknown", execution="carried out"
    )  # fmt: skip
    pieces = {f"e{n}": idle for n in range(number)}
    verdict = judge(starts["described"], evidence=pieces)
    assert (verdict.robustness.doubts, verdict.robustness.tried) == ((), number)
    assert verdict.robustness.text["nl"].startswith(start)


def test_what_rests_on_several_things_is_not_said_to_rest_on_the_description(judge, starts):
    links = {key: link | {"source": ["handboek", "bureau"]}
             for key, link in starts["underpinned"]["links"].items()}  # fmt: skip
    verdict = judge(starts["underpinned"], links=links)
    assert (verdict.level, verdict.robustness.doubts) == (2, ())
    assert verdict.robustness.text["nl"].startswith("Laat men een van de twee")


def test_a_document_that_was_only_consulted_is_not_doubted(judge, study):
    """Nothing rests on it, so that leaving it out would make the verdict look firmer than it is."""
    consulted = study(design="description", about="activities", finds="unknown")
    verdict = judge(evidence={"e": study(), "f": consulted})
    assert verdict.robustness.tried == judge(evidence={"e": study()}).robustness.tried
    said = judge(evidence={"e": study(), "f": {**consulted, "execution": "carried out"}})
    assert said.robustness.tried == verdict.robustness.tried + 1


def test_pieces_of_one_design_from_one_source_are_told_apart_by_what_they_found(judge, study):
    verdict = judge(evidence={"een": study(), "twee": study(finds="none", text="geen verschil")})
    told = [doubt.prose("nl") for doubt in verdict.robustness.doubts if doubt.evidence == "twee"]
    start = "Zonder het gerandomiseerde experiment (Bureau, 2022; in onze woorden: geen verschil)"
    assert told[0].startswith(start)


def test_two_reasons_with_one_label_are_two_reasons(judge, study):
    """Without the remark that it is too early, a plan would not have been carried out yet."""
    plan = study(design="description", about="activities", execution="planned", finds="unknown")
    early = {**plan, "about": "outcome", "execution": "too early"}
    verdict = judge(evidence={"plan": plan, "vroeg": early})
    assert verdict.status == "too-early"
    doubts = {doubt.evidence: doubt.status for doubt in verdict.robustness.doubts}
    assert doubts["vroeg"] == "not-carried-out"


@pytest.mark.parametrize("known", [{"status": "lopend"}, {"output": {"cursussen": {
    "text": "Cursussen", "actual": "40 in 2022", "source": "bureau"}}}])  # fmt: skip
def test_what_runs_or_delivered_has_been_carried_out(judge, study, known):
    plan = study(design="description", about="activities", execution="planned", finds="unknown")
    assert judge(evidence={"plan": plan}).status == "not-carried-out"
    assert judge(evidence={"plan": plan}, **known).status == ""


@pytest.mark.parametrize(
    ("pieces", "start"),
    [
        (
            {"een": {}},
            (
                "De trede hangt af van elk van de twee stukken bewijs en bronnen die meetellen, de "
                "richting van"
            ),
        ),
        ({"een": {"finds": "unknown"}}, "De trede hangt af van elk van de twee stukken bewijs en"),
        ({"een": {}, "twee": {"finds": "none"}}, "De trede hangt af van één van de drie stukken"),
    ],
)
def test_level_and_direction_are_told_apart(judge, study, pieces, start):
    verdict = judge(evidence={key: study(**keys) for key, keys in pieces.items()})
    assert verdict.robustness.text["nl"].startswith(start)


def test_what_keeps_the_direction_open_is_called_that(judge, study):
    remark = study(design="description", finds="unknown", execution="too early")
    verdict = judge(evidence={"opmerking": remark})
    (told,) = [d.prose("nl") for d in verdict.robustness.doubts if d.evidence == "opmerking"]
    assert told == (
        "Alleen de bevinding (Bureau, 2022) maakt dat de richting nog niet te bepalen is. "
        "Zonder die bevinding zou de richting onbekend zijn."
    )


def test_figures_that_were_measured_are_called_figures(judge, study):
    """A reader who counts the studies must not find more of them in the sentence."""
    uren = {"text": "Uren", "baseline": "9 in 2019", "actual": "12 in 2022", "source": "bureau"}
    said = judge(evidence={"een": study()}, outcome={"uren": uren}).robustness.text
    assert "stukken bewijs, gemeten cijfers en bronnen" in said["nl"]
    assert "pieces of evidence, measured figures and sources" in said["en"]
