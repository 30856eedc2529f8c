"""Arabic letters in the forms in which they join: a drawing is set letter by letter.

Unicode has a sign for each form of most letters (at the end, in the middle, at the beginning), and
says of each which letter it is a form of. So the forms need no table of our own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator
from functools import cache

_FORMS = (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD))
_STRETCH = "\u0640"  # joins on both sides, and looks the same everywhere


def joined(words: str, there: Container[int]) -> str:
    """Write letters in the forms that join them, where a font has those.

    Parameters
    ----------
    words
        In the order in which they are read.
    there
        The signs that the fonts have.

    Examples
    --------
    >>> every = range(0x110000)
    >>> [f"{ord(sign):x}" for sign in joined("\u0633\u0644\u0627\u0645", every)]
    ['feb3', 'fefc', 'fee1']
    """
    return "".join(_joined(words, there))


def _joined(words: str, there: Container[int]) -> Iterator[str]:
    at, before = 0, False
    while at < len(words):
        pair = words[at : at + 2]
        letters = pair if ("isolated", pair) in _forms() else words[at]
        if unicodedata.combining(letters[0]):
            yield letters
            at += 1
            continue
        follows = next((sign for sign in words[at + len(letters) :] if not _mark(sign)), "")
        ahead = _opens(letters) and _closes(follows)
        after = before and _closes(letters)
        form = {(True, True): "medial", (True, False): "initial", (False, True): "final"}
        shaped = _forms().get((form.get((ahead, after), "isolated"), letters), letters)
        if ord(shaped[0]) in there:
            yield shaped
        elif len(letters) > 1:  # without the sign for both, each in its own form
            letters = letters[0]
            ahead = True
            yield _forms().get(("medial" if after else "initial", letters), letters)
        else:
            yield letters
        before, at = ahead, at + len(letters)


def _mark(sign: str) -> bool:
    return bool(unicodedata.combining(sign))


def _opens(letters: str) -> bool:
    """Whether they join the letter behind them."""
    return letters == _STRETCH or ("initial", letters) in _forms()


def _closes(letters: str) -> bool:
    """Whether they join the letter before them."""
    return letters == _STRETCH or ("final", letters) in _forms()


@cache
def _forms() -> dict[tuple[str, str], str]:
    """Find for each form of each letter, or of a pair of letters, its sign."""
    found: dict[tuple[str, str], str] = {}
    for code in _FORMS:
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(letter, 16)) for letter in letters)
        pair = base[:1] == "\u0644" and base[1:] in {"\u0622", "\u0623", "\u0625", "\u0627"}
        if form and (len(base) == 1 or pair):
            found.setdefault((form.strip("<>"), base), chr(code))
    return found
