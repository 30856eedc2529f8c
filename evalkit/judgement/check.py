"""Whether a ladder holds together: every name that it uses is one that it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter

from evalkit.judgement.facts import FACTS, SLOTS
from evalkit.judgement.ladder import Base, Cap, Experience, Ladder, Rule, Tier
from evalkit.judgement.predicate import Description, Disagree, FactIs, Found, Only, TermHolds
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import walk


def faults(ladder: Ladder) -> list[str]:
    """List the facts, kinds, terms, slots and levels that a ladder names and does not have.

    Rungs without a rule or a step that leads to them are faults as well, and ids of two rules.
    """
    looks = (_names, _circles, _slots, _levels, _doubled)
    return [fault for look in looks for fault in look(ladder)]


def _names(ladder: Ladder) -> Iterator[str]:
    for loc, part in walk(ladder):
        place = ".".join(map(str, loc))
        match part:
            case FactIs():
                yield from _unknown(place, "fact", [part.fact], FACTS)
            case Experience() | Tier():
                yield from _unknown(place, "kind", [part.evidence], ladder.kinds)
            case Found():
                yield from _unknown(place, "kind", [part.evidence], ladder.kinds)
            case Only():
                yield from _unknown(place, "kind", [part.only, part.among], ladder.kinds)
            case Disagree():
                against = [] if part.against is None else [part.against]
                yield from _unknown(place, "kind", [part.disagree, *against], ladder.kinds)
            case TermHolds():
                yield from _unknown(place, "term", [part.term], ladder.terms)
            case Description():
                yield from _unknown(place, "kind", [*part.kind, *part.except_for], ladder.kinds)


def _unknown(place: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    known = list(known)
    for name in names:
        if name not in known:
            yield f"{place}: unknown {what} '{name}'; {did_you_mean(name, known)}"


def _circles(ladder: Ladder) -> Iterator[str]:
    """Kinds and terms may use only those above them, so that none can lead to itself."""
    for section, uses in (("kinds", _kinds_used), ("terms", _terms_used)):
        above: list[str] = []
        for name, value in getattr(ladder, section).items():
            above.append(name)
            for used in uses(value):
                if used == name or (used not in above and used in getattr(ladder, section)):
                    yield f"{section}.{name}: uses '{used}', which must stand above it"


def _kinds_used(value: object) -> list[str]:
    parts = [part for _, part in walk(value) if isinstance(part, Description)]
    return [name for part in parts for name in (*part.kind, *part.except_for)]


def _terms_used(value: object) -> list[str]:
    return [part.term for _, part in walk(value) if isinstance(part, TermHolds)]


def _slots(ladder: Ladder) -> Iterator[str]:
    for loc, part in walk(ladder):
        for field in ("text", "unmet", "step"):
            for text in _texts(getattr(part, field, None)):
                place = ".".join(map(str, (*loc, field)))
                try:
                    used = [one for one in Formatter().parse(text) if one[1] is not None]
                except ValueError:
                    yield f"{place}: a brace has no partner; double one that is text"
                    continue
                yield from _unknown(place, "slot", [name or "" for _, name, _, _ in used], SLOTS)
                odd = [name for _, name, form, turn in used if form or turn]
                yield from (f"{place}: a slot is a name alone: {{{name}}}" for name in odd)


def _texts(value: object) -> Iterator[str]:
    """Every text in a sentence, or in a sentence per finding."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)


def _levels(ladder: Ladder) -> Iterator[str]:
    levels = [rung.level for rung in ladder.rungs]
    if levels != list(range(len(levels))):
        yield f"rungs: the levels are {levels}; count from 0 without gaps"
    rules: list[Base | Cap] = [*ladder.bases, *ladder.caps]
    for part in rules:
        if part.level not in levels:
            yield f"{part.id}: there is no rung {part.level}"
    for level in levels:
        if not any(base.level == level for base in ladder.bases):
            yield f"bases: no rule leads to rung {level}"
        if level and not any(step.to == level for step in ladder.steps):
            yield f"steps: nothing says how rung {level} is reached"


def _doubled(ladder: Ladder) -> Iterator[str]:
    """An id names one rule, since a reader looks the rule up by it."""
    named = [part.id for _, part in walk(ladder) if isinstance(part, Rule)]
    yield from (f"{name}: two rules have this id" for name, n in Counter(named).items() if n > 1)
