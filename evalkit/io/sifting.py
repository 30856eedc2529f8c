"""Sifting the flaws of a case: those that follow from a file that could not be read say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from evalkit.errors import Problem
from evalkit.io.folder import Folder
from evalkit.model.record import Flaw, Loc

WITH_LABELS = ("chapters", "instruments")
"""Folders of the texts that give labels to what they hold."""
_ADD = "add it; `evalkit new` makes a case with one, and docs/case-format.md describes its keys"


class Sieve:
    """Passes the flaws that stand by themselves, each with its place.

    Parameters
    ----------
    folder
        The case folder, of which all files have been read.
    torn
        Files that could not be read whole, with their text; none when nothing of it was read.
    known
        The last part of each place that the files have: ids and keys.
    lost
        What was wrong with the records that could not be made.
    """

    def __init__(
        self, folder: Folder, torn: Mapping[str, str], known: Iterable[object], lost: Iterable[Flaw]
    ) -> None:
        self.folder, self.torn = folder, torn
        self.known = set(known)
        self.lost = {str(part) for flaw in lost for part in flaw.loc}
        files = [Path(problem.file) for problem in folder.problems]
        self.broken = {file.stem for file in files}
        self.unread = any(file.parent.name in WITH_LABELS for file in files)

    def problems(self, flaws: Iterable[Flaw], place: Callable[[Loc], Problem]) -> Iterator[Problem]:
        """Name what an evaluator can mend."""
        for flaw in flaws:
            if self._reported(flaw):
                continue
            if not self._follows(flaw):
                yield replace(place(flaw.loc), message=flaw.message, hint=flaw.hint)
            elif flaw.home and not self.folder.has(flaw.home):
                yield Problem(flaw.home, 0, "there is no such file", _ADD)

    def _reported(self, flaw: Flaw) -> bool:
        """Whether what is missed exists, but is itself broken and reported as such."""
        target = flaw.target
        if target in self.broken or (target and target in self.lost and target in self.known):
            return True
        # The label may stand in what could not be read.
        return self.unread and bool(target) and flaw.loc[0] == "compliance"

    def _follows(self, flaw: Flaw) -> bool:
        """Whether a flaw is there only because a file could not be read whole."""
        if flaw.target:
            text = self.torn.get(flaw.home)
            word = rf"(?<![\w-]){re.escape(flaw.target)}(?![\w-])"
            return text is not None and (not text or re.search(word, text) is not None)
        return "case.yaml" in self.torn and len(flaw.loc) == 1
