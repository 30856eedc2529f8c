"""Which instruments began before, in and after the period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.running import has_begun
from evalkit.judgement.mix.said import period_said
from evalkit.judgement.mix.words import Said, names, phrase, say, sentences, series
from evalkit.judgement.sentence import Sentence, listing, same
from evalkit.model.instrument import Instrument

_BEGUN = ("before", "within", "later")
_ORDER = (*_BEGUN, "no_start", "planned")


def time_starts(mix: Reading) -> Iterator[MixFinding]:
    """Say when the instruments began; that of one with an unknown start is not guessed."""
    groups: dict[str, list[str]] = {name: [] for name in _ORDER}
    for key, one in mix.instruments.items():
        groups[_group(one, mix)].append(key)
    if not mix.case.period.years:
        return  # before, in or after the period cannot be told
    used = {name: keys for name, keys in groups.items() if keys}
    if not used:
        return
    begun = [_part(name, keys, mix) for name, keys in used.items() if name in _BEGUN]
    text = sentences(
        _begun(begun, used, mix),
        *(
            say("time", name, **_slots(name, used[name], mix))
            for name in ("no_start", "planned")
            if name in used
        ),
    )
    yield found(
        "time_starts", "time", text,
        numbers={name: len(keys) for name, keys in used.items()},
        facts=mix.facts(*(("instruments", key, "period") for key in mix.instruments)),
    )  # fmt: skip


def _begun(parts: list[Sentence], used: dict[str, list[str]], mix: Reading) -> Sentence | None:
    if not parts:
        return None
    if len(mix.instruments) == 1:
        ((name, keys),) = used.items()
        slots = _slots(name, keys, mix)
        del slots["n"]
        return say("time", f"sole_{name}", **slots)
    first = next(keys for name, keys in used.items() if name in _BEGUN)
    name = "starts_one" if len(first) == 1 else "starts"
    return say("time", name, total=len(mix.instruments), parts=listing(parts))


def _group(one: Instrument, mix: Reading) -> str:
    if not has_begun(one):
        return "planned"
    first, last = mix.case.period.first_year, mix.case.period.last_year
    begun = one.period.first_year
    if begun is None:
        # "voor 2017" says enough when the period under review begins in 2017 or later.
        early = one.period.start if one.period.before else one.period.end
        known = early is not None and first is not None and early.year <= first
        return "before" if known and one.period.before else "no_start"
    if first is not None and begun < first:
        return "before"
    return "later" if last is not None and begun > last else "within"


def _part(name: str, keys: Sequence[str], mix: Reading) -> Sentence:
    return phrase("time", name, **_slots(name, keys, mix))


def _slots(name: str, keys: Sequence[str], mix: Reading) -> dict[str, Said]:
    starts = {key: mix.instruments[key].period.first_year for key in keys}
    ordered = sorted(keys, key=lambda key: (starts[key] or 0, mix.label(key)))
    labels = [
        same(mix.label(key)) if starts[key] is None or name == "planned"
        else phrase("time", "named", name=mix.label(key), year=str(starts[key]))
        for key in ordered
    ]  # fmt: skip
    dated = name != "planned" and any(starts[key] is not None for key in keys)
    slots: dict[str, Said] = {"names": series(labels) if dated else names(labels)}
    if name != "planned":
        slots["n"] = len(keys)
    if name == "before":
        slots["first"] = str(mix.case.period.first_year)
    if name == "within":
        slots["period"] = period_said(mix.case)
    return slots
