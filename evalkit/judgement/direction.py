"""The direction of an effect, apart from how sure it is, and what people noticed."""

from __future__ import annotations

from evalkit.judgement.ladder import Experience, Tier
from evalkit.judgement.piece import Piece
from evalkit.judgement.reason import Reason
from evalkit.judgement.rules import Answer, Reading, combine
from evalkit.judgement.sentence import wording
from evalkit.judgement.telling import reason
from evalkit.model.evidence import Direction
from evalkit.model.stage import Stage


def settle(reading: Reading) -> tuple[Direction, list[Reason]]:
    """Let the strongest kind of evidence that says something decide, and say which it was.

    A sound study that finds nothing is not outvoted by people who were content.
    """
    direction, tier, found = strongest(reading)
    if tier is None:
        return "unknown", []
    answer = Answer(True, frozenset(piece.id for piece in found))
    words = {name: wording(name, direction) for name in ("direction", "found", "picture")}
    return direction, [reason(reading, "direction", tier.text, answer, words)]


def strongest(reading: Reading) -> tuple[Direction, Tier | None, list[Piece]]:
    """Find the direction, the kind of evidence that tells it, and the evidence."""
    for tier in reading.ladder.direction:
        found = _saying(reading, tier.evidence)
        direction = combine(piece.finds for piece in found)
        if direction != "unknown":
            return direction, tier, found
    return "unknown", None, []


def experience(reading: Reading) -> tuple[Direction, list[Reason]]:
    """Tell what people noticed of the instrument; this moves neither level nor direction."""
    return _noted(reading, reading.ladder.experience, "experience")


def concluded(reading: Reading) -> tuple[Direction, list[Reason]]:
    """Tell what independent authors conclude without its being on record how they found out."""
    return _noted(reading, reading.ladder.concluded, "concluded")


def _noted(reading: Reading, told: Experience | None, rule: str) -> tuple[Direction, list[Reason]]:
    if told is None:
        return "unknown", []
    found = _saying(reading, told.evidence)
    noticed = combine(piece.finds for piece in found)
    if noticed not in told.text:
        return noticed, []
    answer = Answer(True, frozenset(piece.id for piece in found))
    reach = "outcome" if any(Stage.OUTCOME in piece.about for piece in found) else "intermediate"
    words = {name: wording(name, reach) for name in ("results", "intended")}
    return noticed, [reason(reading, rule, told.text[noticed], answer, words)]


def _saying(reading: Reading, kind: str) -> list[Piece]:
    return [piece for piece in reading[reading.of(kind)] if piece.finds != "unknown"]
