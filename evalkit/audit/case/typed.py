"""Numbers that were typed by hand in reasons and tests, held against those of the model."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.figures import figures_of, may_hold_figures
from evalkit.model.instrument import Instrument
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc, walk

_FIELDS = ("because", "expect", "text")
_MANY = 100  # a count below this may well be no count of the policy: "drie departementen"
_UNITS = {"procent": "percent", "procentpunt": "point", "euro": "euro"}


def typed_numbers(subject: Subject) -> Iterator[AuditFinding]:
    """Find shares, amounts and large counts in reasons that nothing on the instrument bears out."""
    known: dict[str, list[tuple[str, Span]]] = {}
    for key, loc, text in _reasons(subject):
        for figure in figures_of(text, subject.case.language):
            if not _telling(figure):
                continue
            if key not in known:
                known[key] = list(_recorded(subject, key))
            if not any(_is(figure, unit, span) for unit, span in known[key]):
                slots = {"written": figure.text, "name": subject.case.instruments[key].label}
                yield finding("typed-number", (subject.place(loc),), slots, (text,))


def _reasons(subject: Subject) -> Iterator[tuple[str, Loc, str]]:
    """List the texts of links, claims, tests and rivals that may hold a number."""
    case = subject.case
    for key, instrument in case.instruments.items():
        for name, link in instrument.links.items():
            if link.because and may_hold_figures(link.because, case.language):
                yield key, ("instruments", key, "links", name, "because"), link.because
    for key, contribution in case.contributions.items():
        for loc, record in walk(contribution, ("contributions", key)):
            if key not in case.instruments or getattr(record, "source", None):
                continue  # a number beside its own source can be looked up there
            for field in _FIELDS:
                text = getattr(record, field, "")
                if isinstance(text, str) and text and may_hold_figures(text, case.language):
                    yield key, (*loc, field), text


def _telling(figure: Figure) -> bool:
    """Whether it is a share, an amount or a large count, in digits."""
    if figure.kind != "number":
        return False
    return figure.unit in _UNITS.values() or (not figure.unit and figure.value >= _MANY)


def _recorded(subject: Subject, key: str) -> Iterator[tuple[str, Span]]:
    """List what the case holds on an instrument and in general, and what its evidence says."""
    case = subject.case
    for one in subject.numbers:
        if one.loc[0] != "instruments" or one.loc[1] == key:
            yield from _spans(one.quantity, one.node.unit)
    instrument = case.instruments[key]
    for node in (node for loc, node in subject.nodes if loc[:2] == ("instruments", key)):
        for line in node.lines:
            for _, part in walk(line):
                if isinstance(part, Quantity):
                    yield from _spans(part, "")
    for text in _evidence_texts(instrument):
        for figure in figures_of(text, case.language):
            yield figure.unit, figure.span


def _evidence_texts(instrument: Instrument) -> Iterator[str]:
    for piece in instrument.evidence.values():
        yield from (piece.text, piece.sample, *piece.limits)


def _spans(quantity: Quantity, unit: str) -> Iterator[tuple[str, Span]]:
    if quantity.amount is None:
        return
    scale = 100 if quantity.denominator > 1 else 1  # a third stands beside 33 procent
    low = Decimal(quantity.amount.numerator * scale) / quantity.amount.denominator
    upper = quantity.amount if quantity.upper is None else quantity.upper
    high = Decimal(upper.numerator * scale) / upper.denominator
    yield ("percent" if scale > 1 else _UNITS.get(quantity.unit or unit, "")), Span(low, high)


def _is(figure: Figure, unit: str, span: Span) -> bool:
    return figure.unit == unit and figure.span.meets(span)
