"""Instruments that serve exactly the same goals in the same years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.running import runs_in
from evalkit.judgement.mix.said import years_said
from evalkit.judgement.mix.words import names, phrase, say, words
from evalkit.judgement.sentence import Sentence, listing
from evalkit.judgement.umbrella import umbrellas


def overlap_goals(mix: Reading) -> Iterator[MixFinding]:
    """Find instruments with the same main and side aims that ran side by side."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for key, one in mix.instruments.items():
        aims = tuple(sorted((goal, str(service.role)) for goal, service in one.goals.items()))
        if aims:
            groups.setdefault(aims, []).append(key)
    for aims, members in groups.items():
        keys = _apart(members, mix)
        years = _together(keys, mix)
        if len(keys) > 1 and years:
            yield _finding(aims, keys, years, mix)


def _apart(members: Sequence[str], mix: Reading) -> list[str]:
    """Leave out parts of an umbrella that stands in the group: that they overlap is no news."""
    return [key for key in members if not set(umbrellas(key, mix.case)) & set(members)]


def _together(keys: Sequence[str], mix: Reading) -> list[int]:
    years = mix.case.period.years
    return [
        year for year in years
        if sum(runs_in(mix.instruments[key], year) == "yes" for key in keys) > 1
    ]  # fmt: skip


def _finding(
    aims: Sequence[tuple[str, str]], keys: Sequence[str], years: list[int], mix: Reading
) -> MixFinding:
    ran = [
        key for key in keys
        if any(runs_in(mix.instruments[key], year) == "yes" for year in years)
    ]  # fmt: skip
    text = say(
        "overlap", "same_goals" if len(ran) == 2 else "same_goals_many",
        names=names(mix.labels(ran)), goals=_goals(aims, mix), years=years_said(years),
    )  # fmt: skip
    return found(
        "overlap_goals", "overlap", text,
        about=".".join(goal for goal, _ in aims),
        numbers={"instruments": len(ran), "years": len(years)},
        facts=mix.facts(
            *(("instruments", key, "goals") for key in ran),
            *(("instruments", key, "period") for key in ran),
        ),
    )  # fmt: skip


def _goals(aims: Sequence[tuple[str, str]], mix: Reading) -> Sentence:
    known = mix.case.theory.goals
    ordered = sorted(
        aims, key=lambda aim: (aim[1], list(known).index(aim[0]) if aim[0] in known else 0)
    )
    return listing([
        phrase(
            "overlap", "pair",
            goal=known[goal].label if goal in known else goal, role=words("overlap", role),
        )
        for goal, role in ordered
    ])  # fmt: skip
