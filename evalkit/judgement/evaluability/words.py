"""The sentences on evaluability, in Dutch and in English."""

from __future__ import annotations

from evalkit.judgement.wordbook import Said, Wordbook

__all__ = ["Said", "phrase", "say", "words"]

_BOOK = Wordbook(__package__)
words, say, phrase = _BOOK.words, _BOOK.say, _BOOK.phrase
