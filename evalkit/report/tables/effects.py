"""The table of an analysis: effects since the start, and their average."""

from __future__ import annotations

from html import escape

from evalkit.language.estimate import bracketed, decimals, plain
from evalkit.language.numbers import format_count
from evalkit.model.analysis import Analysis
from evalkit.model.finding import Estimate, Finding
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.effect_words import EffectWords
from evalkit.report.tables.grid import Column, Row, grid

_NOTHING = "\N{EN DASH}"


def effects_table(finding: Finding, analysis: Analysis, edition: Edition) -> Drawing:
    """Compose the table; what lies before the start is in the figure only."""
    words = EffectWords(finding, analysis, edition)
    after = [one for one in finding.path if (one.event_time or 0) >= 0]
    # One number of decimals for all, as the most exact estimate bears.
    places = max(decimals(one.std_error, one.estimate) for one in (*after, finding.average))
    banded = any(one.uniform_low is not None for one in after)
    head = edition.label("effects.effect").format(unit=analysis.outcome.unit or words.outcome)
    names = ("estimate", "error", "interval", *(["uniform"] if banded else []))
    level = f"{100 * (1 - finding.errors.alpha):g}"
    columns = [
        Column(head, width=46),
        *(Column(edition.label(f"effects.{name}").format(level=level), "num") for name in names),
        Column(words.units[:1].upper() + words.units[1:], "num"),
    ]
    rows = [_row(words.later(one.event_time or 0), one, places, edition, banded) for one in after]
    label = edition.label("effects.average")
    total = _row(label, finding.average, places, edition, banded)
    rows.append(Row(total.cells, "total" if after else ""))
    return grid(columns, rows, edition.label("effects.decimal"))


def _row(label: str, one: Estimate, places: int, edition: Edition, banded: bool) -> Row:
    lang = edition.lang

    def interval(low: float | None, high: float | None) -> str:
        return _NOTHING if low is None or high is None else bracketed(low, high, places, lang)

    error = _NOTHING if one.std_error is None else plain(one.std_error, places, lang)
    cells = [escape(label), plain(one.estimate, places, lang), error,
             interval(one.conf_low, one.conf_high)]  # fmt: skip
    if banded:
        cells.append(interval(one.uniform_low, one.uniform_high))
    units = _NOTHING if one.n_units is None else format_count(one.n_units, lang)
    return Row((*cells, units))
