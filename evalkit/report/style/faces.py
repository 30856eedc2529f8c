"""The files of a house style that figures are measured in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evalkit.report.figures.text import FACES, Face


def faces_of(settings: Mapping[str, Any]) -> dict[Face, Path]:
    """Find for each face the upright font of the style with the nearest weight.

    Parameters
    ----------
    settings
        What its ``style.toml`` says.
    """
    upright = [font for font in settings["fonts"] if font["style"] == "normal"]
    found: dict[Face, Path] = {}
    for face in FACES:
        family = settings["families"][face.family]
        own = [one for one in upright if one["family"] == family]
        if own:
            near = min(own, key=lambda one: (abs(one["weight"] - face.weight), -one["weight"]))
            found[face] = Path(near["file"])
    return found
