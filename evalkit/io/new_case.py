"""A starter case: a small but whole case folder to begin from."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evalkit.errors import EvalkitError
from evalkit.language.numbers import Language
from evalkit.model.record import Id


def new_case(slug: str, into: str | Path = ".", *, lang: Language = "nl") -> Path:
    """Write a starter case, whole or not at all.

    Parameters
    ----------
    slug
        The id of the case and the name of its folder.
    into
        The folder in which that folder is made; it is made too when it is not there.
    lang
        The language of its content and of the numbers in it.

    Returns
    -------
    Path
        The new case folder.

    Raises
    ------
    EvalkitError
        The slug is no id, the folder is already there, or it cannot be written.
    """
    _refuse_odd(slug)
    target = Path(into) / slug
    if target.exists() or target.is_symlink():
        raise EvalkitError(
            f"'{target}' is already there, and a new case never overwrites",
            hint="choose another name, or another place with --into",
        )
    if target.parent.is_file():
        raise EvalkitError(f"'{target.parent}' is a file", hint="give a folder with --into")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{slug[:40]}.", dir=target.parent) as beside:
            whole = Path(beside) / slug
            _copy(files("evalkit.io") / "starter" / lang, whole)
            whole.rename(target)
    except OSError as error:
        raise EvalkitError(
            f"'{target}' cannot be made: {error.strerror}",
            hint="choose another place with --into, or mend its permissions",
        ) from None
    return target


def _refuse_odd(slug: str) -> None:
    try:
        TypeAdapter(Id).validate_python(slug)
    except ValidationError:
        how = "use lower case letters, digits and hyphens"
        near = _nearest_id(slug)
        hint = f"{how}, such as '{near}'" if near else how
        raise EvalkitError(f"'{slug}' is no name for a case", hint=hint) from None


def _nearest_id(text: str) -> str:
    """Make an id of a title.

    Examples
    --------
    >>> _nearest_id("Menselijk kapitaal (pilot)")
    'menselijk-kapitaal-pilot'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir()
    for part in source.iterdir():
        if part.is_dir():
            _copy(part, target / part.name)
        else:
            with part.open("rb") as read, (target / part.name).open("wb") as write:
                shutil.copyfileobj(read, write)
