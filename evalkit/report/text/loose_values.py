"""Check the values in prose when the case itself is broken, so that one run still finds everything.

A value may be missing because what holds it is broken, which is told of where it stands. So a part
that the files write a key for is taken to be there; what is left is named wrongly in the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from evalkit.errors import Problem
from evalkit.io.folder import Folder
from evalkit.language.suggest import did_you_mean
from evalkit.language.written import numbers_written_in
from evalkit.model.case import Case
from evalkit.model.stage import FIVE_STAGES
from evalkit.report.edition import names_in
from evalkit.report.sections.instrument import names_of
from evalkit.report.text.markdown import without_comments
from evalkit.report.text.values import Values
from evalkit.report.text.view import MissingValueError

_KEY = re.compile(r"([\w-]+)[\"']?\s*:")
_YEAR = re.compile(r"\d{4}")
_OF_INSTRUMENT = frozenset({*(stage.value for stage in FIVE_STAGES), "instrument"})
"""Names that the prose of an instrument has for its own parts."""


def value_problems(case: Case) -> list[Problem]:
    """List what is wrong with the values in the prose of a case, as far as that is sure."""
    if case.folder is None:
        return []  # it was not read from files, so that none of them can tell what is missing
    # What analyses find is not known yet: only their names are.
    names = names_in(case, case.analyses)
    root = Path(case.folder)
    found: list[Problem] = []
    with numbers_written_in(case.original or case.language):
        for file, text, own in _texts(case):
            values = Values(case.language, _Written(root, file).may_have)
            values.fill(without_comments(text), {**names, **own}, file)
            found += values.problems
    return found


def _texts(case: Case) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Give each text with its file, and what it may speak of beside what every text may."""
    for key, text in case.chapters.items():
        yield f"chapters/{key}.md", text, {}
    for key, instrument in case.instruments.items():
        yield case.prose_file(key), instrument.prose, names_of(instrument)


class _Written:
    """The keys that stand in the files of a case, whether or not they could be read.

    Parameters
    ----------
    root
        The case folder.
    file
        The text that names a value.
    """

    def __init__(self, root: Path, file: str) -> None:
        self.folder, self.file = Folder(root), file

    def may_have(self, missing: MissingValueError) -> bool:
        """Whether the files may hold what is missed, or nobody can know yet."""
        root, *rest = missing.path.split(".")
        if root == "analyses" and rest:
            return True  # what an analysis finds is known when it has been run
        if missing.name.isdecimal() and not _YEAR.fullmatch(missing.name):
            return True  # the place in a list, of which a part may have been left out
        return any(self._names(file, missing) for file in self._homes(root, rest))

    def _homes(self, root: str, rest: list[str]) -> list[str]:
        """Give the files that hold what a path speaks of."""
        instruments = list(self.folder.names("instruments", ".yaml"))
        key = rest[0] if root == "instruments" and rest else ""
        if root in _OF_INSTRUMENT:
            key = Path(self.file).name.split(".")[0]
        if key:
            return [one for one in instruments if _spelt(Path(one).stem) == _spelt(key)]
        return [*self.folder.names("", ".yaml"), *instruments]

    def _names(self, file: str, missing: MissingValueError) -> bool:
        """Whether a file has such a key, or one by which it was meant; unread it may have any."""
        text = self.folder.text(file)
        if text is None:
            return True
        keys = {Path(file).stem, *_KEY.findall(text)}
        if missing.empty or _YEAR.fullmatch(missing.name):
            meant = did_you_mean(missing.name, [missing.name])
            odd = [key for key in keys if not _YEAR.fullmatch(key)]  # another year is not it
            if any(did_you_mean(key, [missing.name]) == meant for key in odd):
                return True
        return _spelt(missing.name) in map(_spelt, keys)


def _spelt(name: str) -> str:
    """Write an id as prose does."""
    return name.replace("-", "_")
