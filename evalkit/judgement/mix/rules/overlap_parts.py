"""Parts of an umbrella that serve the same goals as the umbrella."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.words import names, quoted, say
from evalkit.judgement.umbrella import umbrellas


def overlap_parts(mix: Reading) -> Iterator[MixFinding]:
    """Find parts that are not counted apart, umbrella by umbrella."""
    held: dict[str, dict[str, list[str]]] = {}
    for row in mix.coverage.rows:
        serving = {*row.main, *row.side}
        for key in row.nested:
            above = next(name for name in umbrellas(key, mix.case) if name in serving)
            held.setdefault(above, {}).setdefault(key, []).append(row.goal)
    for umbrella, parts in held.items():
        shared = {goal for goals in parts.values() for goal in goals}
        labels = [row.name for row in mix.coverage.rows if row.goal in shared]
        text = say(
            "overlap", "parts_one" if len(parts) == 1 else "parts_many",
            parts=names(mix.labels(parts)), umbrella=mix.label(umbrella), goals=quoted(labels),
        )  # fmt: skip
        facts = mix.facts(
            *(("instruments", key, "part_of") for key in parts),
            *(("instruments", key, "goals", g) for key in parts for g in parts[key]),
            *(("instruments", umbrella, "goals", goal) for goal in sorted(shared)),
        )
        numbers = {"parts": len(parts), "goals": len(shared)}
        yield found("overlap_parts", "overlap", text, about=umbrella, numbers=numbers, facts=facts)
