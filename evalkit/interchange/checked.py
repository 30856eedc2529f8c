"""The checks of case files, with the key of everything that is wrong."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalkit.errors import Problem
from evalkit.interchange.bibtex import as_entry
from evalkit.interchange.keypath import from_path, to_path
from evalkit.interchange.written import SOURCES, by_file
from evalkit.io.folder import Folder
from evalkit.io.reader import Reader
from evalkit.io.register import FILE as REGISTER
from evalkit.io.yamltree import read_tree
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.record import Loc

_KEYED = "\x1f"  # begins the "file" of a problem that has a key instead


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """What is wrong with a key.

    Attributes
    ----------
    loc
        The key; None when it is something in a file of the case.
    place
        The file, and its line.
    message, hint
        What is wrong, and what to do.
    """

    loc: Loc | None
    place: str
    message: str
    hint: str


class _ByKey(Reader):
    """Reads a case and says of problems at which key they are."""

    def _place(self, loc: Loc) -> Problem:
        return Problem(_KEYED + to_path(loc).replace("/", _KEYED), 0, "")


def checked(
    data: dict[str, Any], beside: Path | None, slug: str, lang: Language | None = None
) -> tuple[Case | None, list[KeyProblem]]:
    """Check the keys of a case as its files are checked.

    Parameters
    ----------
    data
        The keys.
    beside
        The folder that holds its prose, tables and data; None when there is none.
    slug
        The name of its folder.
    lang
        The language to read it in.

    Returns
    -------
    case
        What could be made of it; its folder is `beside`.
    problems
        Everything that is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="evalkit.") as made:
        folder = Path(made) / slug
        _lay_out(folder, beside)
        lines = _write(folder, data)
        reader = _ByKey(Folder(folder), lang)
        case = reader.case()
        problems = [_keyed(problem, lines) for problem in reader.problems]
    if case is not None:
        case = case.model_copy(update={"folder": beside, "places": {}, "hashes": {}})
    return case, problems


def _lay_out(folder: Path, beside: Path | None) -> None:
    if beside is None:
        folder.mkdir(parents=True)
        return
    shutil.copytree(beside, folder, ignore=shutil.ignore_patterns(".*", "*.yaml", "*.bib"))
    if (beside.parent / REGISTER).is_file():
        shutil.copyfile(beside.parent / REGISTER, folder.parent / REGISTER)


def _write(folder: Path, data: dict[str, Any]) -> dict[tuple[str, int], Loc]:
    """Write every key on a line of its own, and give the key of each line."""
    found: dict[tuple[str, int], Loc] = {}
    for file, said in by_file(data).items():
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        start = _loc_of(file)
        if file == SOURCES:
            text = "\n".join(f"{as_entry(key, source)}\n" for key, source in said.items())
            text = text or "% none\n"
        else:
            text = "# every key on a line of its own\n" + (_block(said, 0) or "{}\n")
            for loc, line in sorted(
                read_tree(text, file).lines.items(), key=lambda one: len(one[0])
            ):
                found[file, line] = (*start, *loc)
        found[file, 1] = start
        path.write_text(text, encoding="utf-8", newline="\n")
    return found


def _loc_of(file: str) -> Loc:
    from evalkit.interchange.written import FILES

    if file.startswith("instruments/"):
        return ("instruments", Path(file).stem)
    return next(((key,) for key, name in FILES.items() if name == file), ())


def _block(value: Any, indent: int) -> str:
    from evalkit.interchange.house import entry, scalar

    if not isinstance(value, dict):
        return ""
    found = ""
    for key, part in value.items():
        if isinstance(part, dict) and part:
            found += entry(key, None, indent) + _block(part, indent + 2)
        elif isinstance(part, list) and part:
            found += entry(key, None, indent) + "".join(_item(one, indent + 2) for one in part)
        elif isinstance(part, str):
            name = entry(key, None, indent).rstrip("\n")
            found += f"{name} {scalar(part, indent, 0, single=True)}\n"
        else:
            found += entry(key, part, indent)
    return found


def _item(value: Any, indent: int) -> str:
    from evalkit.interchange.house import scalar

    dash = f"{' ' * indent}- "
    if isinstance(value, dict) and value:
        return dash + _block(value, indent + 2).lstrip(" ")
    return f"{dash}{scalar(str(value or ''), indent, 0, single=True)}\n"


def _keyed(problem: Problem, lines: dict[tuple[str, int], Loc]) -> KeyProblem:
    if problem.file.startswith(_KEYED):
        loc: Loc | None = from_path(problem.file[1:].replace(_KEYED, "/"))
    else:
        loc = lines.get((problem.file, problem.line))
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return KeyProblem(loc, place, problem.message, problem.hint)
