"""The running text of a case, sentence by sentence, each at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evalkit.model.case import Case

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIDDEN = re.compile(r"^\s*(:{3,}.*|\|.*|```.*|~~~.*)$", re.MULTILINE)
# The end of a sentence: a full stop and a capital, but not after an abbreviation or a number.
_END = re.compile(r"(?<=[.!?])(?<!\b[a-z]\.)(?<!\d\.)(?<!e\.a\.)\s+(?=[A-Z‘“@*\[])")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of the running text.

    Attributes
    ----------
    where
        File and line.
    text
        The sentence, its line breaks taken out.
    instrument
        The instrument that the text is about; empty in a chapter.
    """

    where: str
    text: str
    instrument: str = ""


def passages(case: Case) -> Iterator[Passage]:
    """List the sentences of chapters, of the prose on instruments and of their summaries."""
    for name, text in case.chapters.items():
        yield from sentences(text, f"chapters/{name}.md")
    for key, instrument in case.instruments.items():
        yield from sentences(instrument.prose, case.prose_file(key), key)
        for field in ("summary", "description"):
            where = case.place("instruments", key, field)
            for one in sentences(getattr(instrument, field), "", key):
                yield Passage(where, one.text, key)
    for key, recommendation in case.recommendations.items():
        where = case.place("recommendations", key, "text")
        for one in sentences(recommendation.text, ""):
            yield Passage(where, one.text)


def sentences(text: str, file: str, instrument: str = "") -> Iterator[Passage]:
    r"""Split a text into sentences; tables, code and the lines of directives are left out.

    Examples
    --------
    >>> [p.where for p in sentences("Een zin.\n\nNog een\nzin. En een derde.", "a.md")]
    ['a.md:1', 'a.md:3', 'a.md:4']
    """
    shown = _HIDDEN.sub(_blank, _COMMENT.sub(_blank, text))
    for paragraph in _PARAGRAPH.finditer(shown):
        begin = paragraph.start()
        for part in _parts(paragraph[0]):
            if part.strip():
                offset = begin + len(part) - len(part.lstrip())
                line = shown.count("\n", 0, offset) + 1
                yield Passage(f"{file}:{line}", " ".join(part.split()), instrument)
            begin += len(part)


def _parts(paragraph: str) -> Iterator[str]:
    """Cut a paragraph at the ends of its sentences, without losing a character."""
    at = 0
    for end in _END.finditer(paragraph):
        yield paragraph[at : end.end()]
        at = end.end()
    yield paragraph[at:]


def _blank(found: re.Match[str]) -> str:
    """Take text out and keep its lines."""
    return "\n" * found[0].count("\n")
