"""From a case and its scores to its compliance with every regime that it names."""

from __future__ import annotations

from evalkit.errors import EvalkitError
from evalkit.judgement.compliance.answer import answer
from evalkit.judgement.compliance.compliance import Compliance
from evalkit.judgement.compliance.fact import Setting
from evalkit.judgement.compliance.facts import FACTS
from evalkit.judgement.compliance.profile import load_regime
from evalkit.judgement.compliance.regime import Regime
from evalkit.judgement.scores import Scores
from evalkit.language.suggest import did_you_mean
from evalkit.model.case import Case
from evalkit.model.compliance import Statement

_SHARED = {"title", "caption", "publisher", "edition", "published", "note"}


def comply(case: Case, scores: Scores) -> dict[str, Compliance]:
    """Hold a case against every regime that its compliance.yaml names, in that order.

    Raises
    ------
    EvalkitError
        The case names a regime or a requirement that is not there.
    """
    setting = Setting(case, scores)
    return {name: comply_with(load_regime(name), setting) for name in case.compliance}


def comply_with(regime: Regime, setting: Setting) -> Compliance:
    """Hold a case against one regime.

    Raises
    ------
    EvalkitError
        The case speaks of a requirement that the regime does not have.
    """
    case = setting.case
    said = case.compliance.get(regime.name, {})
    _known(said, regime)
    names = {name for requirement in regime.requirements for name in requirement.facts}
    facts = {name: FACTS[name](setting) for name in names}
    titles = {label.id: label.title for label in reversed(setting.labels)}
    answers = tuple(
        answer(
            requirement,
            said.get(requirement.id, Statement()),
            tuple(facts[name] for name in requirement.facts),
            titles,
        )
        for requirement in regime.requirements
    )
    return Compliance(
        regime=regime.name,
        **regime.model_dump(include=_SHARED),
        language=case.language,
        answers=answers,
    )


def _known(said: dict[str, Statement], regime: Regime) -> None:
    known = [requirement.id for requirement in regime.requirements]
    for key in said:
        if key not in known:
            what = f"the regime '{regime.name}' has no requirement '{key}'"
            raise EvalkitError(what, hint=did_you_mean(key, known))
