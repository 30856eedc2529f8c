"""The symbol of a diagnostic: a disc when it passed, a triangle when it is open, a square if not.

Shape carries the meaning, colour repeats it.
"""

from __future__ import annotations

from evalkit.model.finding import Outcome
from evalkit.report.figures.palette import COPPER_700, PETROL_700, WHITE
from evalkit.report.figures.svg import drawing, element

_SIZE = 3.6


def check_symbol(outcome: Outcome) -> str:
    """Return the symbol, to stand before the name of a diagnostic."""
    return drawing(_SIZE, _SIZE, _PARTS[outcome], class_="symbol")


_PARTS = {
    "passed": [
        element("circle", cx=1.8, cy=1.8, r=1.7, fill=PETROL_700),
        element("path", d="M1 1.9L1.6 2.5L2.7 1.2", fill="none", stroke=WHITE, stroke_width=0.4),
    ],
    "not decisive": [
        element(
            "path", d="M1.8 0.3L3.4 3.3L0.2 3.3Z", fill=WHITE, stroke=COPPER_700, stroke_width=0.35
        ),
        element("path", d="M1.8 1.3L1.8 2.2", stroke=COPPER_700, stroke_width=0.4),
        element("circle", cx=1.8, cy=2.75, r=0.25, fill=COPPER_700),
    ],
    "failed": [
        element("rect", x=0.2, y=0.2, width=3.2, height=3.2, fill=COPPER_700),
        element(
            "path", d="M1.1 1.1L2.5 2.5M2.5 1.1L1.1 2.5", fill="none", stroke=WHITE,
            stroke_width=0.45,
        ),
    ],
}  # fmt: skip
