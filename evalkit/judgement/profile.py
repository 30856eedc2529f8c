"""Ladders, read from their files and checked: those that evalkit ships, and any other."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.judgement.check import faults
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.rulefile import read_rules
from evalkit.ladders import names, scale_names
from evalkit.language.suggest import did_you_mean

_MEND = "mend the file of the ladder"


@cache
def ladder_names() -> tuple[str, ...]:
    """List the ladders of effects that evalkit ships.

    Examples
    --------
    >>> "effectladder" in ladder_names()
    True
    """
    return names()


@cache
def scales() -> tuple[Ladder, ...]:
    """Load the scales for what is no effect: activities, output and efficiency.

    Examples
    --------
    >>> [scale.of for scale in scales()]
    ['activities', 'efficiency', 'output']
    """
    return tuple(sorted((_load(name) for name in scale_names()), key=lambda scale: scale.of))


@cache
def load_ladder(name: str = "effectladder") -> Ladder:
    """Load a ladder that evalkit ships.

    Raises
    ------
    EvalkitError
        There is no such ladder, or its file does not hold together.

    Examples
    --------
    >>> load_ladder("effectladder").rung(1).label["nl"]
    'potentieel'
    """
    known = ladder_names()
    if name not in known:
        raise EvalkitError(f"there is no ladder '{name}'", hint=did_you_mean(name, known))
    return _load(name)


def _load(name: str) -> Ladder:
    file = f"{name}.yaml"
    return read_ladder((files("evalkit.ladders") / file).read_text("utf-8"), file)


def find_ladder(name: str | Path) -> Ladder:
    """Give a shipped ladder by its name, or one of your own by its file.

    Parameters
    ----------
    name
        A name as in :func:`load_ladder`, or the path of a YAML file.

    Raises
    ------
    EvalkitError
        There is no such ladder or file, or the file is no ladder of effects that holds together;
        every fault is named with its line.

    Examples
    --------
    >>> find_ladder("nesta").top
    5
    """
    file = Path(name)
    if isinstance(name, str) and (name in ladder_names() or not _is_path(file)):
        return _named(name)
    ladder = read_ladder(_text_of(file), str(file))
    if ladder.of != "outcome":
        what = f"{file}: this is a scale of the {ladder.of}, and a score needs a ladder of effects"
        raise EvalkitError(what, hint="leave `of` out, or write `of: outcome`")
    if ladder.name in ladder_names() and ladder != load_ladder(ladder.name):
        what = f"{file}: evalkit ships another ladder with the name '{ladder.name}'"
        raise EvalkitError(what, hint="give yours a `name` of its own, so that none mistakes them")
    return ladder


def _is_path(file: Path) -> bool:
    return file.suffix in {".yaml", ".yml"} or len(file.parts) > 1 or file.is_file()


def _named(name: str) -> Ladder:
    try:
        return load_ladder(name)
    except EvalkitError as error:
        hint = f"{error.hint}; a ladder of your own is named by its file, such as {name}.yaml"
        raise EvalkitError(error.message, hint=hint) from None


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise EvalkitError(f"{file}: this is not text in UTF-8", hint="save it as UTF-8") from None
    except OSError as error:
        what = f"{file}: the ladder cannot be read: {error.strerror}"
        raise EvalkitError(what, hint="name a YAML file, or a ladder that is shipped") from None


def read_ladder(text: str, file: str) -> Ladder:
    """Read a ladder from the text of its file.

    Raises
    ------
    EvalkitError
        Naming every place, with its line, where it does not hold together.
    """
    return read_rules(text, file, Ladder, _MEND, faults)
