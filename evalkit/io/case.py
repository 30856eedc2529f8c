"""From a case folder to a `Case`, with everything that is wrong reported at once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

from evalkit.errors import CaseError, EvalkitError, Problem
from evalkit.io.bibliography import read_bibliography
from evalkit.io.folder import Folder
from evalkit.io.salvage import salvage
from evalkit.io.shipped import cases_dir, shipped_cases
from evalkit.io.tables import TableError, read_rows
from evalkit.io.yamltree import Tree, read_tree
from evalkit.language.numbers import LANGUAGES
from evalkit.language.suggest import did_you_mean
from evalkit.model.case import Case
from evalkit.model.record import Flaw, Loc, all_flaws

_ONE_FILE_EACH = (("theory", "theory.yaml"), ("sources", "sources.bib"))
# Keys that case.yaml cannot have, because evalkit finds them elsewhere.
_ELSEWHERE = {
    "theory": "the theory stands in theory.yaml",
    "sources": "sources stand in sources.bib",
    "slug": "it is the name of the folder",
    "hashes": "evalkit computes them",
    "instruments": "each instrument is a file in instruments/; see `order`",
    "chapters": "each chapter is a file in chapters/",
}


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
    hint = did_you_mean(str(name), shipped_cases(), "give the path of a folder with a case.yaml")
    raise EvalkitError(f"there is no case '{name}'", hint=hint)


def slug_of(name: str) -> str:
    """Make an id of the name of a folder.

    Examples
    --------
    >>> slug_of("Mijn évaluatie 2025")
    'mijn-evaluatie-2025'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "case"


def load_case(name: str | Path) -> Case:
    """Read a case folder.

    Parameters
    ----------
    name
        A folder, or the slug of a shipped case.

    Returns
    -------
    Case
        The whole case, without flaws.

    Raises
    ------
    CaseError
        Anything in the folder is wrong; it lists all of it, with file and line.
    EvalkitError
        There is no such case.
    """
    case, problems = read_case(name)
    if problems or case is None:
        raise CaseError(problems)
    return case


def read_case(name: str | Path) -> tuple[Case | None, list[Problem]]:
    """Read a case folder as far as it goes.

    Returns
    -------
    case
        What could be made of it; None when nothing could.
    problems
        Everything that is wrong with it.

    Raises
    ------
    EvalkitError
        There is no such case.
    """
    reader = _Reader(Folder(find_case(name)))
    case = reader.case()
    return case, reader.problems


class _Reader:
    """Gathers the files of a case into one tree, and remembers where everything stands."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems = folder.problems
        self.data: dict[str, Any] = {}
        self.places: dict[Loc, Problem] = {}
        self.torn: dict[str, str] = {}  # files that could not be read whole, with their text

    def case(self) -> Case | None:
        if not self.folder.has("case.yaml"):
            hint = "a case is a folder with a case.yaml in it; `evalkit new` makes one"
            self.problems.append(Problem("case.yaml", 0, "there is no such file", hint))
            return None
        self._gather()
        self._refuse_odd_language()
        broken_files = {Path(problem.file).stem for problem in self.problems}
        case, flaws = salvage(self.data)
        lost = {str(part) for flaw in flaws for part in flaw.loc}
        if case is not None:
            flaws = [*flaws, *all_flaws(case)]
        for flaw in flaws:
            if flaw.target in broken_files or self._was_there(flaw.target, lost):
                continue  # it exists, but is itself broken and reported as such
            if self._follows(flaw):
                if flaw.home and not self.folder.has(flaw.home):
                    self.problems.append(Problem(flaw.home, 0, "there is no such file", "add it"))
                continue
            at = self._place(flaw.loc)
            self.problems.append(replace(at, message=flaw.message, hint=flaw.hint))
        return case

    def _follows(self, flaw: Flaw) -> bool:
        """Whether a flaw is there only because a file could not be read whole."""
        if flaw.target:
            text = self.torn.get(flaw.home)
            word = rf"(?<![\w-]){re.escape(flaw.target)}(?![\w-])"
            return text is not None and (not text or re.search(word, text) is not None)
        return "case.yaml" in self.torn and len(flaw.loc) == 1

    def _gather(self) -> None:
        self._yaml("case.yaml", ())
        for key, why in _ELSEWHERE.items():
            self._refuse_key((key,), why)
        for key, file in _ONE_FILE_EACH:
            if self.folder.has(file):
                self._yaml(file, (key,))
            else:
                self.torn[file] = ""
        self.data["slug"] = slug_of(self.folder.root.name)
        self._instruments()
        self._chapters()
        self._tables()
        self._strays()
        self.data["hashes"] = self.folder.hashes

    def _yaml(self, file: str, loc: Loc) -> None:
        text = self.folder.text(file)
        if text is None:
            self.torn[file] = ""
            return
        tree = read_bibliography(text, file) if file.endswith(".bib") else read_tree(text, file)
        self.problems.extend(tree.problems)
        if tree.problems:
            self.torn[file] = text
        if not isinstance(tree.data, dict):
            if not tree.problems:
                what = f"{file} should hold keys, not {_kind(tree.data)}"
                self.torn[file] = text
                self.problems.append(Problem(file, 1, what, "see docs/case-format.md"))
            return
        self._graft(tree, file, loc)

    def _graft(self, tree: Tree, file: str, loc: Loc) -> None:
        here = self.data
        for part in loc:
            here = here.setdefault(str(part), {})
        here.update(tree.data)
        self.places[loc] = Problem(file, 1, "")
        for path, line in tree.lines.items():
            self.places[(*loc, *path)] = Problem(file, line, "")

    def _instruments(self) -> None:
        for file in self._instrument_files():
            key = Path(file).stem
            self.places[("instruments", key)] = Problem(file, 1, "")
            self._yaml(file, ("instruments", key))
            self._refuse_key(("instruments", key, "prose"), f"write it in instruments/{key}.md")
            prose = f"instruments/{key}.md"
            instrument = self.data.get("instruments", {}).get(key)
            if instrument is not None and self.folder.has(prose):
                instrument["prose"] = self.folder.text(prose) or ""
        for file in self.folder.names("instruments", ".md"):
            if not self.folder.has(f"{file.removesuffix('.md')}.yaml"):
                hint = "give it the name of an instrument"
                self.problems.append(Problem(file, 0, "no instrument belongs to this prose", hint))

    def _instrument_files(self) -> list[str]:
        """The files in the order that case.yaml gives; those it does not name follow by id."""
        files = list(self.folder.names("instruments", ".yaml"))
        order = self.data.get("order")
        names = order if isinstance(order, list) else []
        places = {key: at for at, key in enumerate(names) if isinstance(key, str)}
        return sorted(files, key=lambda file: places.get(Path(file).stem, len(places)))

    def _chapters(self) -> None:
        texts = {Path(f).stem: self.folder.text(f) for f in self.folder.names("chapters", ".md")}
        self.data["chapters"] = {key: text for key, text in texts.items() if text is not None}

    def _tables(self) -> None:
        tables = self.data.get("tables")
        for key, table in tables.items() if isinstance(tables, dict) else ():
            if not isinstance(table, dict) or not isinstance(table.get("file"), str):
                continue
            self._refuse_key(("tables", key, "rows"), f"they stand in {table['file']}")
            at = self._place(("tables", key, "file"))
            text = self.folder.text(table["file"], asked_by=at)
            table["rows"] = ()
            try:
                table["rows"] = read_rows(text) if text is not None else ()
            except TableError as error:
                hint = "open it in a spreadsheet and save it as CSV UTF-8"
                self.problems.append(Problem(table["file"], error.line, str(error), hint))

    def _strays(self) -> None:
        """Name files that look as if they belong to the case but are not read."""
        for folder in ("", "instruments", "chapters"):
            for ending, right in ((".yml", ".yaml"), (".YAML", ".yaml"), (".markdown", ".md")):
                for file in self.folder.names(folder, ending):
                    hint = f"rename it to end in {right}"
                    self.problems.append(Problem(file, 0, "this file is not read", hint))

    def _refuse_key(self, loc: Loc, why: str) -> None:
        here: Any = self.data
        for part in loc[:-1]:
            here = here.get(part, {}) if isinstance(here, dict) else {}
        if isinstance(here, dict) and here.pop(loc[-1], None) is not None:
            at = self._place(loc)
            self.problems.append(replace(at, message=f"'{loc[-1]}' has no place here", hint=why))

    def _refuse_odd_language(self) -> None:
        if re.search(r"^language: *en\b", self.torn.get("case.yaml", ""), re.MULTILINE):
            self.data["language"] = "en"  # or else its numbers would be read as Dutch ones
        lang = self.data.get("language", "nl")
        if lang not in LANGUAGES:
            at = self._place(("language",))
            what = f"no language '{lang}'" if isinstance(lang, str) else "no language stands here"
            hint = f"write {' or '.join(LANGUAGES)}"
            self.problems.append(replace(at, message=what, hint=hint))
            del self.data["language"]

    def _place(self, loc: Loc) -> Problem:
        for size in range(len(loc), -1, -1):
            if loc[:size] in self.places:
                return self.places[loc[:size]]
        return Problem("case.yaml", 1, "")

    def _was_there(self, target: str, lost: set[str]) -> bool:
        known = (loc[-1] for loc in self.places if loc)
        return bool(target) and target in lost and target in known


def _kind(data: object) -> str:
    return "a list" if isinstance(data, list) else "one text" if data else "nothing"
