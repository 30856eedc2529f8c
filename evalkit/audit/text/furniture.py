"""Running heads and page numbers, which are no part of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from evalkit.audit.text.line import Line

_EDGE = 3  # lines at the top and at the bottom of a page where a running head may stand
_OFTEN = 3  # pages that a line must come back on
_NUMBER_ONLY = re.compile(
    r"\W*(?:p\.|blz\.|pag\.|pagina|page|bladzijde)?\s*\d{1,4}(?:\s*(?:van|of|/)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:(\d{1,4})\W+)?(.*?\D)(?:\W*?(\d{1,4}))?")
_WIDE = 200  # characters; no running head is as long
_LONG = 12  # letters that a running head of a text without pages has beside its number


def without_furniture(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take running heads and page numbers out; what stands there is printed on every page."""
    gone = set(_on_pages(lines)) if lines and lines[0].page else set(_between_lines(lines))
    # The blank line that stays in the place of each is where a page ends: a sentence runs on.
    return tuple(line for at, line in enumerate(lines) if at not in gone)


def _on_pages(lines: Sequence[Line]) -> Iterator[int]:
    pages: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.text.strip():
            pages[line.page].append(at)
    edges = [at for page in pages.values() for at in _edges(page)]
    seen: dict[str, set[int]] = defaultdict(set)
    for at in edges:
        seen[_shape(lines[at].text)].add(lines[at].page)
    for at in edges:
        text = lines[at].text
        if len(seen[_shape(text)]) >= _OFTEN or _NUMBER_ONLY.fullmatch(text.strip()):
            yield at


def _edges(page: Sequence[int]) -> Iterable[int]:
    return dict.fromkeys([*page[:_EDGE], *page[-_EDGE:]])


def _shape(text: str) -> str:
    """Give a line without the page number at its start or end."""
    return " ".join(re.sub(r"^\W*\d+\W+|\W+\d+\W*$", "", text.lower()).split())


def _between_lines(lines: Sequence[Line]) -> Iterator[int]:
    """Find heads such as ``Jaarverslag 2023 | 12``: one text, and a number that goes up."""
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, line in enumerate(lines):
        text = line.text.strip()
        found = _NUMBERED.fullmatch(text) if len(text) <= _WIDE else None
        if found and (found[1] is None) != (found[3] is None):
            rest = " ".join(found[2].split()).strip(" |·-–")
            if len(rest) >= _LONG and not rest.endswith((".", ":", ";", ",")):
                seen[rest].append((at, int(found[1] or found[3])))
    for rest, places in seen.items():
        numbers = [number for _, number in places]
        often = _OFTEN - rest.isupper()
        if len(places) >= often and numbers == sorted(set(numbers)):
            yield from (at for at, _ in places)
