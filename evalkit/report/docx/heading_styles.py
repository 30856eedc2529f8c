"""The styles of headings, and of the contents that list them."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.report.docx.formatting import Face, Layout, Rule
from evalkit.report.docx.look import Look
from evalkit.report.docx.numbering import APPENDICES, CHAPTERS
from evalkit.report.docx.style import NamedStyle

_NUMBER = 14.0  # millimetres for a number where there is no margin column
_LISTED = 24.0  # the same in the contents
_SECTION = 11.0  # the number of a section in the contents


def heading_styles(look: Look) -> Iterator[NamedStyle]:
    """Give the styles of headings; their numbers hang in the margin column, where there is one."""
    title = Face(font=look.serif, colour=look.title, size=27)
    left, hanging = _hang(look, _NUMBER)
    chapter = Layout(
        keep_next=True, keep_lines=True, page_break=True, numbering=(CHAPTERS, 0), hyphens=False,
        before=20, after=22, line=31, left=left, hanging=hanging, outline=0,
    )  # fmt: skip
    section = Layout(
        keep_next=True, keep_lines=True, numbering=(CHAPTERS, 1), hyphens=False,
        before=21, after=6, line=18, left=left, hanging=hanging, outline=1,
    )  # fmt: skip
    yield _heading("heading 1", chapter, title)
    smaller = Face(font=look.serif, colour=look.title, bold=True, size=14)
    yield _heading("heading 2", section, smaller)
    yield _heading("heading 3", _low(2), Face(bold=True, colour=look.accent, size=10))
    yield _heading("heading 4", _low(3), Face(bold=True, colour=look.title, size=10))
    # Not a heading to the field of the contents, which lists no sections of appendices.
    appendix = Layout(numbering=(APPENDICES, 1))
    yield NamedStyle("Appendix heading", appendix, based="heading 2", then="Normal")
    contents = Layout(page_break=True, keep_next=True, before=20, after=22, line=31)
    yield NamedStyle("toc heading", contents, title, own=False)
    yield from _listed(look)


def _heading(name: str, layout: Layout, face: Face) -> NamedStyle:
    return NamedStyle(name, layout, face, then="Normal", own=False)


def _low(level: int) -> Layout:
    return Layout(keep_next=True, keep_lines=True, hyphens=False, before=12, after=3, outline=level)


def _hang(look: Look, room: float) -> tuple[float, float]:
    """Give the indent of a text and how far its number stands out before it."""
    return (0.0, look.gutter) if look.gutter else (room, room)


def _listed(look: Look) -> Iterator[NamedStyle]:
    left, hanging = _hang(look, _LISTED)
    page = ("right", look.text)
    chapter = Layout(
        tabs=(("left", left), page), before=6, after=1, left=left, hanging=hanging,
        above=Rule(0.4, look.line, 3),
    )  # fmt: skip
    bold = Face(font=look.serif, bold=True, colour=look.title, size=11.5)
    yield NamedStyle("toc 1", chapter, bold, own=False)
    inner = left + _SECTION
    section = Layout(tabs=(("left", inner), page), after=0, line=12, left=inner, hanging=_SECTION)
    yield NamedStyle("toc 2", section, Face(size=9.5), own=False)
