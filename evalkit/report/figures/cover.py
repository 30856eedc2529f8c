"""The cover: every band is what one instrument contributes to one goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.report.document import Drawing
from evalkit.report.figures.palette import COVER_HIGHLIGHT, PETROL_900, RIBBONS
from evalkit.report.figures.svg import drawing, element

WIDTH: Final = 210.0
HEIGHT: Final = 176.5
BAND: Final = 2.7
FIRST: Final = 26.0
LAST: Final = 160.0
INSET: Final = 12.0


@dataclass(frozen=True, slots=True)
class Band:
    """An instrument on the left and a goal on the right, both by position from the top."""

    instrument: int
    goal: int
    highlight: bool = False


def cover(bands: Sequence[Band], *, alt: str = "") -> Drawing:
    """Draw the bands over the full width of the page.

    The same bands give the same drawing. Without bands the cover is plain.
    """
    ordered = sorted(set(bands), key=lambda band: (band.instrument, band.goal))
    left = _positions([(band.instrument, band.goal, band) for band in ordered], FIRST, LAST)
    right = _positions(
        [(band.goal, band.instrument, band) for band in ordered], FIRST + INSET, LAST - INSET
    )
    parts = [element("rect", x=0, y=0, width=WIDTH, height=HEIGHT, fill=PETROL_900)]
    for band in sorted(ordered, key=lambda band: (band.highlight, -_tone(band), band.instrument)):
        parts += _ribbon(left[band], right[band], band)
    return Drawing(markup=drawing(WIDTH, HEIGHT, parts, alt=alt, class_="cover-art"), alt=alt)


def _positions(
    keyed: Sequence[tuple[int, int, Band]], first: float, last: float
) -> dict[Band, float]:
    """Height of each band at one side: bands of a group lie together, groups at equal distance."""
    groups = sorted({group for group, _, _ in keyed})
    pitch = min(BAND, (last - first) / max(len(keyed) + len(groups), 1))
    spare = (last - first) - pitch * len(keyed)
    gap = spare / max(len(groups) - 1, 1)
    found: dict[Band, float] = {}
    y = first + (spare / 2 if len(groups) == 1 else 0.0)
    for group in groups:
        for _, _, band in sorted((row for row in keyed if row[0] == group), key=lambda row: row[1]):
            found[band] = y + pitch / 2
            y += pitch
        y += gap
    return found


def _tone(band: Band) -> int:
    return band.goal % len(RIBBONS)


def _ribbon(start: float, end: float, band: Band) -> list[str]:
    """A band with a dark rim, so that bands which cross stay apart."""
    path = f"M-1 {start:.2f}H22C95 {start:.2f} 105 {end:.2f} 188 {end:.2f}H211"
    colour = COVER_HIGHLIGHT if band.highlight else RIBBONS[_tone(band)]
    return [
        element("path", d=path, fill="none", stroke=PETROL_900, stroke_width=BAND + 0.15),
        element("path", d=path, fill="none", stroke=colour, stroke_width=BAND - 0.35),
    ]
