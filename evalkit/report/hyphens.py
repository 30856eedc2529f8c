"""Where long Dutch words are broken: the patterns part compounds in the wrong place.

The patterns break ``beleid-sevaluatie``. A word in the list, also with an ending or as the last
part of a longer one, is parted first, and the patterns see its parts. Soft hyphens in the text
would do the same, but beside a float WeasyPrint then takes all that stands before one for a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pyphen
from weasyprint.text import line_break

# Each with its parts; only words that the patterns break wrongly or that are often long.
_WORDS = (
    "arbeids-markt",
    "arbeids-productiviteit",
    "beleids-doelstelling",
    "beleids-evaluatie",
    "beleids-instrument",
    "beleids-kader",
    "beleids-mix",
    "beleids-theorie",
    "beroeps-bevolking",
    "beroeps-onderwijs",
    "bewijs-kracht",
    "contributie-analyse",
    "effect-ladder",
    "evaluatie-onderzoek",
    "evaluatie-periode",
    "gevoeligheids-analyse",
    "gevoeligheids-toets",
    "impact-evaluatie",
    "interventie-logica",
    "onderwijs-instelling",
    "onderzoeks-opzet",
    "ondersteunings-regeling",
    "opleidings-aanbod",
    "omscholings-regeling",
    "samenwerkings-verband",
    "uitvoerings-kosten",
    "uitvoerings-organisatie",
    "verantwoordings-informatie",
    "werkgevers-organisatie",
)
_PARTED = {word.replace("-", ""): word.split("-") for word in _WORDS}
_KNOWN = re.compile("|".join(sorted(_PARTED, key=len, reverse=True)))


class Hyphenator(pyphen.Pyphen):  # type: ignore[misc]
    """Breaks Dutch words by the patterns, and the words of the list between their parts.

    Examples
    --------
    >>> [first for first, _ in Hyphenator(lang="nl").iterate("beleidsevaluaties")]
    ['beleidsevalua', 'beleidsevalu', 'beleidseva', 'beleids', 'be']
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._dutch = str(options.get("lang", "")).lower().startswith("nl")

    def positions(self, word: str) -> list[Any]:
        """Give the places where a word may be broken."""
        starts = _joints(word.lower()) if self._dutch else []
        if not starts:
            return list(super().positions(word))
        found = []
        for start, end in zip([0, *starts], [*starts, len(word)], strict=True):
            inside = self.hd.positions(word[start:end])
            found += [pyphen.DataInt(start + int(at)) for at in inside]
            found.append(pyphen.DataInt(end))
        return sorted({at for at in found if self.left <= at <= len(word) - self.right})


def _joints(word: str) -> list[int]:
    """Find where the words of the list that are in a word have their joints."""
    return [found.start() + len(_PARTED[found[0]][0]) for found in _KNOWN.finditer(word)]


@contextmanager
def own_hyphens() -> Iterator[None]:
    """Let WeasyPrint break words as this list says, for as long as the context is open."""
    theirs = line_break.pyphen
    line_break.pyphen = SimpleNamespace(
        Pyphen=Hyphenator, language_fallback=pyphen.language_fallback
    )
    try:
        yield
    finally:
        line_break.pyphen = theirs
