"""The verdict on the mix: where its instruments and its money stand. Never a mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from evalkit.judgement.ladder import Ladder
from evalkit.judgement.mix.budget import total_budget
from evalkit.judgement.sentence import Sentence, count, fill, listing, put, same, wording
from evalkit.judgement.umbrella import umbrellas
from evalkit.judgement.verdict import Verdict
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.case import Case
from evalkit.model.record import Record


class MixVerdict(Record):
    """How the instruments and their money are spread over the rungs.

    A mean would pretend that two rungs of evidence add up, so there is none.

    Attributes
    ----------
    distribution
        The number of instruments by level, empty rungs included.
    modes
        The levels with most instruments; more than one when they tie.
    spend_weighted_modes
        The levels with most money, over the instruments of which the budget is known.
    spend_known
        The number of instruments with a known total budget in euro.
    spend_held
        How many of these lie within the known budget of an umbrella and are not counted apart.
    text
        The same in sentences.
    """

    distribution: dict[int, int]
    modes: tuple[int, ...] = ()
    spend_weighted_modes: tuple[int, ...] = ()
    spend_known: int = 0
    spend_held: int = 0
    total: int = 0
    text: dict[Language, str]

    @property
    def mode(self) -> int | None:
        """The level with most instruments; None when levels tie."""
        return self.modes[0] if len(self.modes) == 1 else None

    @property
    def spend_weighted_mode(self) -> int | None:
        """The level with most money; None when levels tie or no budget is known."""
        modes = self.spend_weighted_modes
        return modes[0] if len(modes) == 1 else None

    def prose(self, lang: Language = "nl") -> str:
        """Print it."""
        return self.text[lang]

    def __repr__(self) -> str:
        """Name it in a line; :meth:`prose` prints it."""
        return f"MixVerdict({self.total} instruments, most on {list(self.modes)})"

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it as ``score --json`` does; JSON has text for keys."""
        return {
            "distribution": {str(level): n for level, n in self.distribution.items()},
            "mode": self.mode,
            "modes": list(self.modes),
            "spend_weighted_mode": self.spend_weighted_mode,
            "spend_weighted_modes": list(self.spend_weighted_modes),
            "spend_known": self.spend_known,
            "spend_held": self.spend_held,
            "total": self.total,
            "text": self.text[lang],
        }


def mix_verdict(verdicts: Sequence[Verdict], case: Case, ladder: Ladder) -> MixVerdict:
    """Spread the verdicts over the rungs, by number and by money."""
    levels = {verdict.id: verdict.level for verdict in verdicts}
    counted = Counter(levels.values())
    distribution = {level: counted[level] for level in range(ladder.top + 1)}
    known, held = _budgets(case)
    spend: dict[int, Fraction] = {}
    for key in known.keys() - held:
        spend[levels[key]] = spend.get(levels[key], Fraction()) + known[key]
    modes, spend_modes = _largest(counted), _largest(spend)
    sentences = [
        _by_number(distribution, len(verdicts)),
        _by_money(len(known), len(verdicts), spend_modes, alike=len(counted) == 1),
        _held([case.instruments[key].label for key in sorted(held)]),
    ]
    return MixVerdict(
        distribution=distribution,
        modes=modes,
        spend_weighted_modes=spend_modes,
        spend_known=len(known),
        spend_held=len(held),
        total=len(verdicts),
        text={lang: " ".join(s[lang] for s in sentences if s[lang]) for lang in LANGUAGES},
    )


def _budgets(case: Case) -> tuple[dict[str, Fraction], set[str]]:
    """The known budgets, and those of them that an umbrella's budget holds already."""
    totals = {key: total_budget(instrument) for key, instrument in case.instruments.items()}
    known = {key: total for key, total in totals.items() if total is not None}
    held = {key for key in known if any(above in known for above in umbrellas(key, case))}
    return known, held


def _largest(tally: Mapping[int, int | Fraction]) -> tuple[int, ...]:
    most = max(tally.values(), default=Fraction())
    return tuple(sorted(level for level, n in tally.items() if n == most > 0))


def _by_number(distribution: Mapping[int, int], total: int) -> Sentence:
    filled = [(level, n) for level, n in distribution.items() if n]
    if not filled:
        return wording("mix", "empty")
    if len(filled) == 1:
        slots = {"total": count(total), "rung": same(str(filled[0][0]))}
        key = {1: "single", 2: "both_on_one"}.get(total, "all_on_one")
        return fill(wording("mix", key), slots)
    parts = [
        put(wording("mix", "on_rung"), {"n": count(n), "rung": same(str(level))})
        for level, n in filled
    ]
    return fill(wording("mix", "on_rungs"), {"total": count(total), "rungs": listing(parts)})


def _by_money(known: int, total: int, modes: Sequence[int], *, alike: bool) -> Sentence:
    """Say where the money stands; where all stand on one rung, it can stand nowhere else."""
    if total < 2:  # one instrument has nothing to be weighed against
        return same("")
    if not modes:
        return wording("mix", "spend_none")
    if alike:  # money is on the rung on which all are
        return same("")
    slots = {"known": count(known), "total": count(total), "rung": _alternatives(modes)}
    return fill(wording("mix", "spend_all" if known == total else "spend"), slots)


def _held(names: Sequence[str]) -> Sentence:
    if not names:
        return same("")
    sentence = wording("mix", "spend_held" if len(names) == 1 else "spend_held_many")
    return fill(sentence, {"n": listing([same(f"‘{name}’") for name in names])})


def _alternatives(levels: Sequence[int]) -> Sentence:
    return {lang: f" {wording('mix', 'or')[lang]} ".join(map(str, levels)) for lang in LANGUAGES}
