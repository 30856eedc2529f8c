"""What stands before the text: the title page, the colophon and the contents."""

from __future__ import annotations

from html import escape

from evalkit.report.document import Chapter, Document
from evalkit.report.docx.boxes import side_by_side
from evalkit.report.docx.flow import Flow
from evalkit.report.docx.formatting import Face, Layout, Rule
from evalkit.report.docx.markup import Node, parse
from evalkit.report.docx.place import Place
from evalkit.report.docx.story import Story
from evalkit.report.docx.xml import Element, field, make, text

_ALONE = 60.0  # millimetres above a title without a drawing


def cover(flow: Flow, document: Document, place: Place, *, pictured: bool = True) -> None:
    """Write the title page, with its drawing in the upper corner when it is `pictured`."""
    height = _art(flow, document) if pictured else _ALONE
    line = flow.line(place, Layout("CoverLine", before=height * 72 / 25.4))
    line.words("\t".join(filter(None, (document.publisher, document.kind))))
    flow.paragraph([document.title], place, Layout("Title"))
    if document.subtitle:
        flow.paragraph([document.subtitle], place, Layout("Subtitle"))
    words = document.labels
    facts = [
        (words["commissioner"], document.commissioner),
        (words["publication"], document.date),
        (words["version"], document.version),
    ]
    cells = [_fact(label, value) for label, value in facts if value]
    rule = Rule(1.4, flow.story.book.look.title)
    side_by_side(flow, cells, [1.0] * len(cells), place, rule, None)
    if document.cover_note and pictured:  # it says what the drawing shows
        flow.paragraph([document.cover_note], place, Layout("CoverNote"))


def _art(flow: Flow, document: Document) -> float:
    """Place the drawing behind the page; gives the millimetres that it leaves to go down."""
    top = flow.story.book.look.top
    drawing = next((one for one in parse(document.cover.markup) if isinstance(one, Node)), None)
    svg = None if drawing is None else next((n for n in drawing.walk() if n.tag == "svg"), None)
    if svg is None:
        return _ALONE
    rel, picture = flow.story.picture(svg.svg)
    run = make("w:r", flow.story.book.frames.behind(rel, picture))
    layout = Layout("CoverLine", after=0.0, line=0.0)
    flow.into.append(make("w:p", layout.element(), run))
    return picture.height - top


def _fact(label: str, value: str) -> Node:
    made = parse(
        f'<div><p class="strip-label">{escape(label)}</p>'
        f'<p class="strip-value">{escape(value)}</p></div>'
    )[0]
    assert isinstance(made, Node)  # noqa: S101  it is the one that was just written
    return made


def colophon(flow: Flow, document: Document, place: Place) -> None:
    """Write what the signs mean, and who made the report."""
    words = document.labels
    if document.signs:
        flow.anchors.append("colophon")
        flow.paragraph([words["signs"]], place, Layout("Label", page_break=True))
        rows = "".join(
            f"<dt>{sign}</dt><dd>{escape(meaning)}</dd>" for sign, meaning in document.signs
        )
        flow.blocks(parse(f"<dl>{rows}</dl>"), place)
    else:
        flow.anchors.append("colophon")
    flow.paragraph(
        [document.title], place, Layout("ColophonTitle", page_break=not document.signs or None)
    )
    facts = [
        (words["authors"], escape(", ".join(document.authors))),
        (words["commissioner"], escape(document.commissioner)),
        (words["publisher"], escape(document.publisher)),
        (words["publication"], escape(document.date)),
        (words["version"], escape(document.version)),
        (words["omitted"], "".join(f"<li>{escape(one)}</li>" for one in document.omitted)),
        (words["colophon"], document.colophon_html),
    ]
    rows = "".join(
        f"<dt>{escape(label)}</dt><dd>{_listed(value)}</dd>" for label, value in facts if value
    )
    flow.blocks(parse(f"<dl>{rows}</dl>"), place)


def _listed(value: str) -> str:
    return f"<ul>{value}</ul>" if value.startswith("<li>") else value


def contents(flow: Flow, document: Document, place: Place) -> None:
    """Write the contents as a field that Word can renew, filled in already but for its pages."""
    flow.anchors.append("contents")
    flow.paragraph([document.labels["contents"]], place, Layout("TocHeading"))
    listed = [one for one in (document.summary, *document.chapters) if one is not None]
    entries = [entry for chapter in listed for entry in _entries(flow.story, document, chapter)]
    opening, closing = _ends()
    if entries:
        at = 1  # behind the properties of the paragraph
        entries[0][at:at] = opening
        entries[-1].extend(closing)
    flow.into.extend(entries)


def _ends() -> tuple[list[Element], list[Element]]:
    runs = field('TOC \\o "1-2" \\h \\z')
    return runs[:3], runs[3:]


def _entries(story: Story, document: Document, chapter: Chapter) -> list[Element]:
    number = chapter.number
    if chapter.appendix and number:
        number = f"{document.labels['appendix']} {number}"
    made = [_entry(story, "Toc1", number, chapter.title, chapter.id)]
    return made + [
        _entry(story, "Toc2", section.number, section.title, section.id)
        for section in chapter.sections
    ]


def _entry(story: Story, style: str, number: str, title: str, anchor: str) -> Element:
    inside = (
        []
        if not number and style == "Toc1" and not story.book.look.gutter
        else [
            make("w:r", text(number)) if number else None,
            make("w:r", make("w:tab")),
        ]
    )
    link = make(
        "w:hyperlink",
        *inside,
        make("w:r", Face().element(), text(title)),
        anchor=story.book.bookmarks.ask(anchor),
        history="1",
    )
    return make("w:p", Layout(style).element(), link)
