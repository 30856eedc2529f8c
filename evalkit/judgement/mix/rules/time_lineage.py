"""What an instrument was followed by."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.words import counted, names, phrase, say, sentences
from evalkit.judgement.sentence import listing


def time_lineage(mix: Reading) -> Iterator[MixFinding]:
    """Tell the recorded successions, and the years in between without either."""
    after = successors(mix)
    if not after:
        return
    known = mix.instruments
    parts = [
        phrase(
            "time", "followed", name=_label(key, mix), next=names([_label(n, mix) for n in nexts])
        )
        for key, nexts in after.items()
    ]
    outside = list(dict.fromkeys(
        name for pair in after.items() for name in (pair[0], *pair[1]) if name not in known
    ))  # fmt: skip
    text = sentences(
        say("time", "lineage", parts=listing(parts)),
        say("time", "outside_one" if len(outside) == 1 else "outside", names=names(outside))
        if outside else None,
    )  # fmt: skip
    yield found(
        "time_lineage", "time", text,
        numbers={"successions": sum(len(nexts) for nexts in after.values())},
        facts=mix.facts(
            *(("instruments", key, "successor") for key in known if known[key].successor),
            *(("instruments", key, "predecessor") for key in known if known[key].predecessor),
        ),
    )  # fmt: skip
    yield from _breaks(after, mix)


def successors(mix: Reading) -> dict[str, list[str]]:
    """What followed each instrument, as either of the two says."""
    found: dict[str, list[str]] = {}
    for key, one in mix.instruments.items():
        for name in one.successor:
            found.setdefault(key, []).append(name)
    for key, one in mix.instruments.items():
        for name in one.predecessor:
            nexts = found.setdefault(name, [])
            if key not in nexts:
                nexts.append(key)
    return found


def _breaks(after: dict[str, list[str]], mix: Reading) -> Iterator[MixFinding]:
    for key, nexts in after.items():
        for name in nexts:
            if key not in mix.instruments or name not in mix.instruments:
                continue
            end = mix.instruments[key].period.last_year
            start = mix.instruments[name].period.first_year
            if end is None or start is None or start - end < 2:
                continue
            text = say(
                "time", "break", name=mix.label(key), next=mix.label(name),
                end=str(end), start=str(start), years=counted("year", start - end - 1),
            )  # fmt: skip
            yield found(
                "time_lineage", "time", text,
                about=f"{key}.{name}", numbers={"years": start - end - 1},
                facts=mix.facts(("instruments", key, "period"), ("instruments", name, "period")),
            )  # fmt: skip


def _label(name: str, mix: Reading) -> str:
    return mix.label(name) if name in mix.instruments else name
