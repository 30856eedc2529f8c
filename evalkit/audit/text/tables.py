"""Finding tables: in Markdown by their marks, elsewhere by the numbers that end rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalkit.audit.text.line import Line
from evalkit.audit.text.markdown import plain
from evalkit.audit.text.reading import Source
from evalkit.audit.text.table import Cell, Row, Table
from evalkit.audit.text.written import NUMBER, read_number
from evalkit.language.numbers import Language

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_VALUE = re.compile(rf"(?:€|\$|£|EUR)?\s?([-−–+]?)\s?({NUMBER})\s?(%?)")
_NOTHING = re.compile(r"[-–—.]?")
_OPEN = re.compile(r"PM|n\.?[bvt]\.?[tb]?\.?|onbekend|unknown|n/a|[x?*]", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BETWEEN = 2  # lines without a number that a wrapped label may take


def tables_of(source: Source, lang: Language) -> Iterator[Table]:
    """Find the tables of a text."""
    if source.markdown:
        yield from _marked(source.lines, lang)
    else:
        yield from _aligned(source.lines, lang)


def cell_of(text: str, lang: Language) -> Cell:
    """Read a cell.

    Examples
    --------
    >>> cell_of("€ 1.250", "nl").value, cell_of("PM", "nl").open, cell_of("-", "nl").value
    (Decimal('1250'), True, None)
    """
    text = text.strip()
    if found := _VALUE.fullmatch(text):
        if (read := read_number(found[2], lang)) is None:
            return Cell(text, open=True)
        value = -read[0] if found[1] in {"-", "−", "–"} and found[1] else read[0]
        return Cell(text, value, read[1], percent=bool(found[3]))
    return Cell(text, open=not _NOTHING.fullmatch(text))


def _marked(lines: Sequence[Line], lang: Language) -> Iterator[Table]:
    at = 1
    while at < len(lines):
        if "|" in lines[at].text and _RULE.fullmatch(lines[at].text) and "|" in lines[at - 1].text:
            header = _split(lines[at - 1].text)
            end = at + 1
            while end < len(lines) and "|" in lines[end].text:
                end += 1
            rows = [_split_row(line, lang) for line in lines[at + 1 : end]]
            width = len(header) - 1
            if all(len(row.cells) == width for row in rows):
                yield Table(tuple(header[1:]), tuple(rows), sure=True)
            at = end
        at += 1


def _split(text: str) -> list[str]:
    return [plain(cell).strip() for cell in text.strip().strip("|").split("|")]


def _split_row(line: Line, lang: Language) -> Row:
    label, *cells = _split(line.text)
    return Row(label, tuple(cell_of(cell, lang) for cell in cells), line)


def _aligned(lines: Sequence[Line], lang: Language) -> Iterator[Table]:
    """Take runs of lines that end in equally many numbers."""
    run: list[Row] = []
    header: tuple[str, ...] = ()
    gap = 0
    before: list[str] = []
    for line in (ln for ln in lines if ln.text.strip()):
        row = _row(line, lang)
        if row is not None and run and len(row.cells) < len(run[0].cells):
            row = _peeled(row, len(run[0].cells) - len(row.cells), lang)
        if row is not None and _is_years(row):
            yield from _closed(header, run)
            header, run, gap = tuple(cell.text for cell in row.cells), [], 0
        elif row is not None and (not run or len(row.cells) == len(run[0].cells)):
            if not run and not header:
                header = _names(before, len(row.cells))
            run.append(row)
            gap = 0
        elif row is not None or gap >= _BETWEEN or len(line.text.strip()) > 90:
            yield from _closed(header, run)
            header, run, gap = (), [] if row is None else [row], 0
        else:
            gap += 1
        before = [*before[-1:], line.text]
    yield from _closed(header, run)


def _closed(header: tuple[str, ...], run: list[Row]) -> Iterator[Table]:
    if len(run) >= 3:
        fits = header if len(header) == len(run[0].cells) else ()
        yield Table(fits, tuple(run), sure=False)


def _is_years(row: Row) -> bool:
    return len(row.cells) > 1 and all(_YEAR.fullmatch(cell.text) for cell in row.cells)


def _names(before: list[str], width: int) -> tuple[str, ...]:
    """Read the names of columns off the line above, where gaps part them."""
    cells = _parts(before[-1]) if before else []
    return tuple(cells[-width:]) if len(cells) in {width, width + 1} else ()


def _row(line: Line, lang: Language) -> Row | None:
    """Split a line in a label and the numbers that end it."""
    parts = _parts(line.text)
    if len(parts) > 1 and all(_is_cell(part) for part in parts[1:]) and not _is_cell(parts[0]):
        return Row(parts[0], tuple(cell_of(part, lang) for part in parts[1:]), line)
    words = line.text.split()
    cut = len(words)
    while cut > 1 and _is_cell(words[cut - 1]) and words[cut - 1] not in {"-", "–", "."}:
        cut -= 1
    label = " ".join(words[:cut])
    if cut == len(words) or not re.search(r"[^\W\d_]{2}", label) or label.endswith((",", ".", "€")):
        return None
    return Row(label, tuple(cell_of(word, lang) for word in words[cut:]), line)


def _peeled(row: Row, missing: int, lang: Language) -> Row:
    """Take numbers from the end of a label when the rows above have as many cells more."""
    words = row.label.split()
    label, ends = " ".join(words[:-missing]), words[-missing:]
    if not re.search(r"[^\W\d_]{2}", label) or not all(_is_cell(word) for word in ends):
        return row
    return Row(label, (*(cell_of(word, lang) for word in ends), *row.cells), row.line)


def is_row(text: str) -> bool:
    """Say whether gaps part a line in cells with numbers."""
    parts = _parts(text)
    return len(parts) > 1 and all(_is_cell(part) for part in parts[1:])


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"\t| {2,}", text.strip()) if part.strip()]


def _is_cell(text: str) -> bool:
    text = text.strip()
    return bool(_VALUE.fullmatch(text) or _OPEN.fullmatch(text) or text in {"-", "–", "—"})
