"""Instruments of which no budget per unit can be computed, with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.words import names, say, sentences


def cost_open(mix: Reading) -> Iterator[MixFinding]:
    """Say of which instruments budget and results could not be set against each other."""
    done = {row.instrument for row in mix.costs if row.average is not None}
    by_key: dict[str, set[str]] = {}
    for row in mix.costs:
        if row.instrument not in done:
            by_key.setdefault(row.instrument, set()).add(row.reason)
    poor = [key for key, reasons in by_key.items() if "no budget" in reasons]
    apart = [key for key in by_key if key not in poor]
    uncounted = {row.instrument: row.state for row in mix.spend if row.instrument not in done}
    uncounted = {key: state for key, state in uncounted.items() if key not in by_key}
    silent = [key for key, state in uncounted.items() if state not in ("none", "pm")]
    if apart:  # else the sentence is of those with counts only
        poor += [key for key, state in uncounted.items() if state == "none"]
    if not (poor or apart or silent) or all(row.state == "none" for row in mix.spend):
        return  # that there is no budget at all, the rules on money say
    lack = "no_budget" if apart else "unmatched_budget"
    text = sentences(
        say("cost", "unmatched", names=names(mix.labels(apart))) if apart else None,
        say("cost", lack, names=names(mix.labels(poor))) if poor else None,
        say("cost", "no_counts", names=names(mix.labels(silent))) if silent else None,
    )
    yield found(
        "cost_open", "cost", text,
        numbers={"unmatched": len(apart), "no_budget": len(poor), "no_counts": len(silent)},
        facts=mix.facts(
            *(("instruments", key, "input", "budget") for key in (*apart, *silent)),
            *(row.loc for row in mix.costs if row.instrument in (*apart, *poor)),
        ),
    )  # fmt: skip
