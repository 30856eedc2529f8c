"""The register beside the cases, ``register.yaml``: identities that several cases share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evalkit.errors import CaseError, Problem
from evalkit.io.explain import explain
from evalkit.io.folder import Folder
from evalkit.io.yamltree import read_tree
from evalkit.language.suggest import did_you_mean
from evalkit.model.aside import Aside
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.investment import Investment
from evalkit.model.record import Id, Loc, Record, walk
from evalkit.model.registered import Registered
from evalkit.model.response import Action
from evalkit.model.theme import Commitment

FILE = "register.yaml"
_WITH_IDENTITY = (Instrument, Action, Commitment, Investment, Aside)


class _Whole(Record):
    """The file as one record, so that its faults are explained as those of a case are."""

    entries: dict[Id, Registered] = {}


def read_register(folder: Path) -> dict[str, Registered]:
    """Read the register of a folder of cases; empty when it has none.

    Parameters
    ----------
    folder
        The folder that the case folders stand in.

    Raises
    ------
    CaseError
        Anything in it is wrong; it lists all of it, with the line.
    """
    if not (folder / FILE).is_file():
        return {}
    files = Folder(folder)
    tree = read_tree(files.text(FILE) or "", FILE)
    problems = [*files.problems, *tree.problems]
    if not problems:
        try:
            return dict(TypeAdapter(_Whole).validate_python({"entries": tree.data or {}}).entries)
        except ValidationError as error:
            for flaw in explain(error, _Whole):
                line = _line(flaw.loc[1:], tree.lines)
                problems.append(Problem(FILE, line, flaw.message, flaw.hint))
    raise CaseError(problems)


def named_in(case: Case) -> Iterator[tuple[Loc, str, Record]]:
    """Find what a case says of identities: where, which, and the record that says it."""
    for loc, part in walk(case):
        if isinstance(part, _WITH_IDENTITY) and part.identity is not None:
            yield loc, part.identity, part


def register_problems(case: Case, folder: Path, place: Callable[[Loc], Problem]) -> list[Problem]:
    """Find identities that the register beside the case does not have.

    A case that stands apart, without a register beside it, keeps its identities unchecked.
    """
    if not (folder / FILE).is_file():
        return []
    try:
        known = read_register(folder)
    except CaseError as error:
        return [replace(problem, file=f"../{problem.file}") for problem in error.problems]
    found = []
    for loc, name, _ in named_in(case):
        if name not in known:
            hint = did_you_mean(name, known, f"add it to {FILE} beside the case folders")
            at = place((*loc, "identity"))
            found.append(replace(at, message=f"no '{name}' in the register", hint=hint))
    return found


def _line(loc: Loc, lines: dict[Loc, int]) -> int:
    for size in range(len(loc), 0, -1):
        if loc[:size] in lines:
            return lines[loc[:size]]
    return 1
