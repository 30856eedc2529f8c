"""Facts of the evidence, the judgement and the recommendations."""

from __future__ import annotations

from evalkit.judgement.compliance.fact import Fact, Setting, fact
from evalkit.judgement.compliance.instrument_facts import per_instrument
from evalkit.judgement.compliance.words import counted, names, share, together, word
from evalkit.judgement.design import MEASURING
from evalkit.judgement.facts import outcome_measured
from evalkit.judgement.known import OUTCOMES, Known
from evalkit.judgement.outputs import delivered
from evalkit.judgement.sentence import count
from evalkit.model.chain import ChainNode
from evalkit.model.evidence import Design, Evidence
from evalkit.model.instrument import Instrument
from evalkit.model.record import walk

# A plan or a line of argument says what should happen; it does not look at what did. A description
# that finds something did look.
_NO_STUDY: frozenset[Design] = frozenset({"description", "theory"})
_COMPARED = MEASURING - {"monitoring", "survey"}


def evidence(setting: Setting) -> Fact:
    """Tell whether any evidence is on record; each piece names its source."""
    found = setting.case.instruments
    pieces = [piece for instrument in found.values() for piece in instrument.evidence.values()]
    if not pieces:
        return fact("evidence", False, word("fact", "evidence_lacks"))
    sources = {citation.source for piece in pieces for citation in piece.source}
    text = word(
        "fact", "evidence_one" if len(pieces) == 1 else "evidence",
        pieces=counted("piece", len(pieces)), sources=counted("source", len(sources)),
    )  # fmt: skip
    bare = sum(_consulted(piece) for piece in pieces)
    if bare and bare < len(pieces):
        text = together(text, word("fact", "evidence_consulted", n=count(bare)))
    files = [f"instruments/{key}.yaml" for key, one in found.items() if one.evidence]
    return fact("evidence", True, text, at=setting.shown("sources", "workings"), files=files)


def studied(setting: Setting) -> Fact:
    """Tell whether the consequences of every instrument were studied in some way."""
    return per_instrument(
        setting, "studied",
        lambda _, one: _measured(one, setting) or _studied(one), at=setting.shown("workings"),
    )  # fmt: skip


def judged(setting: Setting) -> Fact:
    """Tell whether effectiveness is judged for every instrument, with reasons."""
    reasoned = {verdict.id for verdict in setting.scores.instruments if verdict.reasons}
    return per_instrument(
        setting, "judged", lambda key, _: key in reasoned,
        at=setting.shown("verdicts", "figure ladder", "table scores"), ladder=setting.scores.title,
    )  # fmt: skip


def efficiency(setting: Setting) -> Fact:
    """Tell whether there is evidence on the efficiency of every instrument.

    Evidence is no judgement yet: the writer says where the report gives that.
    """
    return per_instrument(
        setting, "efficiency",
        lambda _, one: any(_on_efficiency(piece) for piece in one.evidence.values()),
    )  # fmt: skip


def comparison(setting: Setting) -> Fact:
    """Tell whether every instrument has something to compare its results with."""
    return per_instrument(
        setting, "comparison", lambda _, one: _compared(one), at=setting.shown("workings")
    )


def measured(setting: Setting) -> Fact:
    """Tell whether an outcome of every instrument is on record in figures, or was compared."""
    at = setting.shown("instruments")
    return per_instrument(setting, "measured", lambda _, one: _valued(one, setting), at=at)


def recommendations(setting: Setting) -> Fact:
    """Tell whether the report makes recommendations."""
    found = len(setting.case.recommendations)
    if not found:
        lacks = word("fact", "recommendations_lacks")
        return fact("recommendations", False, lacks, files=["case.yaml"])
    text = word("fact", "recommendations", recommendations=counted("recommendation", found))
    at = setting.shown("recommendations")
    return fact("recommendations", True, text, at=at, files=["case.yaml"])


def founded(setting: Setting) -> Fact:
    """Tell whether every recommendation names the findings that carry it."""
    found = setting.case.recommendations
    if not found:
        lacks = word("fact", "recommendations_lacks")
        return fact("founded", False, lacks, files=["case.yaml"])
    loose = [f"‘{one.title}’" for one in found.values() if not one.because]
    tied = len(found) - len(loose)
    text = together(
        word("fact", "founded", share=share("recommendations", tied, len(found))),
        word("fact", "founded_lacks", names=names(loose)) if loose and tied else None,
    )
    at = setting.shown("recommendations")
    return fact("founded", not loose, text, at=at, files=["case.yaml"])


def _measured(instrument: Instrument, setting: Setting) -> bool:
    """Whether an outcome was measured; what was measured was also studied."""
    return outcome_measured(Known(instrument, setting.case)).holds


def _valued(instrument: Instrument, setting: Setting) -> bool:
    """Whether a value of an outcome is known, or a study says which way it went.

    That there is a monitor or a survey says nothing of what it measured.
    """
    nodes = Known(instrument, setting.case).measured(*OUTCOMES)
    return any(delivered(node) for _, node in nodes) or any(
        piece.design in _COMPARED and piece.finds != "unknown" and set(piece.about) & set(OUTCOMES)
        for piece in instrument.evidence.values()
    )


def _studied(instrument: Instrument) -> bool:
    return any(
        _looked(piece) and set(piece.about) & set(OUTCOMES)
        for piece in instrument.evidence.values()
    )


def _consulted(piece: Evidence) -> bool:
    """Whether a document is on record and nothing that it says."""
    return piece.design == "description" and piece.finds == "unknown" and piece.execution is None


def _on_efficiency(piece: Evidence) -> bool:
    """Whether it finds something of the efficiency; that it is too early to tell is no finding."""
    too_early = piece.execution in ("planned", "too early")
    return "efficiency" in piece.criterion and piece.finds != "unknown" and not too_early


def _looked(piece: Evidence) -> bool:
    """Whether it looked at what happened, and does not only say what should."""
    found = piece.design == "description" and piece.finds != "unknown"
    return found or piece.design not in _NO_STUDY


def _compared(instrument: Instrument) -> bool:
    pieces = instrument.evidence.values()
    nodes = (part for _, part in walk(instrument) if isinstance(part, ChainNode))
    return any(piece.comparison or piece.before for piece in pieces) or any(
        node.baseline is not None for node in nodes
    )
