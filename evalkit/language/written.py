"""The language that the numbers of a message are written in: that of the files it is about.

A record says what is wrong with itself (:meth:`~evalkit.model.record.Record.flaws`) and does not
know the language of its case. Whoever reads or composes a case does, and says so here, so that a
message shows a number as the writer typed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from evalkit.language.numbers import Language

_WRITTEN: ContextVar[Language] = ContextVar("written", default="nl")


@contextmanager
def numbers_written_in(lang: Language) -> Iterator[None]:
    """Let ``str`` of a quantity be in a language, for as long as the block lasts.

    Examples
    --------
    >>> from evalkit.model.quantity import Quantity
    >>> share = Quantity.parse("26,8")
    >>> with numbers_written_in("en"):
    ...     print(share)
    26.8
    >>> print(share)
    26,8
    """
    token = _WRITTEN.set(lang)
    try:
        yield
    finally:
        _WRITTEN.reset(token)


def language_of_numbers() -> Language:
    """Tell which language that is; Dutch where nobody said so."""
    return _WRITTEN.get()
