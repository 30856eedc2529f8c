"""The frame of a Word table: its columns, its cells, and how wide each becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evalkit.report.docx.formatting import Layout, Rule
from evalkit.report.docx.table_styles import TABLE, cell_margins
from evalkit.report.docx.xml import Element, make, twips

Rules = dict[str, Rule | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its width in millimetres."""

    width: float


@dataclass(frozen=True, slots=True)
class Padding:
    """Room within the cells of a table, in millimetres."""

    left: float = 0.0
    right: float = 2.2
    high: float = 0.6

    def element(self) -> Element:
        """Make the element that gives this room."""
        return cell_margins(self.left, self.right, self.high)


@dataclass(frozen=True, slots=True)
class Need:
    """What a column needs: its longest word, all of it on one line, and a width that was given."""

    least: float = 4.0
    most: float = 4.0
    given: float = 0.0


class Cells:
    """Makes the cells of one table."""

    def cell(
        self,
        width: float,
        *,
        span: int = 1,
        merge: str | None = None,
        rules: Rules | None = None,
        shade: str | None = None,
        bottom: bool = False,
        middle: bool = False,
    ) -> Element:
        """Make a cell without content.

        Parameters
        ----------
        width
            In millimetres.
        span
            How many columns it takes.
        merge
            ``restart`` where it begins to take more rows, ``continue`` below that.
        rules
            Lines along its sides that differ from those of the table; None takes a line off.
        shade
            Its ground.
        bottom, middle
            Where its content stands, other than at the top.
        """
        borders = [
            make(f"w:{side}", val="nil") if rule is None else rule.element(side)
            for side, rule in (rules or {}).items()
        ]
        side = "bottom" if bottom else "center" if middle else None
        properties = make(
            "w:tcPr",
            make("w:tcW", w=twips(width), type="dxa"),
            make("w:gridSpan", val=span) if span > 1 else None,
            make("w:vMerge", val=merge) if merge else None,
            make("w:tcBorders", *borders) if borders else None,
            make("w:shd", val="clear", color="auto", fill=shade) if shade else None,
            make("w:vAlign", val=side) if side else None,
        )
        return make("w:tc", properties)

    def close(self, cell: Element) -> None:
        """End a cell with a paragraph, as Word wants it."""
        if not cell[-1].tag.endswith("}p"):
            cell.append(make("w:p", Layout(style="TableText").element()))


def table(
    columns: Sequence[Column],
    *,
    indent: float = 0.0,
    lined: bool = True,
    heads: bool = False,
    caption: str = "",
    padding: Padding | None = None,
) -> tuple[Element, Cells]:
    """Make a table without rows.

    Parameters
    ----------
    columns
        From left to right.
    indent
        How far it stands from the column of text, in millimetres.
    lined
        Whether it has the rules of a table of data.
    heads
        Whether its first row holds the heads of the columns.
    caption
        What it is about, for who cannot see it.
    padding
        Room within each cell, other than that of the style of a table of data.
    """
    total = sum(column.width for column in columns)
    look = make(
        "w:tblLook", val="0420" if heads else "0400", firstRow=int(heads), lastRow=0,
        firstColumn=0, lastColumn=0, noHBand=0, noVBand=1,
    )  # fmt: skip
    properties = make(
        "w:tblPr",
        make("w:tblStyle", val=TABLE if lined else "TableNormal"),
        make("w:tblW", w=twips(total), type="dxa"),
        make("w:tblInd", w=twips(indent), type="dxa"),
        make("w:tblLayout", type="fixed"),
        padding.element() if padding else None if lined else Padding().element(),
        look,
        make("w:tblCaption", val=caption) if caption else None,
    )
    grid = make("w:tblGrid", *(make("w:gridCol", w=twips(column.width)) for column in columns))
    return make("w:tbl", properties, grid), Cells()


def widths(needs: Sequence[Need], total: float) -> list[float]:
    """Share a width among columns.

    A width that was given stands. The others get what all their text takes on one line, when
    there is room, else their longest word and a share of the rest.

    Examples
    --------
    >>> widths([Need(10, 20), Need(10, 40)], 120)
    [40.0, 80.0]
    >>> widths([Need(given=46), Need(10, 110), Need(10, 60)], 126)
    [46, 50.0, 30.0]
    """
    given = sum(need.given for need in needs)
    open_ = [need for need in needs if not need.given]
    room = total - given
    least, most = sum(need.least for need in open_), sum(need.most for need in open_)
    if not open_ or room < least:  # nothing to share, or too little: all shrink alike
        wanted = [need.given or need.least for need in needs]
        return [width * total / sum(wanted) for width in wanted]
    if room >= most:
        return [need.given or need.most * room / most for need in needs]
    part = (room - least) / (most - least)
    return [need.given or need.least + (need.most - need.least) * part for need in needs]
