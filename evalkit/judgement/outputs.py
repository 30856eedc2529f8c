"""What is on record of the output of an instrument."""

from __future__ import annotations

from evalkit.judgement.fact import Fact, Words
from evalkit.judgement.known import Known
from evalkit.judgement.sentence import quoted, wording
from evalkit.model.chain import ChainNode
from evalkit.model.stage import Stage


def outputs_counted(known: Known) -> Fact:
    """Tell whether of every output it is known how much there was."""
    return Fact(not _uncounted(known))


def _uncounted(known: Known) -> list[str]:
    return [node.text for _, node in known.measured(Stage.OUTPUT) if not delivered(node)]


def output_aimed(known: Known) -> Fact:
    """Tell whether output has a target, with what keeps it from being compared."""
    aimed = [node for _, node in known.measured(Stage.OUTPUT) if node.target is not None]
    apart = any(not node.comparable for node in aimed)

    def words() -> Words:
        name = "no_yardstick" if not aimed else "apart" if apart else "no_actual"
        return {"output_gap": wording("output", name)}

    return Fact(bool(aimed), words=words)


def outputs_named(known: Known) -> Fact:
    """Tell whether the chain says what the activities should deliver."""
    uncounted = _uncounted(known)

    def words() -> Words:
        return {"outputs": quoted(uncounted, 2) if uncounted else wording("chain", "no_output")}

    return Fact(bool(known.instrument.output), words=words)


def delivered(node: ChainNode) -> bool:
    """Tell whether something was counted after the start: a plan or a baseline is no result."""
    return node.actual is not None or bool(node.per_year) or node.total is not None
