"""contribution.yaml: read as it is written, and each way in which it can be wrong at its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import CaseError
from evalkit.io.case import load_case

RECORD = """\
premie:
  question: Schiep de premie plekken?
  claims:
    plekken:
      text: de premie schiep plekken
      link: budget -> plekken
      prior: 0,4
      tests:
        telling:
          expect: het aandeel stijgt
          test: hoop
          result: found
          evidence: telling
          if_true: 0,9
          if_false: 0,4–0,6
        dossiers:
          expect: dossiers noemen de premie
          test: smoking gun
  rivals:
    groei:
      text: Economische groei
      type: commingled rival
      claims: [plekken]
      status: partly ruled out
      because: de groei begon later
      source: cbs2021, p. 9
  carried_out:
    as_planned: fully
    because: het budget is besteed
    evidence: telling
  story: |
    In 2016 was het {{ output.plekken.actual }}. {{ claims.plekken }}
"""


@pytest.fixture
def write(small_case: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        (small_case / "contribution.yaml").write_text(text, encoding="utf-8")
        return small_case

    return written


def test_it_is_read_by_instrument(write):
    case = load_case(write(RECORD))
    record = case.contributions["premie"]
    test = record.claims["plekken"].tests["telling"]
    assert (str(test.if_false.low), str(test.if_false.high)) == ("0.4", "0.6")
    assert record.rivals["groei"].rivals
    assert "contribution.yaml" in case.hashes
    assert type(case).from_json(case.to_json()) == case


def test_it_may_be_left_out(small_case):
    assert load_case(small_case).contributions == {}


def test_texts_may_stand_in_two_languages(write):
    folder = write(RECORD.replace("text: de premie schiep plekken", (
        "text: {nl: de premie schiep plekken, en: the premium made places}"
    )))  # fmt: skip
    path = folder / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "translations: en\n", encoding="utf-8")
    for name in ("instruments/premie", "chapters/01-inleiding"):
        (folder / f"{name}.en.md").write_text("# Input\n\nText.\n", encoding="utf-8")
    english = load_case(folder, lang="en").contributions["premie"].claims["plekken"]
    assert english.text == "the premium made places"
    # Numbers are written once, in the language of the case.
    assert str(english.tests["telling"].if_true.low) == "0.9"


HOOP = """test: hoop
          result: found
          evidence: telling
          if_true: 0,9
          if_false: 0,4–0,6"""
# what stands there, what is put there, the text that marks the line, message, hint
BROKEN = [
    ("premie:\n", "premi:\n", "premi:", "no instrument 'premi'", "did you mean 'premie'?"),
    ("    plekken:\n      text", "    P:\n      text", "    P:", "'P' is not an id", "lower case"),
    ("      text: de premie schiep plekken\n", "", "    plekken:", "the key 'text' is missing", ""),
    ("link: budget -> plekken", "link: budget -> plakken", "plakken",
     "no link 'budget -> plakken' in this instrument", "did you mean 'budget -> plekken'?"),
    ("link: budget -> plekken", "link: budget", "link: budget", "no link 'budget'", ""),
    ("prior: 0,4", "prior: 0", "prior:", "'0' leaves no doubt", ""),
    ("prior: 0,4", "prior: 1", "prior:", "so that no other evidence could ever", ""),
    ("if_true: 0,9", "if_true: 1", "if_true:", "write a number above 0 and below 1, such as 0,99",
     ""),
    ("if_true: 0,9", "if_true: 90", "if_true:", "write 0,9 for 90 per cent", ""),
    ("if_true: 0,9", "if_true: 0.9", "if_true:", "'0.9' can be read two ways", ""),
    ("if_false: 0,4–0,6", "if_false: 0,6–0,4", "if_false:", "write the smaller number first", ""),
    ("if_false: 0,4–0,6", "if_false: laag", "if_false:", "'laag' is not a number", ""),
    ("          if_false: 0,4–0,6\n", "", "if_true:", "nothing without `if_false`", "leave both"),
    ("if_true: 0,9", "if_true: 0,2", "if_true:", "finding this would weaken the claim", "turn"),
    ("if_true: 0,9\n          if_false: 0,4–0,6", "if_true: 0,5\n          if_false: 0,4",
     "if_true:", "a 'hoop' test is one that a true claim passes", "raise it"),
    (HOOP, HOOP.replace("hoop", "smoking gun").replace("0,4–0,6", "0,6–0,7"), "if_false:",
     "a 'smoking gun' is hardly seen when the claim is not true", "lower it"),
    ("test: hoop", "test: hoepel", "hoepel", "'hoepel' is not one of the words", "hoop"),
    ("          test: smoking gun\n", "", "        dossiers:", "nothing says what it would mean",
     "add `test: straw in the wind`"),
    ("result: found", "result: ja", "result: ja", "'ja' is not one of the words", "found"),
    ("          evidence: telling\n          if_true", "          if_true", "result: found",
     "'found' says so without evidence", "name the evidence"),
    ("          result: found\n", "", "evidence: telling\n          if_true",
     "evidence stands here, and the result says 'not looked for'", "result: found"),
    ("evidence: telling\n          if_true", "evidence: teling\n          if_true", "teling",
     "no evidence 'teling' in this instrument", "did you mean 'telling'?"),
    ("test: smoking gun", "test: smoking gun\n          result: found\n          evidence: telling",
     "evidence: telling\n  rivals", "'telling' stands behind test 'telling' of this claim already",
     "the same `package`"),
    ("type: commingled rival", "type: rivaal", "rivaal", "'rivaal' is not one of the words", ""),
    ("      type: commingled rival\n", "", "    groei:", "the key 'type' is missing", "required"),
    ("      text: Economische groei\n", "", "    groei:", "nothing says what this factor is", ""),
    ("text: Economische groei", "external: groei", "external:", "no external factor 'groei'", ""),
    ("claims: [plekken]", "claims: [plakken]", "[plakken]", "no claim 'plakken'", "'plekken'"),
    ("      because: de groei begon later\n", "", "status:", "'partly ruled out' without a reason",
     "status: open"),
    ("      source: cbs2021, p. 9\n", "", "status:", "without evidence or a source", ""),
    ("source: cbs2021, p. 9", "source: cbs201", "cbs201", "no source 'cbs201'", "'cbs2021'"),
    ("as_planned: fully", "as_planned: ja", "ned: ja", "'ja' is not one of the words", "fully"),
    ("    because: het budget is besteed\n", "", "  carried_out:", "the key 'because' is missing",
     ""),
    ("    evidence: telling\n  story", "  story", "as_planned:", "nothing shows whether", "name"),
    ("question: Schiep de", "question: Schiep {{ case.title }} de", "question:",
     "a value between {{ and }} is not filled in here", "write it out here"),
    ("text: de premie schiep", "text: de {{ output.plekken.actual }} schiep", "text: de",
     "a value between {{ and }} is not filled in here", "`story`"),
    ("because: de groei begon", "because: zie @fig-groei; de groei begon", "because: zie",
     "the reference @fig-groei is not filled in here", "`story`"),
    ("    evidence: telling\n  story", "    evidence: teling\n  story", "teling",
     "no evidence 'teling'", "did you mean 'telling'?"),
    ("{{ claims.plekken }}", "{{ claims.plakken }}", "  story:",
     "{{ claims.plakken }} is nothing that a story can call up", "did you mean 'claims.plekken'?"),
    ("{{ output.plekken.actual }}", "{{ output.plekken.target }}", "  story:",
     "{{ output.plekken.target }} is nothing that a story can call up", ""),
    ("{{ claims.plekken }}", "{{ claims.plekken", "  story:", "stands for nothing",
     "between {{ and }}"),
    ("{{ claims.plekken }}", "{% if x %}", "  story:", "stands for nothing", "no {% … %}"),
    ("rivals:", "rivalen:", "rivalen:", "unknown key 'rivalen'", "did you mean 'rivals'?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "marker", "message", "hint"), BROKEN)
def test_each_mistake_is_told_at_its_line(write, problems, old, new, marker, message, hint):
    assert RECORD.count(old) == 1
    text = RECORD.replace(old, new)
    line = text.count("\n", 0, text.index(marker)) + 1
    found = problems(write(text))
    matching = [one for one in found if message in one and hint in one.partition(" | ")[2]]
    assert matching, found
    assert f"contribution.yaml:{line}:" in matching[0], found
    if marker != "    P:":  # what names it by its right id does not find it either
        assert len(found) == 1, "one fault, one message"


def test_packages_need_probabilities_for_all_or_none(write, problems):
    text = RECORD.replace("if_false: 0,4–0,6", "if_false: 0,4–0,6\n          package: p").replace(
        "test: smoking gun",
        "test: smoking gun\n          result: found\n          evidence: telling\n"
        "          package: p",
    )
    (found,) = problems(write(text))
    assert "the package 'p' has tests with and without probabilities" in found


def test_a_prior_needs_probabilities(write, problems):
    text = RECORD.replace("          if_true: 0,9\n          if_false: 0,4–0,6\n", "")
    (found,) = problems(write(text))
    assert "a prior has nothing to work on" in found


def test_it_is_no_key_of_the_case_file(small_case, problems):
    path = small_case / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "contributions: {}\n", encoding="utf-8")
    (found,) = problems(small_case)
    assert "contribution analyses stand in contribution.yaml" in found


def test_evidence_of_an_analysis_may_be_named(write, small_case):
    analysis = (
        "banen:\n  title: Banen\n  question: Meer banen?\n  data: data/banen.csv\n"
        "  source: cbs2021\n  design: group_time\n  outcome:\n    column: banen\n"
        "    intended: higher\n  unit: firm\n  time: year\n  cohort: start\n"
        "  evidence_for: premie.outcome\n"
    )
    (small_case / "analyses.yaml").write_text(analysis, encoding="utf-8")
    (small_case / "data").mkdir()
    data = "firm,year,start,banen\n1,2019,0,1\n"
    (small_case / "data" / "banen.csv").write_text(data, encoding="utf-8")
    text = RECORD.replace(
        "evidence: telling\n          if_true", "evidence: banen\n          if_true"
    )
    assert load_case(write(text)).contributions["premie"].claims["plekken"]


def test_a_type_that_no_stand_in_fits_does_not_hide_the_rest(write: Callable[[str], Path]) -> None:
    text = RECORD.replace("type: commingled rival", "type: rivaal")
    text = text.replace("link: budget -> plekken", "link: budget -> plakken")
    with pytest.raises(CaseError) as caught:
        load_case(write(text))
    told = [problem.message for problem in caught.value.problems]
    assert any("'rivaal' is not one of the words" in message for message in told)
    assert any("no link 'budget -> plakken'" in message for message in told)
    assert len(told) == 2
