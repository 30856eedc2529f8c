"""Gathering the files of a case into one tree, and making a `Case` of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

from evalkit.errors import EvalkitError, Problem
from evalkit.io.analyses import data_problems
from evalkit.io.bibliography import read_bibliography
from evalkit.io.folder import Folder
from evalkit.io.regimes import regime_problems
from evalkit.io.register import register_problems
from evalkit.io.salvage import salvage
from evalkit.io.sifting import Sieve
from evalkit.io.spoken import spoken_in
from evalkit.io.tables import TableError, numbered_rows
from evalkit.io.translation import in_language
from evalkit.io.yamltree import Tree, read_tree
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.language.written import numbers_written_in
from evalkit.model.case import Case
from evalkit.model.record import Loc, all_flaws

_ONE_FILE_EACH = (
    ("theory", "theory.yaml"),
    ("analyses", "analyses.yaml"),
    ("contributions", "contribution.yaml"),
    ("compliance", "compliance.yaml"),
    ("themes", "themes.yaml"),
    ("investments", "investments.yaml"),
    ("responses", "responses.yaml"),
    ("sources", "sources.bib"),
)
# Keys that case.yaml cannot have, because evalkit finds them elsewhere.
_ELSEWHERE = {
    "theory": "the theory stands in theory.yaml",
    "analyses": "analyses stand in analyses.yaml",
    "contributions": "contribution analyses stand in contribution.yaml",
    "compliance": "it stands in compliance.yaml",
    "themes": "themes stand in themes.yaml",
    "investments": "the agenda stands in investments.yaml",
    "responses": "responses stand in responses.yaml",
    "folder": "evalkit finds it",
    "places": "evalkit finds them",
    "original": "evalkit fills it in",
    "sources": "sources stand in sources.bib",
    "slug": "it is the name of the folder",
    "hashes": "evalkit computes them",
    "instruments": "each instrument is a file in instruments/; see `order`",
    "chapters": "each chapter is a file in chapters/",
}

_NO_MARKDOWN = (".txt", ".docx", ".doc", ".odt", ".rtf")  # chapters as an editor may save them


def slug_of(name: str) -> str:
    """Make an id of the name of a folder.

    Examples
    --------
    >>> slug_of("Mijn évaluatie 2025")
    'mijn-evaluatie-2025'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "case"


class Reader:
    """Gathers the files of a case into one tree, and remembers where everything stands.

    Parameters
    ----------
    folder
        The case folder.
    lang
        The language of its texts that is wanted; by default the first.
    """

    def __init__(self, folder: Folder, lang: Language | None) -> None:
        self.folder = folder
        self.asked = lang
        self.lang: Language = "nl"  # of the texts
        self.numbers: Language = "nl"  # the language that numbers are written in
        self.others: tuple[Language, ...] = ()  # languages that the texts are translated into
        self.problems = folder.problems
        self.data: dict[str, Any] = {}
        self.places: dict[Loc, Problem] = {}
        self.torn: dict[str, str] = {}  # files that could not be read whole, with their text

    def case(self) -> Case | None:
        """Make a case of the files, as far as it goes; what is wrong is in `problems`."""
        if not self.folder.has("case.yaml"):
            hint = "a case is a folder with a case.yaml in it; `evalkit new` makes one"
            if self.folder.has("case.yml"):
                hint = "rename case.yml to case.yaml"
            self.problems.append(Problem("case.yaml", 0, "there is no such file", hint))
            return None
        self._gather()
        case, lost = salvage(self.data, self.numbers)
        with numbers_written_in(self.numbers):
            flaws = lost if case is None else [*lost, *all_flaws(case)]
        known = (loc[-1] for loc in self.places if loc)
        sieve = Sieve(self.folder, self.torn, known, lost)
        self.problems += list(sieve.problems(flaws, self._place))
        if case is not None:
            self.problems += register_problems(case, self.folder.root.parent, self._place)
        return case

    def _gather(self) -> None:
        self._case_file()
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
        for problem in data_problems(self.data, self.folder, self._place):
            self.problems.append(problem)
        self.problems.extend(regime_problems(self.data, self._place))
        self._strays()
        self.data["hashes"] = self.folder.hashes
        self.data["folder"] = str(self.folder.root)
        self.data["places"] = {
            loc: f"{at.file}:{at.line}" for loc, at in self.places.items() if at.line
        }
        self.data["language"] = self.lang
        self.data["translations"] = [
            lang for lang in (self.numbers, *self.others) if lang != self.lang
        ]
        self.data["original"] = None if self.lang == self.numbers else self.numbers

    def _yaml(self, file: str, loc: Loc) -> None:
        text = self.folder.text(file)
        if text is None:
            self.torn[file] = ""
            return
        tree = read_bibliography(text, file) if file.endswith(".bib") else read_tree(text, file)
        if file.endswith(".yaml"):
            tree = in_language(tree, self.lang, file, strict=bool(self.others))
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
            prose = self._translated(f"instruments/{key}.md")
            instrument = self.data.get("instruments", {}).get(key)
            if instrument is not None and self.folder.has(prose):
                instrument["prose"] = self.folder.text(prose) or ""
        for file in self._originals("instruments"):
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
        files = map(self._translated, self._originals("chapters"))
        texts = {Path(file).stem: self.folder.text(file) for file in files}
        self.data["chapters"] = {key: text for key, text in texts.items() if text is not None}

    def _tables(self) -> None:
        tables = self.data.get("tables")
        for key, table in tables.items() if isinstance(tables, dict) else ():
            if not isinstance(table, dict) or not isinstance(table.get("file"), str):
                continue
            for own in ("rows", "lines"):
                self._refuse_key(("tables", key, own), f"they stand in {table['file']}")
            at = self._place(("tables", key, "file"))
            text = self.folder.text(table["file"], asked_by=at)
            table["rows"] = ()
            try:
                table["rows"], lines = numbered_rows(text) if text is not None else ((), ())
                if lines != tuple(range(1, len(lines) + 1)):
                    table["lines"] = lines
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
        for ending in _NO_MARKDOWN:
            for file in self.folder.names("chapters", ending):
                hint = "save its text as Markdown, in a file that ends in .md"
                self.problems.append(Problem(file, 0, "this file is not read", hint))

    def _refuse_key(self, loc: Loc, why: str) -> None:
        here: Any = self.data
        for part in loc[:-1]:
            here = here.get(part, {}) if isinstance(here, dict) else {}
        if isinstance(here, dict) and here.pop(loc[-1], None) is not None:
            at = self._place(loc)
            self.problems.append(replace(at, message=f"'{loc[-1]}' has no place here", hint=why))

    def _case_file(self) -> None:
        """Read case.yaml twice: once for its languages, once in the one that is wanted."""
        text = self.folder.text("case.yaml")
        found = read_tree(text, "case.yaml").data if text is not None else None
        spoken = spoken_in(found, text or "")
        self.numbers, self.others = spoken.first, spoken.others
        self.lang = self.asked or self.numbers
        if self.lang not in (self.numbers, *self.others):
            hint = f"add `translations: {self.lang}` to case.yaml, and write its texts in both"
            raise EvalkitError(f"{self.folder.root.name} is not written in {self.lang}", hint=hint)
        if text is None:
            self.torn["case.yaml"] = ""
        else:
            self._yaml("case.yaml", ())
        for key, what in spoken.problems:
            hint = f"write {' or '.join(LANGUAGES)}"
            self.problems.append(replace(self._place((key,)), message=what, hint=hint))

    def _translated(self, file: str) -> str:
        """The file that holds a text in the language that is wanted: `x.en.md` for `x.md`."""
        if self.lang == self.numbers or not self.folder.has(file):
            return file
        translation = f"{file.removesuffix('.md')}.{self.lang}.md"
        if not self.folder.has(translation):
            what = f"{file} has no version in this language"
            self.problems.append(Problem(translation, 0, what, "write it"))
            return file
        return translation

    def _originals(self, folder: str) -> list[str]:
        """The texts of a folder that are no translation of another."""
        found = []
        for file in self.folder.names(folder, ".md"):
            name, _, lang = file.removesuffix(".md").rpartition(".")
            if lang not in LANGUAGES:
                found.append(file)
            elif not self.folder.has(f"{name}.md"):
                hint = f"name it {name}.md, or add that"
                self.problems.append(Problem(file, 0, f"there is no {name}.md beside it", hint))
            elif lang not in self.others:
                hint = f"add `translations: {lang}` to case.yaml"
                self.problems.append(Problem(file, 0, "this file is not read", hint))
        return found

    def _place(self, loc: Loc) -> Problem:
        for size in range(len(loc), -1, -1):
            if loc[:size] in self.places:
                return self.places[loc[:size]]
        return Problem("case.yaml", 1, "")


def _kind(data: object) -> str:
    return "a list" if isinstance(data, list) else "one text" if data else "nothing"
