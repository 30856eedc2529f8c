"""Writing that runs from right to left, within text that does not; and signs that no font has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from evalkit.report.figures.joined import joined

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_STRONG = re.compile(rf"[{_RTL}]")
_RUN = re.compile(rf"[{_RTL}](?:[{_RTL}\s\d.,:;!?'\u2019\u201d/()\u2013-]*[{_RTL}])?")
_WORD = re.compile(rf"[{_RTL}]+")
_TAG = re.compile(r"(<[^>]*>)")
_BLOCK = re.compile(
    r"<(?:(p|h[1-6]|td|th|blockquote)\b([^>]*)>(.*?)(?=<(?:/?\1|ul|ol|p)\b)|(/?)li\b)",
    re.DOTALL,
)
_DRAWN = re.compile(r"(?<=>)[^<>]*(?=</text>)")
_SIGN = re.compile(r"\d[\d.,]*\d|.[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]*", re.DOTALL)
_UNBRACKETED = re.compile(rf"[{_RTL}](?:[^()]*[{_RTL}])?")
_MIRROR = str.maketrans("()", ")(")
_BLANK = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Co"})
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # choose between forms of the sign before
_SHOWN = 40  # characters around a sign that a message quotes


def isolated(markup: str) -> str:
    """Keep words from right to left apart from the words around them.

    Examples
    --------
    >>> isolated("de naam \u05d0\u05d1 (2020)")
    'de naam <bdi dir="rtl">\u05d0\u05d1</bdi> (2020)'
    """
    if not _STRONG.search(markup):
        return markup
    parts = _TAG.split(markup)
    return "".join(
        part if at % 2 else _RUN.sub(r'<bdi dir="rtl">\g<0></bdi>', part)
        for at, part in enumerate(parts)
    )


def directed(markup: str) -> str:
    """Let a paragraph or cell that begins with such a word run from right to left.

    An item of a list stays behind its sign, on the left like the items around it.

    Examples
    --------
    >>> directed('<p>\u05d0\u05d1 EZ</p><p>EZ \u05d0</p>')
    '<p dir="rtl">\u05d0\u05d1 EZ</p><p>EZ \u05d0</p>'
    """
    if not _STRONG.search(markup):
        return markup
    depth = 0

    def turned(found: re.Match[str]) -> str:
        nonlocal depth
        if not found[1]:
            depth += -1 if found[4] else 1
        return found[0] if depth or not found[1] else _directed(found)

    return _BLOCK.sub(turned, markup)


def _directed(found: re.Match[str]) -> str:
    words = _TAG.sub("", found[3])
    first = next((sign for sign in words if unicodedata.bidirectional(sign) in "LRAL"), "")
    if not _STRONG.match(first):
        return found[0]
    return f'<{found[1]}{found[2]} dir="rtl">{found[3]}'


def as_drawn(markup: str, fonts: Iterable[Path] = ()) -> str:
    """Put such words in drawings in the order in which WeasyPrint draws them, letter by letter.

    Numbers within them keep their order, and marks stay with their letters; letters take the forms
    that join them, where the fonts have those.

    Examples
    --------
    >>> as_drawn("<text>EZ \u05d0\u05d1</text>") == "<text>EZ \u05d1\u05d0</text>"
    True
    """
    if not _STRONG.search(markup):
        return markup
    there = frozenset[int]().union(*map(_signs, fonts))
    return _DRAWN.sub(lambda text: _RUN.sub(_turned, joined(text[0], there)), markup)


def _turned(run: re.Match[str]) -> str:
    words = run[0]
    if words.count("(") != words.count(")"):  # the other bracket stays where it is
        return _UNBRACKETED.sub(_turned, words)
    return "".join(part.translate(_MIRROR) for part in reversed(_SIGN.findall(words)))


def apart(text: str) -> tuple[str, frozenset[str]]:
    """Part the words from right to left from a text; their letters sorted.

    Programs that read a PDF give such words in another order, and the letters of a ligature too.

    Examples
    --------
    >>> rest, words = apart("de \u05d1\u05d0 (2020)")
    >>> rest, sorted(words) == ["\u05d0\u05d1"]
    ('de  (2020)', True)
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", text))
    return _WORD.sub("", text), frozenset("".join(sorted(word)) for word in found)


def lacking(text: str, fonts: Iterable[Path]) -> Iterator[str]:
    """Name the signs that no font has, each with the words around its first place.

    Parameters
    ----------
    text
        What is printed.
    fonts
        The files of the fonts.
    """
    text = unicodedata.normalize("NFC", text)  # as letters and accents are joined in print
    odd = {sign for sign in set(text) if unicodedata.category(sign) not in _BLANK} - _SELECTORS
    there = frozenset[int]().union(*(_signs(file) for file in fonts))
    for sign in sorted(odd, key=text.index):
        if ord(sign) in there:
            continue
        at = text.index(sign)
        near = " ".join(text[max(at - _SHOWN // 2, 0) : at + _SHOWN // 2].split())
        name = unicodedata.name(sign, "no name")
        yield (
            f"no font of the style has {sign} (U+{ord(sign):04X}, {name.lower()}): …{near}…; "
            "add one under [[fonts]] in style.toml, or write it otherwise"
        )


def in_short(found: Sequence[str], most: int = 12) -> Iterator[str]:
    """Keep a message short when a whole passage cannot be printed."""
    yield from found[:most]
    if len(found) > most:
        yield f"and {len(found) - most} more signs that no font of the style has"


@cache
def _signs(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
