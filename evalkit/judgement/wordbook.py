"""The sentences of one room, which stand in a ``wording.toml`` beside its code."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.judgement.sentence import Sentence, count, fill, put, same
from evalkit.language.called import as_called
from evalkit.language.numbers import Language
from evalkit.language.packaged import packaged_toml

Said = Mapping[Language, str] | str | int
"""What fills a slot: a sentence, words that are the same in every language, or a number."""


class Wordbook:
    """The sentences of a room, in Dutch and in English.

    Parameters
    ----------
    package
        The room, as Python names it: its ``__package__``.

    Examples
    --------
    >>> book = Wordbook("evalkit.judgement.evaluability")
    >>> book.words("part", "baseline")["nl"]
    'Nulmeting'
    """

    def __init__(self, package: str) -> None:
        self.package = package

    @property
    def sections(self) -> dict[str, dict[str, Sentence]]:
        """All that stands in it, by section and name."""
        return packaged_toml(self.package, "wording.toml")

    def words(self, section: str, name: str, /) -> Sentence:
        """Look up a word or a sentence."""
        return as_called(self.sections[section][name])

    def say(self, section: str, name: str, /, **slots: Said) -> Sentence:
        """Fill a sentence, with a capital at its beginning; a number becomes a word when small."""
        return fill(self.words(section, name), _slots(slots))

    def phrase(self, section: str, name: str, /, **slots: Said) -> Sentence:
        """Fill a part of a sentence, without a capital.

        Examples
        --------
        >>> book = Wordbook("evalkit.judgement.evaluability")
        >>> book.phrase("baseline", "in", period="2025")["en"]
        'measured in 2025'
        """
        return put(self.words(section, name), _slots(slots))


def _slots(slots: Mapping[str, Said]) -> dict[str, Mapping[Language, str]]:
    return {name: _said(value) for name, value in slots.items()}


def _said(value: Said) -> Mapping[Language, str]:
    if isinstance(value, int):
        return count(value)
    return same(value) if isinstance(value, str) else value
