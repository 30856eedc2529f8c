"""The cell of a CSV file apart from the footnotes that it calls: ``12,5[^a]``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from evalkit.language.suggest import did_you_mean

CALL = re.compile(r"\[\^([^\]\s]+)\]")
"""The call of a footnote that has a name."""
_CALLS = re.compile(rf"{CALL.pattern}|\^\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_DIGITS = re.compile(r"\s*[.,]?\d")


def calls_in(cell: str) -> str:
    """Give the calls of footnotes in a cell and nothing else.

    Examples
    --------
    >>> calls_in("12,5[^a]")
    '[^a]'
    """
    return "".join(part for at, part in pieces(cell) if at % 2)


def bare(cell: str) -> str:
    """Give a cell without the calls of footnotes.

    Examples
    --------
    >>> bare("12,5[^a]"), bare("Rijk^[Zie [@seo].] en gemeente")
    ('12,5', 'Rijk en gemeente')
    """
    return "".join(part for at, part in pieces(cell) if not at % 2).strip()


def flaw_of_cell(cell: str, labels: Collection[str] | None = None) -> tuple[str, str] | None:
    """Tell what is wrong with the footnotes of a cell, and what to do; None when nothing is.

    Parameters
    ----------
    cell
        As the file has it.
    labels
        The names of the footnotes that have a text; without them a name is not looked up.

    Examples
    --------
    >>> flaw_of_cell("12,5[^b]0")
    ("digits stand behind a footnote in '12,5[^b]0'", 'put the footnote behind the number')
    >>> flaw_of_cell("12,5[^b")
    ("a footnote is not closed in '12,5[^b'", 'end it with ]')
    """
    parts = [part for _, part in pieces(cell)]
    words, calls = parts[::2], parts[1::2]
    if any("[^" in part or "^[" in part for part in words):
        return f"a footnote is not closed in '{cell}'", "end it with ]"
    if digits := digits_behind(cell):
        return digits
    if any(call.startswith("^[") and not call[2:-1].strip() for call in calls):
        return f"a footnote is empty in '{cell}'", "write its text, or take it out"
    unknown = [one for one in CALL.findall("".join(calls)) if one not in (labels or ())]
    if unknown and labels is not None:
        hint = f"write [^{unknown[0]}]: … below the chapter that prints the table"
        return f"the footnote '{unknown[0]}' has no text", did_you_mean(unknown[0], labels, hint)
    return None


def digits_behind(cell: str) -> tuple[str, str] | None:
    """Tell of digits that a reader would take for a part of the number of a note; None without.

    Examples
    --------
    >>> digits_behind("in 2019[^a] 12 banen"), digits_behind("12^[Een noot.]")
    (None, None)
    """
    words = [part for at, part in pieces(cell) if not at % 2]
    number = not any(map(str.isalpha, "".join(words)))
    if number and any(_DIGITS.match(part) for part in words[1:]):
        return f"digits stand behind a footnote in '{cell}'", "put the footnote behind the number"
    return None


def pieces(cell: str) -> Iterator[tuple[int, str]]:
    """Part text from calls: a call has an odd number."""
    at = 0
    for found in _CALLS.finditer(cell):
        yield 0, cell[at : found.start()]
        yield 1, found[0]
        at = found.end()
    yield 0, cell[at:]
