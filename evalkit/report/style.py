"""A house style: a folder with its parts, fonts and templates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evalkit.errors import EvalkitError
from evalkit.io.shipped import shipped_styles, style_dir


@dataclass(frozen=True)
class Style:
    """A house style.

    Attributes
    ----------
    folder
        Where it stands.
    settings
        What its ``style.toml`` says.
    """

    folder: Path
    settings: dict[str, Any]

    @property
    def families(self) -> frozenset[str]:
        """The font families that it brings; no other may occur in a report."""
        return frozenset(font["family"] for font in self.settings["fonts"])

    @cached_property
    def templates(self) -> Environment:
        """Its templates. They are trusted, unlike the prose of a case, and still escape."""
        return Environment(
            loader=FileSystemLoader(self.folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )


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
        There is no such style, or its ``style.toml`` cannot be read.
    """
    own = folders and str(name) not in shipped_styles() and Path(name).is_dir()
    folder = Path(name) if own else style_dir(str(name))
    file = folder / "style.toml"
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EvalkitError(
            f"{folder} holds no style.toml", hint="copy templates/seo and change the copy"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EvalkitError(f"{file}: this is not TOML: {error}") from None
    for key in ("parts", "fonts"):
        if key not in settings:
            raise EvalkitError(f"{file}: the key '{key}' is missing", hint="see templates/seo")
    return Style(folder.resolve(), settings)
