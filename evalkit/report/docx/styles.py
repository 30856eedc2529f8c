"""The styles of a report in Word: headings, captions, notes, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.report.docx.formatting import Face, Layout
from evalkit.report.docx.heading_styles import heading_styles
from evalkit.report.docx.look import Look
from evalkit.report.docx.numbering import BULLETS
from evalkit.report.docx.style import NamedStyle
from evalkit.report.docx.table_styles import table_styles
from evalkit.report.docx.xml import Element, make


def write_styles(root: Element, look: Look, lang: str) -> None:
    """Put the styles in the place of those of an empty Word file."""
    for child in list(root):
        root.remove(child)
    root.append(_defaults(look, lang))
    for style in (
        *_text(look),
        *heading_styles(look),
        *_front(look),
        *_blocks(look),
        *_cells(look),
    ):
        root.append(style.element())
    for style in _characters(look):
        root.append(style.element())
    root.extend(table_styles(look))


def _defaults(look: Look, lang: str) -> Element:
    face = Face(font=look.sans, colour=look.ink, size=10, lang=lang).element()
    layout = Layout(after=7, line=14.2).element()
    return make("w:docDefaults", make("w:rPrDefault", face), make("w:pPrDefault", layout))


def _text(look: Look) -> Iterator[NamedStyle]:
    yield NamedStyle("Normal", based=None, own=False)
    yield NamedStyle(
        "Lead",
        Layout(after=6, line=17, hyphens=False),
        Face(bold=True, colour=look.title, size=11.5),
    )
    yield NamedStyle(
        "Quote", Layout(left=6, after=11), Face(font=look.serif, italic=True, size=10.5), own=False
    )
    yield NamedStyle("Small", Layout(line=12), Face(size=9, colour=look.quiet))
    yield NamedStyle("Omitted", face=Face(italic=True, colour=look.quiet))
    yield NamedStyle("Reference", Layout(left=5, hanging=5, after=4))
    yield NamedStyle("Code", Layout(hyphens=False), Face(font="Courier New", size=9))
    bullets = (("List Bullet", 0), ("List Bullet 2", 1), ("List Bullet 3", 2))
    for name, level in bullets:
        yield NamedStyle(name, Layout(numbering=(BULLETS, level), after=3.4), own=False)
    for level, name in enumerate(("List Number", "List Number 2", "List Number 3")):
        left = 5.5 * (level + 1)
        yield NamedStyle(name, Layout(left=left, hanging=5.5, after=3.4), own=False)
    for level, name in enumerate(("List Continue", "List Continue 2", "List Continue 3")):
        yield NamedStyle(name, Layout(left=5.5 * (level + 1), after=3.4), own=False)
    yield NamedStyle(
        "footnote text", Layout(after=2, line=11, left=4, hanging=4), Face(size=8), own=False
    )
    yield NamedStyle(
        "header",
        Layout(left=-look.gutter, tabs=(("right", look.text),), after=0),
        Face(size=7.5, caps=True, bold=True, spread=0.7, colour=look.quiet),
        own=False,
    )


def _front(look: Look) -> Iterator[NamedStyle]:
    yield NamedStyle(
        "Cover line",
        Layout(before=0, after=10, tabs=(("right", look.measure),)),
        Face(bold=True, caps=True, spread=1.2, size=8, colour=look.quiet),
    )
    yield NamedStyle(
        "Title",
        Layout(after=10, line=44, hyphens=False),
        Face(font=look.serif, colour=look.title, size=36),
        own=False,
    )
    yield NamedStyle("Subtitle", Layout(after=18, line=18, hyphens=False), Face(size=13), own=False)
    yield NamedStyle("Cover note", Layout(before=10, line=11), Face(size=8, colour=look.quiet))
    yield NamedStyle(
        "Colophon title",
        Layout(before=24, after=10),
        Face(font=look.serif, colour=look.title, size=14),
    )


def _blocks(look: Look) -> Iterator[NamedStyle]:
    yield NamedStyle(
        "caption",
        Layout(
            left=-look.gutter,
            keep_next=True,
            keep_lines=True,
            before=12,
            after=5,
            line=13,
            hyphens=False,
        ),
        Face(bold=True, colour=look.title, size=9.5),
        then="Normal",
        own=False,
    )
    yield NamedStyle(
        "Legend", Layout(left=-look.gutter, keep_next=True, after=5, line=12), Face(size=8.5)
    )
    yield NamedStyle("Figure", Layout(left=-look.gutter, after=2, line=0))
    yield NamedStyle(
        "Source",
        Layout(left=-look.gutter, before=3, after=16, line=11),
        Face(size=8, colour=look.quiet),
        then="Normal",
    )
    yield NamedStyle("After table", Layout(after=9, line=1), Face(size=1))
    yield NamedStyle(
        "Question",
        Layout(keep_next=True, after=8, line=17),
        Face(bold=True, size=11.5, colour=look.title),
    )
    yield NamedStyle("Label", Layout(keep_next=True, after=2), Face(bold=True, colour=look.accent))
    yield NamedStyle(
        "Item title",
        Layout(keep_next=True, hyphens=False, before=8, after=3, line=16),
        Face(font=look.serif, bold=True, colour=look.title, size=11.5),
    )
    yield NamedStyle(
        "Box label",
        Layout(keep_next=True, before=4, after=1, line=11),
        Face(bold=True, caps=True, spread=0.7, size=7.5, colour=look.accent),
    )
    yield NamedStyle(
        "Box title",
        Layout(keep_next=True, after=5),
        Face(font=look.serif, bold=True, size=11, colour=look.title),
    )
    yield NamedStyle("Box text", Layout(after=5, line=13.6), Face(size=9.5))


def _cells(look: Look) -> Iterator[NamedStyle]:
    yield NamedStyle("Table text", Layout(after=0, line=12), Face(size=9))
    yield NamedStyle(
        "Table head",
        Layout(hyphens=False, line=11),
        Face(bold=True, size=8.5, colour=look.title),
        based="Table text",
    )
    yield NamedStyle(
        "Table group",
        Layout(keep_next=True, before=5),
        Face(bold=True, colour=look.accent),
        based="Table text",
    )
    yield NamedStyle("Table note", face=Face(size=8.5, colour=look.quiet), based="Table text")
    yield NamedStyle(
        "Fact label", Layout(line=11), Face(size=8.5, colour=look.quiet), based="Table text"
    )
    yield NamedStyle(
        "Fact value",
        Layout(hyphens=False, line=13),
        Face(bold=True, size=10, colour=look.title),
        based="Table text",
    )
    yield NamedStyle(
        "Key figure",
        Layout(line=26, after=2),
        Face(font=look.serif, size=24, colour=look.accent),
        based="Table text",
    )
    yield NamedStyle("Row text", Layout(after=3), based="Table text")
    yield NamedStyle("Row label", face=Face(bold=True, colour=look.accent), based="Table text")


def _characters(look: Look) -> Iterator[NamedStyle]:
    yield NamedStyle("Default Paragraph Font", based=None, own=False, kind="character")
    base = "Default Paragraph Font"
    yield NamedStyle(
        "footnote reference",
        face=Face(vertical="superscript", colour=look.accent, bold=True),
        based=base, own=False, kind="character",
    )  # fmt: skip
    yield NamedStyle(
        "Hyperlink", face=Face(colour=look.accent), based=base, own=False, kind="character"
    )
    yield NamedStyle("Caption label", face=Face(colour=look.accent), based=base, kind="character")
