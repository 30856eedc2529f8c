"""One goal in one year, with the instruments that served it."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.running import runs_in
from evalkit.judgement.umbrella import umbrellas
from evalkit.model.case import Case
from evalkit.model.record import Record


class GoalYear(Record):
    """One goal in one year of the period under review.

    Attributes
    ----------
    goal, name
        The goal.
    year
        The year.
    running
        Ids of the instruments that serve it and ran in that year.
    maybe
        Ids of those of which start or end is not known, so that they may have run.
    least, most
        How many are counted: parts of an umbrella that serves the same goal are counted with it.
    """

    goal: str
    name: str
    year: int
    running: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    least: int = 0
    most: int = 0

    @property
    def amount(self) -> Amount:
        """The count as an amount."""
        return Amount.between(self.least, self.most)


def goal_years(case: Case) -> tuple[GoalYear, ...]:
    """Count the instruments of every goal in every year; none when the period has an open end."""
    return tuple(_rows(case))


def _rows(case: Case) -> Iterator[GoalYear]:
    above = {key: umbrellas(key, case) for key in case.instruments}
    for goal, one in case.theory.goals.items():
        serving = [key for key, i in case.instruments.items() if goal in i.goals]
        for year in case.period.years:
            state = {key: runs_in(case.instruments[key], year) for key in serving}
            running = [key for key in serving if state[key] == "yes"]
            maybe = [key for key in serving if state[key] == "maybe"]
            least, most = _count(running, maybe, above)
            yield GoalYear(
                goal=goal, name=one.label, year=year,
                running=tuple(running), maybe=tuple(maybe), least=least, most=most,
            )  # fmt: skip


def _count(running: list[str], maybe: list[str], above: dict[str, list[str]]) -> tuple[int, int]:
    """Count an umbrella and its parts once; when the umbrella may not have run, at most each."""
    sure, there = set(running), {*running, *maybe}
    groups: dict[str, list[str]] = {}
    for key in there:
        roots = [name for name in above[key] if name in there]
        groups.setdefault(roots[-1] if roots else key, []).append(key)
    least = sum(1 for members in groups.values() if sure & set(members))
    most = sum(1 if root in sure else max(1, len(members) - 1) for root, members in groups.items())
    return least, most
