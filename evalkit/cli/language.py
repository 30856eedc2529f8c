"""The language that a command speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalkit.errors import EvalkitError
from evalkit.language.numbers import LANGUAGES, Language

if TYPE_CHECKING:
    from evalkit.model.case import Case


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


def case_in(name: str, asked: str | None) -> Case:
    """Read a case in the language that is asked for, where its texts are written in it.

    A case that is not is read in its own language: then only labels and numbers are translated.
    """
    from evalkit.io.case import load_case

    found = load_case(name)
    wanted = language(asked, found.language)
    return load_case(name, lang=wanted) if wanted in found.translations else found
