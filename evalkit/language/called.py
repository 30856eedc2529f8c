"""What a case calls its instruments: instruments, or measures.

A letter to parliament announces measures, an evaluation goes into instruments. The sentences of
evalkit speak of instruments; a case says ``called: measure`` and they speak of measures. What the
case itself writes stays as it is, and so does the name of a law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Literal

from evalkit.language.numbers import Language

Called = Literal["instrument", "measure"]

_CALLED: ContextVar[Called] = ContextVar("called", default="instrument")
_COMMON = {"het": "de", "dit": "deze", "dat": "die", "elk": "elke", "welk": "welke"}
_BARE = {"enkel": "enkele", "ander": "andere", "vergelijkbaar": "vergelijkbare"}
# What stands in braces is a slot and no word.
_DUTCH = re.compile(
    rf"(?<!\{{)\b(?:({'|'.join(_COMMON)})( \w+e)? |({'|'.join(_BARE)}) )?"
    r"(instrument(?:en)?)\b( dat\b)?(?!\})",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"(?<!\{)\b(an )?(instruments?)\b(?!\})", re.IGNORECASE)


@contextmanager
def speaking_of(called: Called) -> Iterator[None]:
    """Let the sentences of evalkit speak of instruments or measures, as long as the block lasts.

    Examples
    --------
    >>> with speaking_of("measure"):
    ...     print(as_called({"nl": "Het instrument loopt.", "en": "It runs."})["nl"])
    De maatregel loopt.
    """
    token = _CALLED.set(called)
    try:
        yield
    finally:
        _CALLED.reset(token)


def as_called(entry: Mapping[Language, str]) -> dict[Language, str]:
    """Put a template in the words that the case uses."""
    if _CALLED.get() == "instrument":
        return dict(entry)
    return {lang: of_measures(text, lang) for lang, text in entry.items()}


@cache
def of_measures(text: str, lang: Language) -> str:
    """Speak of a measure where a template speaks of an instrument.

    Examples
    --------
    >>> of_measures("Van geen enkel instrument is dat bekend.", "nl")
    'Van geen enkele maatregel is dat bekend.'
    >>> of_measures("{n} of the {total} instruments", "en")
    '{n} of the {total} measures'
    """
    return _DUTCH.sub(_dutch, text) if lang == "nl" else _ENGLISH.sub(_english, text)


def _dutch(found: re.Match[str]) -> str:
    article, adjective, bare, noun, relative = found.groups(default="")
    if noun.lower() == "instrumenten":  # "dat alle instrumenten": no article of theirs
        return f"{found[0].removesuffix(noun + relative)}{_cased('maatregelen', noun)}{relative}"
    head = _cased(_COMMON.get(article.lower(), "") or _BARE.get(bare.lower(), ""), article or bare)
    parts = [head + adjective, _cased("maatregel", noun), "die" if relative else ""]
    return " ".join(part for part in parts if part)


def _english(found: re.Match[str]) -> str:
    article, noun = found.groups(default="")
    said = _cased("measures" if noun.lower() == "instruments" else "measure", noun)
    return f"{_cased('a', article)} {said}" if article else said


def _cased(text: str, like: str) -> str:
    return text.capitalize() if like[:1].isupper() else text
