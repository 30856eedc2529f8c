"""What the requirements of a regime rest on: its text, or a reading of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.judgement.compliance.answer import Answer
from evalkit.judgement.compliance.regime import BASES, Basis
from evalkit.judgement.compliance.words import names, word
from evalkit.judgement.sentence import Sentence, count, listing


def bases(answers: Sequence[Answer]) -> Sentence:
    """Say how many requirements rest on the text of the regime, and name those that do not.

    Examples
    --------
    >>> from evalkit.io.case import load_case
    >>> from evalkit.judgement.compliance.comply import comply
    >>> from evalkit.judgement.score import score_case
    >>> case = load_case("menselijk-kapitaal")
    >>> bases(comply(case, score_case(case))["oecd-dac"].answers)["nl"]
    'Alle zes onderdelen berusten op de tekst zelf.'
    """
    by = {basis: [one for one in answers if one.basis == basis] for basis in BASES}
    found = {basis: some for basis, some in by.items() if some}
    total = count(len(answers))
    if len(found) == 1:
        size = "sole" if len(answers) == 1 else "all"
        return word("basis", size, total=total, what=word("basis", f"on_{next(iter(found))}"))
    parts = [_part(basis, some) for basis, some in found.items()]
    return word("basis", "mixed", total=total, parts=listing(parts))


def quoted(answers: Iterable[Answer]) -> Sentence:
    """Name requirements between quotation marks."""
    return names([{lang: f"‘{text}’" for lang, text in one.text.items()} for one in answers])


def _part(basis: Basis, some: Sequence[Answer]) -> Sentence:
    what = word("basis", f"on_{basis}")
    if basis == "reading":
        what = word("basis", "on_reading_of", names=quoted(some))
    return word("basis", "one" if len(some) == 1 else "many", n=count(len(some)), what=what)
