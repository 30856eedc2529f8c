"""Sentences that give another number than the table they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.blocks import is_caption
from evalkit.audit.text.claims import turns_of
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.line import Line
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.table import Cell, Row, Table
from evalkit.audit.text.telling import told

_GENERIC = re.compile(
    r"(?:totaa?l\w*|total\w*|som|sum|overige?\w*|anders?|rest|other\w*|onbekend|unknown|gemiddeld\w*|"
    r"average|waarvan\b.*|of which\b.*|w\.?v\.?\b.*|aantal|number|ja|nee|yes|no)",
    re.IGNORECASE,
)
# A difference, a part or a comparison is not the number of the table.
_ANOTHER = re.compile(
    r"\b(?:st(?:eeg|egen|ijg\w*)|gestegen|daal\w*|gedaald|dalen|groei\w*|gegroeid|toename|toegenomen|"
    r"afname|afgenomen|meer|minder|hoger|lager|verschil\w*|helft|(?:een|dat) deel|daarvan|waarvan|"
    r"onder|bij|samen|cumulatief|opgeteld|rose|risen|fell|fallen|grew|grown|increase\w*|decrease\w*|more|less|"
    r"fewer|higher|lower|difference|part of|half|among|together|cumulative\w*|excluding|exclusief|"
    r"zonder|without|met|with|die|dat|that|who|which|maand\w*|month\w*|sinds|since|tussen|between|vanaf)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONEY = {"euro": r"€|\beuro|\beur\b", "dollar": r"\$|\bdollar", "pound": r"£|\bpound"}
_PERCENT = re.compile(r"%|procent|percent|aandeel|aandelen|share", re.IGNORECASE)
_SCALES = (0, 3, 6, 9)
_EXHIBIT = re.compile(r"\s*(?:tabel|table)\s[\w.]*\d", re.IGNORECASE)
# Words of a caption that name no subject.
_FORM = frozenset(
    "tabel table aantal aantallen aandeel aandelen number numbers share shares procent percent "
    "percentage euro euros miljoen million miljard billion duizend thousand totaal total overzicht "
    "overview jaren years periode period kolom verdeling naar tussen".split()
)
_STEM = 5  # letters that a word of the caption and one of the sentence share
_LEAST = 4  # letters of a label, or of a noun, that say something


@dataclass(frozen=True, slots=True)
class _Entry:
    """A cell with the words that say what it is."""

    table: Table
    row: Row
    cell: Cell
    column: str
    caption: str

    @property
    def words(self) -> str:
        """Everything that tells its unit."""
        return f"{self.caption} {self.column} {self.row.label} {self.cell.text}"


def find(document: Document) -> Iterator[AuditFinding]:
    """Find sentences that name one row and one column of a table, and another number."""
    captions = _captions(document)
    tables = [(table, _caption(table, captions)) for table in document.tables]
    if not tables:
        return
    for sentence in document.all_sentences:
        if len(sentence.figures) != 1 or not _is_plain(sentence):
            continue
        figure = sentence.figures[0]
        entries = [
            entry
            for table, caption in tables
            if (entry := _entry(sentence, table, caption))
            and _one_unit(figure, entry)
            and _on_subject(sentence, entry)
        ]
        if entries and not any(_agree(figure, entry.cell) for entry in entries):
            yield _finding(sentence, figure, entries[0])


def _is_plain(sentence: Sentence) -> bool:
    """Whether it is a sentence that gives a number as it is."""
    said = sentence.block.kind in {"prose", "item"} and sentence.text.rstrip().endswith(".")
    return said and not _ANOTHER.search(sentence.text) and not turns_of(sentence.text)


def _captions(document: Document) -> list[tuple[tuple[int, int], str]]:
    """List captions with the place of their last line."""
    return [
        (_order(block.lines[-1]), block.text)
        for block in document.blocks
        if block.kind == "heading" and is_caption(block.text)
    ]


def _caption(table: Table, captions: Sequence[tuple[tuple[int, int], str]]) -> str:
    first = _order(table.rows[0].line)
    above = [text for place, text in captions if place < first]
    return above[-1] if above else ""


def _order(line: Line) -> tuple[int, int]:
    return line.page, line.number


def _entry(sentence: Sentence, table: Table, caption: str) -> _Entry | None:
    """Find the one cell that a sentence speaks of."""
    text = f" {_folded(sentence.text)} "
    rows = [row for row in table.rows if _says(row.label) and f" {_folded(row.label)} " in text]
    width = len(table.rows[0].cells)
    years = set(_YEAR.findall(sentence.text))
    names = [_folded(name) for name in table.header]
    named = [at for at, name in enumerate(names) if name and f" {name} " in text]
    if width == 1:
        known = set(_YEAR.findall(f"{caption} {' '.join(table.header)}"))
        column = 0 if years == known and len(years) <= 1 else None
    else:
        column = named[0] if len(named) == 1 and years <= {table.header[named[0]]} else None
    if len(rows) != 1 or column is None or column >= len(rows[0].cells):
        return None
    cell = rows[0].cells[column]
    name = table.header[column] if column < len(table.header) else ""
    return None if cell.value is None else _Entry(table, rows[0], cell, name, caption)


def _says(label: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", label)
    return len(letters) >= _LEAST and not _GENERIC.fullmatch(label.strip())


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _one_unit(figure: Figure, entry: _Entry) -> bool:
    """Whether the table says that it counts in the unit of the sentence."""
    if figure.per or figure.kind == "fraction":
        return False
    if figure.unit == "percent":
        return entry.cell.percent or _PERCENT.search(entry.words) is not None
    if entry.cell.percent:
        return False
    if figure.unit in _MONEY:
        return re.search(_MONEY[figure.unit], entry.words, re.IGNORECASE) is not None
    nouns = re.findall(r"\w+", f"{entry.caption} {entry.column} {entry.row.label}".casefold())
    # "Kleine scholen" are some of the schools.
    plain = all(word in nouns for word in figure.words.split())
    return not figure.unit and len(figure.noun) >= _LEAST and plain


def _on_subject(sentence: Sentence, entry: _Entry) -> bool:
    """Whether the sentence names the table, or everything that its caption says it is about."""
    text = sentence.text.casefold()
    number = _EXHIBIT.match(entry.caption)
    if number and re.search(rf"{re.escape(number[0].strip().casefold())}(?![\d.]*\d)", text):
        return True
    words = re.findall(r"[^\W\d_]+", f"{entry.caption} {entry.column}".casefold())
    about = {word[:_STEM] for word in words if len(word) >= _STEM and word not in _FORM}
    said = {word[:_STEM] for word in re.findall(r"[^\W\d_]+", text)}
    return bool(about) and about <= said


def _agree(figure: Figure, cell: Cell) -> bool:
    """Whether both may be one number, in whatever scale the table is."""
    value = cell.value or Decimal(0)
    half = Decimal("0.5") * Decimal(10) ** -cell.decimals if cell.decimals or cell.percent else 0
    scales = _SCALES if figure.unit != "percent" else (0,)
    return any(
        Span((value - half) * 10**scale, (value + half) * 10**scale).meets(figure.span)
        for scale in scales
    )


def _finding(sentence: Sentence, figure: Figure, entry: _Entry) -> AuditFinding:
    row = " | ".join([entry.row.label, *(cell.text or " " for cell in entry.row.cells)])
    return told(
        "table-text",
        "column" if entry.column else "unnamed",
        "warning",
        [(sentence.place(figure), sentence.quote(figure)), (entry.row.line.place, row)],
        claim=figure.text,
        row=entry.row.label,
        column=entry.column,
        cell=entry.cell.text,
    )
