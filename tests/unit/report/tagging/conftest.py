"""A page of markup as a tagged PDF, and its structure tree."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from weasyprint import HTML

from evalkit.report.tagging.tagged import own_tags
from evalkit.report.tagging.tree import Element, read_tree

PAGE = (
    '<html lang="nl"><head><title>Proef</title><style>'
    "@page {{ size: 100mm 60mm; margin: 10mm; @top-left {{ content: 'KOP'; }} }}"
    ".footnote {{ float: footnote; }} {css}</style></head><body>{body}</body></html>"
)
Tagged = tuple[bytes, Element]


@pytest.fixture
def tagged() -> Callable[..., Tagged]:
    """Write markup as a PDF with own tags, and read them back."""

    def make(body: str, css: str = "") -> Tagged:
        document = HTML(string=PAGE.format(body=body, css=css)).render()
        with own_tags() as problems:
            pdf = document.write_pdf(pdf_variant="pdf/ua-1")
        assert problems == []
        with pikepdf.open(io.BytesIO(pdf)) as file:
            tree, _ = read_tree(file)
            return pdf, frozen(tree)

    return make


def frozen(element: Element) -> Element:
    """Keep what a test asks of an element, since the file is closed after."""
    element.source = {
        key: (dict(value.items()) if key == "/A" else str(value))
        for key, value in element.source.items()
        if key in {"/A", "/Alt", "/ID", "/Lang", "/E"}
    }
    element.annotations = [str(one.get("/Contents", "")) for one in element.annotations]
    for kid in element.kids:
        frozen(kid)
    return element
