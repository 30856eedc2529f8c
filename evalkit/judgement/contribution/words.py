"""The sentences of contribution stories, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from evalkit.judgement.contribution.bayes import Probability, band
from evalkit.judgement.sentence import Sentence, listing, same
from evalkit.judgement.wordbook import Wordbook
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.case import Case
from evalkit.model.contribution_claim import ends
from evalkit.model.instrument import Instrument
from evalkit.model.source import Citation
from evalkit.model.stage import Stage

_NONE: Sentence = {"nl": "", "en": ""}
_MOST = 6  # decimals of a probability
_BOOK = Wordbook(__package__)
words, say, phrase = _BOOK.words, _BOOK.say, _BOOK.phrase


def sentences(parts: Iterable[Sentence]) -> Sentence:
    """Put sentences one after another."""
    found = [part for part in parts if any(part.values())]
    return {lang: " ".join(part[lang] for part in found) for lang in LANGUAGES}


def clause(text: str) -> str:
    """Take the full stop off words of the case, so that they fit in a sentence."""
    return text.strip().rstrip(".")


def series(parts: Sequence[Sentence]) -> Sentence:
    """Join parts that hold commas themselves."""
    return {lang: "; ".join(part[lang] for part in parts) for lang in LANGUAGES}


def joined(parts: Sequence[Sentence]) -> Sentence:
    """Join short parts as running text does."""
    return listing(parts) if parts else dict(_NONE)


def link_name(key: str, instrument: Instrument, most: int | None = None) -> Sentence:
    """Name a link by what stands at its ends: ``van ‘Budget’ naar ‘Projecten’``.

    Parameters
    ----------
    most
        How many of a long row of names to print; by default all of them.
    """
    starts, targets = ends(key)
    start, end = (
        listing([same(f"‘{_text(name, instrument)}’") for name in side], most)
        for side in (starts, targets)
    )
    return phrase("link", "between", start=start, end=end)


def _text(key: str, instrument: Instrument) -> str:
    """Find the words of a node; quicker than `Chain.node`, which first orders the whole chain."""
    return next(nodes[key].text for stage in Stage if key in (nodes := instrument.at(stage)))


def cited(names: Iterable[str], instrument: Instrument, case: Case) -> Sentence:
    """Name evidence by its sources: ``SEO, 2020b``, each once.

    Ids stand in the matrix and with every reason; in running text a reader has no use for them.
    """
    found: list[str] = []
    for name in names:
        evidence = instrument.evidence.get(name)
        if evidence is not None:
            found += source_names(evidence.source, case)
    return series([same(source) for source in dict.fromkeys(found)])


def described(names: Iterable[str], instrument: Instrument, case: Case) -> Sentence:
    """Name evidence by its sources and what it says, a sentence each; it may say nothing."""
    parts = []
    for name in names:
        evidence = instrument.evidence[name]
        found = source_names(evidence.source, case, bracketed=True)
        said = f": {text}." if (text := clause(evidence.text)) else "."
        parts.append({lang: f"{of}{said}" for lang, of in listing([*map(same, found)]).items()})
    return sentences(parts)


def source_names(
    citations: Iterable[Citation], case: Case, *, bracketed: bool = False
) -> tuple[str, ...]:
    """Name sources as a short citation does: ``SEO, 2020``, or outside brackets ``SEO (2020)``."""
    found = []
    for citation in citations:
        source = case.sources.get(citation.source)
        if source is None:
            found.append(citation.source)
        else:
            year = f"{source.year}{source.mark}"
            told = f" ({year})" if bracketed else f", {year}"
            found.append(source.name if source.year is None else f"{source.name}{told}")
    return tuple(dict.fromkeys(found))


def decimal(value: float, lang: Language, places: int = 2) -> str:
    """Print a probability with as many decimals as tell it from certainty.

    Examples
    --------
    >>> decimal(0.8, "nl"), decimal(0.9987, "en")
    ('0,80', '0.999')
    """
    while places < _MOST and float(f"{value:.{places}f}") in (0, 1):
        places += 1
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if lang == "nl" else text


def chance(found: Probability, *, banded: bool = False) -> Sentence:
    """Print a probability or a range of them.

    Parameters
    ----------
    banded
        Whether the words of its band stand beside it: then 0.847 is not printed as 0.85, at which
        the next band begins.
    """
    places = max(map(_places, (found.low, found.high))) if banded else 2
    low, high = (
        {lang: decimal(end, lang, places) for lang in LANGUAGES} for end in (found.low, found.high)
    )
    return {
        lang: low[lang] if low[lang] == high[lang] else f"{low[lang]}–{high[lang]}"
        for lang in LANGUAGES
    }


def _places(value: float) -> int:
    """Count the decimals with which a probability, rounded, stays in its band."""
    exact = band(Fraction(repr(value)))
    kept = (n for n in range(2, _MOST) if band(Fraction(f"{value:.{n}f}")) == exact)
    return next(kept, _MOST)


def confidence(found: Probability) -> Sentence:
    """Say how sure one may be, in the words of the band or of both bands."""
    low, high = words("band", found.low_band), words("band", found.high_band)
    if found.low_band == found.high_band:
        return low
    return phrase("band", "range", low=low, high=high)
