"""Sentences that take up the one before them: *Dat is een stijging van 20 procent.*"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evalkit.audit.text.document import Document
from evalkit.audit.text.sentence import Sentence

_REFERS = re.compile(
    r"(?:(?:dat|dit|that|this)\s(?:is|was|zijn|waren|betekent|betekende|komt neer op|kwam neer op|"
    r"means|meant|represents|represented|comes to|amounts to)|"
    r"het (?:gaat|ging)(?:\s(?:hierbij|daarbij))?\som|daarbij (?:gaat|ging) het om|"
    r"(?:these|they) (?:are|were))\b",
    re.IGNORECASE,
)


def referring(document: Document) -> Iterator[tuple[Sentence, Sentence]]:
    """Find each sentence that opens by taking up the sentence before it, in one paragraph."""
    for sentences in document.sentences:
        for first, second in pairwise(sentences):
            if first.figures and _REFERS.match(second.text):
                yield first, second


def joined(first: Sentence, second: Sentence) -> Sentence:
    """Read two sentences of one block as one."""
    figures = (*first.figures, *second.figures)
    return Sentence(first.block, first.start, second.end, figures)
