"""The styles of tables: rules above, below and between rows, and nothing vertical."""

from __future__ import annotations

from evalkit.report.docx.formatting import Rule
from evalkit.report.docx.look import Look
from evalkit.report.docx.xml import Element, make, twips

TABLE = "ReportTable"
"""The id of the style of tables of data."""


def cell_margins(left: float, right: float, high: float) -> Element:
    """Make the room within each cell of a table; in millimetres."""
    sides = (("top", high), ("left", left), ("bottom", high), ("right", right))
    return make(
        "w:tblCellMar", *(make(f"w:{side}", w=twips(room), type="dxa") for side, room in sides)
    )


def table_styles(look: Look) -> list[Element]:
    """Make the styles of tables, and the one of lists that every file has."""
    borders = make(
        "w:tblBorders",
        Rule(1.1, look.title).element("top"),
        Rule(1.1, look.title).element("bottom"),
        Rule(0.4, look.line).element("insideH"),
    )
    data = make(
        "w:style",
        make("w:name", val="Report table"),
        make("w:basedOn", val="TableNormal"),
        make("w:uiPriority", val=1),
        make("w:qFormat"),
        make("w:tblPr", make("w:tblInd", w=0, type="dxa"), borders, cell_margins(0, 2.2, 0.85)),
        type="table",
        styleId=TABLE,
        customStyle="1",
    )
    return [_plain(), data, _no_list()]


def _plain() -> Element:
    return make(
        "w:style",
        make("w:name", val="Normal Table"),
        make("w:uiPriority", val=99),
        make("w:tblPr", make("w:tblInd", w=0, type="dxa"), cell_margins(0, 0, 0)),
        type="table",
        styleId="TableNormal",
        default="1",
    )


def _no_list() -> Element:
    return make(
        "w:style", make("w:name", val="No List"), type="numbering", styleId="NoList", default="1"
    )
