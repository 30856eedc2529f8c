"""What a house style names: its parts, fonts, families and logo, and whether it has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evalkit.language.suggest import did_you_mean
from evalkit.report.style.files import flaws_of_fonts, flaws_of_logo

if TYPE_CHECKING:
    from evalkit.report.style.style import Style

_REQUIRED = ("summary", "chapters", "appendices")  # else text would be left out unseen
_OF_CHAPTERS = ("instrument.html.j2", "measure.html.j2")  # set inside a chapter: no parts
_FAMILIES = ("sans", "serif")


def flaws_of_names(style: Style) -> list[str]:
    """Find what a style names and does not have."""
    settings = style.settings
    parts, families = settings["parts"], settings["families"]
    files = {part: style.find(style.folder / f"sections/{part}.html.j2") for part in parts}
    gone = [part for part, file in files.items() if not file.is_file()]
    there = sorted(
        file.name.removesuffix(".html.j2")
        for folder in style.folders
        for file in folder.glob("sections/*.html.j2")
        if file.name not in _OF_CHAPTERS
    )
    unseen = "is missing, and what stands in it would be left out"
    flaws = [
        *(
            f"parts: there is no sections/{part}.html.j2; {did_you_mean(part, there)}"
            for part in gone
        ),
        *(f"parts: '{part}' {unseen}" for part in _REQUIRED if part not in parts),
        *(
            f"parts: '{part}' stands there twice; name it once"
            for part, times in Counter(parts).items()
            if times > 1
        ),
        *(f"fonts: {flaw}" for flaw in flaws_of_fonts(settings["fonts"])),
        *_families(families, style.families),
    ]
    if style.logo:
        logo = style.find(style.folder / style.logo)
        flaws += [f"logo: {flaw}" for flaw in flaws_of_logo(logo)]
    return flaws


def _families(named: Mapping[str, str], brought: frozenset[str]) -> Iterator[str]:
    for key in _FAMILIES:
        family = named.get(key, "")
        if family not in brought:
            what = f"families: '{key}' names '{family}', and no [[fonts]] has that family"
            yield f"{what}; {did_you_mean(family, sorted(brought))}"
