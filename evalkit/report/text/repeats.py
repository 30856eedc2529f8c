"""A footnote that says the same again: it refers to the first, as Dutch reports do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

_NOTE = '<span class="footnote">'
_SPANS = re.compile(r"<span\b|</span>")
_TAGS = re.compile(r"<[^>]+>")


def with_short_repeats(texts: Sequence[str], short: str) -> list[str]:
    """Write the texts of a report, in the order of its pages, with each note in full once.

    Parameters
    ----------
    texts
        Finished markup; notes are numbered through all of it.
    short
        What stands in place of a note that stood there already: ``Zie noot {number}.``

    Examples
    --------
    >>> note = '<span class="footnote">Zonder de zelfstandigen zonder personeel.</span>'
    >>> with_short_repeats([f"A{note}", f"B{note}"], "Zie noot {number}.")[1]
    'B<span class="footnote">Zie noot 1.</span>'
    """
    first: dict[str, int] = {}
    count = 0
    made = []
    for text in texts:
        parts, at = [], 0
        for start, end in _notes(text):
            count += 1
            said = unescape(_TAGS.sub("", text[start:end])).strip()
            number = first.setdefault(said, count)
            again = short.format(number=number)
            repeats = number != count and len(again) < len(said)
            parts += [text[at:start], again if repeats else text[start:end]]
            at = end
        made.append("".join([*parts, text[at:]]))
    return made


def _notes(html: str) -> Iterator[tuple[int, int]]:
    """Find where the text of each note begins and ends; it may hold spans of its own."""
    at = html.find(_NOTE)
    while at >= 0:
        start = at + len(_NOTE)
        depth = 1
        for found in _SPANS.finditer(html, start):
            depth += 1 if found[0] != "</span>" else -1
            if depth == 0:
                yield start, found.start()
                start = found.end()
                break
        at = html.find(_NOTE, start)
