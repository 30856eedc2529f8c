"""Results that one instrument names and that belong to another."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.targets import results
from evalkit.judgement.mix.words import quoted, say


def overlap_elsewhere(mix: Reading) -> Iterator[MixFinding]:
    """Find results of an instrument that count with another one."""
    named: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
    for loc, key, node in results(mix.case):
        if key and node.instrument is not None and node.instrument != key:
            named.setdefault((key, node.instrument), []).append((loc, node.text))
    for (key, owner), parts in named.items():
        text = say(
            "overlap", "elsewhere" if len(parts) == 1 else "elsewhere_many",
            results=quoted([what for _, what in parts]), name=mix.label(key),
            owner=mix.label(owner),
        )  # fmt: skip
        yield found(
            "overlap_elsewhere", "overlap", text,
            about=f"{key}.{owner}", numbers={"results": len(parts)},
            facts=mix.facts(*(loc for loc, _ in parts)),
        )  # fmt: skip
