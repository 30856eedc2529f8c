"""Results that were measured without a target."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.targets import results
from evalkit.judgement.mix.words import say
from evalkit.model.chain import ChainNode
from evalkit.model.stage import Stage

_RESULTS = {Stage.OUTPUT.value, Stage.INTERMEDIATE.value, Stage.OUTCOME.value}


def reach_unaimed(mix: Reading) -> Iterator[MixFinding]:
    """Count the results of instruments that were measured, and how many of them have a target."""
    measured = [
        (loc, node) for loc, key, node in results(mix.case)
        if key and loc[2] in _RESULTS and node.instrument in (None, key)
        and _is_measured(node)
    ]  # fmt: skip
    aimed = [loc for loc, node in measured if node.target is not None]
    if not measured or len(aimed) == len(measured):
        return
    if len(measured) == 1:
        text = say("reach", "without_sole")
    elif aimed:
        text = say("reach", "without", n=len(measured), m=len(aimed))
    else:
        text = say("reach", "without_none", n=len(measured))
    yield found(
        "reach_unaimed", "reach", text,
        numbers={"measured": len(measured), "with_target": len(aimed)},
        facts=mix.facts(*(loc for loc, _ in measured)),
    )  # fmt: skip


def _is_measured(node: ChainNode) -> bool:
    """Whether a count or a share is recorded; money is not what a policy delivers."""
    values = [node.actual.value] if node.actual is not None else list(node.per_year.values())
    values += [node.total] if node.total is not None else []
    return any(not q.pm and (q.unit or node.unit) not in ("euro", "dollar") for q in values)
