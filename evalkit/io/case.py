"""From a case folder to a `Case`, with everything that is wrong reported at once."""

from __future__ import annotations

from pathlib import Path

from evalkit.errors import CaseError, EvalkitError, Problem
from evalkit.io.folder import Folder
from evalkit.io.reader import Reader
from evalkit.io.shipped import cases_dir, shipped_cases
from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.case import Case


def find_case(name: str | Path) -> Path:
    """Find a case folder by its path, or a shipped case by its slug.

    Raises
    ------
    EvalkitError
        There is no such folder and no such shipped case.
    """
    path = Path(name)
    try:
        if path.is_dir():
            return path
    except OSError as error:
        raise EvalkitError(f"'{str(name)[:80]}' cannot be read: {error.strerror}") from None
    if (cases_dir() / path.name / "case.yaml").is_file() and path.name == str(name):
        return cases_dir() / path.name
    if path.exists():
        raise EvalkitError(f"'{name}' is a file", hint="a case is a folder with a case.yaml in it")
    beside = [str(file.parent) for file in path.parent.glob("*/case.yaml")]
    known = [*beside, *shipped_cases()]
    hint = did_you_mean(str(name), known, "give the path of a folder with a case.yaml")
    raise EvalkitError(f"there is no case '{name}'", hint=hint)


def load_case(name: str | Path, *, lang: Language | None = None) -> Case:
    """Read a case folder.

    Parameters
    ----------
    name
        A folder, or the slug of a shipped case.
    lang
        Which of the languages that its texts are written in; by default the first.

    Returns
    -------
    Case
        The whole case, without flaws.

    Raises
    ------
    CaseError
        Anything in the folder is wrong; it lists all of it, with file and line.
    EvalkitError
        There is no such case, or its texts are not written in that language.
    """
    case, problems = read_case(name, lang=lang)
    if problems or case is None:
        raise CaseError(problems)
    return case


def read_case(
    name: str | Path, *, lang: Language | None = None
) -> tuple[Case | None, list[Problem]]:
    """Read a case folder as far as it goes.

    Parameters
    ----------
    name
        A folder, or the slug of a shipped case.
    lang
        Which of the languages that its texts are written in; by default the first.

    Returns
    -------
    case
        What could be made of it; None when nothing could.
    problems
        Everything that is wrong with it.

    Raises
    ------
    EvalkitError
        There is no such case, or its texts are not written in that language.
    """
    reader = Reader(Folder(find_case(name)), lang)
    case = reader.case()
    return case, reader.problems
