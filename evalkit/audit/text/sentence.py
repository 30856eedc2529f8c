"""Sentences with their figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalkit.audit.text.block import Block
from evalkit.audit.text.figure import Figure
from evalkit.audit.text.figures import figures_of, may_hold_figures
from evalkit.language.numbers import Language

_SHOWN = 70  # characters on either side of what a quotation is about
_ABBREVIATIONS = frozenset(
    "bijv bv o.a o.m m.n d.w.z i.c i.e e.g ca jl nr nrs art blz pag p pp vs resp incl excl t.o.v "
    "m.b.t i.v.m n.a.v t.a.v t.b.v a.u.b c.q z.g zgn prof dr drs ir mr mw dhr fig vol ed eds no "
    "approx st etc min max m.i.v o.b.v t.l.v evt e.a c.s cf al".split()
)
_STOP = re.compile(r"[.?!]['’”\")]?(?=\s+['‘“\"(]?[A-Z0-9À-Þ●•])")
# Programs and data stand in texts as well; their numbers say nothing in words.
_CODE = re.compile(r"[{}\\]|[\"\]]:|</|=>|->|::|==|\(\)|\w=\w|\w_\w|\$ ")
_NEXT = 60  # characters within which the first word of the next sentence ends
_STRETCH = 20  # sentences that are searched in one go
_AHEAD = 2  # a number before a capital is that of a heading
_LONGEST = 4000  # characters; what runs on longer than two pages is data
_MOST = 60  # figures; a sentence with more of them is a row of numbers
_CONTENTS = re.compile(r"[\s.…]\d{1,3}$")
_SCALE = re.compile(r"(?:mln|mld|mio)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block.

    Attributes
    ----------
    start, end
        Where it stands in the text of its block; figures give their places there as well.
    """

    block: Block
    start: int
    end: int
    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return self.block.text[self.start : self.end]

    def between(self, one: Figure, other: Figure) -> str:
        """Give the words between two figures."""
        return self.block.text[one.end : other.start]

    def after(self, figure: Figure) -> str:
        """Give the words after a figure, up to the end of the sentence."""
        return self.block.text[figure.end : self.end]

    def before(self, figure: Figure) -> str:
        """Give the words before a figure, from the start of the sentence."""
        return self.block.text[self.start : figure.start]

    def place(self, figure: Figure | None = None) -> str:
        """Give the place of a figure, or of the sentence."""
        return self.block.place(self.start if figure is None else figure.start)

    def quote(self, *figures: Figure) -> str:
        """Quote the words around figures, or the sentence as far as it is short."""
        text = self.block.text
        first = min((f.start for f in figures), default=self.start)
        last = max((f.end for f in figures), default=min(self.end, self.start + 2 * _SHOWN))
        start, end = max(self.start, first - _SHOWN), min(self.end, last + _SHOWN)
        while self.start < start < first and not text[start - 1].isspace():
            start += 1
        while last < end < self.end and not text[end].isspace():
            end -= 1
        head = "" if start == self.start else "… "
        tail = "" if end == self.end else " …"
        return f"{head}{text[start:end].strip()}{tail}"


def sentences_of(block: Block, lang: Language) -> Iterator[Sentence]:
    """Split a block into sentences and read their figures."""
    if block.kind == "row" or not any(map(str.isalpha, block.text)):
        return  # the numbers of tables and of the axes of figures are no sentences
    if block.kind == "heading" and _CONTENTS.search(block.text):
        return  # a line of the table of contents, with its page
    cuts = list(_cuts(block.text))
    figures = _figures(block.text, cuts, lang)
    starts = [figure.start for figure in figures]
    for start, end in cuts:
        own = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        said = 0 < len(own) <= _MOST and _CODE.search(block.text, start, end) is None
        yield Sentence(block, start, end, own if said else ())


def _figures(text: str, cuts: Sequence[tuple[int, int]], lang: Language) -> tuple[Figure, ...]:
    """Read the figures of a block; most of a long text is in words, and is not searched."""
    if len(cuts) == 1:
        return figures_of(text, lang) if len(text) <= _LONGEST else ()
    found: list[Figure] = []
    at = 0
    while at < len(cuts):
        begin = at
        while at < min(len(cuts), begin + _STRETCH) and _may_hold(text, cuts[at], lang):
            at += 1
        if at > begin:
            shift = cuts[begin][0]
            stretch = text[shift : cuts[at - 1][1] + _AHEAD]
            found += figures_of(stretch, lang, shift)
        else:
            at += 1
    return tuple(found)


def _may_hold(text: str, cut: tuple[int, int], lang: Language) -> bool:
    start, end = cut
    return end - start <= _LONGEST and may_hold_figures(text[start:end], lang)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _STOP.finditer(text):
        word = text[start : found.start()].rsplit(None, 1)[-1:] or [""]
        following = text[found.end() : found.end() + _NEXT].split(None, 1)[:1] or [""]
        if found[0][0] == "." and not _ends(word[0].lstrip('(‘“"'), following[0]):
            continue
        yield start, found.end()
        start = found.end() + 1
    if text[start:].strip():
        yield start, len(text)


def _ends(word: str, following: str) -> bool:
    """Say whether a point after a word ends a sentence."""
    bare = word.lower().rstrip(".")
    if bare in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha()):
        return False
    if _SCALE.search(bare):
        return len(following) > 1 and following[0].isupper() and not following[1].isupper()
    return not (following[0].isdigit() and bare.isdigit())
