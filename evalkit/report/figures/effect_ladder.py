"""The effectladder of a case: every instrument on its rung."""

from __future__ import annotations

from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.badge import Direction
from evalkit.report.figures.ladder import Chip, Rung, ladder


def effect_ladder(edition: Edition) -> Drawing:
    """Draw the ladder; rungs without an instrument are drawn too."""
    scores, lang = edition.evaluation.scores, edition.lang
    rungs = []
    for rung in edition.ladder.rungs:
        chips = tuple(
            Chip(edition.case.instruments[verdict.id].label, verdict.direction)
            for verdict in scores.instruments
            if verdict.level == rung.level
        )
        rungs.append(Rung(rung.level, rung.label[lang], rung.recognition[lang], chips))
    words: dict[Direction, str] = {
        key: edition.label(f"direction.{key}")
        for key in ("positive", "negative", "mixed", "none", "unknown")
    }
    counts = ", ".join(f"{len(rung.chips)} × {rung.level}" for rung in rungs if rung.chips)
    return ladder(
        rungs,
        alt=edition.label("ladder.alt").format(title=edition.ladder.title[lang], counts=counts),
        empty=edition.label("ladder.empty"),
        directions=words,
        heads=tuple(edition.label(f"ladder.{key}") for key in ("rung", "name", "who", "direction")),
    )
