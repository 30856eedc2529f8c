"""Small pieces of SVG: elements, numbers and text, escaped and in a fixed order.

One unit is one millimetre, so that a drawing of 168 units fills the width of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from evalkit.report.figures.palette import INK

POINT = 0.352778
"""Millimetres in a point."""


def number(value: float) -> str:
    """Write a coordinate with at most two decimals and no superfluous zeros."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """Return an element; `_` in a name stands for `-`, and a trailing one is dropped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    fill: str = INK,
    weight: int = 400,
    family: str = "Source Sans 3",
    anchor: str | None = None,
    spacing: float | None = None,
) -> str:
    """Return one line of text with its baseline at `y`; `size` is in points.

    A line that is a `Smaller` is set in a part of that size.
    """
    return element(
        "text",
        escape(words.replace("\u00ad", "")),
        x=x,
        y=y,
        font_size=size * POINT * getattr(words, "scale", 1.0),
        font_family=family,
        font_weight=str(weight),
        fill=fill,
        text_anchor=anchor,
        letter_spacing=spacing,
    )


def drawing(
    width: float, height: float, parts: Iterable[str], *, alt: str = "", class_: str | None = None
) -> str:
    """Return a whole ``<svg>`` of `width` by `height` millimetres.

    Without `alt` the drawing is decoration next to text that says the same, and is hidden from
    a screen reader.
    """
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        class_=class_,
        width=f"{number(width)}mm",
        height=f"{number(height)}mm",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img" if alt else None,
        aria_label=alt or None,
        alt=alt or None,
        aria_hidden=None if alt else "true",
    )


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)
