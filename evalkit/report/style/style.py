"""A house style: a folder with its parts, fonts and templates."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment

from evalkit.errors import CaseError, EvalkitError, EvalkitWarning, Problem
from evalkit.io.shipped import shipped_styles, style_dir
from evalkit.language.suggest import did_you_mean
from evalkit.model.case import Case
from evalkit.report.figures import palette
from evalkit.report.style.bands import NAMES, bands
from evalkit.report.style.colours import flaws_of_colours, grey
from evalkit.report.style.files import VARIABLE, flaws_of_sheets, placed, unused_colours
from evalkit.report.style.names import flaws_of_names
from evalkit.report.style.shape import flaws_of_shape
from evalkit.report.style.templates import environment
from evalkit.report.style.weights import lacking_weights

_PAINT = re.compile(r'(?<==")#[0-9A-Fa-f]{6}(?=")')
_PALETTE = {
    value.upper(): name.lower().replace("_", "-")
    for name, value in vars(palette).items()
    if name.isupper() and isinstance(value, str)
}
_DRAWN = {"sans": "Source Sans 3", "serif": "Source Serif 4"}  # what drawings are made in


@dataclass(frozen=True)
class Style:
    """A house style.

    Attributes
    ----------
    folder
        Where it stands.
    settings
        What its ``style.toml`` says, on top of the style that it extends. Files of fonts are
        named in full.
    folders
        Where its files are looked for: its own folder, then those of the styles it extends.
    """

    folder: Path
    settings: dict[str, Any]
    folders: tuple[Path, ...] = ()

    @property
    def families(self) -> frozenset[str]:
        """The font families that it brings; no other may occur in a report."""
        return frozenset(font["family"] for font in self.settings["fonts"])

    @property
    def stacks(self) -> dict[str, str]:
        """Its families as a style sheet names them: others that it brings stand in for signs."""
        own = self.settings["families"]
        others = "".join(f', "{name}"' for name in sorted(self.families - set(own.values())))
        return {key: f'"{family}"{others}' for key, family in own.items()}

    @cached_property
    def templates(self) -> Environment:
        """Its templates. They are trusted, unlike the prose of a case, and still escape."""
        return environment(self.folders or (self.folder,))

    def find(self, path: Path) -> Path:
        """Give the file that a path in the folder stands for: its own, or that which it extends.

        The path comes back as it is when no style has such a file.
        """
        if path.is_file() or not path.is_relative_to(self.folder):
            return path
        name = path.relative_to(self.folder)
        return next((one / name for one in self.folders if (one / name).is_file()), path)

    def holds(self, path: Path) -> bool:
        """Whether a file belongs to the style, or to one that it extends."""
        return any(path.is_relative_to(folder) for folder in self.folders or (self.folder,))

    def sheet(self, text: str, name: str) -> str:
        """Fill the colours and families into a style sheet.

        Raises
        ------
        EvalkitError
            The sheet names a colour or family that ``style.toml`` does not have.
        """
        known = {**self.settings["colours"], **self.stacks}

        def filled(found: re.Match[str]) -> str:
            if found[1] not in known:
                where = f"{self.folder / name}: var(--{found[1]}) is not in style.toml"
                raise EvalkitError(where, hint="add it under [colours]")
            return str(known[found[1]])

        return VARIABLE.sub(filled, text)

    def paint(self, html: str) -> str:
        """Give drawings, which are made in the colours and fonts of `seo`, those of the style."""
        painted = _PAINT.sub(self._painted, html)
        families = self.settings["families"]
        for name, drawn in _DRAWN.items():
            own = f'font-family="{families[name]}"'
            painted = painted.replace(f'font-family="{drawn}"', own)
        return painted

    @cached_property
    def _bands(self) -> dict[str, str]:
        return bands(self.settings["colours"])

    def _painted(self, found: re.Match[str]) -> str:
        colour = found[0].upper()
        if colour in self._bands:
            return self._bands[colour]
        token = _PALETTE.get(colour)
        if token is not None:
            return str(self.settings["colours"].get(token, colour))
        return grey(colour) if self.settings.get("grey") else colour

    @cached_property
    def mark(self) -> str:
        """Tell apart what decides the layout: its sheets, its colours and its fonts."""
        found = sha256()
        for folder in self.folders or (self.folder,):
            for file in sorted((*folder.glob("*.css"), *folder.glob("style.toml"))):
                found.update(file.read_bytes())
        for font in self.settings["fonts"]:
            found.update(Path(font["file"]).read_bytes())
        return found.hexdigest()

    @property
    def font_faces(self) -> str:
        """The style sheet that loads its fonts."""
        return "\n".join(
            f'@font-face {{ font-family: "{font["family"]}"; font-weight: {font["weight"]}; '
            f'font-style: {font["style"]}; src: url("{Path(font["file"]).as_uri()}"); }}'
            for font in self.settings["fonts"]
        )

    @property
    def logo(self) -> str:
        """Where its logo is, for a template; empty when it has none."""
        return str(self.settings.get("logo", ""))


def load_style(name: str | Path, *, folders: bool = False) -> Style:
    """Find and read a house style.

    Parameters
    ----------
    name
        The name of a shipped style.
    folders
        Whether `name` may also be the folder of a style of one's own. Templates run unhindered,
        so a folder is taken from who runs evalkit and never from a case.

    Raises
    ------
    EvalkitError
        There is no such style, or its ``style.toml`` is wrong: a part, font or logo that is not
        there or is broken, a colour that a sheet names and is not there, or colours that cannot be
        told apart.

    Warns
    -----
    EvalkitWarning
        It gives a colour that nothing uses, or brings fonts and not all weights that are asked for.

    Examples
    --------
    >>> load_style("kaal").settings["parts"][0]
    'cover'
    """
    own = folders and str(name) not in shipped_styles() and Path(name).is_dir()
    if folders and not own and str(name) not in shipped_styles():
        raise _no_style(Path(name))
    folder = (Path(name) if own else style_dir(str(name))).resolve()
    settings, found = _read(folder, ())
    style = Style(folder, settings, found)
    known = (*settings["colours"], *settings["families"])
    file = folder / "style.toml"
    _tell(
        file,
        [*flaws_of_names(style), *flaws_of_colours(settings["colours"])],
        flaws_of_sheets(found, known),
    )
    for line in _remarks(style):
        warnings.warn(placed(file, line), EvalkitWarning, stacklevel=2)
    return style


def style_of(case: Case) -> Style:
    """Read the house style that a case names, which is a shipped one.

    Raises
    ------
    CaseError
        There is no such style; it says where the case names it.
    """
    known = shipped_styles()
    if case.style not in known:
        file, _, line = case.place("style").partition(":")
        hint = f"{did_you_mean(case.style, known)} ({_folder_of_ones_own(case)})"
        raise CaseError([Problem(file, int(line or 0), f"no style '{case.style}'", hint)])
    return load_style(case.style)


def _remarks(style: Style) -> Iterator[str]:
    """Tell what can be printed, and is not what was meant."""
    fonts, colours = style.settings["fonts"], style.settings["colours"]
    yield from unused_colours(colours, style.folders, (*_PALETTE.values(), *NAMES))
    if any(Path(font["file"]).is_relative_to(style.folder) for font in fonts):
        yield from lacking_weights(style.folders, style.settings["families"], fonts)


def _folder_of_ones_own(case: Case) -> str:
    """Say how a folder is given: its templates may do anything, so a case does not name one."""
    beside = Path(case.folder or ".") / case.style
    folder = str(beside) if (beside / "style.toml").is_file() else "FOLDER"
    return f"a folder of your own: `--style {folder}`"


def _no_style(path: Path) -> EvalkitError:
    """Say which styles there are, folders beside the one that was named among them."""
    beside = [str(file.parent) for file in path.parent.glob("*/style.toml")]
    hint = did_you_mean(str(path), [*shipped_styles(), *beside])
    return EvalkitError(f"no style '{path}'", hint=f"{hint} (or the folder of one of your own)")


def _tell(file: Path, flaws: Sequence[str], of_sheets: Iterable[str] = ()) -> None:
    lines = [*(placed(file, flaw) for flaw in flaws), *of_sheets]
    if lines:
        shown = style_dir("seo") / "style.toml"
        raise EvalkitError("\n".join(lines), hint=f"{shown} shows how it goes")


def _read(folder: Path, seen: tuple[Path, ...]) -> tuple[dict[str, Any], tuple[Path, ...]]:
    """Read a style on top of those that it extends."""
    file = folder / "style.toml"
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EvalkitError(
            f"{folder} holds no style.toml", hint="copy templates/seo and change the copy"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = "text stands between quotes, and a list between square brackets"
        raise EvalkitError(f"{file}: this is not TOML: {error}", hint=hint) from None
    _tell(file, flaws_of_shape(settings))
    for font in settings.get("fonts", []):
        font["file"] = str(folder / font["file"])
    if "extends" not in settings:
        _require(settings, file)
        return settings, (folder,)
    base = style_dir(settings["extends"]).resolve()
    if base in (*seen, folder):
        raise EvalkitError(f"{file}: the style extends itself", hint="take out `extends`")
    below, folders = _read(base, (*seen, folder))
    for key in ("colours", "families"):
        settings[key] = {**below[key], **settings.get(key, {})}
    return {**below, **settings}, (folder, *folders)


def _require(settings: dict[str, Any], file: Path) -> None:
    for key in ("parts", "fonts", "colours", "families"):
        if key not in settings:
            raise EvalkitError(f"{file}: the key '{key}' is missing", hint="see templates/seo")
