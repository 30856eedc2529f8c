"""A block: a paragraph, an item of a list, a heading or a row, with the lines it came from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from evalkit.audit.text.line import Line

Kind = Literal["prose", "item", "heading", "row", "note"]


@dataclass(frozen=True, slots=True)
class Block:
    """Words that belong together.

    Attributes
    ----------
    kind
        A ``note`` is a footnote or a source line.
    text
        The words of all its lines, hyphens at line ends taken out.
    starts
        Where in `text` each line begins.
    lines
        Those lines.
    marker
        What stands before an item: ``●``, ``3.``, ``b)``.
    """

    kind: Kind
    text: str
    starts: tuple[int, ...]
    lines: tuple[Line, ...]
    marker: str = ""

    def place(self, at: int) -> str:
        """Give the place of a character of the text."""
        return self.line(at).place

    def line(self, at: int) -> Line:
        """Give the line that a character of the text stands on."""
        return self.lines[max(bisect_right(self.starts, at) - 1, 0)]


def joined(kind: Kind, lines: list[tuple[Line, str]], marker: str = "") -> Block:
    """Put lines together to a block; a word that was broken at a line end becomes whole.

    Examples
    --------
    >>> lines = [Line("a.txt", 1, "arbeids-"), Line("a.txt", 2, "markt en tech-")]
    >>> joined("prose", [(line, line.text) for line in lines]).text
    'arbeidsmarkt en tech-'
    """
    text = ""
    starts: list[int] = []
    for _, words in lines:
        text = _before(text, words)
        starts.append(len(text))
        text += words
    return Block(kind, text, tuple(starts), tuple(line for line, _ in lines), marker)


def _before(text: str, words: str) -> str:
    """Prepare what stands before a line: a space, or nothing where a word runs on."""
    if not text:
        return ""
    broken = len(text) > 1 and text[-1] == "-" and text[-2].isalpha() and words[:1].islower()
    if broken and words.split(" ", 1)[0] not in {"en", "of", "and", "or", "als"}:
        return text[:-1]
    return f"{text} "
