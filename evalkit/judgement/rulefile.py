"""Files of rules, such as ladders and regimes: YAML that must hold together to be read at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from evalkit.errors import EvalkitError, Problem
from evalkit.io.explain import explain, is_lack
from evalkit.io.yamltree import Tree, read_tree
from evalkit.model.record import Flaw

Rules = TypeVar("Rules", bound=BaseModel)


def _none(_: object) -> Iterable[str]:
    return ()


def read_rules(
    text: str,
    file: str,
    kind: type[Rules],
    hint: str,
    faults: Callable[[Rules], Iterable[str]] = _none,
) -> Rules:
    """Make a record of the text of a file.

    Parameters
    ----------
    text, file
        What stands in it, and its name for the errors.
    kind
        The record that it should give.
    hint
        What to do when it does not.
    faults
        Finds what does not hold together in the record, each as ``place: what is wrong``; the place
        is the path of a key, with dots, or the id of a rule.

    Raises
    ------
    EvalkitError
        Naming every place, with its line, where it is not what the record asks.
    """
    tree = read_tree(text, file=file)
    if tree.problems:
        raise EvalkitError("\n".join(map(str, tree.problems)))
    if not isinstance(tree.data, dict):
        held = "nothing" if tree.data is None else "no keys"
        begin = (
            f"begin with the keys {', '.join(list(kind.model_fields)[:3])}, as a shipped one does"
        )
        raise EvalkitError(f"{file}: the file holds {held}", hint=begin)
    try:
        rules = kind.model_validate(tree.data)
    except ValidationError as error:
        raise EvalkitError(_explained(error, kind, tree, file), hint=hint) from None
    told = [Problem(file, _line(fault.partition(": ")[0], tree), fault) for fault in faults(rules)]
    if told:
        raise EvalkitError("\n".join(map(str, told)), hint=hint)
    return rules


def _explained(error: ValidationError, kind: type[BaseModel], tree: Tree, file: str) -> str:
    """Say what each failure is; a list that is short because its items fail is told by these."""
    flaws = list(_misplaced(list(explain(error, kind)), tree))
    inside = {flaw.loc[:size] for flaw in flaws for size in range(len(flaw.loc))}
    return "\n".join(
        str(Problem(file, _line(at := _path(flaw.loc), tree), f"{at}: {flaw.message}", flaw.hint))
        for flaw in flaws
        if flaw.loc not in inside
    )


def _misplaced(flaws: list[Flaw], tree: Tree) -> Iterator[Flaw]:
    """Say of a key that is missing in one place and unknown in another that it is the same."""
    unknown = {flaw.loc[-1]: flaw.loc for flaw in flaws if flaw.message.startswith("unknown key")}
    for flaw in flaws:
        elsewhere = unknown.get(flaw.loc[-1]) if is_lack(flaw) else None
        if elsewhere is None:
            yield flaw
        else:
            line = _line(_path(elsewhere), tree)
            yield replace(flaw, hint=f"move it here from line {line}, where it has no place")


def _path(loc: Iterable[object]) -> str:
    return ".".join(map(str, loc))


def _line(place: str, tree: Tree) -> int:
    """Find the line of a key, of the nearest key above it, or of the rule with this id."""
    lines = {_path(loc): line for loc, line in tree.lines.items()}
    above = place
    while above:
        if above in lines:
            return lines[above]
        above = above.rpartition(".")[0]
    ids = (loc for loc in tree.lines if loc[-1:] == ("id",) and _at(tree.data, loc) == place)
    return next((tree.lines[loc] for loc in ids), 0)


def _at(data: Any, loc: Iterable[Any]) -> object:
    for part in loc:
        data = data[part]
    return data
