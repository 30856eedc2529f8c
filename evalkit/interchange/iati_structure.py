"""The structure of IATI 2.03 activities: order, number, attributes and codes of elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from evalkit.errors import Problem
from evalkit.interchange.element import LANG, Element
from evalkit.language.suggest import did_you_mean

MANY = 10**9
_DATE = re.compile(r"\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_YEAR = re.compile(r"[1-9]\d{3}")
_LANGUAGE = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9-]+)?")
_ANY = re.compile(r".*\S.*", re.DOTALL)


def _code(*codes: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, codes)))


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an element holds.

    Attributes
    ----------
    children
        Names in their order, each with the fewest and the most.
    required, optional
        Attributes with the form of their value.
    text
        The form of its text; None when it holds none.
    loose
        Whether what is in it is not looked at.
    """

    children: tuple[tuple[str, int, int], ...] = ()
    required: dict[str, re.Pattern[str]] = field(default_factory=dict)
    optional: dict[str, re.Pattern[str]] = field(default_factory=dict)
    text: re.Pattern[str] | None = None
    loose: bool = False


_NARRATIVES = _Rule((("narrative", 1, MANY),))
_MAYBE_NARRATIVES = (("narrative", 0, MANY),)
_DAY = _Rule(required={"iso-date": _DATE})
_LOOSE = _Rule(loose=True)
_REFERENCE = _Rule(required={"vocabulary": _ANY, "code": _ANY},
                   optional={"indicator-uri": _ANY, "vocabulary-uri": _ANY})  # fmt: skip
_MEASURED = (("location", 0, MANY), ("dimension", 0, MANY), ("comment", 0, 1),
             ("document-link", 0, MANY))  # fmt: skip
_ACTIVITY = (
    ("iati-identifier", 1, 1), ("reporting-org", 1, 1), ("title", 1, 1), ("description", 1, MANY),
    ("participating-org", 1, MANY), ("other-identifier", 0, MANY), ("activity-status", 1, 1),
    ("activity-date", 1, MANY), ("contact-info", 0, MANY), ("activity-scope", 0, 1),
    ("recipient-country", 0, MANY), ("recipient-region", 0, MANY), ("location", 0, MANY),
    ("sector", 0, MANY), ("tag", 0, MANY), ("country-budget-items", 0, 1),
    ("humanitarian-scope", 0, MANY), ("policy-marker", 0, MANY), ("collaboration-type", 0, 1),
    ("default-flow-type", 0, 1), ("default-finance-type", 0, 1), ("default-aid-type", 0, MANY),
    ("default-tied-status", 0, 1), ("budget", 0, MANY), ("planned-disbursement", 0, MANY),
    ("capital-spend", 0, 1), ("transaction", 0, MANY), ("document-link", 0, MANY),
    ("related-activity", 0, MANY), ("legacy-data", 0, MANY), ("conditions", 0, 1),
    ("result", 0, MANY), ("crs-add", 0, 1), ("fss", 0, 1),
)  # fmt: skip
_RULES: dict[str, _Rule] = {
    "iati-activities": _Rule((("iati-activity", 1, MANY),), {"version": _code("2.03")},
                             {"generated-datetime": _ANY, "linked-data-default": _ANY}),
    "iati-activity": _Rule(_ACTIVITY, optional={
        LANG: _LANGUAGE, "default-currency": re.compile("[A-Z]{3}"),
        "last-updated-datetime": _ANY, "humanitarian": _ANY, "hierarchy": re.compile(r"\d+"),
        "linked-data-uri": _ANY, "budget-not-provided": _ANY}),
    "iati-identifier": _Rule(text=re.compile(r"[^\s/&|?]+(?: [^\s/&|?]+)*")),
    "reporting-org": _Rule((("narrative", 1, MANY),), {"ref": _ANY, "type": re.compile(r"\d\d")},
                           {"secondary-reporter": _code("0", "1", "true", "false")}),
    "title": _NARRATIVES, "comment": _NARRATIVES,
    "description": _Rule((("narrative", 1, MANY),), optional={"type": _code("1", "2", "3", "4")}),
    "narrative": _Rule(optional={LANG: _LANGUAGE}, text=_ANY),
    "participating-org": _Rule(_MAYBE_NARRATIVES, {"role": _code("1", "2", "3", "4")},
                               {"ref": _ANY, "type": _ANY, "activity-id": _ANY,
                                "crs-channel-code": _ANY}),
    "activity-status": _Rule(required={"code": _code("1", "2", "3", "4", "5", "6")}),
    "activity-date": _Rule(_MAYBE_NARRATIVES,
                           {"iso-date": _DATE, "type": _code("1", "2", "3", "4")}),
    "sector": _Rule(_MAYBE_NARRATIVES, {"code": _ANY},
                    {"vocabulary": _ANY, "vocabulary-uri": _ANY, "percentage": _DECIMAL}),
    "tag": _Rule(_MAYBE_NARRATIVES, {"code": _ANY, "vocabulary": _ANY}, {"vocabulary-uri": _ANY}),
    "budget": _Rule((("period-start", 1, 1), ("period-end", 1, 1), ("value", 1, 1)),
                    optional={"type": _code("1", "2"), "status": _code("1", "2")}),
    "period-start": _DAY, "period-end": _DAY,
    "value": _Rule(required={"value-date": _DATE}, optional={"currency": re.compile("[A-Z]{3}")},
                   text=_DECIMAL),
    "document-link": _Rule((("title", 1, 1), ("description", 0, 1), ("category", 1, MANY),
                            ("language", 0, MANY), ("document-date", 0, 1),
                            ("recipient-country", 0, MANY)), {"format": _ANY, "url": _ANY}),
    "category": _Rule(required={"code": re.compile(r"[AB]\d\d")}),
    "language": _Rule(required={"code": _LANGUAGE}), "document-date": _DAY,
    "related-activity": _Rule(required={"ref": _ANY, "type": _code("1", "2", "3", "4", "5")}),
    "result": _Rule((("title", 1, 1), ("description", 0, 1), ("document-link", 0, MANY),
                     ("reference", 0, MANY), ("indicator", 1, MANY)),
                    {"type": _code("1", "2", "3", "9")}, {"aggregation-status": _ANY}),
    "indicator": _Rule((("title", 1, 1), ("description", 0, 1), ("document-link", 0, MANY),
                        ("reference", 0, MANY), ("baseline", 0, MANY), ("period", 0, MANY)),
                       {"measure": _code("1", "2", "3", "4", "5")},
                       {"ascending": _ANY, "aggregation-status": _ANY}),
    "reference": _REFERENCE,
    "baseline": _Rule((("location", 0, MANY), ("dimension", 0, MANY), ("document-link", 0, MANY),
                       ("comment", 0, 1)), {"year": _YEAR}, {"value": _ANY, "iso-date": _DATE}),
    "period": _Rule((("period-start", 1, 1), ("period-end", 1, 1), ("target", 0, MANY),
                     ("actual", 0, MANY))),
    "target": _Rule(_MEASURED, optional={"value": _ANY}),
    "actual": _Rule(_MEASURED, optional={"value": _ANY}),
}  # fmt: skip


def structure_problems(top: Element, name: str) -> list[Problem]:
    """Hold a file against the structure of IATI 2.03.

    Parameters
    ----------
    top
        Its outermost element.
    name
        What the file is called, for messages.

    Returns
    -------
    list of Problem
        Everything that is wrong, by line. Elements that evalkit does not read are not looked into.
    """
    if top.tag != "iati-activities":
        what = f"this file holds <{top.tag}>, not <iati-activities>"
        return [Problem(name, top.line, what, "give a file of IATI activities")]
    return [Problem(name, line, what, hint) for line, what, hint in _faults(top)]


_Fault = tuple[int, str, str]


def _faults(element: Element) -> Iterator[_Fault]:
    rule = _RULES.get(element.tag, _LOOSE)
    if rule.loose or ":" in element.tag:
        return
    yield from _attributes(element, rule)
    yield from _order(element, rule)
    if rule.text is not None and not rule.text.fullmatch(element.text.strip()):
        shown = element.text.strip()[:40]
        yield element.line, f"'{shown}' cannot stand in <{element.tag}>", "see the IATI standard"
    yield from _rules(element)
    for child in element.children:
        yield from _faults(child)


def _attributes(element: Element, rule: _Rule) -> Iterator[_Fault]:
    known = {**rule.required, **rule.optional}
    for name in rule.required:
        if name not in element.attributes:
            yield element.line, f"<{element.tag}> lacks the attribute '{name}'", "add it"
    for name, value in element.attributes.items():
        if ":" in name and name != LANG:
            continue  # of another namespace
        if name not in known:
            hint = did_you_mean(name, known)
            yield element.line, f"<{element.tag}> has no attribute '{name}'", hint
        elif not known[name].fullmatch(value):
            hint = f"see the code list or the form of {element.tag}/@{name}"
            yield element.line, f"'{value[:40]}' is no value for {element.tag}/@{name}", hint


def _order(element: Element, rule: _Rule) -> Iterator[_Fault]:
    places = {name: at for at, (name, _, _) in enumerate(rule.children)}
    last = 0
    for child in element.children:
        if ":" in child.tag:
            continue
        if child.tag not in places:
            hint = did_you_mean(child.tag, places)
            yield child.line, f"<{child.tag}> cannot stand in <{element.tag}>", hint
            continue
        if places[child.tag] < last:
            before = rule.children[last][0]
            yield child.line, f"<{child.tag}> stands behind <{before}>", "put it before that"
        last = max(last, places[child.tag])
    for name, fewest, most in rule.children:
        found = list(element.all(name))
        if len(found) < fewest:
            yield element.line, f"<{element.tag}> lacks <{name}>", "add it"
        if len(found) > most:
            yield found[most].line, f"<{element.tag}> has a second <{name}>", "keep one"


def _rules(element: Element) -> Iterator[_Fault]:
    """Find what the standard asks besides the schema: dates that exist, and in order."""
    for name, value in element.attributes.items():
        if name.endswith("date") and _DATE.fullmatch(value) and _day(value) is None:
            yield element.line, f"'{value}' is no day that exists", "mend it"
    if element.tag in ("budget", "period"):
        start, end = (_day_of(element.first(tag)) for tag in ("period-start", "period-end"))
        if start is not None and end is not None and end < start:
            yield element.line, f"this <{element.tag}> ends before it begins", "mend a date"
        elif element.tag == "budget" and start and end and (end - start).days > 366:
            yield element.line, "this <budget> is of more than a year", "split it by year"


def _day_of(element: Element | None) -> date | None:
    return _day(element.attributes.get("iso-date", "")) if element is not None else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
