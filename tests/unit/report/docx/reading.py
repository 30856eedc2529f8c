"""Small documents to write as a Word file, and what it takes to read one back."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from evalkit.language.catalogue import labels
from evalkit.report.document import Chapter, Document, Drawing

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="30mm" viewBox="0 0 4 3" '
    'role="img" aria-label="Een vlak."><rect width="4" height="3" fill="#14536B"/></svg>'
)


@dataclass(frozen=True)
class Word:
    """A Word file, read back part by part."""

    data: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}

    def part(self, name: str) -> Any:
        return parse_xml(self.files[f"word/{name}.xml"])

    @cached_property
    def body(self) -> Any:
        return self.part("document").find(qn("w:body"))

    def styled(self, style: str) -> list[str]:
        """The text of the paragraphs of a style, wherever they stand."""
        found = every(self.body, f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")
        return [text_of(paragraph) for paragraph in found]

    @property
    def notes(self) -> list[str]:
        found = every(self.part("footnotes"), "./w:footnote[not(@w:type)]")
        return [text_of(note).strip() for note in found]

    def tables(self) -> list[list[list[str]]]:
        """The cells of each table of data, row by row."""
        found = every(self.body, ".//w:tbl[w:tblPr/w:tblStyle/@w:val='ReportTable']")
        return [
            [
                [text_of(cell) for cell in row.findall(qn("w:tc"))]
                for row in table.findall(qn("w:tr"))
            ]
            for table in found
        ]


def every(element: Any, path: str) -> list[Any]:
    """What a path finds; not every element of the library knows the prefixes."""
    return etree.XPath(path, namespaces=nsmap)(element)


def text_of(element: Any) -> str:
    """The text of an element, a line for each paragraph; codes of fields are no text."""
    lines = []
    for paragraph in element.iter(qn("w:p")):
        parts = []
        for one in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
            if one.tag == qn("w:t"):
                parts.append(one.text or "")
            elif one.getparent().tag == qn("w:r"):
                parts.append("\t" if one.tag == qn("w:tab") else "\n")
        lines.append("".join(parts))
    return "\n".join(lines)


def report(*chapters: str, lang: str = "nl", **changed: Any) -> Document:
    """A document of which each chapter is a piece of markup."""
    made = tuple(
        Chapter(f"c{number}", str(number), f"Hoofdstuk {number}", html)
        for number, html in enumerate(chapters, start=1)
    )
    fields: dict[str, Any] = {
        "lang": lang,
        "title": "Proef & co",
        "subtitle": "Een kleine proef",
        "kind": "Proef",
        "running_title": "Proef",
        "publisher": "Uitgever",
        "commissioner": "",
        "date": "november 2026",
        "version": "1",
        "authors": ("A. Auteur", "B. Auteur"),
        "colophon_html": "<p>Gemaakt voor een proef.</p>",
        "cover": Drawing(""),
        "cover_note": "",
        "summary": None,
        "chapters": made,
        "labels": labels("report", lang),  # type: ignore[arg-type]
    }
    return Document(**{**fields, **changed})
