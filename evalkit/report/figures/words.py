"""Words in a drawing that never leave their room."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from evalkit.language.numbers import Language
from evalkit.report.figures.text import Face, Smaller, width, wrap

SMALLEST = 0.7
"""The part of its size below which a word in a drawing is no longer read with ease."""


def fitted(
    words: str, face: Face, size: float, room: float, lang: Language, most: int = 0
) -> tuple[str, ...]:
    """Break words into lines that fit a room, whatever they are.

    A word is broken between its syllables, and a code behind its signs. One that has no such place
    stays whole and is set a little smaller; only when that is not enough is it cut.

    Parameters
    ----------
    words, face, size
        What is set, and how.
    room
        Width in millimetres; wide enough for a letter and a hyphen.
    lang
        Language of the hyphenation.
    most
        Lines that there is room for; the last ends in an ellipsis where there are more. Nought is
        no bound.
    """
    lines = [
        part
        for line in wrap(words, face, size, room, language=lang)
        for part in _forced(line, face, size, room)
    ]
    if not most or len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width(f"{last}…", face, size) > room:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def _forced(line: str, face: Face, size: float, room: float) -> list[str]:
    """Make a line fit that has no place to break: smaller, or cut where that is not enough."""
    wide = width(line, face, size)
    if wide <= room:
        return [line]
    scale = room / wide
    return [Smaller(line, scale)] if scale >= SMALLEST else _cut(line, face, size, room)


def _cut(line: str, face: Face, size: float, room: float) -> list[str]:
    """Cut what has no place to break, such as a long code, where it must: in equal parts."""
    part = width(line, face, size) / ceil(width(line, face, size) / room)
    found = [""]
    for sign in line:
        longer = width(f"{found[-1]}{sign}", face, size)
        if found[-1] and (longer > room or width(found[-1], face, size) >= part):
            found.append("")
        found[-1] += sign
    return found


def apart(
    wanted: Sequence[float], least: Sequence[float], low: float, high: float
) -> tuple[float, ...]:
    """Move labels apart along a line, in their order and as near to their places as can be.

    Parameters
    ----------
    wanted
        Where the middle of each label would stand, from low to high.
    least
        How much room each takes.
    low, high
        Between which all must stay; when they do not fit, they run past `high`.

    Examples
    --------
    >>> apart([1.0, 1.0], [4.0, 4.0], 0.0, 20.0)
    (2.0, 6.0)
    """
    groups: list[tuple[float, float, int]] = []  # begin, size and number of labels of each run
    for middle, size in zip(wanted, least, strict=True):
        groups.append((max(low, middle - size / 2), size, 1))
        while len(groups) > 1 and groups[-2][0] + groups[-2][1] > groups[-1][0] + 1e-9:
            (first, one, left), (second, two, right) = groups[-2:]
            centre = ((first + one / 2) * left + (second + two / 2) * right) / (left + right)
            begin = max(low, centre - (one + two) / 2)
            groups[-2:] = [(begin, one + two, left + right)]
    places: list[float] = []
    ends = high
    for begin, size, count in reversed(groups):
        start = max(low, min(begin, ends - size))
        ends = start
        sizes = least[len(least) - len(places) - count : len(least) - len(places)]
        tops = [start + sum(sizes[:at]) for at in range(count)]
        places[:0] = [top + room / 2 for top, room in zip(tops, sizes, strict=True)]
    return tuple(_ordered(places, least))


def _ordered(places: Sequence[float], least: Sequence[float]) -> list[float]:
    """Push down what overlaps still, when there is too little room for all."""
    found: list[float] = []
    for at, place in enumerate(places):
        edge = found[-1] + (least[at - 1] + least[at]) / 2 if found else place
        found.append(max(place, edge))
    return found
