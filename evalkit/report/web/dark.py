"""The colours of a style on a dark screen: the same hues, each as light as its use needs."""

from __future__ import annotations

from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls

from evalkit.report.style.colours import luminance

# How light each colour of a style becomes, from 0 (black) to 1 (white). The order of the fills is
# kept, upside down, so that what carries dark text on paper carries light text here.
_LIGHT = {
    "paper": 0.0095,
    "ink": 0.80,
    "petrol-900": 0.75,
    "petrol-700": 0.50,
    "petrol-500": 0.36,
    "petrol-400": 0.105,
    "petrol-300": 0.062,
    "petrol-100": 0.030,
    "petrol-50": 0.017,
    "copper-700": 0.42,
    "copper-100": 0.019,
    "grey-600": 0.44,
    "grey-400": 0.20,
    "grey-300": 0.065,
    "grey-100": 0.028,
}
_VIVID, _VIVID_GROUND = 0.7, 0.4  # a hue more saturated than this glares on a dark ground
_GROUND = 0.1
_STEPS = 20


def dark(colours: Mapping[str, str]) -> dict[str, str]:
    """Give the colours of a style, and its paper, for a dark screen.

    Parameters
    ----------
    colours
        The colours of the style by name; what has no known use is left out.

    Examples
    --------
    >>> dark({"ink": "#000000", "petrol-700": "#14536B"})
    {'paper': '#191919', 'ink': '#E8E8E8', 'petrol-700': '#76C7E5'}
    """
    given = {**colours, "paper": colours["ink"]}
    return {name: _at(given[name], light) for name, light in _LIGHT.items() if name in given}


def dark_other(colour: str, colours: Mapping[str, str]) -> str:
    """Give a colour of a drawing that has no name: as light as the named one that is nearest."""
    named = [name for name in _LIGHT if name in colours]
    own = luminance(colour)
    near = min(named, key=lambda name: abs(luminance(colours[name]) - own))
    return _at(colour, _LIGHT[near])


def _at(colour: str, light: float) -> str:
    """Give the hue of a colour at another luminance."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, _, vivid = rgb_to_hls(red, green, blue)
    vivid = min(vivid, _VIVID if light > _GROUND else _VIVID_GROUND)
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if luminance(_hex(hue, middle, vivid)) < light:
            low = middle
        else:
            high = middle
    return _hex(hue, high, vivid)


def _hex(hue: float, light: float, vivid: float) -> str:
    parts = hls_to_rgb(hue, light, vivid)
    return f"#{''.join(f'{round(part * 255):02X}' for part in parts)}"
