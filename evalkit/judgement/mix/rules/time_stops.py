"""Which instruments ended in the period, and which go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.running import has_begun
from evalkit.judgement.mix.said import period_said
from evalkit.judgement.mix.words import names, say, sentences
from evalkit.judgement.sentence import Sentence
from evalkit.model.instrument import Instrument


def time_stops(mix: Reading) -> Iterator[MixFinding]:
    """Say what ended in the period, what ends later, and of what no end is recorded."""
    groups: dict[str, list[str]] = {}
    for key, one in mix.instruments.items():
        groups.setdefault(_group(one, mix), []).append(key)
    if not mix.instruments or not mix.case.period.years:
        return
    stopped = groups.get("stopped", [])
    name = {0: "stops_none", 1: "stops_one"}.get(len(stopped), "stops_many")
    slots = {"n": len(stopped)} if len(stopped) > 1 else {}
    listed = {"names": _dated(stopped, mix)} if stopped else {}
    text = sentences(
        say("time", name, period=period_said(mix.case), **slots, **listed),
        *(
            say("time", group, names=_listed(group, groups[group], mix))
            for group in ("ends_later", "runs_on", "still", "no_end")
            if group in groups
        ),
    )
    yield found(
        "time_stops", "time", text,
        numbers={group: len(keys) for group, keys in sorted(groups.items())},
        facts=mix.facts(*(("instruments", key, "period") for key in mix.instruments)),
    )  # fmt: skip


def ended_within(one: Instrument, mix: Reading) -> bool:
    """Tell whether an instrument ended in the period under review."""
    return bool(mix.case.period.years) and _group(one, mix) == "stopped"


def _group(one: Instrument, mix: Reading) -> str:
    if not has_begun(one):
        return "planned"
    end, last, first = (
        one.period.last_year, mix.case.period.last_year, mix.case.period.first_year,
    )  # fmt: skip
    if end is None:
        return "runs_on" if one.period.ongoing or one.status == "lopend" else "no_end"
    if last is not None and (end > last or (end == last and one.status == "lopend")):
        return "ends_later" if end > last else "still"
    return "earlier" if first is not None and end < first else "stopped"


def _listed(group: str, keys: Sequence[str], mix: Reading) -> Sentence:
    return _dated(keys, mix) if group == "ends_later" else names(mix.labels(keys))


def _dated(keys: Sequence[str], mix: Reading) -> Sentence:
    ordered = sorted(
        keys, key=lambda key: (mix.instruments[key].period.last_year or 0, keys.index(key))
    )
    return names([_name(key, mix) for key in ordered])


def _name(key: str, mix: Reading) -> str:
    end = mix.instruments[key].period.last_year
    return mix.label(key) if end is None else f"{mix.label(key)} ({end})"
