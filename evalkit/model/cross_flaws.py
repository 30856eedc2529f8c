"""What one file of a case says of another that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from evalkit import ladders
from evalkit.language.suggest import did_you_mean
from evalkit.model.chain import ChainNode
from evalkit.model.claim_flaws import claim_flaws
from evalkit.model.recommendation import Recommendation
from evalkit.model.record import Flaw, Loc, walk
from evalkit.model.response import Action
from evalkit.model.source import Citation
from evalkit.model.theme import Commitment

if TYPE_CHECKING:
    from evalkit.model.case import Case


def cross_flaws(case: Case) -> Iterator[Flaw]:
    """Find what one file says of another that is not so."""
    yield from _unknown_sources(case)
    for key, instrument in case.instruments.items():
        found = instrument.reference_flaws(case.instruments, case.theory.goals)
        yield from (flaw.under("instruments", key) for flaw in found)
        missing = instrument.evidence_flaws(_analyses_of(case, key))
        yield from (flaw.under("instruments", key) for flaw in missing)
    yield from _ladder_flaws(case)
    yield from _unknown_instruments(case)
    yield from _theme_flaws(case)
    for key, analysis in case.analyses.items():
        flaws = analysis.reference_flaws(case.instruments)
        yield from (flaw.under("analyses", key) for flaw in flaws)
    for key, contribution in case.contributions.items():
        own = [name for name, one in case.analyses.items() if one.goal and one.goal[0] == key]
        flaws = contribution.reference_flaws(key, case.instruments, case.theory, own)
        yield from (flaw.under("contributions", key) for flaw in flaws)
    yield from claim_flaws(case)
    yield from _evidence_doubled(case)
    yield from _circular(case, "part_of", "is part of itself")
    yield from _circular(case, "predecessor", "is its own predecessor")
    yield from _circular(case, "successor", "is its own successor")


def _analyses_of(case: Case, instrument: str) -> list[str]:
    goals = {key: analysis.goal for key, analysis in case.analyses.items()}
    return [key for key, goal in goals.items() if goal and goal[0] == instrument]


def _ladder_flaws(case: Case) -> Iterator[Flaw]:
    """Find a ladder that is not there, and departures to a rung that it does not have."""
    if case.ladder not in ladders.names():
        hint = did_you_mean(case.ladder, ladders.names())
        yield Flaw(("ladder",), f"there is no ladder '{case.ladder}'", hint, case.ladder)
        return
    top = ladders.top(case.ladder)
    for key, instrument in case.instruments.items():
        level = None if instrument.override is None else instrument.override.level
        if level is not None and level > top:
            loc = ("instruments", key, "override", "level")
            what = f"the override names level {level}, and {case.ladder} ends at {top}"
            yield Flaw(loc, what, f"give a level from 0 to {top}")


def _evidence_doubled(case: Case) -> Iterator[Flaw]:
    for key, analysis in case.analyses.items():
        instrument = case.instruments.get(analysis.goal[0]) if analysis.goal else None
        found = instrument.evidence.get(key) if instrument is not None else None
        if found is not None and found.analysis is None:
            what = f"the instrument has evidence with the id '{key}' already"
            yield Flaw(("analyses", key), what, "give the analysis another id")


def _unknown_sources(case: Case) -> Iterator[Flaw]:
    if case.document and case.document not in case.sources:
        hint = did_you_mean(case.document, case.sources, "add it to sources.bib")
        what = f"no source '{case.document}' in sources.bib"
        yield Flaw(("document",), what, hint, case.document, "sources.bib")
    for loc, part in walk(case):
        if not isinstance(part, Citation):
            continue
        # `via` is itself a citation and is visited on its own.
        if part.source not in case.sources:
            hint = did_you_mean(part.source, case.sources, "add it to sources.bib")
            what = f"no source '{part.source}' in sources.bib"
            yield Flaw(loc, what, hint, part.source, "sources.bib")


def _unknown_instruments(case: Case) -> Iterator[Flaw]:
    for loc, name in _named_instruments(case):
        if name not in case.instruments:
            hint = did_you_mean(name, case.instruments) or f"add instruments/{name}.yaml"
            yield Flaw(loc, f"no instrument '{name}' in instruments/", hint, name)


def _named_instruments(case: Case) -> Iterator[tuple[Loc, str]]:
    """Find every place outside the instruments that names one."""
    yield from ((("order", index), name) for index, name in enumerate(case.order))
    for top in ("recommendations", "theory", "themes", "responses"):
        for loc, part in walk(getattr(case, top), (top,)):
            if isinstance(part, Recommendation | ChainNode | Commitment):
                for index, name in enumerate(part.instruments):
                    yield (*loc, "instruments", index), name
            elif isinstance(part, Action) and part.instrument is not None:
                yield (*loc, "instrument"), part.instrument


def _theme_flaws(case: Case) -> Iterator[Flaw]:
    """Find themes and indicators that are named but not there."""
    for key, instrument in case.instruments.items():
        if instrument.theme is not None and instrument.theme not in case.themes:
            hint = did_you_mean(instrument.theme, case.themes, "add it to themes.yaml")
            what = f"no theme '{instrument.theme}'"
            loc = ("instruments", key, "theme")
            yield Flaw(loc, what, hint, instrument.theme, "themes.yaml")
    for key, theme in case.themes.items():
        for index, name in enumerate(theme.indicators):
            if name not in case.indicators:
                hint = did_you_mean(name, case.indicators, "add it to case.yaml")
                at = ("themes", key, "indicators", index)
                yield Flaw(at, f"no indicator '{name}' in case.yaml", hint, name)


def _circular(case: Case, key: str, what: str) -> Iterator[Flaw]:
    graph: dict[str, set[str]] = {}
    for name, instrument in case.instruments.items():
        value = getattr(instrument, key)
        graph[name] = {value} if isinstance(value, str) else set(value or ())
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        path = error.args[1]
        yield Flaw(
            ("instruments", path[0], key),
            f"'{path[0]}' {what}: {' -> '.join(path)}",
            "take one of them out",
        )
