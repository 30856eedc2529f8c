"""The Word file of a shipped case holds the text of its document: nothing lost, nothing doubled."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any

import pytest
from docx.oxml.ns import qn
from lxml import html

import evalkit as ek
from evalkit.report.assemble import assemble
from evalkit.report.document import Chapter, Document
from evalkit.report.docx import docx_bytes
from evalkit.report.finished import finished
from evalkit.report.style.style import load_style
from tests.unit.report.docx.reading import Word, every, text_of

SHIPPED = [
    ("minimumloon", "nl"),
    ("minimumloon", "en"),
    pytest.param(("menselijk-kapitaal", "nl"), marks=pytest.mark.slow),
]
_COUNTED = {"2": "decimal", "3": "letters"}  # the lists that number headings


@dataclass(frozen=True)
class Both:
    """A document, and the Word file made of it."""

    document: Document
    word: Word

    @property
    def chapters(self) -> list[Chapter]:
        summary = [] if self.document.summary is None else [self.document.summary]
        return [*summary, *self.document.chapters]

    @property
    def trees(self) -> list[Any]:
        return [html.fragment_fromstring(one.html, create_parent="div") for one in self.chapters]


@pytest.fixture(params=SHIPPED, ids="-".join)
def both(request: pytest.FixtureRequest) -> Both:
    return _both(*request.param)


@cache
def _both(slug: str, lang: Any) -> Both:
    style = load_style("seo")
    document, edition = assemble(ek.evaluate(ek.load_case(slug, lang=lang)), style, lang)
    document = finished(document, edition)
    return Both(document, Word(docx_bytes(document, style)))


def letters(text: str) -> str:
    """Leave letters and digits: spaces and signs of lists differ by how a page is made."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def printed(element: Any) -> str:
    """The text of markup, without drawings, notes and what only holds a place."""
    classes = (element.get("class") or "").split()
    if "stage-number" in classes:
        return "".join(element.itertext())
    if element.tag == "svg" or not isinstance(element.tag, str) or {"footnote", "pad"} & {*classes}:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [printed(child), child.tail or ""]
    return "".join(parts)


def expected(both: Both) -> Iterator[tuple[str, str]]:
    """What every part should say, in the order of the house style."""
    doc, words = both.document, both.document.labels
    facts = [
        ("commissioner", doc.commissioner),
        ("publication", doc.date),
        ("version", doc.version),
    ]
    cover = [words[key] + value for key, value in facts if value]
    yield (
        "cover",
        "".join([doc.publisher, doc.kind, doc.title, doc.subtitle, *cover, doc.cover_note]),
    )
    signs = [
        printed(html.fragment_fromstring(sign, create_parent="div")) + meaning
        for sign, meaning in doc.signs
    ]
    rows = [
        ("authors", "".join(doc.authors)), ("commissioner", doc.commissioner),
        ("publisher", doc.publisher), ("publication", doc.date), ("version", doc.version),
        ("omitted", "".join(doc.omitted)),
        ("colophon", printed(html.fragment_fromstring(doc.colophon_html, create_parent="div"))),
    ]  # fmt: skip
    told = "".join(words[key] + value for key, value in rows if value)
    yield "colophon", "".join([words["signs"] if signs else "", *signs, doc.title, told])
    texts = {
        id(one): one.number + one.title + printed(tree)
        for one, tree in zip(both.chapters, both.trees, strict=True)
    }
    if doc.summary is not None:
        yield doc.summary.title, texts[id(doc.summary)]
    yield (
        "contents",
        words["contents"] + "".join(map(_listed, [both] * len(both.chapters), both.chapters)),
    )
    for chapter in doc.chapters:
        yield chapter.title, texts[id(chapter)]


def _listed(both: Both, chapter: Chapter) -> str:
    number = (
        f"{both.document.labels['appendix']} {chapter.number}"
        if chapter.appendix
        else chapter.number
    )
    return number + chapter.title + "".join(one.number + one.title for one in chapter.sections)


def written(word: Word) -> str:
    """The text of the file as a reader sees it, the numbers of its headings included."""
    counts = {"2": [0, 0], "3": [0, 0]}
    paragraphs = word.body.iter(qn("w:p"))
    return "".join(_number(one, counts) + text_of(one) for one in paragraphs)


def _number(paragraph: Any, counts: dict[str, list[int]]) -> str:
    which = "".join(every(paragraph, "./w:pPr/w:numPr/w:numId/@w:val"))
    if which not in _COUNTED:
        return ""
    level = int(every(paragraph, "./w:pPr/w:numPr/w:ilvl/@w:val")[0])
    chapter, section = counts[which]
    counts[which] = [chapter + 1, 0] if level == 0 else [chapter, section + 1]
    chapter, section = counts[which]
    first = str(chapter) if which == "2" else chr(ord("A") + chapter - 1)
    return first if level == 0 else f"{first}.{section}"


def test_all_text_stands_there_once_and_in_order(both):
    rest = letters(written(both.word))
    for name, text in expected(both):
        wanted = letters(text)
        found = rest[: len(wanted)]
        if found != wanted:
            at = next(i for i, (a, b) in enumerate(zip_longest(found, wanted)) if a != b)
            pytest.fail(
                f"{name}: …{found[max(at - 60, 0) : at + 60]}… for …{wanted[at : at + 60]}…"
            )
        rest = rest[len(wanted) :]
    assert rest == ""


def test_all_footnotes_are_notes_in_order(both):
    wanted = [
        letters("".join(note.itertext()))
        for tree in both.trees
        for note in tree.xpath(".//span[@class='footnote']")
    ]
    assert list(map(letters, both.word.notes)) == wanted
    called = every(both.word.body, ".//w:footnoteReference/@w:id")
    assert called == [str(number) for number in range(1, len(wanted) + 1)]


def test_all_captions_are_captions_in_order(both):
    wanted = [letters(printed(one)) for tree in both.trees for one in tree.iter("figcaption")]
    assert wanted
    assert list(map(letters, both.word.styled("Caption"))) == wanted


def test_all_source_lines_are_source_lines_in_order(both):
    wanted = [
        letters(printed(one)) for tree in both.trees for one in tree.xpath(".//p[@class='source']")
    ]
    assert wanted
    assert list(map(letters, both.word.styled("Source"))) == wanted


def test_all_tables_have_their_cells_in_their_rows(both):
    wanted = [
        [[letters(printed(cell)) for cell in row.xpath("./td|./th")] for row in table.iter("tr")]
        for tree in both.trees
        for table in tree.iter("table")
    ]
    assert wanted
    found = [[[letters(cell) for cell in row] for row in table] for table in both.word.tables()]
    assert found == wanted


def test_all_figures_are_pictures_with_their_alternative_text(both):
    wanted = [
        svg.get("aria-label")
        for tree in both.trees
        for svg in tree.iter("svg")
        if svg.get("aria-hidden") != "true" and svg.getparent().get("class") != "stage-number"
    ]
    found = [one.get("descr") for one in every(both.word.body, ".//wp:inline/wp:docPr")]
    assert [alt for alt in found if alt] == wanted
