"""`::: contribution`, `::: mix`, `::: compliance` and `::: trail`: never a heading with nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from evalkit.model import Case
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.sections.contribution import stories_html
from evalkit.report.sections.trail import with_trail
from evalkit.report.text.prose import Prose

Make = Callable[..., Edition]


def rendered(edition: Edition, text: str) -> str:
    return Prose(edition, "chapters/x.md", handlers=HANDLERS).html(text)


@pytest.mark.parametrize(
    ("directive", "hint"),
    [
        ("contribution", "add contribution.yaml"),
        ("contribution conclusions", "add contribution.yaml"),
        ("compliance", "name a regime in compliance.yaml"),
    ],
)
def test_a_directive_with_nothing_to_show_is_a_problem(
    edition: Edition, directive: str, hint: str
) -> None:
    assert rendered(edition, f"Tekst.\n\n::: {directive}\n:::\n") == "<p>Tekst.</p>\n"
    (problem,) = edition.problems
    assert (problem.file, problem.line) == ("chapters/x.md", 3)
    assert f"`::: {directive}` has nothing to show" in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("full", ["", " full"])
def test_a_mix_without_findings_is_a_problem(edition_of: Make, full: str) -> None:
    bare = Case.model_validate({"slug": "leeg", "title": "Leeg", "period": "2020"})
    edition = edition_of(bare)
    rendered(edition, f"::: mix{full}\n:::\n")
    assert [problem.message for problem in edition.problems] == [
        f"`::: mix{full}` has nothing to show"
    ]


@pytest.mark.parametrize(
    ("directive", "hint"),
    [
        ("mix voluit", "write `::: mix` or `::: mix full`"),
        ("contribution alles", "write `::: contribution` or `::: contribution conclusions`"),
        ("compliance rpe-2022", "write `::: compliance`"),
        ("trail kort", "write `::: trail`"),
    ],
)
def test_an_unknown_word_is_refused(edition: Edition, directive: str, hint: str) -> None:
    rendered(edition, f"::: {directive}\n:::\n")
    (problem,) = edition.problems
    assert "does not know" in problem.message
    assert problem.hint == hint


def test_a_trail_without_numbers_says_so(edition: Edition) -> None:
    html = with_trail(rendered(edition, "::: trail\n:::\n"), edition)
    assert "In de tekst staan geen getallen" in html


def trail_of(edition: Edition, expression: str) -> list[str]:
    html = rendered(edition, f"Tekst {{{{ {expression} }}}}.\n\n::: trail\n:::\n")
    assert not edition.values.problems
    row = with_trail(html, edition).split("<tr")[-1]
    return [
        re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
    ]


def told_of(edition: Edition, *expressions: str) -> list[tuple[str, str]]:
    text = " ".join(f"{{{{ {one} }}}}" for one in expressions)
    html = with_trail(rendered(edition, f"Tekst {text}.\n\n::: trail\n:::\n"), edition)
    assert not edition.values.problems
    rows = [re.findall(r"<t[hd].*?</t[hd]>", row) for row in html.split("<tr")[3:]]
    return [(plain(row[0]), plain(row[1])) for row in rows]


def plain(cell: str) -> str:
    return re.sub("<[^>]+>", "", cell).replace("\N{NO-BREAK SPACE}", " ")


def test_a_count_says_what_was_counted(edition: Edition) -> None:
    activities = "instruments.bon_regeling.activities"
    assert told_of(edition, "instruments | length", f"{activities} | length") == [
        ("1", "aantal instrumenten in dit rapport, geteld"),
        ("1", "aantal vastgelegde activiteiten, geteld (Bon &lt;regeling&gt;)"),
    ]  # fmt: skip


def test_what_is_printed_twice_stands_in_the_trail_once(edition: Edition) -> None:
    one = "instruments.bon_regeling.input.budget.per_year[2022]"
    assert told_of(edition, one, one) == [("2 mln. euro", "Budget (2022)")]


def test_a_number_without_a_target_beside_it_is_not_called_a_result(edition: Edition) -> None:
    path = "instruments.bon_regeling.activities.bonnen.actual"
    ((_, told),) = told_of(edition, path)
    assert "realisatie" not in told


def test_a_computation_within_another_keeps_its_place(edition: Edition) -> None:
    path = "instruments.bon_regeling.input.budget"
    number, told, _ = trail_of(
        edition,
        f"share(difference({path}.per_year[2022], {path}.per_year[2021]), {path}.total, "
        "unlike='a, b (c)') | number",
    )
    assert number == "14,3"
    assert told.replace("\N{NO-BREAK SPACE}", " ") == (
        "aandeel: (verschil: 2 mln. euro (Budget, 2022) min 1,5 mln. euro (Budget, 2021)) "
        "gedeeld door 3,5 mln. euro (Budget, totaal, opgeteld door evalkit)"
    )


STORY = """Er zijn {{ activities.bonnen.actual }}.[^n]

- {{ claims.geheel.status }}

{{ claims.geheel }}

[^n]: Een noot.
"""


@pytest.fixture
def told(case: Case, edition_of: Make) -> Edition:
    claim: Mapping[str, Any] = {"text": "de *bon* werkte <b>, zie @fig-niets en 2 * 3 * 4"}
    record = {"claims": {"geheel": claim}, "story": STORY}
    data = {**case.model_dump(mode="json"), "contributions": {"bon-regeling": record}}
    return edition_of(Case.model_validate(data))


def test_a_record_within_a_story_is_no_markdown(told: Edition) -> None:
    html = stories_html(told)
    assert "de *bon* werkte &lt;b&gt;, zie @fig-niets en 2 * 3 * 4" in html
    assert "<p><p>" not in html
    assert "Een noot." in html
    assert list(told.references.dangling()) == []
    # What the text does not call up follows it.
    assert "<strong>Volgende stap voor de claims.</strong>" in html


@pytest.mark.parametrize(
    ("story", "line"), [("Zie\n\n{{ output.x }} @fig-niets", 12), ("Zie @fig-niets", 9)]
)
def test_a_mistake_in_a_story_is_told_at_its_line(
    case: Case, edition_of: Make, story: str, line: int
) -> None:
    record = {"claims": {"geheel": {"text": "het"}}, "story": story}
    data = {**case.model_dump(mode="json"), "contributions": {"bon-regeling": record}}
    key = ("contributions", "bon-regeling")
    places = {key: "contribution.yaml:3", (*key, "story"): "contribution.yaml:9"}
    edition = edition_of(Case.model_validate(data).model_copy(update={"places": places}))
    stories_html(edition)
    told = [*edition.values.problems, *edition.references.dangling()]
    assert {(one.file, one.line) for one in told} == {("contribution.yaml", line)}


def test_numbers_of_a_story_are_in_the_trail(told: Edition) -> None:
    html = stories_html(told)
    trail = with_trail(html + rendered(told, "::: trail\n:::\n"), told)
    assert "1.337" in trail.split("Getal in de tekst")[1]
    assert told.values.printed[0].expression == "activities.bonnen.actual"


def test_much_evidence_is_set_out_in_several_tables(case: Case, edition_of: Make) -> None:
    data = case.model_dump(mode="json")
    names = [f"stuk-{n}" for n in range(30)]
    data["instruments"]["bon-regeling"]["evidence"] = {
        name: {
            "source": "seo",
            "design": "survey",
            "about": "outcome",
            "finds": "positive",
            "year": 2024,
        }
        for name in names
    }
    tests = {
        name: {
            "expect": "iets", "test": "hoop", "result": "found", "evidence": name,
        }
        for name in names
    }  # fmt: skip
    data["contributions"] = {"bon-regeling": {"claims": {"a": {"text": "het", "tests": tests}}}}
    edition = edition_of(Case.model_validate(data))
    html = stories_html(edition)
    assert [one.id for one in edition.exhibits] == [
        "tbl-contribution-bon-regeling",
        "tbl-contribution-bon-regeling-2",
        "tbl-contribution-bon-regeling-3",
    ]
    assert html.count(">+<") == len(names)
