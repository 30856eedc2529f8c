"""How robust a level is: which single thing, if doubted, would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    return Robustness(doubts=doubts, tried=len(tried), text=_summed(tried, doubts, ruling))


def _summed(tried: Sequence[str], doubts: Sequence[Doubt], ruling: Ruling) -> Sentence:
    """Say how much hangs on a single thing: the level and the direction apart."""
    levels = {doubt.evidence for doubt in doubts if doubt.level != ruling.level}
    turns = {d.evidence for d in doubts if _turned(d.direction, d.status, ruling)}
    things = _things(tried, ruling)
    slots = {
        "tried": count(len(tried)),
        "things": wording("doubt", things),
        "thing": wording("doubt", f"sole_{things}") if len(tried) == 1 else same(""),
        "levels": _so_many(len(levels), len(tried)),
        "turns": _so_many(len(turns), len(tried)),
        "taken": _taken(len(levels or turns), len(tried)),
    }
    name = _sentence(len(tried), levels, turns)
    if name.endswith("firm") and _described_only(ruling):
        name = f"{name}_described"
    return fill(wording("doubt", name), slots)


def _described_only(ruling: Ruling) -> bool:
    """Whether no evidence carries the level, so that leaving some out could not lower it."""
    if any(ruling.reading.known.carriers.values()):
        return False  # links are underpinned, and that may carry the level
    return not any(answer.evidence for base, answer in ruling.bases if base.level <= ruling.level)


def _sentence(tried: int, levels: set[str], turns: set[str]) -> str:
    if not tried:
        return "nothing"
    if not levels and not turns:
        name = "firm"
    elif levels == turns:
        name = "same"
    else:
        name = "levels" if not turns else "turns" if not levels else "apart_both"
    return name if tried > 1 else f"sole_{name}"


def _so_many(number: int, tried: int) -> Sentence:
    if number == tried:
        return wording("doubt", "each")
    if number == 1:
        return wording("doubt", "one")
    return count(number)


def _taken(number: int, tried: int) -> Sentence:
    """Say that several things were doubted one at a time; of each and of one it is plain."""
    return wording("doubt", "taken") if 1 < number < tried else same("")


def _things(tried: Sequence[str], ruling: Ruling) -> str:
    """Name what was doubted: studies, figures that were measured, and sources of links."""
    studies = ruling.reading.known.instrument.evidence
    sorts = {
        "sources" if key.startswith(_SOURCE) else "evidence" if key in studies else "figures"
        for key in tried
    }
    return (
        "_".join(sort for sort in ("evidence", "figures", "sources") if sort in sorts) or "evidence"
    )


def _turned(direction: Direction, status: str, ruling: Ruling) -> bool:
    return (direction, status) != (ruling.direction, _status(ruling))


def _status(ruling: Ruling) -> str:
    """The reason why the outcome cannot be told yet: two reasons may have one label."""
    return "" if ruling.status is None else ruling.status[0].id


def _doubtable(reading: Reading) -> Iterator[str]:
    yield from (key for key, piece in reading.pieces.items() if _speaks(piece))
    named = {key for found in reading.known.carriers.values() for key in found}
    yield from sorted(key for key in named if key.startswith(_SOURCE))


def _speaks(piece: Piece) -> bool:
    """Whether anything could rest on it; on a document that was only consulted nothing does."""
    consulted = piece.design == "description" and piece.finds == "unknown"
    return not consulted or piece.execution is not None


def _doubt(key: str, ruling: Ruling) -> Doubt | None:
    other = Ruling(ruling.reading.without(key))
    if _place(other) == _place(ruling):
        return None
    return Doubt(
        evidence=key,
        level=other.level,
        direction=other.direction,
        status=_status(other),
        text=_told(key, ruling, other),
    )


def _place(ruling: Ruling) -> tuple[int, Direction, str]:
    return ruling.level, ruling.direction, _status(ruling)


def _told(key: str, ruling: Ruling, other: Ruling) -> Sentence:
    turned = _turned(other.direction, _status(other), ruling)
    moved = other.level != ruling.level
    name = "both" if turned and moved else "level" if moved else "direction"
    what = _named(key, ruling.reading)
    slots = {"what": what, "level": same(str(other.level)), "would": _would(other)}
    told = fill(wording("doubt", name), slots)
    if ruling.status is None or other.status is not None:
        return told
    then = fill(wording("doubt", name), {**slots, "what": _that(key, ruling.reading)})
    return fill(wording("doubt", "held"), {"what": what, "then": then})


def _would(other: Ruling) -> Sentence:
    if other.status is None:
        return wording("would", other.direction)
    return put(wording("would", "status"), {"label": other.status[0].label})


def _named(key: str, reading: Reading) -> Sentence:
    """Name what is doubted so that a reader can find it: what sort of thing, and by whom."""
    if key.startswith(_SOURCE):
        return put(wording("doubt", "source"), {"source": same(_cited(key, reading))})
    piece = reading.pieces[key]
    slots = {
        "design": _design(piece, reading),
        "source": same("; ".join(piece.cited)),
        "text": same(_text(piece, reading)),
    }
    twins = slots["text"]["nl"] and _twins(piece, reading)
    return put(wording("doubt", "apart" if twins else "piece"), slots)


def _cited(key: str, reading: Reading) -> str:
    return cited_key(key.removeprefix(_SOURCE), reading.known.case)


def _design(piece: Piece, reading: Reading) -> Sentence:
    stage, _, node = piece.id.partition(".")
    if not node:
        return wording("design", piece.design)
    text = getattr(reading.known.instrument, stage)[node].text
    return put(wording("doubt", "indicator"), {"text": same(text)})


def _that(key: str, reading: Reading) -> Sentence:
    """Point back at what was just named: that description, that study."""
    if key.startswith(_SOURCE) or "." in key:
        return wording("doubt", "that")
    return wording("that", reading.pieces[key].design)


def _text(piece: Piece, reading: Reading) -> str:
    """What a study found, in a clause; it tells apart two of one design from one source."""
    study = reading.known.instrument.evidence.get(piece.id)
    return "" if study is None else study.text


def _twins(piece: Piece, reading: Reading) -> bool:
    alike = [
        one
        for one in reading.pieces.values()
        if (one.design, one.cited) == (piece.design, piece.cited) and "." not in one.id
    ]
    return len(alike) > 1
