"""The table of an analysis: effects since the start, and their average."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from evalkit.analysis.record import percent_of
from evalkit.language.estimate import bracketed, decimals, plain
from evalkit.language.numbers import format_count
from evalkit.model.analysis import Analysis
from evalkit.model.finding import Estimate, Finding
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.effect_words import EffectWords
from evalkit.report.tables.grid import Column, Row, grid

_WIDTHS = {"interval": 29, "uniform": 29}  # two numbers need their room
_NOTHING = "\N{EN DASH}"


def effects_table(finding: Finding, analysis: Analysis, edition: Edition) -> Drawing:
    """Compose the table; what lies before the start is in the figure only."""
    words = EffectWords(finding, analysis, edition)
    after = [one for one in finding.path if (one.event_time or 0) >= 0]
    # One number of decimals for all, as the most exact estimate bears.
    places = max(decimals(one.std_error, one.estimate) for one in (*after, finding.average))
    banded = any(one.uniform_low is not None for one in after)
    head = edition.label("effects.effect").format(unit=analysis.outcome.unit or words.outcome)
    logs = finding.percent is not None
    names = (*(["percent"] if logs else []), "estimate", "error", "interval",
             *(["uniform"] if banded else []))  # fmt: skip
    level = f"{100 * (1 - finding.errors.alpha):g}"
    columns = [
        Column(head, width=40),
        *(
            Column(
                edition.label(f"effects.{name}").format(level=level), "num", _WIDTHS.get(name, 0)
            )
            for name in names
        ),
        Column(words.units[:1].upper() + words.units[1:], "num"),
    ]
    shape = _Shape(places, edition, banded=banded, logs=logs)
    rows = [shape.row(words.later(one.event_time or 0), one) for one in after]
    total = shape.row(edition.label("effects.average"), finding.average)
    rows.append(Row(total.cells, "total" if after else ""))
    return grid(columns, rows, edition.label("effects.decimal"))


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which columns the rows have, and how exact they are."""

    places: int
    edition: Edition
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
            error,
            self.interval(one.conf_low, one.conf_high),
            *([self.interval(one.uniform_low, one.uniform_high)] if self.banded else []),
            units,
        ]
        return Row(tuple(cells))

    def interval(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return _NOTHING
        return bracketed(low, high, self.places, self.edition.lang)

    def percent(self, one: Estimate) -> str:
        """The estimate in per cent, with the decimals that its error leaves it."""
        shown = percent_of(one)
        return plain(shown.estimate, max(0, self.places - 2), self.edition.lang)
