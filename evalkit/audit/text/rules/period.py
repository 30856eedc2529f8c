"""Periods whose length does not fit their years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import told
from evalkit.audit.text.written import spelled
from evalkit.language.numbers import Language

_YEAR = r"((?:19|20)\d\d)"
_RANGE = rf"{_YEAR}\s?(?:tot en met|t/m|tot|en|–|-|to|and|until|through)\s?{_YEAR}"
_JOINT = (
    r"\s?[,(:–]\s?(?:(?:dus|oftewel|een periode van|een looptijd van|in totaal|that is|"
    r"a period of|i\.e\.)\s)?"
)
_BACK = r"\s?[,(:]{1,2}\s?(?:(?:namelijk|van|tussen|from|between|namely|in de periode)\s)?"
_BETWEEN_ONLY = r"(?:(?:looptijd|periode|duur|period|term)\s(?:van|of)\s)"
_END = r"\s(?:jaar|years)\b(?!\s(?:oud|later|eerder|old|earlier|ago|geleden|na\b|after|before))"


def find(document: Document) -> Iterator[AuditFinding]:
    """Find periods that are not as long as is said."""
    words = spelled(document.lang)
    length = rf"(\d{{1,2}}|{'|'.join(sorted(words, key=len, reverse=True))})"
    after = re.compile(rf"\b{_RANGE}{_JOINT}{length}{_END}", re.IGNORECASE)
    before = re.compile(rf"\b{_BETWEEN_ONLY}?{length}{_END}{_BACK}{_RANGE}\b", re.IGNORECASE)
    for sentence in document.all_sentences:
        if not sentence.figures:
            continue  # the length is one
        for found in after.finditer(sentence.text):
            yield from _judged(sentence, found, found[3], found[1], found[2], document.lang)
        for found in before.finditer(sentence.text):
            yield from _judged(sentence, found, found[1], found[2], found[3], document.lang)


def _judged(
    sentence: Sentence, found: re.Match[str], said: str, start: str, end: str, lang: Language
) -> Iterator[AuditFinding]:
    years = int(end) - int(start)
    length = int(said) if said.isdigit() else spelled(lang)[said.lower()]
    # 2018 to 2021 is three years from start to start, and four years when the last one counts.
    if years <= 0 or length in {years, years + 1}:
        return
    at = sentence.start + found.start()
    near = sentence.block.place(at)
    far = sentence.block.place(sentence.start + found.end() - 1)
    yield told(
        "period",
        "length",
        "error",
        [(near, found[0]), (far, f"{said} {'jaar' if lang == 'nl' else 'years'}")],
        start=start,
        end=end,
        said=length,
        least=years,
        most=years + 1,
    )
