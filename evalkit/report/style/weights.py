"""The weights that sheets and figures ask of the fonts of a house style, and that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evalkit.report.figures.text import FACES

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT = re.compile(
    r"font:\s*(?P<italic>italic\s+)?(?P<weight>[1-9]00|bold|normal)\s[^;{}]*"
    r"var\(--(?P<family>sans|serif)\)"
)
_WEIGHT = re.compile(r"font-weight:\s*(?P<weight>[1-9]00|bold|normal)")
_ITALIC = re.compile(r"font-style:\s*italic")
_WORDS = {"normal": 400, "bold": 700}
_SHOWN = 3  # places that a line names
Place = tuple[str, int, str]  # the family as a sheet names it, the weight, the style


def lacking_weights(
    folders: Sequence[Path], families: Mapping[str, str], fonts: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Tell which weights no font of a style has, and who asks for them.

    Parameters
    ----------
    folders
        Where the sheets are looked for, the style's own first.
    families
        The names of its `sans` and its `serif`.
    fonts
        The fonts that it brings.
    """
    own = {(font["family"], font["weight"], font["style"]) for font in fonts}
    lacking: dict[Place, list[str]] = {}
    for (key, weight, slant), where in _asked(folders):
        # A weight without a family is that of the words around it: either family will do.
        names = [families[key]] if key else list(families.values())
        if not any((name, weight, slant) in own for name in names):
            places = lacking.setdefault((names[0], weight, slant), [])
            places.extend([where] if where not in places else [])
    for (family, weight, slant), places in sorted(lacking.items()):
        what = f"weight {weight}" if slant == "normal" else f"{slant} of weight {weight}"
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        yield (
            f"fonts: '{family}' has no {what}, asked for by {', '.join(places[:_SHOWN])}{more}; "
            "the nearest of its fonts stands in. Bring the file, or add a [[fonts]] with "
            f'weight = {weight}, style = "{slant}" and the file that may stand in'
        )


def _asked(folders: Sequence[Path]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.glob("*.css")):
            if file.name not in seen:  # a sheet of the same name takes the place of one below
                seen.add(file.name)
                yield from _of_sheet(file)
    for face in FACES:
        yield (face.family, face.weight, "normal"), "a figure"


def _of_sheet(file: Path) -> Iterator[tuple[Place, str]]:
    text = file.read_text(encoding="utf-8")
    bare = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for pattern in (_FONT, _WEIGHT, _ITALIC):
        for found in pattern.finditer(bare):
            named = {"weight": "normal", "family": "", **found.groupdict()}
            italic = pattern is _ITALIC or named.get("italic")
            weight = _WORDS.get(named["weight"]) or int(named["weight"])
            line = bare.count("\n", 0, found.start()) + 1
            place = (named["family"], weight, "italic" if italic else "normal")
            yield place, f"{file.name}:{line}"
