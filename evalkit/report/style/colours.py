"""The colours of a house style: what can be read on what, also in greyscale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_WHITE = "#FFFFFF"
TEXT, MARK = 4.5, 3.0
"""Least contrast of words, and of what is drawn (WCAG 2.2, 1.4.3 and 1.4.11)."""

# A colour, the colour behind it, and the contrast it needs there.
_PAIRS = (
    *((name, "white", TEXT) for name in ("ink", "petrol-900", "petrol-700", "copper-700")),
    ("grey-600", "white", TEXT),
    *(("ink", behind, TEXT) for behind in ("petrol-300", "petrol-100", "petrol-50", "copper-100")),
    *(("petrol-700", behind, TEXT) for behind in ("petrol-100", "petrol-50")),
    *(("grey-600", behind, TEXT) for behind in ("petrol-50",)),
    ("copper-700", "copper-100", TEXT),
    ("petrol-900", "petrol-400", TEXT),
    *(("white", behind, TEXT) for behind in ("petrol-900", "petrol-700", "petrol-500")),
    ("petrol-500", "white", MARK),
    ("grey-400", "white", 2.8),
    ("cover-highlight", "petrol-900", MARK),
)
_LADDER = ("petrol-900", "petrol-700", "petrol-500", "petrol-400", "petrol-300", "petrol-100")


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, by the formula of WCAG.

    Examples
    --------
    >>> luminance("#FFFFFF"), luminance("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Give the contrast between two colours, from 1 to 21.

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def grey(colour: str) -> str:
    """Give the grey that is as light as a colour.

    Examples
    --------
    >>> grey("#FFFFFF"), grey("#14536B")
    ('#FFFFFF', '#4D4D4D')
    """
    linear = luminance(colour)
    value = linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return f"#{round(value * 255):02X}" + f"{round(value * 255):02X}" * 2


def flaws_of_colours(colours: Mapping[str, str]) -> Iterator[str]:
    """Find colours that are missing, misspelt, or cannot be told from what is behind them.

    Examples
    --------
    >>> list(flaws_of_colours({"ink": "#1A24"}))[0]
    "colours: 'ink' is no colour: '#1A24'; write it as #1A2428"
    """
    known = {**colours, "white": _WHITE}
    wrong = [name for name, colour in known.items() if not _HEX.fullmatch(str(colour))]
    for name in wrong:
        yield f"colours: '{name}' is no colour: '{known[name]}'; write it as #1A2428"
    needed = dict.fromkeys(name for pair in _PAIRS for name in pair[:2])
    missing = [name for name in needed if name not in known]
    for name in missing:
        yield f"colours: '{name}' is missing; figures and style sheets use it"
    if not wrong and not missing:
        yield from _too_near(known)
        yield from _out_of_order(known)


def _too_near(colours: Mapping[str, str]) -> Iterator[str]:
    for name, behind, least in _PAIRS:
        found = contrast(colours[name], colours[behind])
        if found < least:
            what = "text" if least == TEXT else "what is drawn"
            yield (
                f"colours: '{name}' ({colours[name]}) on '{behind}' ({colours[behind]}) has a "
                f"contrast of {found:.1f}:1; {what} needs {least:g}:1"
            )


def _out_of_order(colours: Mapping[str, str]) -> Iterator[str]:
    """Figures tell values apart by how light they are, so that they can be printed in grey."""
    for darker, lighter in pairwise(_LADDER):
        if luminance(colours[darker]) >= luminance(colours[lighter]):
            yield f"colours: '{darker}' is not darker than '{lighter}', as figures need it"
