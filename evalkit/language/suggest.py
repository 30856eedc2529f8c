"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from evalkit.language.meant import MEANT


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Give a hint that names the known word nearest to `name`.

    Parameters
    ----------
    name
        The word that is not known.
    known
        The words that are.
    otherwise
        The hint when nothing is near; by default the known words, when they are few.

    Examples
    --------
    >>> did_you_mean("seo202", ["seo2020", "han2023"])
    "did you mean 'seo2020'?"
    >>> did_you_mean("opdrachtgever", ["title", "commissioner"])
    "did you mean 'commissioner'?"
    """
    words = list(known)
    meant = [word for word in MEANT.get(name.lower(), ()) if word in words]
    near = meant or get_close_matches(name, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if otherwise or not words:
        return otherwise
    shown = ", ".join(words[:24])
    return f"choose from: {shown}{' …' if len(words) > 24 else ''}"
