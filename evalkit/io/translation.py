"""Texts that stand in two languages in one file.

A writer gives a text in both languages by writing ``nl:`` and ``en:`` under its key. Numbers are
written once, in the language of the case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evalkit.errors import Problem
from evalkit.io.yamltree import Tree
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.record import Loc

_NAMES = {"nl": "Dutch", "en": "English"}
# Of an analysis only what is told is translated: data and design are the same in every language.
_TOLD = frozenset({"title", "question", "units", "start", "compared", "text", "names"})
_TOLD_OF_OUTCOME = frozenset({"name", "unit", "means"})


def in_language(tree: Tree, lang: Language, file: str, *, strict: bool) -> Tree:
    r"""Take the texts of one language out of a file.

    Parameters
    ----------
    tree
        What the file says.
    lang
        The language to keep.
    file
        Its name, for messages.
    strict
        Whether a text in only one language is a problem: the case promises both.

    Examples
    --------
    >>> from evalkit.io.yamltree import read_tree
    >>> tree = read_tree("name:\n  nl: Toeslag\n  en: Allowance\nyear: 2020", "x.yaml")
    >>> in_language(tree, "en", "x.yaml", strict=True).data
    {'name': 'Allowance', 'year': '2020'}
    """
    chosen = _Chosen(tree, lang, file, strict=strict)
    data = chosen.value(tree.data, (), ())
    return replace(tree, data=data, lines=chosen.lines, problems=(*tree.problems, *chosen.problems))


class _Chosen:
    """Walks a tree and keeps one language of it; lines move along with what they belong to."""

    def __init__(self, tree: Tree, lang: Language, file: str, *, strict: bool) -> None:
        self.tree, self.lang, self.file, self.strict = tree, lang, file, strict
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []

    def value(self, value: Any, old: Loc, new: Loc) -> Any:
        """Give a part of the tree in the one language; `old` is where it stood."""
        self.lines[new] = self.tree.lines.get(old, 0)
        if _is_translated(value) and not self._are_columns(old):
            return self.text(value, old, new)
        if isinstance(value, dict):
            return {key: self.value(part, (*old, key), (*new, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [self.value(part, (*old, at), (*new, at)) for at, part in enumerate(value)]
        return value

    def text(self, found: dict[str, Any], old: Loc, new: Loc) -> Any:
        there = [lang for lang in LANGUAGES if found.get(lang) is not None]
        needed = LANGUAGES if self.strict else (self.lang,)
        absent = [_NAMES[lang] for lang in needed if lang not in there]
        if self._same_for_all(old):
            key = next(part for part in reversed(old) if isinstance(part, str))
            hint = "write it once, without `nl:` and `en:`"
            self._report(old, f"'{key}' cannot differ from language to language", hint)
        elif absent:
            both = "write it in both languages, or once for both, without `nl:` and `en:`"
            hint = both if self.strict else f"write it in {absent[0]}, without `nl:` and `en:`"
            self._report(old, f"this text is missing in {' and '.join(absent)}", hint)
        kept = self.lang if self.lang in there else next(iter(found))
        return self.value(found[kept], (*old, kept), new)

    def _report(self, loc: Loc, what: str, hint: str) -> None:
        self.problems.append(Problem(self.file, self.tree.lines.get(loc, 0), what, hint))

    def _are_columns(self, loc: Loc) -> bool:
        """Whether keys stand here that may be called `nl` or `en` themselves."""
        return self.file == "analyses.yaml" and len(loc) == 2 and loc[1] == "names"

    def _same_for_all(self, loc: Loc) -> bool:
        """Whether this is something that the analysis does, and not something that it says."""
        if self.file != "analyses.yaml" or len(loc) < 2:
            return False
        if loc[1] == "outcome":
            return len(loc) == 2 or loc[2] not in _TOLD_OF_OUTCOME
        return loc[1] not in _TOLD


def _is_translated(value: Any) -> bool:
    """Whether this is one text in several languages; keys below `nl` make that an id."""
    return (
        isinstance(value, dict)
        and bool(value)
        and set(value) <= set(LANGUAGES)
        and not any(isinstance(part, dict) for part in value.values())
    )
