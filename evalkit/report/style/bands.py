"""The colours of the bands on the cover: those of a style, or of its petrols."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.report.figures import palette

NAMES = tuple(f"cover-band-{number}" for number, _ in enumerate(palette.RIBBONS, start=1))
"""What a style may call them, from dim to light; it need not."""

_OWN = {"petrol-700": palette.PETROL_700, "petrol-500": palette.PETROL_500}
_BETWEEN = (("petrol-700",) * 2, ("petrol-700", "petrol-500"), ("petrol-500",) * 2,
            ("petrol-500", "petrol-400"))  # fmt: skip


def bands(colours: Mapping[str, str]) -> dict[str, str]:
    """Give for each colour that the bands are drawn in the one of a style.

    A style that has other petrols, and does not name its bands, gets them from its petrols: else
    its cover would stay petrol.

    Examples
    --------
    >>> set(bands({"petrol-700": "#14536B", "petrol-500": "#357A90", "petrol-400": "#6FA5B7"}))
    set()
    >>> red = {"petrol-700": "#401010", "petrol-500": "#602020", "petrol-400": "#A06060"}
    >>> bands(red)["#2C6A86"]
    '#501818'
    """
    same = all(colours.get(name, own).upper() == own for name, own in _OWN.items())
    found: dict[str, str] = {}
    for drawn, name, (one, other) in zip(palette.RIBBONS, NAMES, _BETWEEN, strict=True):
        if name in colours:
            found[drawn] = colours[name]
        elif not same:
            found[drawn] = _mixed(colours[one], colours[other])
    return found


def _mixed(one: str, other: str) -> str:
    """Give the colour halfway between two."""
    parts = ((int(one[at : at + 2], 16) + int(other[at : at + 2], 16)) // 2 for at in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in parts)
