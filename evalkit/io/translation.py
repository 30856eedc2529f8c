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
        if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
            return self.text(value, old, new)
        if isinstance(value, dict):
            return {key: self.value(part, (*old, key), (*new, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [self.value(part, (*old, at), (*new, at)) for at, part in enumerate(value)]
        return value

    def text(self, found: dict[str, Any], old: Loc, new: Loc) -> Any:
        absent = [_NAMES[lang] for lang in LANGUAGES if found.get(lang) is None]
        if absent and self.strict:
            hint = "write it in both languages, or once for both, without `nl:` and `en:`"
            what = f"this text is missing in {' and '.join(absent)}"
            self.problems.append(Problem(self.file, self.tree.lines.get(old, 0), what, hint))
        kept = self.lang if found.get(self.lang) is not None else next(iter(found))
        return self.value(found[kept], (*old, kept), new)
