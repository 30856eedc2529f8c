"""What is known of how far target groups were reached."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.words import names, of_all, say, sentences, words
from evalkit.model.chain import ChainNode

_NOT_COUNTED = ("procent", "euro", "dollar")


def reach_group(mix: Reading) -> Iterator[MixFinding]:
    """Name the instruments with counts of output; the case holds no size of a target group."""
    if not mix.instruments:
        return
    locs: dict[str, list[tuple[str, ...]]] = {}
    for key, one in mix.instruments.items():
        for name, node in one.output.items():
            if node.instrument in (None, key) and _is_count(node):
                locs.setdefault(key, []).append(("instruments", key, "output", name))
    lacking = [key for key in mix.instruments if key not in locs]
    if not locs:
        text = words("reach", "group_none")
    else:
        text = sentences(
            say(
                "reach", "group",
                share=of_all(len(locs), len(mix.instruments)), names=names(mix.labels(locs)),
            ),
            say("reach", "group_lacking", names=names(mix.labels(lacking))) if lacking else None,
        )  # fmt: skip
    yield found(
        "reach_group", "reach", text,
        numbers={"with_counts": len(locs), "instruments": len(mix.instruments)},
        facts=mix.facts(
            *(("instruments", key, "target_group") for key in locs
              if mix.instruments[key].target_group),
            *(loc for found_at in locs.values() for loc in found_at),
        ),
    )  # fmt: skip


def _is_count(node: ChainNode) -> bool:
    values = [node.actual.value] if node.actual is not None else list(node.per_year.values())
    return any(
        not q.pm and not q.per and not q.is_share and (q.unit or node.unit) not in _NOT_COUNTED
        for q in values
    )
