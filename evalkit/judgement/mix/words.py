"""The sentences on the policy mix, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.judgement.sentence import Sentence, listing, same
from evalkit.judgement.wordbook import Said, Wordbook
from evalkit.language.numbers import LANGUAGES

__all__ = [
    "Said",
    "counted",
    "names",
    "of_all",
    "one_of",
    "phrase",
    "quoted",
    "say",
    "sentences",
    "series",
    "words",
]

_BOOK = Wordbook(__package__)
words, say, phrase = _BOOK.words, _BOOK.say, _BOOK.phrase
_NAMED = 12
"""Names beyond this many are counted; the facts behind a finding name all."""


def one_of(unit: str) -> Sentence:
    """Name one of a counted unit; a unit that is not in the list is a piece.

    Examples
    --------
    >>> one_of("projecten")["nl"], one_of("hubs")["nl"]
    ('project', 'stuk')
    """
    known = _BOOK.sections["one"]
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


def enumerated(parts: Sequence[Sentence]) -> Sentence:
    """Join such parts within a sentence, where the last one is announced.

    Examples
    --------
    >>> said = [{"nl": letter, "en": letter} for letter in "abc"]
    >>> enumerated(said)["nl"], enumerated(said[:2])["nl"]
    ('a; b; en c', 'a en b')
    """
    if len(parts) < 3:
        return listing(parts)
    if len(parts) > _NAMED:
        return series(parts)
    *rest, last = parts
    return phrase("list", "last", rest=series(rest), last=last)


def sentences(*parts: Sentence | None) -> Sentence:
    """Put sentences one after another, and leave out those that are not there."""
    said = [part for part in parts if part is not None and any(part.values())]
    return {lang: " ".join(part[lang] for part in said) for lang in LANGUAGES}
