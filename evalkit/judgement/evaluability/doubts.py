"""Threats to what a study would conclude: which the ladder has tested, and which it heeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from evalkit.judgement.evaluability.draft import KEY, Draft, Handled
from evalkit.judgement.evaluability.outlook import Doubt
from evalkit.judgement.evaluability.reach import Reach, complete, settled
from evalkit.judgement.evaluability.threat import diagnostics, threat_name, threats_to
from evalkit.judgement.evaluability.words import phrase, say, words
from evalkit.judgement.ladder import Cap
from evalkit.judgement.rules import Answer
from evalkit.judgement.sentence import Sentence, same
from evalkit.judgement.telling import reason
from evalkit.language.numbers import LANGUAGES
from evalkit.model.evidence import Threat


def doubts_of(draft: Draft, reach: Reach) -> list[Doubt]:
    """List the threats to a study: those to be tested in any case first.

    They are asked of the study as an independent party would do it with enough periods, since a
    cap for another reason would hide them. Of a plan that comes to no comparison, those to be
    tested once it does are listed.
    """
    several = True if draft.several is False else draft.several
    asked = replace(draft, author="independent", own_word=False, several=several)
    found = sorted(_each(asked, reach), key=lambda one: one.kind)
    return found or [one for one in _each(complete(draft), reach) if one.kind == "settle"]


def _each(draft: Draft, reach: Reach) -> Iterator[Doubt]:
    handled = settled(draft)
    most = reach.carries(draft)
    for threat in threats_to(draft.left, compared=draft.beside_a_group):
        if not _may_occur(threat, draft):
            continue
        rest = {name: state for name, state in handled.items() if name != threat}
        open_, harmed = rest, {**rest, threat: "not handled"}
        untested = reach.carries(draft, open_) < most
        if not untested and reach.carries(draft, harmed) >= most:
            continue
        rule, step = _rule(draft, reach, open_ if untested else harmed)
        kind: Literal["settle", "watch"] = "settle" if untested else "watch"
        text = say("doubt", kind, threat=threat_name(threat), step=step)
        yield Doubt(
            threat=threat, kind=kind, rule=rule, text=_closed(text), checks=diagnostics(threat)
        )


def _may_occur(threat: Threat, draft: Draft) -> bool:
    """Whether the plan leaves a threat open: units and periods are counted, not tested."""
    if threat == "few clusters":
        return draft.few
    return threat != "few pre-periods" or draft.several is None


def _rule(draft: Draft, reach: Reach, threats: Mapping[Threat, Handled]) -> tuple[str, Sentence]:
    """Find the rule by which a threat holds the evidence lower, and what would lift it.

    On some ladders it is no cap: a rung asks that the threat was handled.
    """
    then, best = reach.ruling(draft, threats), reach.ruling(draft)
    known = {cap.id for cap, _ in best.caps}
    for cap, answer in then.caps:
        if cap.id not in known and cap.step is not None:
            return cap.id, reason(then.reading, cap.id, cap.step, answer).text
    held = {base.id for base, _ in then.bases}
    lost = [base.id for base, _ in best.bases if base.id not in held]
    return (lost[-1] if lost else ""), same("")


def _closed(text: Sentence) -> Sentence:
    return {lang: text[lang].strip() for lang in LANGUAGES}


def cap_said(cap: Cap, answer: Answer, draft: Draft, reach: Reach, *, first: bool) -> Sentence:
    """Say which rule of the ladder limits the evidence, with the plan for its source."""
    told = reason(reach.ruling(draft).reading, cap.id, cap.text, answer).text
    plan = words("reach", "the_plan")
    named = {lang: told[lang].replace(KEY, plan[lang]) for lang in LANGUAGES}
    return phrase("reach", "cap" if first else "another_cap", text=named)
