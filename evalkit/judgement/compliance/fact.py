"""A fact that evalkit sees in a case by itself, and what it is derived from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from evalkit.judgement.scores import Scores
from evalkit.language.capital import capital
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.label import Label
from evalkit.model.record import Record


class Fact(Record):
    """Whether something that a regime asks for is in the case.

    Attributes
    ----------
    name
        As a regime writes it.
    holds
        Whether it is there in full.
    text
        What there is and what lacks, with the numbers.
    at
        Labels of the report where it is shown.
    files
        Files of the case where it stands.
    """

    name: str
    holds: bool
    text: dict[Language, str]
    at: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What facts are derived from: the case, and what the ladder made of it."""

    case: Case
    scores: Scores

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The places of the report."""
        return self.case.labels

    def shown(self, *directives: str) -> tuple[str, ...]:
        """Find where the report shows something.

        Parameters
        ----------
        directives
            As chapters write them, ``figure theory``; a ``*`` stands for any words.
        """
        found = (
            label.id
            for directive in directives
            for label in self.labels
            if label.id and label.holds and fnmatchcase(label.holds, directive)
        )
        return tuple(dict.fromkeys(found))


def fact(
    name: str,
    holds: bool,
    text: Mapping[Language, str],
    *,
    at: Iterable[str] = (),
    files: Iterable[str] = (),
) -> Fact:
    """Make a fact; its sentence begins with a capital."""
    said = {lang: capital(told) for lang, told in text.items()}
    return Fact(name=name, holds=holds, text=said, at=tuple(at), files=tuple(files))
