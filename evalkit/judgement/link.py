"""How links of a chain are named in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.judgement.sentence import Sentence, count, listing, put, same, wording
from evalkit.model.instrument import Instrument

_SHOWN = 1


def share(keys: Sequence[str], instrument: Instrument) -> Sentence:
    """Say how many of the links these are: ``drie van de twaalf schakels``."""
    some, total = len(keys), len(instrument.links)
    if some == 0:
        return wording("links", "none")
    if total == 1:
        return wording("links", "sole")
    name = "all" if some == total else "some"
    return put(wording("links", name), {"n": count(some), "total": count(total)})


def nearest(keys: Sequence[str], instrument: Instrument) -> Sentence:
    """Name the links nearest to the outcome, since the claim rests on these most."""
    order = {key: stage.order for key, stage in instrument.stages.items()}

    def place(key: str) -> tuple[int, str]:
        return -max(order.get(end, 0) for end in _ends(key)[1]), key

    return listing([_between(key, instrument) for key in sorted(keys, key=place)[:_SHOWN]])


def _ends(key: str) -> tuple[list[str], list[str]]:
    left, _, right = key.partition("->")
    starts, ends = ([part.strip() for part in side.split(",")] for side in (left, right))
    return starts, ends


def _between(key: str, instrument: Instrument) -> Sentence:
    starts, ends = _ends(key)
    name = "between_several" if len(starts) > 1 else "between"
    slots = {
        "start": same(instrument.node(starts[0]).text),
        "end": same(instrument.node(ends[0]).text),
    }
    return put(wording("links", name), slots)
