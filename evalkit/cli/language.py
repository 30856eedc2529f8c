"""The language that a command speaks."""

from __future__ import annotations

from evalkit.errors import EvalkitError
from evalkit.language.numbers import LANGUAGES, Language


def language(asked: str | None, otherwise: Language) -> Language:
    """Read ``--lang``; by default the language of the case.

    Raises
    ------
    EvalkitError
        There are no labels in that language.
    """
    if asked is None:
        return otherwise
    if asked not in LANGUAGES:
        raise EvalkitError(f"no language '{asked}'", hint=f"write {' or '.join(LANGUAGES)}")
    return asked
