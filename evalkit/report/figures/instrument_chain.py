"""The chain of one instrument, a box a stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import combinations

from evalkit.judgement.facts import supported
from evalkit.model.chain import Arrow, ChainNode, Link
from evalkit.model.instrument import Instrument
from evalkit.model.stage import FIVE_STAGES, Stage
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.arrow import Strength
from evalkit.report.figures.chain import chain
from evalkit.report.figures.chain_arrows import ChainLink
from evalkit.report.figures.chain_box import ChainBox, Tone
from evalkit.report.figures.chain_path import shown
from evalkit.report.figures.chain_told import ELSEWHERE, alternative, rows
from evalkit.report.figures.chain_value import Shown, counted, estimated

_COMPARED = {"comparison group", "did", "rdd", "iv", "rct", "synthetic control"}
_OUTCOMES = (Stage.INTERMEDIATE, Stage.OUTCOME)
_WEAKEST_FIRST: tuple[Strength, ...] = ("assumed", "supported", "compared")


def instrument_chain(instrument: Instrument, edition: Edition) -> Drawing:
    """Draw a node of each of the five stages, and what the links between the stages rest on.

    The nodes are chosen so that they are linked where they can be. What links the other nodes of
    two stages is drawn as well, with a mark.
    """
    own, effects = _own(instrument, edition), _effects(instrument, edition)
    numbers = {**effects, **own}
    may = [_may_stand(instrument, stage, own, effects) for stage in FIVE_STAGES]
    pairs = {(start, end) for start, end, _ in instrument.arrows}
    keys = shown([{key: key in numbers for key in stage} for stage in may], pairs)
    boxes = [
        _box(stage, instrument.at(stage).get(key or ""), numbers.get(key or ""), edition)
        for stage, key in zip(FIVE_STAGES, keys, strict=True)
    ]
    links = _links(instrument, keys, edition)
    found = {at for at, key in enumerate(keys) if key in effects and key not in own}
    for link in links:
        if link.end in found and link.strength == "compared":
            boxes[link.end] = replace(boxes[link.end], tone="strong")
    apart = any(link.words.endswith(ELSEWHERE) for link in links)
    return chain(
        boxes,
        links,
        alt=alternative(instrument, boxes, links, edition),
        note=f"{ELSEWHERE} {edition.label('chain.elsewhere')}" if apart else "",
        data=rows(boxes, links, edition),
        language=edition.lang,
    )


def _own(instrument: Instrument, edition: Edition) -> dict[str, Shown]:
    """Find the nodes that have a number of their own."""
    nodes = {key: node for stage in FIVE_STAGES for key, node in instrument.at(stage).items()}
    found = {key: counted(node, edition.lang) for key, node in nodes.items()}
    return {key: number for key, number in found.items() if number is not None}


def _effects(instrument: Instrument, edition: Edition) -> dict[str, Shown]:
    """Find the nodes that an analysis found an effect on; it may name no more than the stage."""
    found: dict[str, Shown] = {}
    for key, finding in edition.evaluation.findings.items():
        analysis = edition.case.analyses[key]
        goal = analysis.goal
        if goal is not None and edition.case.instruments.get(goal[0]) is instrument:
            node = instrument.at(goal[1]).get(goal[2])
            name = analysis.title if node is None else node.text
            effect = estimated(name, finding, analysis, edition.lang)
            found.setdefault(goal[2] or _whole(goal[1]), effect)
    return found


def _may_stand(
    instrument: Instrument, stage: Stage, own: Container[str], effects: Container[str]
) -> list[str]:
    """Find the nodes that may stand for a stage: its headline, or else all that are its own.

    Where none of these has a number, an effect that was found stands for the stage.
    """
    nodes = instrument.at(stage)
    headlines = [key for key, node in nodes.items() if node.headline]
    here = [key for key, node in nodes.items() if node.instrument is None]
    found = headlines or here or list(nodes)
    if any(key in own for key in found):
        return found
    return [key for key in (*nodes, _whole(stage)) if key in effects] or found


def _whole(stage: Stage) -> str:
    """Stand for a stage as a whole; no node can be called so."""
    return f".{stage}"


def _box(stage: Stage, node: ChainNode | None, number: Shown | None, edition: Edition) -> ChainBox:
    head = edition.label(f"stage.{stage}")
    if number is not None:
        return ChainBox(head, number.value, number.unit, number.words)
    if node is None:
        return ChainBox(head, words=edition.label("chain.nothing"), tone="unknown")
    tone: Tone = "unknown" if stage in _OUTCOMES else "plain"
    return ChainBox(head, words=node.text, tone=tone)


def _links(instrument: Instrument, keys: Sequence[str | None], edition: Edition) -> list[ChainLink]:
    """Tell per pair of stages that the chain links what its links rest on."""
    stages = instrument.stages
    found: list[ChainLink] = []
    for (start, one), (end, other) in combinations(enumerate(FIVE_STAGES), 2):
        arrows = [
            arrow
            for arrow in instrument.arrows
            if stages.get(arrow.start) is one and stages.get(arrow.end) is other
        ]
        if arrows:
            here = [
                arrow for arrow in arrows if (arrow.start, arrow.end) == (keys[start], keys[end])
            ]
            found.append(_link(start, end, here, arrows, instrument, edition))
    return found


def _link(
    start: int,
    end: int,
    here: Sequence[Arrow],
    arrows: Sequence[Arrow],
    instrument: Instrument,
    edition: Edition,
) -> ChainLink:
    """Draw what holds between the nodes shown, and count what rests on something else.

    A link with several starts counts once, as it does in the verdict.
    """
    kinds = {id(arrow.link): _strength(arrow.link, instrument, edition) for arrow in arrows}
    drawn = {kinds[id(arrow.link)] for arrow in here or arrows}
    strength = next(kind for kind in _WEAKEST_FIRST if kind in drawn)
    count = Counter(kinds.values())
    said = edition.label("chain.of")
    more = tuple(
        said.format(n=count[kind], total=len(kinds), strength=edition.label(f"theory.{kind}"))
        for kind in _WEAKEST_FIRST
        if count[kind] and kind != strength
    )
    words = edition.label(f"theory.{strength}") + ("" if here else ELSEWHERE)
    return ChainLink(start, end, strength, words, more)


def _strength(link: Link, instrument: Instrument, edition: Edition) -> Strength:
    """What a link rests on: a comparison, independent support, or an assumption.

    The test of support is the one that the verdict applies, so that figure and verdict agree.
    """
    # A link may name an analysis that gave no evidence.
    evidence = [found for key in link.evidence if (found := instrument.evidence.get(key))]
    if any(piece.design in _COMPARED for piece in evidence):
        return "compared"
    return "supported" if supported(link, instrument, edition.case) else "assumed"
