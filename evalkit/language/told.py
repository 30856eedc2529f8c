"""Sentences of estimators and diagnostics: in English, and sayable in Dutch as well."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from numbers import Integral
from string import Formatter
from types import MappingProxyType
from typing import Any

from evalkit.language.capital import capital
from evalkit.language.estimate import p_value, plain, significant
from evalkit.language.numbers import Language, format_count

Slot = int | float | str | Sequence["int | str"]
"""What fills a place in a sentence: a number, a name, another sentence, or a list of these."""

_NAMELESS: Mapping[str, str] = MappingProxyType({})
_AND: Mapping[Language, str] = {"nl": "en", "en": "and"}


class Told(str):
    """A sentence in English that knows how it is said in Dutch.

    It is an ordinary string wherever one is asked for; joining it to another makes it an English
    string and nothing more, so sentences are put together by slots.

    Attributes
    ----------
    key
        Where its templates stand in the catalogue: ``clusters.few``.
    slots
        What fills them.

    Examples
    --------
    >>> told("power.found", mde=0.0337, wanted=0.8, alpha=0.05)
    'An effect of 0.0337 is found with 80% power at the 5% level'
    >>> told("honest.far-smooth", at=1.25).into("nl")
    'het kantelpunt voor de afbuiging is tot 1,25 gezocht en niet gevonden'
    """

    __slots__ = ("key", "slots")
    key: str
    slots: Mapping[str, Slot]

    def __new__(cls, key: str, slots: Mapping[str, Slot]) -> Told:
        """Fill the English template."""
        kept = {name: _bare(value) for name, value in slots.items()}
        self = super().__new__(cls, _ENGLISH.filled(key, kept))
        self.key, self.slots = key, kept
        return self

    def into(self, lang: Language, names: Mapping[str, str] = _NAMELESS) -> str:
        """Say it in a language, as a plain string, with other names for columns."""
        if lang == "en" and not names:
            return str.__str__(self)
        return _Filler(lang, names).filled(self.key, self.slots)

    def __str__(self) -> Told:
        # So that what passes through a warning or an exception is not English for good.
        return self

    def __reduce__(self) -> tuple[type[Told], tuple[str, Mapping[str, Slot]]]:
        return Told, (self.key, self.slots)


def told(key: str, **slots: Slot) -> Told:
    """Say a sentence of the catalogue.

    Parameters
    ----------
    key
        Section and name, written out: a test reads the source and looks every key up.
    **slots
        What fills it. A template says how a number prints: ``{n}`` counts, ``{x:.3g}`` has three
        digits that matter, ``{x:.2f}`` two decimals, ``{x:.0%}`` is a percentage, ``{x:p}`` a
        p-value; ``{x:column}`` is a column of the data, which a case may have a name for.
        ``{n:one unit|{n} units}`` chooses by number, of a list by its length.

    Examples
    --------
    >>> told("clusters.few", count=1200, remedy="so be it").into("nl")
    'de intervallen rusten op 1.200 clusters; dat is weinig, waardoor ze te kort zijn; so be it'
    """
    return Told(key, slots)


def spoken(text: str, lang: Language, names: Mapping[str, str] = _NAMELESS) -> str:
    """Say a text in a language, where it can be said in it; else it stays as it is.

    Parameters
    ----------
    text
        A sentence, or any string.
    lang
        The language to say it in.
    names
        What columns are called.

    Examples
    --------
    >>> spoken("of one's own", "nl"), spoken(told("single.bare"), "nl")
    ("of one's own", 'de schatting heeft geen standaardfout')
    """
    return text.into(lang, names) if isinstance(text, Told) else text


def sentence(text: str) -> str:
    """Write a clause as a sentence: with a capital and a full stop.

    Examples
    --------
    >>> sentence("de schatting heeft geen standaardfout")
    'De schatting heeft geen standaardfout.'
    """
    return f"{capital(text)}{'' if text.endswith(('.', '!', '?')) else '.'}"


@cache
def templates() -> Mapping[str, Mapping[Language, str]]:
    """Give every template by its key."""
    found: dict[str, Mapping[Language, str]] = {}
    for file in sorted((files(__package__) / "sentences").iterdir(), key=lambda one: one.name):
        for section, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found |= {f"{section}.{name}": entry for name, entry in entries.items()}
    return found


class _Filler(Formatter):
    """Fills templates in one language."""

    def __init__(self, lang: Language, names: Mapping[str, str] = _NAMELESS) -> None:
        self.lang, self.names = lang, names

    def filled(self, key: str, slots: Mapping[str, Slot]) -> str:
        """Fill the template of a key."""
        return self.vformat(templates()[key][self.lang], (), slots)

    def format_field(self, value: Slot, form: str) -> str:
        """Print what fills a slot."""
        if "|" in form:
            one, more = form.split("|")
            count = value if isinstance(value, int) else len(value)  # type: ignore[arg-type]
            return one if count == 1 else more
        if isinstance(value, str):
            named = self.names.get(value, value) if form == "column" else value
            return spoken(named, self.lang, self.names)
        if isinstance(value, int | float):
            return self._number(value, form)
        return self._listed([self.format_field(one, form) for one in value])

    def _number(self, value: float, form: str) -> str:
        if form == "p":
            return p_value(value, self.lang)
        digits = form[1:-1]
        if form.endswith("g"):
            return significant(value, int(digits), self.lang)
        if form.endswith("f"):
            return plain(value, int(digits), self.lang)
        if form.endswith("%"):
            return f"{plain(100 * value, int(digits), self.lang)}%"
        if form or not isinstance(value, int):
            raise TypeError(f"{value!r} cannot be printed as '{form}'")
        return format_count(value, self.lang)

    def _listed(self, words: Sequence[str]) -> str:
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {_AND[self.lang]} {words[-1]}"


_ENGLISH = _Filler("en")


def _bare(value: Any) -> Slot:
    """Take what NumPy wraps around a number off it, so that it prints and travels as one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        raise TypeError(f"{value!r} says nothing in a sentence")
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Sequence):
        return tuple(_bare(one) for one in value)  # type: ignore[misc]  # the alias is recursive
    return float(value)
