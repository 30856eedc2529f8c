"""Sentences in two languages, with slots that facts fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evalkit.language.called import as_called
from evalkit.language.capital import capital
from evalkit.language.numbers import LANGUAGES, Language, spell
from evalkit.language.packaged import packaged_toml

Sentence = dict[Language, str]
Slots = Mapping[str, Mapping[Language, str]]
_SHOWN = 3


def wording(section: str, name: str) -> Sentence:
    """Look up a sentence or a word that does not belong to one ladder.

    Examples
    --------
    >>> wording("direction", "mixed")["nl"]
    'gemengd'
    """
    return as_called(packaged_toml(__package__, "wording.toml")[section][name])


def fill(sentence: Mapping[Language, str], slots: Slots) -> Sentence:
    """Fill the slots of a sentence, and let it begin with a capital.

    Examples
    --------
    >>> fill({"nl": "{n} schakels", "en": "{n} links"}, {"n": {"nl": "twee", "en": "two"}})
    {'nl': 'Twee schakels', 'en': 'Two links'}
    """
    return {lang: capital(text) for lang, text in put(sentence, slots).items()}


def put(sentence: Mapping[Language, str], slots: Slots) -> Sentence:
    """Fill the slots of a part of a sentence, without a capital."""
    return {
        lang: text.format(**{name: value[lang] for name, value in slots.items()})
        for lang, text in sentence.items()
    }


def same(text: str) -> Sentence:
    """Say the same in every language: names, and words of the case itself."""
    return dict.fromkeys(LANGUAGES, text)


def count(number: int) -> Sentence:
    """Write a number as a word when it is small.

    Examples
    --------
    >>> count(2)
    {'nl': 'twee', 'en': 'two'}
    """
    return {lang: spell(number, lang) for lang in LANGUAGES}


def listing(parts: Sequence[Mapping[Language, str]], shown: int | None = None) -> Sentence:
    """Join parts as running text does; beyond `shown`, say how many more there are.

    Examples
    --------
    >>> listing([same("a"), same("b"), same("c")])
    {'nl': 'a, b en c', 'en': 'a, b and c'}
    """
    rest = 0 if shown is None else max(len(parts) - shown, 0)
    head = list(parts[: len(parts) - rest])
    if rest:
        head.append(put(wording("list", "more"), {"n": count(rest)}))
    return {lang: _joined([part[lang] for part in head], lang) for lang in LANGUAGES}


def quoted(texts: Iterable[str], shown: int = _SHOWN) -> Sentence:
    """List names of a case between quotation marks.

    Examples
    --------
    >>> quoted(["minder vacatures"])["nl"]
    '‘minder vacatures’'
    """
    return listing([same(f"‘{text}’") for text in texts], shown)


def _joined(parts: list[str], lang: Language) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {wording('list', 'and')[lang]} {parts[-1]}"
