"""One row of the table of periods: its bars, in place on the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from evalkit.report.figures.palette import (
    GREY_100,
    INK,
    PETROL_300,
    PETROL_500,
    PETROL_700,
    WHITE,
)
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, SANS_SEMIBOLD, width, wrap

Fill = Literal["financial", "supporting"]

TRACK: Final = 122.0
ROW: Final = 5.9
BAR: Final = 4.3
SIZE: Final = 8.0
POINT: Final = 1.7
NAME_WIDTH: Final = 37.0
NAME_LEADING: Final = 4.2
_FILLS: Final[dict[Fill, str]] = {"financial": PETROL_700, "supporting": PETROL_300}


@dataclass(frozen=True, slots=True)
class Span:
    """A period of an instrument.

    Attributes
    ----------
    start, end
        In years, January 1st being a whole number: 2018–2021 is from 2018.0 to 2022.0.
        ``None`` is unknown for a start and still running for an end.
    words
        The period as text, printed in or beside the bar.
    tentative
        Begin unknown or not yet started: drawn as a dashed outline.
    """

    start: float | None
    end: float | None
    words: str
    fill: Fill = "supporting"
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class PeriodAxis:
    """First and last year with a column of their own, and the period under review."""

    first: int
    last: int
    review: tuple[int, int]

    @property
    def columns(self) -> int:
        """Number of columns: the years, and one for all that lies before and after them."""
        return self.last - self.first + 3

    def position(self, moment: float) -> float:
        """Return the place of a moment on the track in millimetres."""
        column = min(max(moment - self.first + 1, 0.0), float(self.columns))
        return column * TRACK / self.columns


def track(name: str, spans: Sequence[Span], axis: PeriodAxis) -> str:
    """Return the row of an instrument: faint lines between the years, and its bars."""
    pitch = TRACK / axis.columns
    tall = max(ROW, NAME_LEADING * len(wrap(name, SANS, 9, NAME_WIDTH)) + 1.7)
    lines = "".join(f"M{column * pitch:.2f} 0V{tall:.2f}" for column in range(axis.columns))
    ends = [_ends(span, axis) for span in spans]
    limits = [*(left for left, _ in ends[1:]), TRACK]
    bars = [_bar(span, *found) for span, found in zip(spans, ends, strict=True)]
    words = [
        _words(span, *found, limit) for span, found, limit in zip(spans, ends, limits, strict=False)
    ]
    shift = f"translate(0 {(tall - ROW) / 2:.2f})"
    parts = [
        element("path", d=lines, stroke=GREY_100, stroke_width=0.15),
        element("g", "".join([*bars, *words]), transform=shift),
    ]
    alt = f"{name}: {', '.join(span.words for span in spans)}"
    return drawing(TRACK, tall, parts, alt=alt)


def _ends(span: Span, axis: PeriodAxis) -> tuple[float, float]:
    left = 0.0 if span.start is None else axis.position(span.start)
    right = TRACK if span.end is None else axis.position(span.end)
    return left, max(right, left + 1.5)


def _bar(span: Span, left: float, right: float) -> str:
    top, bottom = (ROW - BAR) / 2, (ROW + BAR) / 2
    if span.tentative:
        left, right, top, bottom = left + 0.2, right - 0.2, top + 0.2, bottom - 0.2
    corner, point = right, ""
    if span.end is None:
        corner = max(right - POINT, left)
        point = f"L{right:.2f} {ROW / 2:.2f}"
    outline = f"M{left:.2f} {top:.2f}H{corner:.2f}{point}L{corner:.2f} {bottom:.2f}H{left:.2f}Z"
    return element(
        "path",
        d=outline,
        fill=WHITE if span.tentative else _FILLS[span.fill],
        stroke=PETROL_500 if span.tentative else None,
        stroke_width=0.35 if span.tentative else None,
        stroke_dasharray="1.1 0.8" if span.tentative else None,
    )


def _words(span: Span, left: float, right: float, limit: float) -> str:
    """Inside the bar when it fits, else on its free side."""
    dark = span.fill == "financial" and not span.tentative
    face = SANS_SEMIBOLD if dark else SANS
    wide = width(span.words, face, SIZE) + 0.4
    inside = wide + 2.6 <= right - left
    x, anchor = left + 1.4, None
    if not inside:
        after = right + wide + 1.2 <= limit
        x, anchor = (right + 1.0, None) if after else (left - 1.0, "end")
    fill = WHITE if inside and dark else INK
    weight = 600 if dark else 400
    return text(x, ROW / 2 + 1.0, span.words, size=SIZE, fill=fill, weight=weight, anchor=anchor)


def sample(span: Span) -> str:
    """Return a short bar for a legend."""
    return drawing(6, ROW, [_bar(span, 0, 6)], class_="sample")
