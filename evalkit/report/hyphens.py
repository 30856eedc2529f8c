"""Where long Dutch words are broken: the patterns part compounds in the wrong place.

The patterns break ``beleid-sevaluatie``. A word in the list, also with an ending or as the last
part of a longer one, gets soft hyphens between its parts instead.
"""

from __future__ import annotations

import re

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
_PARTED = {word.replace("-", ""): word.replace("-", "\N{SOFT HYPHEN}") for word in _WORDS}
_KNOWN = re.compile("|".join(sorted(_PARTED, key=len, reverse=True)), re.IGNORECASE)
_TEXT = re.compile(r">[^<]+")


def soften(html: str) -> str:
    """Put soft hyphens into the long words of markup; attributes and styles stay as they are.

    Examples
    --------
    >>> soften('<p title="beleidsevaluatie">Beleidsevaluaties</p>').replace("\N{SOFT HYPHEN}", "|")
    '<p title="beleidsevaluatie">Beleids|evaluaties</p>'
    """
    head, body, rest = html.rpartition("</head>")
    return f"{head}{body}{_TEXT.sub(_parted, rest)}"


def _parted(text: re.Match[str]) -> str:
    return _KNOWN.sub(_with_hyphens, text[0])


def _with_hyphens(word: re.Match[str]) -> str:
    parted, written = _PARTED[word[0].lower()], iter(word[0])
    return "".join(sign if sign == "\N{SOFT HYPHEN}" else next(written) for sign in parted)
