"""The sentences on evaluability, in Dutch and in English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from evalkit.judgement.sentence import Sentence, count, fill, put, same
from evalkit.language.numbers import Language

Said = Sentence | str | int


@cache
def _wording() -> dict[str, dict[str, dict[Language, str]]]:
    return tomllib.loads((files(__package__) / "wording.toml").read_text(encoding="utf-8"))


def words(section: str, name: str, /) -> Sentence:
    """Look up a word or a sentence.

    Examples
    --------
    >>> words("part", "baseline")["nl"]
    'Nulmeting'
    """
    return dict(_wording()[section][name])


def say(section: str, name: str, /, **slots: Said) -> Sentence:
    """Fill a sentence, with a capital at its beginning; a number becomes a word when small."""
    return fill(words(section, name), _slots(slots))


def phrase(section: str, name: str, /, **slots: Said) -> Sentence:
    """Fill a part of a sentence, without a capital.

    Examples
    --------
    >>> phrase("baseline", "in", period="2025")["en"]
    'measured in 2025'
    """
    return put(words(section, name), _slots(slots))


def _slots(slots: dict[str, Said]) -> dict[str, Sentence]:
    return {name: _said(value) for name, value in slots.items()}


def _said(value: Said) -> Sentence:
    if isinstance(value, int):
        return count(value)
    return same(value) if isinstance(value, str) else value
