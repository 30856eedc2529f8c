"""Facts of the question, the policy theory and the problem."""

from __future__ import annotations

from evalkit.judgement.compliance.fact import Fact, Setting, fact
from evalkit.judgement.compliance.words import counted, names, share, together, word
from evalkit.judgement.sentence import Sentence, quoted
from evalkit.language.numbers import LANGUAGES
from evalkit.model.chain import ChainNode
from evalkit.model.record import walk

_THEORY = ("theory.yaml",)


def period(setting: Setting) -> Fact:
    """Tell whether the period under review has a beginning and an end."""
    found = setting.case.period
    closed = found.first_year is not None and found.last_year is not None
    words: Sentence = {lang: found.prose(lang) for lang in LANGUAGES}
    text = word("fact", "period" if closed else "period_open", period=words)
    return fact("period", closed, text, files=["case.yaml"])


def question(setting: Setting) -> Fact:
    """Tell whether the question is on record."""
    found = bool(setting.case.theory.question)
    text = word("fact", "question" if found else "question_lacks")
    return fact("question", found, text, files=_THEORY)


def mechanisms(setting: Setting) -> Fact:
    """Tell whether every link of the policy theory says why it should work."""
    arrows = setting.case.theory.arrows
    if not arrows:
        return fact("mechanisms", False, word("fact", "no_links"), files=_THEORY)
    nodes = setting.case.theory.node
    silent = [
        f"‘{nodes(a.start).text} → {nodes(a.end).text}’" for a in arrows if not a.link.because
    ]
    said = len(arrows) - len(silent)
    lacks = "mechanisms_lacks_one" if len(silent) == 1 else "mechanisms_lacks"
    text = together(
        word("fact", "mechanisms", share=share("links", said, len(arrows))),
        word("fact", lacks, names=names(silent)) if silent and said else None,
    )
    return fact("mechanisms", not silent, text, at=setting.shown("figure theory"), files=_THEORY)


def risks(setting: Setting) -> Fact:
    """Tell whether the policy theory names assumptions or risks anywhere."""
    arrows = setting.case.theory.arrows
    if not arrows:
        return fact("risks", False, word("fact", "no_links"), files=_THEORY)
    named = sum(bool(arrow.link.assumes or arrow.link.risks) for arrow in arrows)
    text = word("fact", "risks", share=share("links", named, len(arrows)))
    return fact("risks", named > 0, text, files=_THEORY)


def external(setting: Setting) -> Fact:
    """Tell whether influences from outside the policy are named."""
    found = len(setting.case.theory.external)
    if not found:
        return fact("external", False, word("fact", "external_lacks"), files=_THEORY)
    text = word("fact", "external", influences=counted("influence", found))
    return fact("external", True, text, files=_THEORY)


def goals(setting: Setting) -> Fact:
    """Tell whether the policy has goals."""
    found = setting.case.theory.goals
    if not found:
        return fact("goals", False, word("fact", "goals_lacks"), files=_THEORY)
    named = quoted([one.name for one in found.values()], len(found))
    text = word("fact", "goals", goals=counted("goal", len(found)), names=named)
    return fact("goals", True, text, at=setting.shown("figure matrix"), files=_THEORY)


def problem(setting: Setting) -> Fact:
    """Tell whether the problem itself is measured more than once, with a source."""
    found = sum(bool(i.before_and_after and i.source) for i in setting.case.indicators.values())
    if not found:
        return fact("problem", False, word("fact", "problem_lacks"), files=["case.yaml"])
    text = word("fact", "problem", indicators=counted("indicator", found))
    return fact("problem", True, text, files=["case.yaml"])


def no_policy(setting: Setting) -> Fact:
    """Tell whether it is on record what would happen without the policy."""
    case = setting.case
    places = {
        "case.yaml": list(case.indicators.values()),
        "theory.yaml": [part for _, part in walk(case.theory) if isinstance(part, ChainNode)],
    }
    for key, instrument in case.instruments.items():
        nodes = [part for _, part in walk(instrument) if isinstance(part, ChainNode)]
        places[f"instruments/{key}.yaml"] = nodes
    found = {
        file: sum(node.no_policy is not None for node in nodes) for file, nodes in places.items()
    }
    total = sum(found.values())
    if not total:
        return fact("no_policy", False, word("fact", "no_policy_lacks"))
    text = word("fact", "no_policy", indicators=counted("situation", total))
    return fact("no_policy", True, text, files=[file for file, n in found.items() if n])
