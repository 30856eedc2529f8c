"""The legend of signs: what the signs of a report mean, of those that stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Final, get_args

from evalkit.report.edition import Edition
from evalkit.report.figures.badge import Direction, direction_symbol

_TAG = re.compile(r"(<[^>]*>)")
_DRAWN = re.compile(r"<svg[^>]*>|</svg>")
# Each sign, and how it stands in the text of a page; a dash is a sign where it is all of a cell.
_SIGNS: Final = {
    "about": ("~", re.compile(r"~\s?\d")),
    "more": ("> <", re.compile(r"[><]\s?\d")),
    "pm": ("PM", re.compile(r"(?<![‘“])\bPM\b")),  # quoted, it is someone else's
    "none": ("\N{EN DASH}", re.compile(r"^\s*\N{EN DASH}\s*$")),
}


def signs_used(pages: Sequence[str], edition: Edition) -> tuple[tuple[str, str], ...]:
    """Explain the signs that stand in the markup of chapters, each as markup with its meaning."""
    filled = edition.values.finish("".join(pages))
    texts = [unescape(text) for text in _TAG.split(filled)[::2]]
    written = [
        (escape(sign), edition.label(f"sign.{key}"))
        for key, (sign, form) in _SIGNS.items()
        if any(form.search(text) for text in texts)
    ]
    drawn = [
        (direction_symbol(key), edition.label(f"direction.{key}"))
        for key in get_args(Direction)
        if _DRAWN.sub("", direction_symbol(key)) in filled
    ]
    return (*written, *drawn)
