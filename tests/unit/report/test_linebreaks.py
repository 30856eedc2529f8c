"""The fault in line breaking is there without the mend, and gone with it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from evalkit.report.pages.linebreaks import whole_lines

TEXT = "Trainingen, digitale scans, testfaciliteiten en begeleiding door innovatiecoaches"
MARKUP = f'<p>{TEXT} <span style="font-size: 8.25pt">(Kabinet, 2025)</span></p>'
STYLE = 'body { margin: 0; font: 10pt/5mm "Source Sans 3", sans-serif }'


def lines(width: float, *, mended: bool) -> list[str]:
    page = f"@page {{ size: {width}mm 60mm; margin: 0 }}"
    with whole_lines() if mended else nullcontext():
        document = HTML(string=f"<style>{page} {STYLE}</style>{MARKUP}").render()
    found = document.pages[0]._page_box.descendants()
    return [
        "".join(part.text for part in line.descendants() if isinstance(part, boxes.TextBox))
        for line in found
        if isinstance(line, boxes.LineBox)
    ]


@pytest.fixture(scope="module")
def widths() -> list[float]:
    """Every width from too narrow for the text to wide enough for all."""
    return [100 + step * 0.5 for step in range(140)]


def test_weasyprint_still_breaks_after_the_first_word(widths: list[float]) -> None:
    """When this fails, WeasyPrint has mended it: take `linebreaks.py` out."""
    assert any(lines(width, mended=False)[0] == "Trainingen," for width in widths)


def test_no_line_is_broken_before_it_is_full(widths: list[float]) -> None:
    before = 0
    for width in widths:
        first = lines(width, mended=True)[0]
        assert len(first) >= before, f"at {width} mm the first line is {first!r}"
        before = len(first)


LAST = "Voor een vergelijking van de uitkomsten ontbreekt een cijfer voor de arbeidsproductiviteit."


def last_lines(text: str, *, mended: bool) -> set[str]:
    """The last lines of a paragraph, set in every width of running text."""
    found = set()
    for step in range(60):
        page = f"@page {{ size: {100 + step}mm 90mm; margin: 0 }} p {{ hyphens: auto }}"
        with whole_lines() if mended else nullcontext():
            markup = f'<html lang="nl"><style>{page} {STYLE}</style><p>{text}</p></html>'
            document = HTML(string=markup).render()
        boxes_ = document.pages[0]._page_box.descendants()
        *_, last = [one for one in boxes_ if isinstance(one, boxes.LineBox)]
        texts = [one.text for one in last.descendants() if isinstance(one, boxes.TextBox)]
        found.add("".join(texts))
    return found


def test_no_paragraph_ends_in_the_rest_of_a_word() -> None:
    parted = {"productiviteit.", "ductiviteit.", "tiviteit.", "viteit.", "teit."}
    assert last_lines(LAST, mended=False) & parted
    assert not last_lines(LAST, mended=True) & parted
    linked = LAST.replace("uitkomsten", '<a href="#a">uitkomsten</a>')
    assert not last_lines(linked, mended=True) & parted


NOTED = (
    "De kosten zijn hoger dan verwacht volgens de evaluatie van het programma "
    '<a href="#a">(NextGen België, 2020)</a>.<span class="footnote">Noot.</span> '
    "Het Digitaal programma gaat daarna door met een ander doel en meer geld."
)


def test_no_line_begins_with_the_call_of_a_note() -> None:
    sheet = Path(__file__).parents[3] / "templates" / "seo" / "notes.css"
    css = sheet.read_text(encoding="utf-8")
    for step in range(15):
        page = f"@page {{ size: {63 + step * 0.3}mm 90mm; margin: 0 }}"
        with whole_lines():
            markup = f"<style>{page} {STYLE} {css}</style><p>{NOTED}</p>"
            document = HTML(string=markup).render()
        for line in document.pages[0]._page_box.children[0].descendants():
            if isinstance(line, boxes.LineBox):
                texts = [one.text for one in line.descendants() if isinstance(one, boxes.TextBox)]
                assert "".join(texts).lstrip("\N{WORD JOINER}")[:1] != "1"
