"""When each instrument ran, as a table with a bar per row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from evalkit.report.document import Drawing
from evalkit.report.figures.legend import legend
from evalkit.report.figures.matrix import row_head
from evalkit.report.figures.track import Fill, PeriodAxis, Span, sample, track

__all__ = ["Fill", "PeriodAxis", "PeriodLabels", "PeriodRow", "Span", "periods"]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """An instrument: its section number, its short name and its periods."""

    number: str
    name: str
    spans: tuple[Span, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PeriodLabels:
    """The words of the table."""

    instrument: str
    review: str
    before: str
    after: str
    financial: str
    supporting: str
    tentative: str
    ongoing: str
    period: str


def periods(
    rows: Sequence[PeriodRow], axis: PeriodAxis, labels: PeriodLabels, *, alt: str = ""
) -> Drawing:
    """Compose the table of periods."""
    body = "".join(
        f"<tr>{row_head(row.number, row.name, row.anchor)}"
        f'<td colspan="{axis.columns}">{track(row.name, row.spans, axis)}</td></tr>'
        for row in rows
    )
    markup = (
        f'<table class="periods"><thead>{_heads(axis, labels)}</thead><tbody>{body}</tbody></table>'
    )
    return Drawing(
        markup=markup,
        alt=alt,
        legend=_legend(rows, labels),
        data=tuple(_data(rows, labels)),
    )


def _heads(axis: PeriodAxis, labels: PeriodLabels) -> str:
    """Two rows: the band of the period under review, and the years."""
    first, last = axis.review
    left = max(first, axis.first) - axis.first + 1
    wide = min(last, axis.last) - max(first, axis.first) + 1
    right = axis.columns - left - wide
    years = (f'<th scope="col">{year}</th>' for year in range(axis.first, axis.last + 1))
    return (
        f'<tr class="review-row"><td></td>{_gap(left)}'
        f'<th colspan="{wide}" class="review">{escape(labels.review)}</th>{_gap(right)}</tr>'
        f'<tr><th scope="col" class="matrix-name">{escape(labels.instrument)}</th>'
        f'<th scope="col">{escape(labels.before)} {axis.first}</th>{"".join(years)}'
        f'<th scope="col">{escape(labels.after)} {axis.last}</th></tr>'
    )


def _gap(columns: int) -> str:
    return f'<td colspan="{columns}"></td>' if columns else ""


def _legend(rows: Sequence[PeriodRow], labels: PeriodLabels) -> str:
    spans = [span for row in rows for span in row.spans]
    solid = {span.fill for span in spans if not span.tentative}
    keys = (
        ("financial" in solid, Span(0, 0, "", "financial"), labels.financial),
        ("supporting" in solid, Span(0, 0, "", "supporting"), labels.supporting),
        (any(s.tentative for s in spans), Span(0, 0, "", tentative=True), labels.tentative),
        (any(s.end is None for s in spans), Span(0, None, ""), labels.ongoing),
    )
    return legend((sample(span), words) for used, span, words in keys if used)


def _data(rows: Sequence[PeriodRow], labels: PeriodLabels) -> Iterator[tuple[str, ...]]:
    kinds = {"financial": labels.financial, "supporting": labels.supporting}
    yield labels.instrument, labels.period, ""
    for row in rows:
        for span in row.spans:
            yield row.name, span.words, labels.tentative if span.tentative else kinds[span.fill]
