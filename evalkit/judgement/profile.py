"""The ladders that evalkit ships: read from their files and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

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


def read_ladder(text: str, file: str) -> Ladder:
    """Read a ladder from the text of its file.

    Raises
    ------
    EvalkitError
        Naming every place where it does not hold together.
    """
    ladder = read_rules(text, file, Ladder, _MEND)
    found = faults(ladder)
    if found:
        lines = (f"{file}: {fault}" for fault in found)
        raise EvalkitError("\n".join(lines), hint=_MEND)
    return ladder
