"""The languages of a case, read before anything else of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from evalkit.language.numbers import LANGUAGES, Language


class Spoken(NamedTuple):
    """The languages of a case.

    Attributes
    ----------
    first
        That of its numbers, and of texts that are written once.
    others
        Those that its texts are translated into.
    problems
        Keys of case.yaml that name no language, each with what is wrong.
    """

    first: Language
    others: tuple[Language, ...]
    problems: tuple[tuple[str, str], ...]


def spoken_in(data: Any, text: str) -> Spoken:
    """Find the languages of a case.

    Parameters
    ----------
    data
        What case.yaml says; None when it cannot be read.
    text
        Its text, for the case that it cannot: numbers of an English case that were read as Dutch
        would all be reported as wrong.

    Examples
    --------
    >>> spoken_in({"language": "nl", "translations": "en"}, "").others
    ('en',)
    """
    keys = data if isinstance(data, dict) else {}
    said = keys.get("language")
    if said is None:
        said = "en" if not keys and re.search(r"^language: *en\b", text, re.MULTILINE) else "nl"
    listed = keys.get("translations") or []
    listed = listed if isinstance(listed, list) else [listed]
    first = said if said in LANGUAGES else "nl"
    others = [lang for lang in listed if lang in LANGUAGES and lang != first]
    problems = [*_unknown("language", [said]), *_unknown("translations", listed)]
    return Spoken(cast("Language", first), tuple(dict.fromkeys(others)), tuple(problems))


def _unknown(key: str, said: list[Any]) -> Iterator[tuple[str, str]]:
    for lang in said:
        if not isinstance(lang, str):
            yield key, "no language stands here"
        elif lang not in LANGUAGES:
            yield key, f"no language '{lang}'"
