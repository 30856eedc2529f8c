"""Formulas as MathML, which a browser draws by itself: no script is asked for."""

from __future__ import annotations

import html
import re

from latex2mathml.converter import convert

_FORMULA = re.compile(
    r'<(span|div) class="arithmatex">\s*(?:\\\((.*?)\\\)|\\\[(.*?)\\\])\s*</\1>', re.DOTALL
)


def with_mathml(page: str) -> str:
    """Turn the formulas of a page into MathML."""
    return _FORMULA.sub(_formula, page)


def _formula(found: re.Match[str]) -> str:
    block = found[1] == "div"
    text = html.unescape(found[2] if found[2] is not None else found[3])
    return convert(text.strip(), display="block" if block else "inline")
