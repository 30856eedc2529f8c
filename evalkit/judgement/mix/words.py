"""The sentences on the policy mix, in Dutch and in English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from evalkit.judgement.sentence import Sentence, count, fill, listing, put, same
from evalkit.language.numbers import LANGUAGES, Language

Said = Sentence | str | int
_NAMED = 12
"""Names beyond this many are counted; the facts behind a finding name all."""


@cache
def _wording() -> dict[str, dict[str, dict[Language, str]]]:
    return tomllib.loads((files(__package__) / "wording.toml").read_text(encoding="utf-8"))


def words(section: str, name: str, /) -> Sentence:
    """Look up a word or a sentence.

    Examples
    --------
    >>> words("kind", "money")["nl"]
    'geld'
    """
    return _wording()[section][name]


def say(section: str, name: str, /, **slots: Said) -> Sentence:
    """Fill a sentence, with a capital at its beginning; a number becomes a word when small."""
    return fill(words(section, name), _slots(slots))


def phrase(section: str, name: str, /, **slots: Said) -> Sentence:
    """Fill a part of a sentence, without a capital.

    Examples
    --------
    >>> phrase("noun", "year_many", n=3)["en"]
    'three years'
    """
    return put(words(section, name), _slots(slots))


def one_of(unit: str) -> Sentence:
    """Name one of a counted unit; a unit that is not in the list is a piece.

    Examples
    --------
    >>> one_of("projecten")["nl"], one_of("hubs")["nl"]
    ('project', 'stuk')
    """
    known = _wording()["one"]
    return dict(known.get(unit, known["other"]))


def counted(noun: str, n: int) -> Sentence:
    """Count something, in the singular or the plural."""
    return phrase("noun", f"{noun}_{'one' if n == 1 else 'many'}", n=n)


def of_all(some: int, whole: int) -> Sentence:
    """Say how many of the instruments these are.

    Examples
    --------
    >>> of_all(3, 11)["nl"], of_all(2, 2)["nl"]
    ('drie van de elf instrumenten', 'beide instrumenten')
    """
    if some < whole:
        return phrase("share", "some", n=some, total=whole)
    name = {1: "sole", 2: "both"}.get(whole, "all")
    return phrase("share", name, total=whole)


def names(texts: Iterable[str | Sentence], shown: int | None = _NAMED) -> Sentence:
    """List names; of a long list the first twelve, and how many more there are."""
    return listing([same(t) if isinstance(t, str) else t for t in texts], shown)


def quoted(texts: Iterable[str], shown: int | None = _NAMED) -> Sentence:
    """List names between quotation marks."""
    return names([f"‘{text}’" for text in texts], shown)


def series(parts: Sequence[Sentence]) -> Sentence:
    """Join parts that hold commas themselves; of a long list the first twelve."""
    shown = list(parts[:_NAMED])
    if len(parts) > _NAMED:
        shown.append(phrase("list", "more", n=len(parts) - _NAMED))
    return {lang: "; ".join(part[lang] for part in shown) for lang in LANGUAGES}


def sentences(*parts: Sentence | None) -> Sentence:
    """Put sentences one after another, and leave out those that are not there."""
    said = [part for part in parts if part is not None and any(part.values())]
    return {lang: " ".join(part[lang] for part in said) for lang in LANGUAGES}


def _slots(slots: Mapping[str, Said]) -> dict[str, Sentence]:
    return {name: _said(value) for name, value in slots.items()}


def _said(value: Said) -> Sentence:
    if isinstance(value, int):
        return count(value)
    return same(value) if isinstance(value, str) else value
