"""Lines of a PDF, read with pdfium.

pdfium gives each character with its box and size. The order is that of the file, in which columns
follow each other; this module adds what the order does not say: where a cell of a table begins,
where a paragraph ends, and which digits are marks of footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from evalkit.audit.text.line import Line
from evalkit.errors import EvalkitError

_CELL = 1.5  # a gap of so many times the size of the letters parts two cells
_RAISED = 0.8  # digits smaller than this share of the line are marks of footnotes
_APART = 1.6  # lines further apart than so many times the usual are two paragraphs
_BACK = 8  # rows of a wrapped label that may come between it and its numbers
_WORD = 0.12  # a gap of so many times the size of the letters parts two words
_SAME_ROW = 0.35  # difference in height, in sizes, within which two pieces stand on one row
_CELL_TEXT = re.compile(
    r"[€$£]?\s?[-−–+<>~]?\s?\d[\d.,\s]*%?|[-–]|PM|n\.?[bv]\.?t?\.?", re.IGNORECASE
)
_SMALL = 0.85  # a row of digits alone, smaller than this share of the page, is a mark as well
_BROKEN = "\x02\ufffe"  # what pdfium gives for a hyphen at a line end, in the place of the break
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-", "\u2010": "-", "\u2011": "-", "\xa0": " "}


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines of a PDF, and its pages without any text."""

    lines: tuple[Line, ...]
    unread: tuple[int, ...]


@dataclass(slots=True)
class _Glyph:
    sign: str
    left: float
    right: float
    base: float
    size: float


@dataclass(slots=True)
class _Row:
    text: str
    left: float
    right: float
    base: float
    size: float


def read_pdf(name: str, data: bytes, progress: Callable[[int, int], None] | None = None) -> Pages:
    """Read the text layer of a PDF.

    Raises
    ------
    EvalkitError
        It is locked, damaged, or holds images of pages only.
    """
    file = _opened(name, data)
    lines: list[Line] = []
    unread: list[int] = []
    for number, page in enumerate(file, start=1):
        rows = list(_paragraphs(_rows(page)))
        if not any(row.strip() for row in rows):
            unread.append(number)
        lines += _numbered(name, number, rows)
        if progress is not None:
            progress(number, len(file))
    if not lines:
        raise EvalkitError(
            f"{name}: the PDF has no text layer; its pages are images",
            hint="run text recognition (OCR) on it first, or audit the file that it was made from",
        )
    return Pages(tuple(lines), tuple(unread))


def _opened(name: str, data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EvalkitError(
                f"{name}: the PDF is locked with a password", hint="save a copy without it"
            ) from error
        raise EvalkitError(
            f"{name}: the PDF is damaged and cannot be opened", hint="export it anew"
        ) from error


def _numbered(name: str, page: int, rows: list[str]) -> Iterator[Line]:
    """Number the lines of a page as a reader counts them: blank ones do not count."""
    at = 0
    for row in rows:
        at += bool(row.strip())
        yield Line(name, max(at, 1), row, page)


def _paragraphs(rows: list[_Row]) -> Iterator[str]:
    """Put a blank line where the distance to the next line is larger than usual."""
    steps = [above.base - below.base for above, below in pairwise(rows)]
    usual = median([step for step in steps if step > 0] or [0.0])
    for at, row in enumerate(rows):
        yield row.text
        if at < len(steps) and not 0 < steps[at] <= _APART * usual:
            yield ""


def _rows(page: pypdfium2.PdfPage) -> list[_Row]:
    pieces = [row for row in map(_row, _pieces(page)) if row.text.strip()]
    usual = median(row.size for row in pieces) if pieces else 1.0
    rows: list[_Row] = []
    for row in pieces:
        if row.text.isdigit() and len(row.text) < 4 and row.size < _SMALL * usual:
            continue  # the mark of a footnote, which pdfium takes out of its line
        home = _home(rows, row)
        if home is None:
            rows.append(row)
        else:
            home.text = f"{home.text}{_gap(home, row)}{row.text}"
            home.right = max(home.right, row.right)
    return rows


def _gap(home: _Row, row: _Row) -> str:
    apart = row.left - home.right
    if apart > _CELL * row.size or not _level(home, row):
        return "\t"
    return " " if apart > _WORD * row.size and row.text[0] not in ".,;:)?!" else ""


def _home(rows: list[_Row], row: _Row) -> _Row | None:
    """Find the row that a piece belongs to.

    A raised mark splits a line in two, and a table comes cell by cell when its labels are wrapped.
    """
    if rows and _level(rows[-1], row) and 0 <= row.left - rows[-1].right <= _CELL * row.size:
        return rows[-1]
    if not _CELL_TEXT.fullmatch(row.text.strip()):
        return None
    for other in reversed(rows[-_BACK:]):
        if _level(other, row) and row.left > other.right + 0.3 * row.size:
            return other
    return rows[-1] if _is_beside(rows[-_BACK:], row) else None


def _level(one: _Row, other: _Row) -> bool:
    return abs(one.base - other.base) <= _SAME_ROW * other.size


def _is_beside(rows: list[_Row], cell: _Row) -> bool:
    """Say whether a cell stands at half the height of a label of several lines."""
    label = [row for row in rows if row.base <= cell.base + 4 * cell.size]
    if len(label) < 2 or not label[-1].base < cell.base < label[0].base:
        return False
    return all(cell.left > row.right + 0.3 * cell.size for row in label)


def _pieces(page: pypdfium2.PdfPage) -> Iterator[list[_Glyph]]:
    """Give the characters between two line breaks of the file."""
    text = page.get_textpage()
    handle = text.raw
    piece: list[_Glyph] = []
    box = [c_double() for _ in range(4)]  # left, right, bottom, top
    origin = c_double(), c_double()
    for at in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(handle, at))
        if sign in "\r\n":
            if piece:
                yield piece
            piece = []
            continue
        broken = sign in _BROKEN
        raw.FPDFText_GetCharBox(handle, at, *(byref(edge) for edge in box))
        raw.FPDFText_GetCharOrigin(handle, at, byref(origin[0]), byref(origin[1]))
        size = raw.FPDFText_GetFontSize(handle, at)
        sign = _HYPHENS.get(sign, sign)
        piece.append(_Glyph(sign, box[0].value, box[1].value, origin[1].value, size))
        if broken:
            yield piece
            piece = []
    if piece:
        yield piece


def _row(glyphs: list[_Glyph]) -> _Row:
    inked = [glyph for glyph in glyphs if not glyph.sign.isspace()]
    if not inked:
        return _Row("", 0, 0, 0, 1)
    size = max(glyph.size for glyph in inked) or 1
    base = median(glyph.base for glyph in inked)
    shown: list[str] = []
    last: _Glyph | None = None
    for glyph in glyphs:
        if glyph.sign.isspace():
            shown.append(" ")
            continue
        if _is_mark(glyph, size):
            continue
        if last is not None and glyph.left - last.right > _CELL * size:
            shown.append("\t")
        shown.append(glyph.sign)
        last = glyph
    text = re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", "".join(shown)))
    left, right = min(g.left for g in inked), max(g.right for g in inked)
    return _Row(text.strip(), left, right, base, size)


def _is_mark(glyph: _Glyph, size: float) -> bool:
    return glyph.sign.isdigit() and glyph.size < _RAISED * size
