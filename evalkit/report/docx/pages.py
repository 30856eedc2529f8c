"""Sections of a Word file: the paper, its margins, and the running header."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from evalkit.report.docx.flow import Flow
from evalkit.report.docx.formatting import Layout
from evalkit.report.docx.look import Look
from evalkit.report.docx.markup import Node
from evalkit.report.docx.place import Place, page
from evalkit.report.docx.xml import Element, field, make, text, twips

_HEADER = 13.6  # millimetres above the header


def section(
    look: Look, *, header: str | None = None, landscape: bool = False, gutter: bool = True
) -> Element:
    """Make the properties of a section.

    Parameters
    ----------
    look
        The paper.
    header
        The id of the relation to its header; without one it has that of the section before it.
    landscape
        Whether the paper lies on its side.
    gutter
        Whether the text leaves the margin column free.
    """
    size = (look.height, look.width) if landscape else (look.width, look.height)
    left = look.left + (look.gutter if gutter else 0.0)
    return make(
        "w:sectPr",
        make("w:headerReference", type="default", r_id=header) if header else None,
        make("w:type", val="nextPage"),
        make(
            "w:pgSz", w=twips(size[0]), h=twips(size[1]), orient="landscape" if landscape else None
        ),
        make(
            "w:pgMar",
            top=twips(look.top),
            right=twips(look.right),
            bottom=twips(look.bottom),
            left=twips(left),
            header=twips(_HEADER),
            footer=twips(10.0),
            gutter=0,
        ),
        make("w:cols", space=720),
    )


def landscape(flow: Flow, node: Node, place: Place) -> None:
    """Write a block on a page that lies on its side; in a cell or a box it stands as it is."""
    inside = replace(node, attributes={**node.attributes, "class": _others(node), "id": ""})
    if not flow.into.tag.endswith("}body"):
        flow.block(inside, place)
        return
    look, header = flow.story.book.look, flow.story.book.header
    if not _ended(flow.into):
        end_section(flow.into, section(look, header=header))
    flow.block(inside, page(look, appendix=place.appendix, landscape=True))
    end_section(flow.into, section(look, header=header, landscape=True))


def _others(node: Node) -> str:
    return " ".join(sorted(node.classes - {"landscape"}))


def _ended(body: Element) -> bool:
    """Whether nothing stands behind the last section."""
    return not len(body) or bool(body[-1].xpath("self::w:p/w:pPr/w:sectPr"))


def end_section(body: Element, properties: Element) -> None:
    """End a section with the last paragraph, or with an empty one behind a table."""
    last = body[-1] if len(body) else None
    if last is None or not last.tag.endswith("}p") or _ended(body):
        last = make("w:p", Layout("AfterTable").element())
        body.append(last)
    found = last.xpath("./w:pPr")
    if found:
        found[0].append(properties)
    else:
        last.insert(0, make("w:pPr", properties))


def write_header(document: Any, running: str, draft: str) -> str:
    """Write the running header, stamped when it is a draft; gives the id of the relation to it."""
    paragraph = make(
        "w:p",
        Layout("Header").element(),
        make("w:r", text(f"{draft} \N{EN DASH} {running}" if draft else running)),
        make("w:r", make("w:tab")),
        *field("PAGE", make("w:r", text("1"))),
    )
    part = XmlPart(
        PackURI("/word/header1.xml"),
        CONTENT_TYPE.WML_HEADER,
        make("w:hdr", paragraph),
        document.package,
    )
    rel: str = document.relate_to(part, RELATIONSHIP_TYPE.HEADER)
    return rel
