"""One result that stands both with an umbrella and with its part."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import value_said
from evalkit.judgement.mix.targets import results
from evalkit.judgement.mix.words import say
from evalkit.judgement.umbrella import umbrellas
from evalkit.model.chain import ChainNode


def overlap_result(mix: Reading) -> Iterator[MixFinding]:
    """Find results of the same name and unit, with numbers, at an umbrella and at its part."""
    named: dict[tuple[str, str], tuple[tuple[str, ...], ChainNode]] = {}
    measured = [(loc, key, node) for loc, key, node in results(mix.case) if key and _value(node)]
    for loc, key, node in measured:
        if node.instrument in (None, key):
            named.setdefault((key, _name(node)), (loc, node))
    for loc, key, node in measured:
        for above in umbrellas(key, mix.case):
            other = named.get((above, _name(node)))
            if other is not None and named.get((key, _name(node))) == (loc, node):
                yield _finding(mix, key, above, (loc, node), other)


def _finding(
    mix: Reading,
    key: str,
    above: str,
    part: tuple[tuple[str, ...], ChainNode],
    whole: tuple[tuple[str, ...], ChainNode],
) -> MixFinding:
    text = say(
        "overlap", "same_result",
        text=whole[1].text, umbrella=mix.label(above), part=mix.label(key),
        whole=value_said(whole[1]), amount=value_said(part[1]),
    )  # fmt: skip
    return found(
        "overlap_result", "overlap", text,
        about=".".join(part[0][1:]), importance=1, facts=mix.facts(whole[0], part[0]),
    )  # fmt: skip


def _name(node: ChainNode) -> str:
    return f"{node.text.casefold()} [{node.unit}]"


def _value(node: ChainNode) -> bool:
    return node.actual is not None or node.total is not None or bool(node.per_year)
