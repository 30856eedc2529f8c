"""From lines to blocks: where a paragraph, an item, a heading or a row begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evalkit.audit.text.block import Block, Kind, joined
from evalkit.audit.text.line import Line
from evalkit.audit.text.markdown import without_marks
from evalkit.audit.text.reading import Source
from evalkit.audit.text.tables import is_row

ITEM = re.compile(
    r"\s*(?P<mark>[●•▪■○◦‣·–*+-]|\d{1,2}[.)]|\(\d{1,2}\)|[a-z][.)])(?:\s+|(?=\t))(?=\S)"
)
_HEADING = re.compile(r"\s*(?:#{1,6}\s+\S|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+[A-Z][^.;:]{2,80}$)")
_NOTE = re.compile(
    r"\s*(?:\d{1,3}\s{1,4}(?=[A-Z(])|\[\^?\w+\]:|Bron(?:nen)?:|Sources?:|Noot:|Note:)"
)
_EXHIBIT = re.compile(
    r"\s*(?:Tabel|Figuur|Table|Figure|Grafiek|Kader)\s+[A-Z]?\.?\d", re.IGNORECASE
)
_ENDS = (".", ":", ";", "?", "!")
_ENOUGH = 5  # sentences with a blank line inside that make it a habit


def blocks_of(source: Source) -> tuple[Block, ...]:
    """Split a text into blocks.

    Some programs put a blank line after every line; then only two of them end a paragraph.
    """
    allowed = 1 if _double_spaced(source.lines) else 0
    return tuple(_blocks(source, allowed))


def _double_spaced(lines: Sequence[Line]) -> bool:
    """Say whether blank lines stand inside sentences rather than between paragraphs."""
    texts = [line.text.strip() for line in lines]
    together = sum(bool(one and other) for one, other in pairwise(texts))
    broken = sum(
        bool(one and not gap and other[:1].islower() and not one.endswith(_ENDS))
        for one, gap, other in zip(texts, texts[1:], texts[2:], strict=False)
    )
    return broken >= _ENOUGH and broken > together / 2


def _blocks(source: Source, allowed: int) -> Iterator[Block]:
    pending: list[tuple[Line, str]] = []
    kind: Kind = "prose"
    marker = ""
    blanks = 0
    lines = (
        without_marks(source.lines) if source.markdown else ((ln, ln.text) for ln in source.lines)
    )
    for line, text in lines:
        if not text.strip():
            blanks += 1
            continue
        new = _kind(text, source.markdown, pending)
        ended = kind == "item" and blanks > 0 and pending[-1][1].endswith((".", ";"))
        runs_on = blanks <= allowed and kind not in {"heading", "row"} and not ended
        if new is None and pending and runs_on:
            pending.append((line, _tidy(text)))
        else:
            if pending:
                yield joined(kind, pending, marker)
            kind, marker, words = _begun(text, new)
            pending = [(line, words)]
        blanks = 0
    if pending:
        yield joined(kind, pending, marker)


def _kind(text: str, markdown: bool, pending: list[tuple[Line, str]]) -> Kind | None:
    """Say what a line begins, or None when it may run on from the line before."""
    item = ITEM.match(text)
    if not item and ((markdown and "|" in text) or (not markdown and is_row(text))):
        return "row"
    if item:
        return "item"
    if text.lstrip().startswith("#") and markdown:
        return "heading"
    if _EXHIBIT.match(text) or _HEADING.match(text):
        ended = not pending or pending[-1][1].rstrip().endswith(_ENDS) or len(text) < 60
        return "heading" if ended else None
    return "note" if _NOTE.match(text) else None


def _begun(text: str, kind: Kind | None) -> tuple[Kind, str, str]:
    if kind == "item" and (found := ITEM.match(text)):
        return "item", found["mark"], _tidy(text[found.end() :])
    if kind == "heading":
        return "heading", "", _tidy(text.lstrip("# "))
    if kind == "row":
        return "row", "", text.strip()
    return kind or "prose", "", _tidy(text)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def is_caption(text: str) -> bool:
    """Say whether a heading names a table or a figure, which stand between other things.

    Examples
    --------
    >>> is_caption("Tabel 3.2 Uitgaven"), is_caption("3.2 Uitgaven")
    (True, False)
    """
    return _EXHIBIT.match(text) is not None
