"""What the case may have read otherwise than its writer meant it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc, walk

# What is measured or a rate may well have three decimals; what is counted one by one has none.
_MEASURED = frozenset(
    "procent procentpunt promille % euro dollar keer km kilometer meter m m2 m² m3 m³ ha hectare "
    "ton kg kilo kilogram liter uur uren minuten fte vte voltijdbanen graden kwh mwh gwh punten "
    "indexpunten percent times hours miles".split()
)
_JOINS = {"van", "voor", "der", "den", "de", "het", "en", "of", "for", "and", "the", "in", "bij"}


def decimal_counts(subject: Subject) -> Iterator[AuditFinding]:
    """Find counts with three decimals: ``3,120 huishoudens`` is three households in Dutch."""
    for one in subject.numbers:
        if _looks_like_thousands(one.quantity, one.node.unit):
            slots = {
                "what": one.node.text,
                "written": str(one.quantity),
                "meant": str(one.quantity).replace(",", "").replace(".", ""),
            }
            yield finding("decimal-count", (subject.place(one.loc),), slots)


def _looks_like_thousands(quantity: Quantity, unit: str) -> bool:
    value, counted = quantity.value, quantity.unit or unit
    if value is None or quantity.exponent or quantity.per or not counted:
        return False
    ends = [value] if quantity.upto is None else [value, quantity.upto]
    # nobody writes thousands as 0,120
    written = any(abs(end) >= 1 and end.as_tuple().exponent == -3 for end in ends)
    return written and counted.casefold().split()[0] not in _MEASURED


def cut_lists(subject: Subject) -> Iterator[AuditFinding]:
    """Find sentences that a list in square brackets cut at their commas."""
    for loc, record in walk(subject.case):
        for name in type(record).model_fields:
            yield from _cut(subject, (*loc, name), getattr(record, name))


def _cut(subject: Subject, loc: Loc, value: object) -> Iterator[AuditFinding]:
    if not isinstance(value, tuple):
        return
    texts = [one for one in value if isinstance(one, str)]
    for first, second in pairwise(texts):
        if _begins_a_sentence(first) and second[:1].islower():
            slots = {"first": first, "second": second}
            yield finding("cut-list", (subject.place(loc),), slots)


def _begins_a_sentence(text: str) -> bool:
    """Tell `Scholen hebben plaats` from names (`Programmaraad Regionale Arbeidsmarkt`, `SEO`)."""
    first, *rest = text.split()
    named = bool(rest) and rest[0] in _JOINS and any(word[:1].isupper() for word in rest)
    return first.istitle() and len(rest) > 1 and rest[0].islower() and not named
