"""The chain of one instrument, a box a stage."""

from __future__ import annotations

from itertools import pairwise

from evalkit.judgement.facts import supported
from evalkit.language.estimate import decimals, plain
from evalkit.model.chain import ChainNode, Link
from evalkit.model.instrument import Instrument
from evalkit.model.quantity import Quantity
from evalkit.model.stage import FIVE_STAGES, Stage
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.chain import ChainBox, ChainLink, Strength, Tone, chain

_COMPARED = {"comparison group", "did", "rdd", "iv", "rct", "synthetic control"}
_OUTCOMES = (Stage.INTERMEDIATE, Stage.OUTCOME)


def instrument_chain(instrument: Instrument, edition: Edition) -> Drawing:
    """Draw the five stages with their first number, and what the steps between rest on."""
    boxes = [_box(instrument, stage, edition) for stage in FIVE_STAGES]
    links = [_step(instrument, *pair, edition) for pair in pairwise(FIVE_STAGES)]
    heads = tuple(edition.label(f"chain.{key}") for key in ("stage", "value", "words", "link"))
    alt = edition.label("chain.alt").format(name=instrument.label)
    return chain(boxes, links, alt=alt, heads=heads, language=edition.lang)


def _box(instrument: Instrument, stage: Stage, edition: Edition) -> ChainBox:
    head = edition.label(f"stage.{stage}")
    nodes = list(instrument.at(stage).values())
    if not nodes:
        return ChainBox(head, words=edition.label("chain.nothing"), tone="unknown")
    nodes = [node for node in nodes if node.headline] or nodes
    counted = [(node, found) for node in nodes if (found := _headline(node)) is not None]
    estimated = _estimated(instrument, stage, edition)
    if not counted and estimated is not None:
        return estimated
    if not counted:
        tone: Tone = "unknown" if stage in _OUTCOMES else "plain"
        return ChainBox(head, words=nodes[0].text, tone=tone)
    node, quantity = counted[0]
    value = _brief(quantity).number(edition.lang) + ("%" if quantity.unit == "procent" else "")
    return ChainBox(head, value=value, words=_words(node, quantity, edition))


def _estimated(instrument: Instrument, stage: Stage, edition: Edition) -> ChainBox | None:
    """The effect that an analysis found on a node of this stage."""
    for key, finding in edition.evaluation.findings.items():
        goal = edition.case.analyses[key].goal
        if goal is None or goal[1] is not stage:
            continue
        if edition.case.instruments.get(goal[0]) is not instrument:
            continue
        shown = finding.percent or finding.average
        value = plain(shown.estimate, decimals(shown.std_error, shown.estimate), edition.lang)
        node = instrument.at(stage).get(goal[2])
        words = edition.label("chain.effect").format(
            name=node.text if node is not None else edition.case.analyses[key].title
        )
        sign = "+" if shown.estimate > 0 else ""
        head = edition.label(f"stage.{stage}")
        unit = "" if finding.percent is not None else edition.case.analyses[key].outcome.unit
        mark = "%" if finding.percent is not None else ""
        words = f"{unit}: {words[:1].lower()}{words[1:]}" if unit else words
        return ChainBox(head, value=f"{sign}{value}{mark}", words=words)
    return None


def _headline(node: ChainNode) -> Quantity | None:
    """The one value that says most: the total, or else what was reached."""
    if node.total is not None:
        return node.total
    if node.actual is not None:
        return node.actual.value
    return node.per_year[max(node.per_year)] if node.per_year else None


def _brief(quantity: Quantity) -> Quantity:
    """Write "ongeveer een kwart" as ~1/4: a box has room for a number."""
    hedge = "~" if quantity.qualifier in {"circa", "about"} else quantity.qualifier
    return quantity.model_copy(update={"words": False, "qualifier": hedge})


def _words(node: ChainNode, quantity: Quantity, edition: Edition) -> str:
    if quantity.is_share or not quantity.unit:
        return node.text
    if quantity.unit != "euro":
        return node.text  # the text says what is counted
    unit = quantity.prose(edition.lang).removeprefix(quantity.number(edition.lang)).strip()
    return f"{unit}: {node.text[:1].lower()}{node.text[1:]}"


def _step(instrument: Instrument, start: Stage, end: Stage, edition: Edition) -> ChainLink:
    stages = instrument.stages
    found = [
        _strength(link, instrument, edition)
        for a, b, link in instrument.arrows
        if stages.get(a) is start and stages.get(b) is end
    ]
    order: tuple[Strength, ...] = ("compared", "supported", "assumed")
    strength: Strength = next((kind for kind in order if kind in found), "assumed")
    return ChainLink(strength, edition.label(f"theory.{strength}"))


def _strength(link: Link, instrument: Instrument, edition: Edition) -> Strength:
    """What a link rests on: a comparison, independent support, or an assumption.

    The test of support is the one that the verdict applies, so that figure and verdict agree.
    """
    # A link may name an analysis that gave no evidence.
    evidence = [found for key in link.evidence if (found := instrument.evidence.get(key))]
    if any(piece.design in _COMPARED for piece in evidence):
        return "compared"
    return "supported" if supported(link, instrument, edition.case) else "assumed"
