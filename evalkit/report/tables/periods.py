"""The table of periods: which instrument ran when."""

from __future__ import annotations

from evalkit.model.instrument import Instrument
from evalkit.model.moment import Moment
from evalkit.model.period import Period
from evalkit.report.anchors import instrument_anchor
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.periods import PeriodAxis, PeriodLabels, PeriodRow, Span, periods

# Instruments that give money or forgo it; the others support, inform or oblige.
_FINANCIAL = {"subsidie", "fiscaal", "garantie", "investering"}
_COLUMNS_BEFORE = 3  # years shown before the period under review


def periods_table(edition: Edition) -> Drawing:
    """Compose the table for all instruments of the case."""
    case = edition.case
    rows = [_row(key, instrument, edition) for key, instrument in case.instruments.items()]
    first = case.period.first_year or min(_first_years(edition), default=2000)
    last = case.period.last_year or max(_first_years(edition), default=first)
    labels = PeriodLabels(
        **{name: edition.label(f"periods.{name}") for name in PeriodLabels.__dataclass_fields__}
    )
    axis = PeriodAxis(first=first - _COLUMNS_BEFORE, last=last, review=(first, last))
    return periods(rows, axis, labels, alt=edition.label("periods.alt"))


def _first_years(edition: Edition) -> list[int]:
    found = (instrument.period.first_year for instrument in edition.case.instruments.values())
    return [year for year in found if year is not None]


def _row(key: str, instrument: Instrument, edition: Edition) -> PeriodRow:
    anchor = instrument_anchor(key)
    span = _span(instrument.period, instrument.type in _FINANCIAL, edition)
    return PeriodRow(edition.references.number(anchor), instrument.label, (span,), anchor)


def _span(period: Period, financial: bool, edition: Edition) -> Span:
    return Span(
        start=_start(period.start) if period.start and not period.before else None,
        end=_end(period),
        words=period.told(edition.lang),
        fill="financial" if financial else "supporting",
        tentative=period.start is None or period.before,
    )


def _start(moment: Moment) -> float:
    year, month, day = moment.first
    return year + (month - 1) / 12 + (day - 1) / 372


def _end(period: Period) -> float | None:
    if period.end is None:
        return None
    if period.until:
        return _start(period.end)
    year, month, day = period.end.last
    return year + (month - 1) / 12 + day / 372
