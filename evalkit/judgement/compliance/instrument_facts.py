"""Facts of the instruments: what they are, what they cost and whom they serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from evalkit.judgement.compliance.fact import Fact, Setting, fact
from evalkit.judgement.compliance.words import names, share, together, word
from evalkit.judgement.facts import described as on_paper
from evalkit.judgement.known import Known
from evalkit.judgement.mix import total_budget, umbrellas
from evalkit.judgement.sentence import Sentence, same
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.quantity import Quantity

_FEW = {"lacks": "only", "yearly_lacks": "yearly_only"}
_FAR = 2.5  # so many times as many names is a list that nobody reads
_NOT_STARTED = ("voorgenomen", "verkenning", "besluit nodig")


def per_instrument(
    setting: Setting,
    name: str,
    has: Callable[[str, Instrument], bool],
    *,
    at: Iterable[str] = (),
    lacks: str = "lacks",
    **slots: Mapping[Language, str],
) -> Fact:
    """Derive a fact that must hold of every instrument, and name those of which it does not."""
    found = setting.case.instruments
    without = [key for key, instrument in found.items() if not has(key, instrument)]
    labels = [found[key].label for key in without]
    return told(setting, name, without, labels, at=at, lacks=lacks, slots=slots)


def told(
    setting: Setting,
    name: str,
    without: list[str],
    labels: list[str] | list[Sentence],
    *,
    at: Iterable[str] = (),
    lacks: str = "lacks",
    slots: Mapping[str, Mapping[Language, str]] | None = None,
    rest: Sentence | None = None,
) -> Fact:
    """Say of how many instruments a fact holds, and name those that are `without` it."""
    found = setting.case.instruments
    if not found:
        return fact(name, False, word("fact", "no_instruments"))
    with_it = [key for key in found if key not in without]
    text = together(
        word("fact", name, share=share("instruments", len(with_it), len(found)), **(slots or {})),
        rest,
        _named(with_it, labels, lacks, setting) if without and with_it else None,
    )
    files = [f"instruments/{key}.yaml" for key in with_it]
    return fact(name, not without, text, at=at, files=files)


def _named(
    with_it: list[str], labels: list[str] | list[Sentence], lacks: str, setting: Setting
) -> Sentence:
    """Name those without it; or those with it, when they are far fewer."""
    if lacks in _FEW and _FAR * len(with_it) <= len(labels):
        shown = [setting.case.instruments[key].label for key in with_it]
        return word("fact", _FEW[lacks], names=names(shown))
    return word("fact", lacks, names=names(labels))


def described(setting: Setting) -> Fact:
    """Tell whether goal, target group and activities of every instrument are on paper."""
    case = setting.case
    known = {key: on_paper(Known(instrument, case)) for key, instrument in case.instruments.items()}
    without = [key for key, one in known.items() if not one.holds]
    labels = [
        word("fact", "lacking", name=same(case.instruments[key].label),
             parts=known[key].words()["missing"])
        for key in without
    ]  # fmt: skip
    at = setting.shown("instruments")
    return told(setting, "described", without, labels, at=at, lacks="described_lacks")


def linked(setting: Setting) -> Fact:
    """Tell whether every instrument names the goal that it serves."""
    at = setting.shown("figure matrix")
    return per_instrument(setting, "linked", lambda _, one: bool(one.goals), at=at)


def targets(setting: Setting) -> Fact:
    """Tell whether every instrument has a target value somewhere in its chain."""
    at = setting.shown("instruments")
    return per_instrument(setting, "targets", lambda _, one: _has_target(one), at=at)


def budgets(setting: Setting) -> Fact:
    """Tell whether every instrument has a known total budget, its own or its umbrella's."""
    case = setting.case
    own = {key for key, one in case.instruments.items() if total_budget(one) is not None}
    held = [
        key for key in case.instruments
        if key not in own and any(above in own for above in umbrellas(key, case))
    ]  # fmt: skip
    without = [key for key in case.instruments if key not in own and key not in held]
    labels = [case.instruments[key].label for key in without]
    rest = None
    if held:
        rest = word("fact", "budgets_held", names=names([case.instruments[k].label for k in held]))
    at = setting.shown("instruments")
    return told(setting, "budgets", without, labels, at=at, rest=rest)


def yearly(setting: Setting) -> Fact:
    """Tell whether every instrument has an amount for each year that it ran in the period."""
    case = setting.case
    at = setting.shown("instruments")
    return per_instrument(
        setting, "yearly", lambda _, one: _paid_for(one, case), at=at, lacks="yearly_lacks"
    )


def _has_target(instrument: Instrument) -> bool:
    stages = (instrument.output, instrument.intermediate, instrument.outcome)
    return any(node.target is not None for stage in stages for node in stage.values())


def _paid_for(instrument: Instrument, case: Case) -> bool:
    """Whether amounts are known for all years of the period in which it ran, without a gap."""
    paid = {year for year, amount in _amounts(instrument) if amount.unit == "euro"}
    between = set(range(min(paid, default=0), max(paid, default=-1) + 1))
    return bool(paid) and _years(instrument, case) | between <= paid


def _years(instrument: Instrument, case: Case) -> set[int]:
    """The years of the period in which it ran; none for a plan, or when an end is unknown."""
    ends = (case.period.first_year, case.period.last_year)
    if instrument.status in _NOT_STARTED or None in ends:
        return set()
    start, end = instrument.period.first_year, instrument.period.last_year
    first = max(year for year in (ends[0], start) if year is not None)
    last = min(year for year in (ends[1], end) if year is not None)
    return set(range(first, last + 1))


def _amounts(instrument: Instrument) -> Iterator[tuple[int, Quantity]]:
    """The amounts by year that are known, from series and from budget lines."""
    for node in instrument.input.values():
        yield from ((year, amount) for year, amount in node.per_year.items() if not amount.pm)
        for line in node.lines:
            if line.year is not None and line.amount is not None and not line.amount.pm:
                yield line.year, line.amount
