"""The compliance table as it is printed: states in words, places, and nothing of files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from evalkit.io.regimes import regime_names
from evalkit.model import Case
from evalkit.report.edition import Edition
from evalkit.report.sections.compliance import compliance_html
from tests.unit.report.conftest import CASE

TEXT = "# Oordeel {#sec-oordeel}\nDe bon bleef <duur> tot het einde toe.\n"
WORDS = "De bon bleef <duur> tot het einde toe"

Printed = Callable[..., str]


@pytest.fixture
def printed(edition_of: Callable[..., Edition]) -> Printed:
    def one(claims: dict[str, Any], lang: str = "nl") -> str:
        chapters = {"01-oordeel": TEXT}
        case = Case.model_validate({**CASE, "compliance": claims, "chapters": chapters})
        return compliance_html(edition_of(case, lang))

    return one


def cells(html: str) -> list[list[str]]:
    """Give the rows of a table as words."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)[1:]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row] for row in found]


def test_a_row_tells_state_and_place_in_words(printed: Printed) -> None:
    html = printed(
        {
            "oecd-dac": {
                "sustainability": {"at": "sec-oordeel", "says": WORDS},
                "impact": {"because": "De gevolgen zijn nog niet gemeten."},
            }
        }
    )
    rows = {row[0]: row[1:] for row in cells(html)}

    state, where, told = rows["Duurzaamheid van de resultaten criterium ‘sustainability’"]
    assert state == "aanwezig volgens de opstellers"
    assert where != "–"
    assert told == (
        "Aangewezen tekst: ‘De bon bleef &lt;duur&gt; tot het einde toe’. Of dat volstaat, "
        "is uit de gegevens niet af te leiden."
    )
    state, where, told = rows["Impact criterium ‘impact’"]
    assert (state, where) == ("toegelicht", "–")
    assert told.startswith("De gevolgen zijn nog niet gemeten. ")
    state, where, told = rows["Relevantie criterium ‘relevance’"]
    assert (state, where) == ("ontbreekt", "–")
    assert "Nog te doen: beoordeel of de doelen aansluiten" in told


def test_the_source_tells_which_edition_was_read(printed: Printed) -> None:
    source = "de minister van Financiën; Regeling periodiek evaluatieonderzoek 2022; Staatscourant"
    assert source in printed({"rpe-2022": {}})


def test_each_state_has_a_shape_of_its_own(printed: Printed) -> None:
    impact = {"because": "De gevolgen zijn nog niet gemeten."}
    relevance = {"at": "sec-oordeel", "says": WORDS}
    html = printed({"oecd-dac": {"impact": impact, "relevance": relevance}})
    found = set(re.findall(r"<td[^>]*>(<svg.*?</svg>) (\w+)", html, re.DOTALL))

    assert {word for _, word in found} == {"aanwezig", "ontbreekt", "toegelicht"}
    assert len({shape for shape, _ in found}) == 3


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", regime_names())
def test_no_page_names_a_file_or_a_key(name: str, lang: str, printed: Printed) -> None:
    text = re.sub(r"<[^>]*>", " ", printed({name: {}}, lang))

    assert not re.search(r"\.ya?ml|\.md\b|no_policy|target_group|`|\{", text)


@pytest.mark.parametrize("name", regime_names())
def test_the_title_is_not_said_again_under_its_heading(name: str, printed: Printed) -> None:
    html = printed({name: {}})
    (title,) = re.findall(r"<h2[^>]*>(?:<span.*?</span>)?(.*?)</h2>", html)
    told, *_ = re.findall(r"<p>(.*?)</p>", html)

    assert title.strip() not in told
    assert told.startswith(("Van de ", "Alle "))
