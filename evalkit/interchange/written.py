"""What the writer of a case wrote: the text of every key, gathered from its files."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evalkit.io.bibliography import read_bibliography
from evalkit.io.case import find_case, load_case
from evalkit.io.folder import Folder
from evalkit.io.yamltree import read_tree
from evalkit.language.numbers import LANGUAGES
from evalkit.model.case import Case
from evalkit.model.record import Loc

SOURCES = "sources.bib"
FILES: dict[str, str] = {
    "theory": "theory.yaml",
    "analyses": "analyses.yaml",
    "contributions": "contribution.yaml",
    "compliance": "compliance.yaml",
    "themes": "themes.yaml",
    "investments": "investments.yaml",
    "responses": "responses.yaml",
    "sources": SOURCES,
}
"""The file of each part of a case that has one to itself."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A text that stands in other languages as well.

    Attributes
    ----------
    loc
        Where.
    texts
        What stands there in each other language.
    """

    loc: Loc
    texts: dict[str, Any]


@dataclass(slots=True)
class Written:
    """The keys of a case as they were written, in one language.

    Attributes
    ----------
    data
        Everything that its YAML files and its bibliography say, as text.
    translations
        What stands there in other languages.
    language
        The language of `data`.
    """

    data: dict[str, Any]
    translations: tuple[Translated, ...] = ()
    language: str = "nl"
    files: dict[str, str] = field(default_factory=dict)


def read_written(name: str | Path) -> tuple[Written, Case]:
    """Read a case as it was written.

    Parameters
    ----------
    name
        A folder, or the slug of a shipped case.

    Raises
    ------
    CaseError
        Anything in the case is wrong.

    Examples
    --------
    >>> written, case = read_written("menselijk-kapitaal")
    >>> written.data["instruments"]["mkb-idee"]["output"]["aandacht"]["actual"]
    '81 procent'
    """
    case = load_case(name)
    return written_in(find_case(name)), case


def written_in(root: Path) -> Written:
    """Read the files of a folder, sound or not, as far as they can be read."""
    folder = Folder(root)
    data: dict[str, Any] = {}
    files: dict[str, str] = {}
    for loc, file in _files_of(folder):
        text = folder.text(file)
        if text is None:
            continue
        files[file] = text
        found = (read_bibliography if file == SOURCES else read_tree)(text, file).data
        if isinstance(found, dict):
            at(data, loc).update(_without_marks(found) if file == SOURCES else found)
    language = data.get("language", LANGUAGES[0])
    language = language if isinstance(language, str) else LANGUAGES[0]
    found_in: list[Translated] = []
    main = _one_language(data, language, (), found_in)
    return Written(main, tuple(found_in), language, files)


def at(data: dict[str, Any], loc: Loc) -> dict[str, Any]:
    """Give the keys below a place, which is made when it is not there."""
    for part in loc:
        data = data.setdefault(str(part), {})
    return data


def home(loc: Loc) -> tuple[str, Loc]:
    """Tell in which file a key stands, and where in it.

    Examples
    --------
    >>> home(("instruments", "slim", "name")), home(("theory", "goals")), home(("title",))
    (('instruments/slim.yaml', ('name',)), ('theory.yaml', ('goals',)), ('case.yaml', ('title',)))
    """
    match loc:
        case ("instruments", key, *rest):
            return f"instruments/{key}.yaml", tuple(rest)
        case (str() as part, *rest) if part in FILES:
            return FILES[part], tuple(rest)
    return "case.yaml", loc


def by_file(data: dict[str, Any]) -> dict[str, Any]:
    """Divide the keys of a case over its files."""
    found: dict[str, Any] = {"case.yaml": {}}
    for key, value in data.items():
        if key == "instruments":
            found |= {f"instruments/{name}.yaml": part for name, part in value.items()}
        elif key in FILES:
            found[FILES[key]] = value
        else:
            found["case.yaml"][key] = value
    return found


def with_translations(
    data: dict[str, Any], translations: tuple[Translated, ...], language: str
) -> tuple[dict[str, Any], list[Loc]]:
    """Put the other languages beside the first; also give the places where nothing stands."""
    whole = deepcopy(data)
    lost = []
    for one in translations:
        here: Any = whole
        for part in one.loc[:-1]:
            here = _step(here, part)
        last = one.loc[-1]
        if _step(here, last) is None and not isinstance(here, dict):
            lost.append(one.loc)
            continue
        mine = _step(here, last)
        here[last] = one.texts if mine is None else {language: mine, **one.texts}
    return whole, lost


def _step(here: Any, part: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(part)
    within = isinstance(here, list) and isinstance(part, int) and part < len(here)
    return here[part] if within else None


def _files_of(folder: Folder) -> list[tuple[Loc, str]]:
    found: list[tuple[Loc, str]] = [((), "case.yaml")] if folder.has("case.yaml") else []
    found += [((key,), file) for key, file in FILES.items() if folder.has(file)]
    for file in folder.names("instruments", ".yaml"):
        found.append((("instruments", Path(file).stem), file))
    return found


def _without_marks(sources: dict[str, Any]) -> dict[str, Any]:
    """Leave out what evalkit computes: the letter behind a year."""
    return {
        key: {name: value for name, value in source.items() if name != "mark" and value != []}
        for key, source in sources.items()
    }


def _one_language(value: Any, language: str, loc: Loc, found: list[Translated]) -> Any:
    if _is_translated(value) and loc[2:] != ("names",):
        others = {lang: text for lang, text in value.items() if lang != language}
        if others:
            found.append(Translated(loc, others))
        value = value.get(language)
    if isinstance(value, dict):
        return {k: _one_language(v, language, (*loc, k), found) for k, v in value.items()}
    if isinstance(value, list):
        return [_one_language(v, language, (*loc, i), found) for i, v in enumerate(value)]
    return value


def _is_translated(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and set(value) <= set(LANGUAGES)
        and not any(isinstance(part, dict) for part in value.values())
    )
