"""WeasyPrint's line breaking, mended while a report is laid out: a fault, and last lines.

The fault: when a text fits on the rest of a line but for the space behind it, and markup follows (a
citation, a footnote call), WeasyPrint 70 breaks the line after the *first* word that it could: it
measures the line with the space, finds it too wide, and starts again as if nothing had fitted.
About one such line in thirty is hit, and a line of one word is what a reader then sees.

Last lines: no paragraph ends in a line that holds but the rest of a hyphenated word. The word goes
to that line as a whole, where the line above is wide enough to do without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline
from weasyprint.text import line_break

_NARROWEST = 0.3  # of the font size: no running text is set narrower than this a letter
_WIDE = 25  # times the font size: a line of running text, and none in a cell of a table


@contextmanager
def whole_lines() -> Iterator[None]:
    """Lay out lines as long as they fit, for as long as the context is open."""
    original = line_break.split_first_line
    line = 0.0  # how wide the line at hand is, of which a text behind a link gets what is left

    def split(
        text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
    ) -> Any:
        nonlocal line
        if more.get("is_line_start"):
            line = max_width or 0.0
        found = original(text, style, context, max_width, *rest, **more)
        if max_width is None or found[2] is None:
            return found
        wide = max(line, max_width) > _WIDE * style["font_size"]
        if wide and _parts_last_word(text, style, found[2]):
            whole = style.copy()
            whole["hyphens"] = "manual"
            unparted = original(text, whole, context, max_width, *rest, **more)
            return unparted if unparted[3] <= max_width else found
        if not _may_fit(text, style, max_width):
            return found
        bare = original(text.rstrip(" "), style, context, max_width, *rest, **more)
        if bare[2] is not None or bare[3] > max_width:
            return found
        return original(text, style, context, float("inf"), *rest, **more)

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = original


def _may_fit(text: str, style: Any, width: float) -> bool:
    """Whether it is worth the try: most texts are many lines long."""
    if not text.endswith(" ") or style["white_space"] != "normal":
        return False
    return bool(len(text) * style["font_size"] * _NARROWEST <= width)


def _parts_last_word(text: str, style: Any, at: int) -> bool:
    """Whether a hyphen at this byte leaves nothing but the rest of a word for the next line."""
    if style["hyphens"] != "auto":
        return False
    encoded = text.encode()
    before, rest = encoded[:at].decode()[-1:], encoded[at:].decode()
    return before.isalpha() and rest[:1].isalpha() and not re.search(r"[ \n]", rest)
