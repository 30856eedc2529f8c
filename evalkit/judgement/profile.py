"""The ladders that evalkit ships: read from their files and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import ValidationError

from evalkit.errors import EvalkitError
from evalkit.io.yamltree import read_tree
from evalkit.judgement.check import faults
from evalkit.judgement.ladder import Ladder
from evalkit.language.suggest import did_you_mean


def ladder_names() -> tuple[str, ...]:
    """List the ladders that evalkit ships.

    Examples
    --------
    >>> "effectladder" in ladder_names()
    True
    """
    folder = files("evalkit.ladders")
    texts = {f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}
    return tuple(
        sorted(
            name.removesuffix(".yaml")
            for name, text in texts.items()
            if "kind: ladder" in text.splitlines()
        )
    )


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
    names = ladder_names()
    if name not in names:
        raise EvalkitError(f"there is no ladder '{name}'", hint=did_you_mean(name, names))
    text = (files("evalkit.ladders") / f"{name}.yaml").read_text("utf-8")
    return read_ladder(text, f"{name}.yaml")


def read_ladder(text: str, file: str) -> Ladder:
    """Read a ladder from the text of its file.

    Raises
    ------
    EvalkitError
        Naming every place where it does not hold together.
    """
    tree = read_tree(text, file=file)
    if tree.problems:
        raise EvalkitError("\n".join(map(str, tree.problems)))
    try:
        ladder = Ladder.model_validate(tree.data)
    except ValidationError as error:
        lines = (f"{file}: {_place(e['loc'])}: {e['msg']}" for e in error.errors())
        raise EvalkitError("\n".join(lines), hint="mend the file of the ladder") from None
    found = faults(ladder)
    if found:
        lines = (f"{file}: {fault}" for fault in found)
        raise EvalkitError("\n".join(lines), hint="mend the file of the ladder")
    return ladder


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(map(str, loc))
