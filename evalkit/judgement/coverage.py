"""Which instruments serve which goal, and which goals get much, little or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from statistics import median

from evalkit.judgement.goalrow import GoalRow, Weight
from evalkit.judgement.markup import table, word
from evalkit.judgement.sentence import wording
from evalkit.judgement.spread import tell
from evalkit.judgement.umbrella import umbrellas
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.period import Period
from evalkit.model.record import Record

_NOT_STARTED = ("voorgenomen", "verkenning", "besluit nodig")
_FAR = Fraction(1, 2)
"""How far from the median counts as far: half of it. A proposal of this project."""


class Coverage(Record):
    """How the instruments are spread over the goals.

    Attributes
    ----------
    rows
        One for each goal of the policy theory, in its order.
    middle
        The median over the goals, as a fraction.
    over, under, blank
        Ids of goals with many, few and no instruments.
    finding
        The same in sentences, with its numbers.
    language
        The language of the case, in which a notebook shows it.

    Notes
    -----
    An instrument counts for a goal when it names the goal and ran in the period: for one when the
    goal is a main aim, for half when it is a side aim. A goal is over-represented when it stands at
    least half the median above the median, under-represented when it stands at least half the
    median below it. Goals that stand equally high are both or neither. A goal that nothing serves
    is a blank spot, and takes part in the median. The rule is a proposal of this project.

    Where nothing has started, as in an agenda, what is planned counts instead: the question is then
    which goals the plans leave out.

    An instrument that is part of an umbrella is not counted apart for a goal that the umbrella
    serves as well: the umbrella's service consists of what its parts do, and is a main aim when it
    is one of a part. For a goal that the
    umbrella does not name it counts by itself, since then it says something of its own.
    """

    rows: tuple[GoalRow, ...]
    middle: str
    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    finding: dict[Language, str]
    language: Language = "nl"

    def summary(self, lang: Language = "nl") -> str:
        """Print the goals with their counts, and the finding."""
        lines = [f"{row.name}: {row.count}" for row in self.rows]
        return "\n".join([*lines, self.finding[lang]])

    def __repr__(self) -> str:
        """Name it in a line; :meth:`summary` prints it."""
        return f"Coverage({len(self.rows)} goals, {len(self.blank)} blank)"

    def _repr_html_(self) -> str:
        lang = self.language
        names = ("goal", "main", "side", "within", "after", "weight")
        rows = (
            (row.name, *map(str, row.counts), wording("weight", row.weight)[lang])
            for row in self.rows
        )
        listed = table([word(name, lang) for name in names], rows)
        return f"<div>{listed}<p>{escape(self.finding[lang])}</p></div>"


def coverage(case: Case) -> Coverage:
    """Spread the instruments of a case over its goals.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "slug": "proef", "title": "Proef", "period": "2020–2024",
    ...     "theory": {"goals": {"instroom": {"name": "Meer instroom"}}},
    ...     "instruments": {"bon": {
    ...         "name": "Bon", "type": "subsidie", "period": "2021", "goals": ["instroom"]}},
    ... })
    >>> coverage(case).rows[0].count
    1
    """
    active = {key: i for key, i in case.instruments.items() if runs_within(i, case.period)}
    if all(i.status in _NOT_STARTED for i in case.instruments.values()):
        active = dict(case.instruments)
    counted = [_row(goal, active, case) for goal in case.theory.goals]
    middle = Fraction(median([Fraction(row.weighed) for row in counted])) if counted else Fraction()
    rows = tuple(row.model_copy(update={"weight": _weight(row, middle)}) for row in counted)
    return Coverage(
        rows=rows,
        middle=str(middle),
        over=_goals(rows, "over"),
        under=_goals(rows, "under"),
        blank=_goals(rows, "none"),
        finding=tell(rows, middle, case),
        language=case.language,
    )


def runs_within(instrument: Instrument, period: Period) -> bool:
    """Tell whether an instrument may have run in a period; a plan has not."""
    if instrument.status in _NOT_STARTED:
        return False
    own = instrument.period
    begun = period.last_year is None or own.first_year is None or own.first_year <= period.last_year
    ended = own.last_year is not None and (
        period.first_year is not None and own.last_year < period.first_year
    )
    return begun and not ended


def runs_after(instrument: Instrument, period: Period) -> bool:
    """Tell whether an instrument still runs once a period is over."""
    if period.last_year is None or instrument.status == "gestopt":
        return False
    if instrument.status == "lopend" and instrument.period.last_year == period.last_year:
        return True  # its period is recorded up to the review; that it goes on, its status says
    return instrument.period.covers(period.last_year + 1)


def _row(goal: str, active: dict[str, Instrument], case: Case) -> GoalRow:
    serving = {key: i.goals[goal].role for key, i in active.items() if goal in i.goals}
    nested = [key for key in serving if set(umbrellas(key, case)) & set(serving)]
    after = [key for key in serving if runs_after(active[key], case.period)]
    # What is a main aim of a part is one of the umbrella, which consists of what its parts do.
    heavy = {key for key, role in serving.items() if role == "main"}
    heavy |= {above for key in heavy for above in umbrellas(key, case) if above in serving}
    serving = {key: "main" if key in heavy else "side" for key in serving}
    row = GoalRow(
        goal=goal,
        name=case.theory.goals[goal].label,
        main=tuple(key for key, role in serving.items() if role == "main"),
        side=tuple(key for key, role in serving.items() if role == "side"),
        nested=tuple(nested),
        continuing=tuple(after),
        count=len(serving) - len(nested),
        count_after=len([key for key in after if not set(umbrellas(key, case)) & set(after)]),
    )
    weighed = row.main_count + Fraction(row.side_count, 2)
    return row.model_copy(update={"weighed": str(weighed)})


def _weight(row: GoalRow, middle: Fraction) -> Weight:
    if row.count == 0:
        return "none"
    above = Fraction(row.weighed) - middle
    if abs(above) < middle * _FAR or above == 0:
        return "middle"
    return "over" if above > 0 else "under"


def _goals(rows: Sequence[GoalRow], weight: Weight) -> tuple[str, ...]:
    return tuple(row.goal for row in rows if row.weight == weight)
