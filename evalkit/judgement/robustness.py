"""How robust a level is: which single thing, if doubted, would change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalkit.judgement.piece import Piece, cited_key
from evalkit.judgement.rules import Reading
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.sentence import Sentence, count, fill, put, same, wording
from evalkit.language.numbers import Language
from evalkit.model.evidence import Direction
from evalkit.model.record import Record

_SOURCE = "source:"


class Doubt(Record):
    """What would change if one piece of evidence were not there.

    Attributes
    ----------
    evidence
        Id of the evidence or indicator; ``source:handboek`` for a source that underpins links.
    level, direction, status
        What they would be without it.
    """

    evidence: str
    level: int
    direction: Direction
    status: str = ""
    text: dict[Language, str]

    def prose(self, lang: Language = "nl") -> str:
        """Print the sentence."""
        return self.text[lang]


class Robustness(Record):
    """Which single pieces of evidence decide the level or the direction.

    Attributes
    ----------
    doubts
        A sentence for each of them, in the order of their ids.
    tried
        How many pieces and underpinning sources were doubted, one at a time.
    text
        How much hangs on a single piece, in a sentence.
    """

    doubts: tuple[Doubt, ...] = ()
    tried: int = 0
    text: dict[Language, str] = {}

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Everything that there is to say."""
        return (self.text, *(doubt.text for doubt in self.doubts)) if self.text else ()

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it as ``score --json`` does."""
        return {
            "text": self.text.get(lang, ""),
            "tried": self.tried,
            "doubts": [
                {**doubt.model_dump(exclude={"text"}), "text": doubt.prose(lang)}
                for doubt in self.doubts
            ],
        }


def robustness(ruling: Ruling) -> Robustness:
    """Doubt each piece of evidence and each underpinning source in turn."""
    tried = list(_doubtable(ruling.reading))
    doubts = tuple(doubt for key in tried if (doubt := _doubt(key, ruling)) is not None)
    sources = any(key.startswith(_SOURCE) for key in tried)
    slots = {
        "tried": count(len(tried)),
        "n": count(len(doubts)),
        "things": wording("doubt", "sources" if sources else "evidence"),
    }
    text = fill(wording("doubt", _sentence(len(tried), len(doubts))), slots)
    return Robustness(doubts=doubts, tried=len(tried), text=text)


def _sentence(tried: int, deciding: int) -> str:
    match tried, deciding:
        case 0, _:
            return "nothing"
        case 1, _:
            return "sole" if deciding else "sole_firm"
        case _, 0:
            return "firm"
        case _, 1:
            return "one"
        case _:
            return "all" if deciding == tried else "hangs"


def _doubtable(reading: Reading) -> Iterator[str]:
    yield from reading.pieces
    named = {key for found in reading.known.carriers.values() for key in found}
    yield from sorted(key for key in named if key.startswith(_SOURCE))


def _doubt(key: str, ruling: Ruling) -> Doubt | None:
    other = Ruling(ruling.reading.without(key))
    if _place(other) == _place(ruling):
        return None
    status = "" if other.status is None else other.status[0].id
    return Doubt(
        evidence=key,
        level=other.level,
        direction=other.direction,
        status=status,
        text=_told(key, ruling, other),
    )


def _place(ruling: Ruling) -> tuple[int, Direction, bool]:
    return ruling.level, ruling.direction, ruling.status is None


def _told(key: str, ruling: Ruling, other: Ruling) -> Sentence:
    turned = _place(other)[1:] != _place(ruling)[1:]
    moved = other.level != ruling.level
    name = "both" if turned and moved else "level" if moved else "direction"
    status = None if other.status is None else other.status[0]
    direction = wording("direction", other.direction) if status is None else status.label
    slots = {
        "what": _named(key, ruling.reading),
        "level": same(str(other.level)),
        "direction": direction,
    }
    return fill(wording("doubt", name), slots)


def _named(key: str, reading: Reading) -> Sentence:
    """Name what is doubted so that a reader can find it: what sort of thing, and by whom."""
    if key.startswith(_SOURCE):
        return put(wording("doubt", "source"), {"source": same(_cited(key, reading))})
    piece = reading.pieces[key]
    slots = {"design": _design(piece, reading), "source": same("; ".join(piece.cited))}
    return put(wording("doubt", "piece"), slots)


def _cited(key: str, reading: Reading) -> str:
    return cited_key(key.removeprefix(_SOURCE), reading.known.case)


def _design(piece: Piece, reading: Reading) -> Sentence:
    stage, _, node = piece.id.partition(".")
    if not node:
        named = wording("design", piece.design)
        twins = [
            one
            for one in reading.pieces.values()
            if (one.design, one.cited) == (piece.design, piece.cited) and "." not in one.id
        ]
        slots = {"design": named, "id": same(piece.id)}
        return put(wording("doubt", "apart"), slots) if len(twins) > 1 else named
    text = getattr(reading.known.instrument, stage)[node].text
    return put(wording("doubt", "indicator"), {"text": same(text)})
