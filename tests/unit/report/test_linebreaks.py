"""The fault in line breaking is there without the mend, and gone with it."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from evalkit.report.linebreaks import whole_lines

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
