"""Measure and wrap text in the fonts of the report.

SVG does not wrap, so a drawing must know how wide a word is. Kerning is left out: it makes text
a little narrower than measured, never wider by more than a hair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import pyphen
from fontTools.ttLib import TTFont

from evalkit.io.shipped import style_dir
from evalkit.report.figures.svg import POINT

SHY: Final = "\u00ad"
_ENDS: Final = ("-", "/")  # a word breaks behind these without a hyphen
_JOINTS: Final = re.compile(r"(?<=[_.,:;&+=@?)\]])(?=\w)")  # and a long code behind these


class Smaller(str):
    """A line that is set smaller than the others, since it has no place to break."""

    __slots__ = ("scale",)
    scale: float

    def __new__(cls, words: str, scale: float) -> Smaller:
        """Keep with the words how much smaller they are: 0.9 of the size."""
        made = super().__new__(cls, words)
        made.scale = scale
        return made


def scale_of(words: str) -> float:
    """Tell how much smaller than asked a line is set."""
    return words.scale if isinstance(words, Smaller) else 1.0


@dataclass(frozen=True, slots=True)
class Face:
    """An upright font of the house style, with the file that it is in `seo`."""

    family: Literal["sans", "serif"]
    weight: int
    file: str


SANS: Final = Face("sans", 400, "SourceSans3-Regular.ttf")
SANS_SEMIBOLD: Final = Face("sans", 600, "SourceSans3-Semibold.ttf")
SANS_BOLD: Final = Face("sans", 700, "SourceSans3-Bold.ttf")
SERIF: Final = Face("serif", 400, "SourceSerif4-Regular.ttf")
FACES: Final = (SANS, SANS_SEMIBOLD, SANS_BOLD, SERIF)

_measured: ContextVar[Mapping[Face, Path]] = ContextVar("_measured")


@contextmanager
def measured_in(files: Mapping[Face, Path]) -> Iterator[None]:
    """Measure text in these fonts, those of another house style; by default in those of `seo`."""
    token = _measured.set(files)
    try:
        yield
    finally:
        _measured.reset(token)


def width(words: str, face: Face, size: float) -> float:
    """Return the width of one line in millimetres, set in `size` points.

    Examples
    --------
    >>> round(width("nn", SANS, 10) / width("n", SANS, 10), 3)
    2.0
    """
    advances = _advances(_measured.get({}).get(face) or style_dir("seo") / "fonts" / face.file)
    units = sum(advances.get(ord(sign), 0.6) for sign in words if sign != SHY)
    return units * size * POINT * scale_of(words)


def wrap(
    words: str, face: Face, size: float, limit: float, *, language: str | None = None
) -> tuple[str, ...]:
    """Break text into the fewest lines that fit `limit` millimetres, of about equal length.

    A word is broken at a soft hyphen, or when it is wider than a line, at a hyphenation point
    of `language`; a word with neither sticks out, so pass a language where words are long.

    Parameters
    ----------
    words
        Plain text; a soft hyphen is a permitted break.
    face, size
        The font, and its size in points.
    limit
        Width of the box in millimetres.
    language
        Language of the hyphenation patterns, such as ``"nl"``.

    Returns
    -------
    tuple of str
        The lines, without soft hyphens.
    """
    lines = _greedy(words, face, size, limit, language)
    if len(lines) < 2 or _hyphens(lines):
        return lines
    narrow, wide = limit / 2, limit
    for _ in range(7):
        trial = (narrow + wide) / 2
        tried = _greedy(words, face, size, trial, language)
        if len(tried) <= len(lines) and not _hyphens(tried):
            wide, lines = trial, tried
        else:
            narrow = trial
    return lines


def widest_word(words: str, face: Face, size: float) -> float:
    """Return the width of the widest word, as it sets the least width of a box."""
    return max((width(word, face, size) for word in words.split()), default=0.0)


def _greedy(
    words: str, face: Face, size: float, limit: float, language: str | None
) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in _pieces(words):
        joined = f"{line} {word}" if line else word
        if width(joined, face, size) <= limit:
            line = joined
            continue
        if line and width(word, face, size) <= limit and SHY not in word:
            lines.append(line)
            line = word
            continue
        *full, line = _broken(line, word, face, size, limit, language)
        lines.extend(full)
    return tuple(found.replace(SHY, "") for found in (*lines, line) if found)


def _pieces(words: str) -> Iterator[str]:
    """Split at spaces only; a no-break space keeps its words together."""
    return (word for word in words.replace("\n", " ").split(" ") if word)


def _broken(
    line: str, word: str, face: Face, size: float, limit: float, language: str | None
) -> list[str]:
    """Set a word that must be broken, beginning on the current line if a part fits there."""
    parts = _syllables(word, language if width(word, face, size) > limit else None)
    if language is not None:
        whole = [part for part in parts if width(f"{part}-", face, size) <= limit]
        if len(whole) < len(parts):
            parts = [
                p for part in parts for p in ([part] if part in whole else _finer(part, language))
            ]
    lines = [f"{line} " if line else ""]
    for index, part in enumerate(parts):
        mark = "-" if index + 1 < len(parts) and not _ends(part) else ""
        stem = lines[-1]
        if width(stem + part + mark, face, size) <= limit:
            lines[-1] = stem + part
        else:
            lines[-1] = _closed(stem)
            lines.append(part)
    return [found.rstrip() for found in lines if found.strip()]


def _closed(stem: str) -> str:
    return stem if stem.endswith(" ") or _ends(stem) or not stem else f"{stem}-"


def _ends(part: str) -> bool:
    """Whether a line may end behind this without a hyphen."""
    return part.endswith(_ENDS) or bool(_JOINTS.search(f"{part}a", len(part)))


def _finer(part: str, language: str) -> list[str]:
    """Break a part that is wider than its room at places where it otherwise stays whole."""
    found = [piece for piece in _JOINTS.split(part) if piece]
    if len(found) > 1:
        return found
    fine = pyphen.Pyphen(lang=pyphen.language_fallback(language) or "nl_NL", left=2, right=2)
    return [piece for piece in fine.inserted(part, SHY).split(SHY) if piece]


def _syllables(word: str, language: str | None) -> list[str]:
    """Parts between which a word may break: at soft hyphens, hyphens, slashes, syllables."""
    parts: list[str] = []
    for chunk in word.replace("-", f"-{SHY}").replace("/", f"/{SHY}").split(SHY):
        if language is None or len(chunk) < 8:
            parts.append(chunk)
        else:
            parts.extend(_patterns(language).inserted(chunk, SHY).split(SHY))
    return [part for part in parts if part]


def _hyphens(lines: tuple[str, ...]) -> int:
    return sum(line.endswith("-") for line in lines)


@cache
def _patterns(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=pyphen.language_fallback(language) or "nl_NL", left=4, right=5)


@cache
def _advances(file: Path) -> dict[int, float]:
    """Advance width per character, in ems."""
    with TTFont(file, lazy=True) as font:
        metrics, em = font["hmtx"], font["head"].unitsPerEm
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
