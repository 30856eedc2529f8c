"""What the rules on the mix look at: the case, and what was computed from it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from evalkit.judgement.coverage import Coverage, coverage, runs_within
from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.cost import CostRow, cost_rows
from evalkit.judgement.mix.finding import Fact, Importance, Kind, MixFinding, Note
from evalkit.judgement.mix.goalyear import GoalYear, goal_years
from evalkit.judgement.mix.progress import ProgressRow
from evalkit.judgement.mix.spend import SpendRow, spend_rows
from evalkit.judgement.mix.targets import progress_rows
from evalkit.judgement.sentence import Sentence
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.record import Loc

Rule = Callable[["Reading"], Iterator[MixFinding]]


@dataclass(frozen=True)
class Reading:
    """The mix as its rules see it.

    Attributes
    ----------
    case
        The case.
    coverage
        Which instruments serve which goal.
    goal_years
        The same by year.
    spend
        The budget of each instrument.
    progress
        Each target against what was reached.
    costs
        Budgets divided by what was delivered.
    """

    case: Case
    coverage: Coverage
    goal_years: tuple[GoalYear, ...]
    spend: tuple[SpendRow, ...]
    progress: tuple[ProgressRow, ...]
    costs: tuple[CostRow, ...]

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """The instruments, by id."""
        return self.case.instruments

    @property
    def active(self) -> list[str]:
        """Ids of the instruments that may have run in the period under review."""
        period = self.case.period
        return [key for key, one in self.case.instruments.items() if runs_within(one, period)]

    def label(self, key: str) -> str:
        """The name of an instrument for running text."""
        return self.case.instruments[key].label

    def labels(self, keys: Iterable[str]) -> list[str]:
        """The names of instruments, in the order of the keys."""
        return [self.label(key) for key in keys]

    def fact(self, *loc: str | int) -> Fact:
        """Name something that the case records, with its place."""
        return Fact(key=".".join(map(str, loc)), place=self.case.place(*loc))

    def facts(self, *locs: Loc) -> tuple[Fact, ...]:
        """Name several, each once."""
        return tuple(dict.fromkeys(self.fact(*loc) for loc in locs))


def read_mix(case: Case, covered: Coverage | None = None) -> Reading:
    """Compute once what the rules look at."""
    spend = spend_rows(case)
    costs = (
        row
        for line in spend
        for row in cost_rows(line.instrument, case.instruments[line.instrument], line)
    )
    return Reading(
        case=case,
        coverage=coverage(case) if covered is None else covered,
        goal_years=goal_years(case),
        spend=spend,
        progress=progress_rows(case),
        costs=tuple(costs),
    )


def found(
    rule: str,
    kind: Kind,
    text: Sentence,
    *,
    about: str = "",
    importance: Importance = 2,
    numbers: Mapping[str, Amount | int | None] | None = None,
    facts: tuple[Fact, ...] = (),
    notes: Iterable[tuple[str, str]] = (),
) -> MixFinding:
    """Make a finding; numbers that are not known are left out of its list.

    Parameters
    ----------
    notes
        What the case remarks: what about, and the remark. Of one that is made twice, the first.
    """
    said: dict[str, str] = {}
    for on, note in notes:
        said.setdefault(note.strip(), on)
    exact = {
        name: Amount.exactly(value) if isinstance(value, int) else value
        for name, value in (numbers or {}).items()
        if value is not None
    }
    return MixFinding(
        id=f"{rule}.{about}" if about else rule,
        rule=rule,
        kind=kind,
        importance=importance,
        text=text,
        numbers=exact,
        facts=facts,
        notes=tuple(Note(about=on, text=note) for note, on in said.items() if note),
    )
