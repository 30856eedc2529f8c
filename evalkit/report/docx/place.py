"""Where blocks stand: how wide, in which style, in which list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evalkit.report.docx.formatting import Face
from evalkit.report.docx.look import Look


@dataclass(slots=True)
class Marker:
    """The bullet or number of a list item, which its first paragraph takes.

    Attributes
    ----------
    numbering
        The list and its level.
    follow
        The style of the other paragraphs of the item.
    used
        Whether a paragraph has taken it.
    """

    numbering: tuple[int, int]
    follow: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand.

    Attributes
    ----------
    width, gutter
        Millimetres of the column, and of the margin column at its left that wide blocks use too.
    style
        The style of its paragraphs, by id.
    face
        How its text looks beyond that style.
    align
        How its paragraphs align; None leaves it to the style.
    keep
        Whether its paragraphs stay on the page of the next one.
    level, numbered
        How many lists it stands in, and how many of those are numbered.
    marker
        The bullet or number of the list item that it is in.
    appendix
        Whether it is in an appendix, where headings have letters.
    caption
        The caption of the table in it, for who cannot see it.
    """

    width: float
    gutter: float = 0.0
    style: str = "Normal"
    face: Face = field(default_factory=Face)
    align: str | None = None
    keep: bool = False
    level: int = 0
    numbered: int = 0
    marker: Marker | None = None
    appendix: bool = False
    caption: str = ""

    @property
    def wide(self) -> float:
        """The width of a block that uses the gutter too."""
        return self.width + self.gutter

    @property
    def indent(self) -> float:
        """How far a block that uses the gutter stands out to the left."""
        return -self.gutter

    def styled(self, style: str) -> Place:
        """Give the same place with another style."""
        return replace(self, style=style)

    def cell(self, width: float, style: str) -> Place:
        """Give the place in a cell of this width, out of any list."""
        return Place(width, style=style, keep=self.keep, appendix=self.appendix)


def page(look: Look, *, appendix: bool = False, landscape: bool = False) -> Place:
    """Give the column of text on a page."""
    height = look.height - look.left - look.right
    measure = height if landscape else look.measure
    return Place(measure - look.gutter, look.gutter, appendix=appendix)
