"""How links of a chain are named in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.judgement.sentence import Sentence, count, listing, put, quoted, same, wording
from evalkit.model.instrument import Instrument

_NAMED = 2
_IN_WORDS = range(3, 13)  # Dutch: alle vier de schakels, alle 22 schakels
"""Starts of a link that are named in full; of more, the first stands for all."""


def share(keys: Sequence[str], instrument: Instrument) -> Sentence:
    """Say how many of the links these are: ``drie van de twaalf schakels``."""
    some, total = len(keys), len(instrument.links)
    if some == 0:
        return wording("links", "none")
    if total == 1:
        return wording("links", "sole")
    name = "some" if some < total else "both" if total == 2 else "all"
    if name == "all" and total in _IN_WORDS:
        name = "all_in_words"
    return put(wording("links", name), {"n": _in_figures(some, total), "total": count(total)})


def _in_figures(number: int, beside: int) -> Sentence:
    """Write a number as the one beside it: ``19 van de 23``, never ``negentien van de 23``."""
    word = count(beside)
    return same(str(number)) if any(text.isdigit() for text in word.values()) else count(number)


def nearest(keys: Sequence[str], instrument: Instrument) -> Sentence:
    """Name the link to begin with.

    Every link must be underpinned and each costs as much to look up, so the first is the one on
    which most of the claim rests: a step between effects, the nearest to the outcome; of these one
    of which nothing at all was found yet, and then the one that most of the chain runs through.
    Links that tie stand in the order of the case.

    Examples
    --------
    >>> bon = Instrument.model_validate({
    ...     "name": "Bon", "type": "subsidie", "period": "2021",
    ...     "input": {"geld": {"text": "Geld"}}, "output": {"cursus": {"text": "Cursussen"}},
    ...     "outcome": {"vraag": {"text": "Vraag"}, "werk": {"text": "Werk"}},
    ...     "links": {"geld -> vraag": {}, "geld -> cursus": {}, "cursus -> werk": {}},
    ... })
    >>> nearest(list(bon.links), bon)["nl"]
    'die van ‘Cursussen’ naar ‘Werk’'
    """
    return listing([_between(key, instrument) for key in ordered(keys, instrument)[:1]])


def named_links(keys: Sequence[str], instrument: Instrument) -> Sentence:
    """Name links, those nearest to the outcome first; of a long row the first two."""
    found = [_between(key, instrument) for key in ordered(keys, instrument)]
    return listing(found, _NAMED)


def ordered(keys: Sequence[str], instrument: Instrument) -> list[str]:
    """Put links in the order in which to look into them; `nearest` says why."""
    order = {key: stage.order for key, stage in instrument.stages.items()}

    def place(key: str) -> tuple[int, int, bool]:
        starts, ends = _ends(key)
        last = max(order.get(end, 0) for end in ends)
        first = min(order.get(start, 0) for start in starts)
        return -last, -first, bool(instrument.links[key].evidence)

    found = sorted(keys, key=place)
    foremost = [key for key in found if place(key) == place(found[0])]
    if len(foremost) > 1:  # following the chain back is for a tie at the head only
        foremost.sort(key=lambda key: -_behind(_ends(key)[0], instrument))
    return [*foremost, *found[len(foremost) :]]


def _behind(starts: Sequence[str], instrument: Instrument) -> int:
    """Count the steps of the chain that lead up to a link, its own starts included."""
    sources: dict[str, list[str]] = {}
    for arrow in instrument.arrows:
        sources.setdefault(arrow.end, []).append(arrow.start)
    found, waiting = set(starts), list(starts)
    while waiting:
        fresh = set(sources.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return len(found)


def _ends(key: str) -> tuple[list[str], list[str]]:
    left, _, right = key.partition("->")
    starts, ends = ([part.strip() for part in side.split(",")] for side in (left, right))
    return starts, ends


def _between(key: str, instrument: Instrument) -> Sentence:
    starts, ends = _ends(key)
    name = "between_several" if len(starts) > _NAMED else "between"
    named = starts if len(starts) <= _NAMED else starts[:1]
    slots = {
        "start": quoted(instrument.node(key).text for key in named),
        "end": quoted(instrument.node(key).text for key in ends),
    }
    return put(wording("links", name), slots)
