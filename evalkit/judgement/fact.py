"""A fact of an instrument: whether it holds, and the words to say it with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evalkit.judgement.sentence import Sentence

Words = dict[str, Sentence]


@dataclass(frozen=True, slots=True)
class Fact:
    """Whether something holds of an instrument, by which evidence, and words to say it with.

    The words are found when a sentence asks for them: most facts are only asked whether they hold.
    """

    holds: bool
    evidence: tuple[str, ...] = ()
    words: Callable[[], Words] = field(default=dict)
