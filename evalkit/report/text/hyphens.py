"""Where long Dutch words are broken: the patterns part compounds in the wrong place.

The patterns break ``beleid-sevaluatie``. A word in the list, also with an ending or as the last
part of a longer one, is parted first, and the patterns see its parts; close to the joint these are
not broken, so that no line ends in ``techniekon-``. Soft hyphens in the text would do the same, but
beside a float WeasyPrint then takes all that stands before one for a word.

English terms within Dutch text are broken by the English patterns, and a name with capitals inside
(``FinancieringsGids``) before such a capital alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pyphen
from weasyprint.text import line_break

# Each with its parts; only words that the patterns break wrongly or that are often long.
_WORDS = (
    "accommodatie-regeling",
    "actie-programma",
    "arbeids-markt",
    "arbeids-migranten",
    "arbeids-migratie",
    "arbeids-productiviteit",
    "begrotings-evenwicht",
    "begrotings-regels",
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
    "deskundigen-commissie",
    "effect-ladder",
    "evaluatie-onderzoek",
    "evaluatie-periode",
    "financierings-systematiek",
    "gevoeligheids-analyse",
    "gevoeligheids-toets",
    "groepshulp-regeling",
    "impact-evaluatie",
    "interventie-logica",
    "investerings-instelling",
    "kabinets-periode",
    "kabinets-reactie",
    "leer-rekening",
    "omscholings-regeling",
    "ondersteunings-regeling",
    "onderwijs-huisvesting",
    "onderwijs-instelling",
    "onderzoeks-opzet",
    "ontsnappings-clausule",
    "opleidings-aanbod",
    "proces-innovatie",
    "productiviteits-agenda",
    "productiviteits-groei",
    "regeer-akkoord",
    "regeer-programma",
    "samenwerkings-verband",
    "staats-commissie",
    "techniek-onderwijs",
    "tekort-sectoren",
    "transformatie-fonds",
    "uitvoerings-kosten",
    "uitvoerings-organisatie",
    "uitvoerings-praktijk",
    "verantwoordings-informatie",
    "verdien-vermogen",
    "werkgevers-organisatie",
)
# English terms of evaluation that stand in Dutch text; shorter ones are never broken.
_ENGLISH = frozenset(
    """accountability additionality assumptions autoregressive capabilities communities competition
    competitiveness conditional confounding counterfactual counterfactuals crowdfunding
    cybersecurity development developments difference differences discontinuity displacement
    effectiveness employability empowerment engineering entrepreneur entrepreneurial
    entrepreneurship environment environmental evaluability evaluations experimental heterogeneity
    heterogeneous identification implementation improvement improvements information instrumental
    intelligence intermediate interrupted intervention interventions investments longitudinal
    measurement measurements methodology microcredentials misallocation neighbourhood observations
    opportunities organisations participation partnerships performance permutation practitioner
    practitioners probability procurement productivity randomisation randomised randomized
    recommendations regressions reinforcement replication requirements significance specification
    specifications stakeholder stakeholders statistical sustainability sustainable technologies
    triangulation uncertainty verification""".split()
)
_INNER = re.compile(r"(?<=[^\W\d_A-Z])[A-Z]")
_PARTED = {word.replace("-", ""): word.split("-") for word in _WORDS}
_KNOWN = re.compile("|".join(sorted(_PARTED, key=len, reverse=True)))


class Hyphenator(pyphen.Pyphen):  # type: ignore[misc]  # pyphen has no types
    """Breaks Dutch words by the patterns, and the words of the list between their parts.

    Examples
    --------
    >>> [first for first, _ in Hyphenator(lang="nl").iterate("beleidsevaluaties")]
    ['beleidsevalua', 'beleidsevalu', 'beleidseva', 'beleids', 'be']
    >>> [first for first, _ in Hyphenator(lang="nl").iterate("intermediate")]
    ['intermedi', 'interme', 'inter', 'in']
    >>> [first for first, _ in Hyphenator(lang="nl").iterate("FinancieringsGids")]
    ['Financierings']
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._dutch = str(options.get("lang", "")).lower().startswith("nl")

    def positions(self, word: str) -> list[Any]:
        """Give the places where a word may be broken."""
        inner = [found.start() for found in _INNER.finditer(word)]
        if inner:
            return self._kept(inner, word)
        if self._dutch and word.lower() in _ENGLISH:
            english = pyphen.Pyphen(lang="en_US", left=self.left, right=self.right)
            return list(english.positions(word))
        starts = _joints(word.lower()) if self._dutch else []
        if not starts:
            return list(super().positions(word))
        found = []
        for start, end in zip([0, *starts], [*starts, len(word)], strict=True):
            inside = (start + int(at) for at in self.hd.positions(word[start:end]))
            found += [at for at in inside if self.left <= at - start and at <= end - self.right]
            found.append(end)
        return self._kept(sorted(set(found)), word)

    def _kept(self, places: Iterable[int], word: str) -> list[Any]:
        """Keep the places that leave enough of a word on either line."""
        return [pyphen.DataInt(at) for at in places if self.left <= at <= len(word) - self.right]


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
