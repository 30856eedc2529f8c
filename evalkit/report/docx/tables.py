"""Tables of data: heads that repeat, spans, alignment, and no row over two pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evalkit.report.docx.columns import Cells, Column, Need, Padding, Rules, table, widths
from evalkit.report.docx.flow import Flow
from evalkit.report.docx.formatting import Face, Rule
from evalkit.report.docx.line import plain
from evalkit.report.docx.look import Look
from evalkit.report.docx.markup import Node
from evalkit.report.docx.place import Place
from evalkit.report.docx.xml import Element, make

_LETTER = 1.62  # millimetres of a letter at the size of tables
_ROOM = 2.6  # between columns
_NAMES = 46.0  # the first column of a matrix
_SHORT = 12  # rows that stay on one page, when they are not long
_LETTERS = 900  # of a table that is not long
_MATRICES = {"matrix", "periods"}
_WIDTH = re.compile(r"width:\s*([\d.]+)mm")
_ALIGN = {"num": "right", "mark": "center"}
_ASKED = re.compile(r"text-align:\s*(left|right|center)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the grid."""

    node: Node
    column: int
    span: int
    rows: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, whether it is a head, and its classes."""

    cells: tuple[Cell, ...]
    head: bool
    classes: frozenset[str]


def data_table(flow: Flow, node: Node, place: Place) -> None:
    """Write ``<table>``; a source line or a spacer follows it."""
    for caption in (one for one in node.elements if one.tag == "caption"):
        flow.blocks(caption.children, place.styled("Caption"))
    rows = list(_rows(node))
    count = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    if not count:
        return
    columns = [Column(width) for width in _shared(node, rows, count, place.wide)]
    heads = sum(row.head for row in rows)
    made, cells = table(
        columns,
        indent=place.indent,
        heads=bool(heads),
        caption=place.caption,
        padding=Padding(right=0.0) if "periods" in node.classes else None,
    )
    flow.into.append(made)
    writer = _Writer(flow, columns, cells, node.classes)
    short = len(rows) <= _SHORT and len(plain([node])) < _LETTERS
    for at, row in enumerate(rows):
        keep = place.keep if at == len(rows) - 1 else short or _keeps(rows, at, heads)
        rules = _rules(rows, at, heads, flow.story.book.look)
        made.append(writer.row(row, replace(place, keep=keep), rules))
    if not place.keep:
        flow.spacer()


def _keeps(rows: Sequence[Row], at: int, heads: int) -> bool:
    """Whether a row stays with the next: heads do, what goes on below, and the last two."""
    group = "group" in rows[at].classes or "part" in rows[at + 1].classes
    return at <= heads or group or at == len(rows) - 2


def _rules(rows: Sequence[Row], at: int, heads: int, look: Look) -> Rules:
    """Give the lines of a row that differ from those of its table; None takes a line off."""
    rules: Rules = {}
    if "part" in rows[at].classes:
        rules["top"] = None
    if "total" in rows[at].classes:
        rules["top"] = Rule(0.6, look.title)
    if at == heads - 1:
        rules["bottom"] = Rule(0.6, look.title)
    elif at + 1 < len(rows) and "part" in rows[at + 1].classes:
        rules["bottom"] = None
    return rules


def _rows(node: Node) -> Iterator[Row]:
    """Place the cells in a grid, those that take more rows included."""
    taken: dict[int, int] = {}
    found = [(part, row) for part in _parts(node) for row in part.only("tr")]
    for part, row in found:
        cells: list[Cell] = []
        column = 0
        for cell in row.only("td", "th"):
            while taken.get(column, 0):
                column += 1
            span, rows = _number(cell, "colspan"), _number(cell, "rowspan")
            cells.append(Cell(cell, column, span, rows))
            column += span
        after = {at: left - 1 for at, left in taken.items() if left > 1}
        for one in cells:
            after.update(dict.fromkeys(range(one.column, one.column + one.span), one.rows - 1))
        taken = after
        yield Row(tuple(cells), part.tag == "thead", row.classes)


def _parts(node: Node) -> list[Node]:
    """Give what holds rows: the heads first, the foot last, or the table itself."""
    known = node.only("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr")
    rows = Node("tbody", children=[one for one in known if one.tag == "tr"])
    order = {"thead": 0, "tfoot": 2}
    parts = [one for one in known if one.tag in ("thead", "tbody", "tfoot")]
    return sorted([*parts, rows], key=lambda one: order.get(one.tag, 1))


def _number(cell: Node, name: str) -> int:
    value = cell.attributes.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1


def _shared(node: Node, rows: Sequence[Row], count: int, total: float) -> list[float]:
    if node.classes & _MATRICES and count > 1:
        return [_NAMES, *[(total - _NAMES) / (count - 1)] * (count - 1)]
    needs = [Need()] * count
    for row in rows:
        for cell in row.cells:
            if cell.span == 1:
                needs[cell.column] = _more(needs[cell.column], cell.node, head=row.head)
    cols = [one for one in node.walk() if one.tag == "col"]
    for at, col in enumerate(cols[:count]):
        if found := _WIDTH.search(col.attributes.get("style", "")):
            # A word that is cut in two is worse than a column that is wider than asked.
            needs[at] = replace(needs[at], given=max(float(found[1]), needs[at].least))
    return widths(needs, total)


def _more(need: Need, cell: Node, *, head: bool) -> Need:
    letter = _LETTER * (1.05 if head else 1)
    text = plain(cell.children)
    longest = max((len(word) for word in re.split(r"[\s/]|(?<=-)", text)), default=0)
    line = len(text) * letter + _ROOM
    whole = "num" in cell.classes  # a number is not broken
    least = line if whole and not head else longest * letter + _ROOM
    return replace(need, least=max(need.least, least), most=max(need.most, min(line, 70.0), least))


class _Writer:
    """Writes the rows of one table."""

    def __init__(
        self, flow: Flow, columns: Sequence[Column], cells: Cells, classes: frozenset[str]
    ) -> None:
        self.flow, self.columns, self.cells, self.classes = flow, columns, cells, classes
        self.look: Look = flow.story.book.look
        self.open: dict[int, tuple[int, int]] = {}  # column: rows left, span

    def row(self, row: Row, place: Place, rules: Rules) -> Element:
        """Write one row, with the cells that go on from above."""
        made = make(
            "w:tr",
            make("w:trPr", make("w:cantSplit"), make("w:tblHeader") if row.head else None),
        )
        at = 0
        waiting = list(row.cells)
        while at < len(self.columns):
            if at in self.open:
                span = self._on(made, at, rules)
            elif waiting and waiting[0].column == at:
                span = waiting[0].span
                made.append(self._cell(waiting.pop(0), row, place, rules))
            else:
                span = 1
                made.append(self._empty(at, 1, rules))
            at += span
        return made

    def _on(self, made: Element, at: int, rules: Rules) -> int:
        left, span = self.open[at]
        made.append(self._empty(at, span, rules, merge="continue"))
        if left > 1:
            self.open[at] = (left - 1, span)
        else:
            del self.open[at]
        return span

    def _width(self, at: int, span: int) -> float:
        return sum(column.width for column in self.columns[at : at + span])

    def _empty(self, at: int, span: int, rules: Rules, merge: str | None = None) -> Element:
        cell = self.cells.cell(self._width(at, span), span=span, merge=merge, rules=rules)
        self.cells.close(cell)
        return cell

    def _cell(self, cell: Cell, row: Row, place: Place, rules: Rules) -> Element:
        width = self._width(cell.column, cell.span)
        if cell.rows > 1:
            self.open[cell.column] = (cell.rows - 1, cell.span)
        matrix = bool(self.classes & _MATRICES)
        made = self.cells.cell(
            width,
            span=cell.span,
            merge="restart" if cell.rows > 1 else None,
            rules=rules,
            shade=self.look.tint if "review" in cell.node.classes else None,
            bottom=row.head,
            middle=matrix and not row.head,
        )
        inner = self.flow.within(made)
        if cell.node.id:
            inner.anchors.append(cell.node.id)
        inner.blocks(cell.node.children, self._place(cell, row, place, width))
        self.cells.close(made)
        return made

    def _place(self, cell: Cell, row: Row, place: Place, width: float) -> Place:
        classes = cell.node.classes
        style = "TableText"
        if row.head:
            style = "TableHead"
        elif "group" in row.classes:
            style = "TableGroup"
        elif "note" in classes:
            style = "TableNote"
        room = width if "periods" in self.classes else width - _ROOM
        inside = replace(place.cell(room, style), keep=place.keep)
        return replace(inside, face=self._face(classes, row), align=self._align(cell, row))

    def _face(self, classes: frozenset[str], row: Row) -> Face:
        if "check-verdict" in classes:
            warns = row.classes & {"failed", "not-decisive"}
            return Face(bold=True, colour=self.look.warning if warns else self.look.accent)
        if "total" in row.classes and "unit" not in classes:
            return Face(bold=True)
        return Face(colour=self.look.quiet) if "unit" in classes and not row.head else Face()

    def _align(self, cell: Cell, row: Row) -> str | None:
        classes = cell.node.classes
        asked = _ASKED.search(cell.node.attributes.get("style", ""))
        if asked:
            return asked[1]
        found = next((_ALIGN[name] for name in sorted(classes) if name in _ALIGN), None)
        if found or "row-name" in classes or "matrix-name" in classes:
            return found
        return (
            "center" if self.classes & _MATRICES and (row.head or cell.node.tag == "td") else None
        )
