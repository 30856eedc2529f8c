"""The table of an analysis: effects since the start, and their average."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count

from evalkit.language.capital import capital
from evalkit.language.estimate import bracketed, decimals, plain
from evalkit.language.numbers import format_count
from evalkit.model.analysis import Analysis
from evalkit.model.finding import Estimate, Finding
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.text import SANS_SEMIBOLD, widest_word
from evalkit.report.sections.effect_words import EffectWords
from evalkit.report.tables.grid import Column, Row, grid

_WIDTHS = {"interval": 29, "uniform": 29}  # two numbers need their room
MOST_ROWS = 12
"""Periods since the start that a table prints; of more it prints a choice."""
_FIRST = 4  # of a choice, the periods that are printed without steps
_HEAD_SIZE = 8.25
_USUAL = 16  # millimetres that a column of numbers has at the least
_NOTHING = "\N{EN DASH}"
HIDDEN = "x"
"""Stands for a number that may not be told, as in tables of statistical offices."""


def effects_table(finding: Finding, analysis: Analysis, edition: Edition) -> Drawing:
    """Compose the table; what lies before the start is in the figure only."""
    words = EffectWords(finding, analysis, edition)
    after = [one for one in finding.path if (one.event_time or 0) >= 0]
    shown = printed_rows(after)
    every = (*after, finding.average)
    places = _places(every, finding.average)
    banded = any(one.uniform_low is not None for one in after)
    has = _Has(
        error=any(one.std_error is not None for one in every),
        interval=any(one.conf_low is not None for one in every),
        units=any(one.n_units is not None for one in every),
    )
    head = edition.label("effects.effect").format(unit=analysis.outcome.unit or words.outcome)
    logs = finding.percent is not None
    names = (*(["percent"] if logs else []), "estimate", *(["error"] if has.error else []),
             *(["interval"] if has.interval else []), *(["uniform"] if banded else []))  # fmt: skip
    level = f"{100 * (1 - finding.errors.alpha):g}"
    units = capital(words.units)
    columns = [
        Column(head, width=40),
        *(
            Column(
                edition.label(f"effects.{name}").format(level=level), "num", _WIDTHS.get(name, 0)
            )
            for name in names
        ),
        *([Column(units, "num", _room_for(units))] if has.units else []),
    ]
    shape = _Shape(places, edition, has, banded=banded, logs=logs)
    rows = [shape.row(words.later(one.event_time or 0), one) for one in shown]
    times = [one.event_time or 0 for one in shown]
    for time in _hidden(finding):  # a row of its own, so that no reader takes it for forgotten
        at = bisect(times, time)
        times.insert(at, time)
        rows.insert(at, Row((escape(words.later(time)), *[HIDDEN] * (len(columns) - 1))))
    total = shape.row(edition.label("effects.average"), finding.average)
    rows.append(Row(total.cells, "total" if after else ""))
    return grid(columns, rows, edition.label("effects.decimal"))


def _hidden(finding: Finding) -> list[int]:
    """List the times since the start without a number, as far as the table has room for them."""
    times = finding.suppressed.times if finding.suppressed is not None else ()
    return sorted(time for time in times if time >= 0)[:MOST_ROWS]


def printed_rows(after: Sequence[Estimate]) -> list[Estimate]:
    """Choose the periods that fit a page: the first four, round steps, and the last.

    Examples
    --------
    >>> path = [Estimate(term=str(t), estimate=0.0, event_time=t) for t in range(24)]
    >>> [one.event_time for one in printed_rows(path)]
    [0, 1, 2, 3, 4, 8, 12, 16, 20, 23]
    """
    if len(after) <= MOST_ROWS:
        return list(after)
    last = len(after) - 1
    room = MOST_ROWS - _FIRST - 1  # the last one needs a row as well
    step = next(step for step in _steps() if (last - 1) // step <= room)
    at = {*range(_FIRST), *range(0, last, step), last}
    return [after[index] for index in sorted(at)]


def _steps() -> Iterator[int]:
    """Steps that a reader counts in: 2, 4, 5, 10, 20, 40, 50, and so on."""
    yield 2
    for size in count():
        yield from (factor * 10**size for factor in (4, 5, 10, 20))


def _room_for(head: str) -> float:
    """The width of a column whose head is a long word; nought where it has room anyway."""
    widest = widest_word(head, SANS_SEMIBOLD, _HEAD_SIZE)
    return math.ceil(widest) + 4 if widest > _USUAL else 0


def _places(every: Sequence[Estimate], average: Estimate) -> int:
    """One number of decimals for all, as the most exact estimate bears.

    Without errors the average decides, and the greatest: one near nought would ask for many.
    """
    known = [decimals(one.std_error, one.estimate) for one in every if one.std_error is not None]
    greatest = max((one.estimate for one in every), key=abs)
    own = min(decimals(None, average.estimate), decimals(None, greatest) + 1)
    return max(known, default=own)


@dataclass(frozen=True, slots=True)
class _Has:
    """Which of the columns hold anything."""

    error: bool
    interval: bool
    units: bool


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which columns the rows have, and how exact they are."""

    places: int
    edition: Edition
    has: _Has
    banded: bool
    logs: bool

    def row(self, label: str, one: Estimate) -> Row:
        lang, places = self.edition.lang, self.places
        error = _NOTHING if one.std_error is None else plain(one.std_error, places, lang)
        units = _NOTHING if one.n_units is None else format_count(one.n_units, lang)
        cells = [
            escape(label),
            *([self.percent(one)] if self.logs else []),
            plain(one.estimate, places, lang),
            *([error] if self.has.error else []),
            *([self.interval(one.conf_low, one.conf_high)] if self.has.interval else []),
            *([self.interval(one.uniform_low, one.uniform_high)] if self.banded else []),
            *([units] if self.has.units else []),
        ]
        return Row(tuple(cells))

    def interval(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return _NOTHING
        return bracketed(low, high, self.places, self.edition.lang)

    def percent(self, one: Estimate) -> str:
        """The estimate in per cent, with the decimals that its error leaves it."""
        shown = one.in_percent()
        return plain(shown.estimate, max(0, self.places - 2), self.edition.lang)
