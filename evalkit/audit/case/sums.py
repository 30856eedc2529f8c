"""Numbers that cannot all be right: two values for one thing, parts beyond their whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import combinations

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Counted, Subject, numbers_of
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.sentence import Sentence
from evalkit.language.catalogue import label
from evalkit.language.numbers import LANGUAGES, Language, format_decimal, parse_decimal
from evalkit.model.cell_notes import bare
from evalkit.model.chain import ChainNode
from evalkit.model.datatable import DataTable
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc

_MOST_PARTS = 12  # beyond that the ways to choose some of them are too many
Key = tuple[str, int | None, tuple[str, str]]
_WITHIN = re.compile(
    r"\s*(?:[-–•]|(?:waarvan|w\.?\s?v\.?|subtotaal|gemiddeld\w*|mediaan|of which|including|"
    r"subtotal|average|mean|median)\b)",
    re.IGNORECASE,
)
_TOTALS = {"nl": ("totaal", "som", "alle"), "en": ("total", "sum", "all")}


def two_values(subject: Subject) -> Iterator[AuditFinding]:
    """Find one thing with two values: same words, unit, role, year and source."""
    groups: dict[tuple[object, ...], list[Counted]] = defaultdict(list)
    for one in subject.numbers:
        if one.quantity.amount is not None:
            place = _whose(one.loc)
            groups[_key(one), place].append(one)
            if place:  # what the case says in general is about every instrument
                groups[_key(one), ()].append(one)
    seen: set[tuple[Loc, Loc]] = set()
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            pair = (first.loc, other.loc)
            general = not _whose(first.loc) or not _whose(other.loc)
            alike = _whose(first.loc) == _whose(other.loc)
            if pair in seen or not (general or alike) or _agree(first.quantity, other.quantity):
                continue
            seen.add(pair)
            yield finding(
                "two-values",
                (subject.place(first.loc), subject.place(other.loc)),
                {
                    "what": first.node.text,
                    "role": _role(first),
                    "year": _year(first),
                    "first": _told(first.quantity),
                    "second": _told(other.quantity),
                },
            )


def parts_of_wholes(subject: Subject) -> Iterator[AuditFinding]:
    """Find breakdowns that together exceed what they break down."""
    # The whole may stand at another stage of the same chain.
    by_key: dict[tuple[Loc, str], list[Loc]] = defaultdict(list)
    for loc, _ in subject.nodes:
        by_key[loc[:-2], str(loc[-1])].append(loc)
    parts: dict[Loc, list[Loc]] = defaultdict(list)
    for loc, node in subject.nodes:
        for whole in by_key.get((loc[:-2], node.part_of or ""), ()):
            parts[whole].append(loc)
    nodes = dict(subject.nodes)
    for whole, members in parts.items():
        yield from _beyond(subject, whole, nodes[whole], {loc: nodes[loc] for loc in members})


def _beyond(
    subject: Subject, whole: Loc, node: ChainNode, members: Mapping[Loc, ChainNode]
) -> Iterator[AuditFinding]:
    numbers: dict[Loc, Mapping[Key, Quantity]] = {
        loc: {
            (one.role, one.year, one.quantity.measure): one.quantity
            for one in numbers_of(loc, part)
        }
        for loc, part in ((whole, node), *members.items())
    }
    yield from _shares(subject, node.text, {loc: numbers[loc] for loc in members})
    for key, total in numbers[whole].items():
        held = [numbers[loc][key] for loc in members if key in numbers[loc]]
        # A hedge on the whole leaves room; one on a part ("more than 5") only adds to it.
        if total.upper is None or total.qualifier not in ("", "max", "≤", "<") or not held:
            continue
        sizes = [part.amount or Fraction() for part in held]
        if max(sizes) <= total.upper and (
            sum(sizes) <= total.upper
            or any(part.qualifier for part in held)
            or _several_breakdowns(sizes, total.upper)
        ):
            continue
        yield finding(
            "parts-above-whole",
            tuple(subject.place(loc) for loc in (whole, *members) if key in numbers[loc]),
            {
                "what": node.text,
                "sum": _number(sum(sizes, Fraction()), total),
                "whole": _told(total),
            },
        )


def _shares(
    subject: Subject, what: str, parts: Mapping[Loc, Mapping[Key, Quantity]]
) -> Iterator[AuditFinding]:
    """Find shares of one whole that make more than a hundred per cent."""
    keys = dict.fromkeys(key for own in parts.values() for key in own if key[2][0] == "procent")
    for key in keys:
        held = {loc: own[key] for loc, own in parts.items() if key in own}
        sizes = [one.amount for one in held.values() if one.amount is not None]
        hedged = any(one.qualifier for one in held.values())
        hundred = Fraction(100)
        if len(sizes) < 2 or hedged or sum(sizes) <= hundred:
            continue
        if not _several_breakdowns(sizes, hundred):
            total = decimal_of(sum(sizes, Fraction()))
            shown: Sentence = {lang: format_decimal(total, lang) for lang in LANGUAGES}
            where = tuple(subject.place(loc) for loc in held)
            yield finding("shares-above-hundred", where, {"what": what, "sum": shown})


def _several_breakdowns(sizes: list[Fraction], whole: Fraction) -> bool:
    """Whether some of the parts make the whole, so that the others break it down otherwise."""
    few = sizes[:_MOST_PARTS]
    return any(
        sum(some) == whole for number in range(1, len(few)) for some in combinations(few, number)
    )


def tables(subject: Subject) -> Iterator[AuditFinding]:
    """Find tables whose rows do not make the total that they give."""
    for key, table in subject.case.tables.items():
        yield from _columns(table, subject.case.language, subject.place(("tables", key, "file")))


def _columns(table: DataTable, lang: Language, where: str) -> Iterator[AuditFinding]:
    if len(table.rows) < 4:
        return
    head, *body = [tuple(map(bare, row)) for row in table.rows]
    last = body[-1]
    if last[0].strip().casefold() not in _TOTALS[lang]:
        return
    if any(_WITHIN.match(row[0]) for row in body):
        return  # such a row is in another one already
    for at in range(1, len(head)):
        cells = [_cell(row[at], lang) for row in body if at < len(row)]
        if len(cells) != len(body) or any(cell is None for cell in cells):
            continue
        values = [cell for cell in cells if cell is not None]
        total, rows = values[-1], values[:-1]
        if min(rows) <= total <= max(rows):
            continue  # an average, or the same share of the whole; no sum lies among its parts
        # Each row may have been rounded by half of its last digit.
        places = max(-int(value.as_tuple().exponent) for value in values)
        slack = Decimal(len(rows) + 1) / 2 * Decimal(1).scaleb(-max(places, 0))
        if abs(sum(rows) - total) > (slack if places > 0 or total == 100 else 0):
            yield finding(
                "table-total",
                (where,),
                {
                    "column": head[at],
                    "row": last[0],
                    "sum": {one: format_decimal(Decimal(sum(rows)), one) for one in LANGUAGES},
                    "total": {one: format_decimal(total, one) for one in LANGUAGES},
                },
            )


def _cell(text: str, lang: Language) -> Decimal | None:
    try:
        return parse_decimal(text.strip(), lang)
    except (ValueError, InvalidOperation):
        return None


def _key(one: Counted) -> tuple[object, ...]:
    words = " ".join(one.node.text.casefold().split())
    return words, one.role, one.year, one.quantity.unit or one.node.unit, one.quantity.per


def _whose(loc: Loc) -> Loc:
    """The instrument that a number belongs to; nothing for what the case says in general."""
    return loc[:2] if loc[0] == "instruments" else ()


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may be one: their ranges meet, or a hedge leaves room."""
    if one.qualifier or other.qualifier:
        return True
    ends = (one.amount, one.upper, other.amount, other.upper)
    if any(end is None for end in ends):
        return True
    low, high, least, most = (Fraction(end or 0) for end in ends)
    return low <= most and least <= high


def _told(quantity: Quantity) -> Sentence:
    return {lang: quantity.prose(lang) for lang in LANGUAGES}


def _role(one: Counted) -> Sentence:
    return {lang: label(f"audit-role.{one.role}", lang) for lang in LANGUAGES}


def _year(one: Counted) -> Sentence:
    if one.year is not None:
        return {lang: str(one.year) for lang in LANGUAGES}
    return {lang: label("audit-role.no-year", lang) for lang in LANGUAGES}


def _number(value: Fraction, like: Quantity) -> Sentence:
    """Print a sum in the scale and unit of the quantity that it is held against."""
    scaled = value * like.denominator / 10**like.exponent
    return _told(
        like.model_copy(update={"value": decimal_of(scaled), "upto": None, "qualifier": ""})
    )


def decimal_of(value: Fraction) -> Decimal:
    """Write a fraction with as many digits as it needs, six decimals at the most."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.000001")).normalize() + 0
