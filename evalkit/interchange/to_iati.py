"""A case as IATI 2.03: an activity for each instrument, with its results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evalkit.errors import CaseError
from evalkit.interchange.column import Column
from evalkit.interchange.element import LANG, Element, say
from evalkit.interchange.iati_numbers import plain, span
from evalkit.interchange.iati_results import ResultWriter
from evalkit.interchange.iati_structure import structure_problems
from evalkit.interchange.iati_words import (
    DESCRIPTIONS,
    NO_CASE,
    NO_PLACE,
    NOT_STATED,
    OWN,
    RESULT,
    ROLES,
    STATUS,
    TAGS,
    WHY,
)  # fmt: skip
from evalkit.interchange.losses import Loss
from evalkit.interchange.tabulate import normal
from evalkit.interchange.written import Written, read_written
from evalkit.language.numbers import Language
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc
from evalkit.model.source import Citation

_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OBSERVATION = Column("", (), "observation")
_LIST = Column("", (), "list")
_CASE_KEYS = ("instruments", "language")


@dataclass(slots=True)
class Activities:
    """A case as IATI activities.

    Attributes
    ----------
    text
        The XML file.
    losses
        What it cannot hold.
    filled
        What IATI asks for and the case does not say, with what was put there instead.
    """

    text: str
    losses: list[Loss] = field(default_factory=list)
    filled: list[Loss] = field(default_factory=list)


def to_iati(name: str | Path, reporter: str = "XM-EVALKIT") -> Activities:
    """Write a case as IATI 2.03 activities.

    Parameters
    ----------
    name
        A case folder, or the slug of a shipped case.
    reporter
        The IATI identifier of the organisation that publishes the file.

    Raises
    ------
    CaseError
        Anything in the case is wrong.

    Examples
    --------
    >>> found = to_iati("minimumloon")
    >>> found.text.count("<iati-activity ")
    1
    """
    written, case = read_written(name)
    return activities_of(written, case.slug, reporter)


def activities_of(data: Written, slug: str, reporter: str = "XM-EVALKIT") -> Activities:
    """Write the keys of a case as activities."""
    made = _File(data, slug, reporter)
    top = made.file()
    problems = structure_problems(top, f"{slug}.xml")
    if problems:
        raise CaseError(problems)
    return Activities(_HEADER + top.xml(), made.losses, made.filled)


class _File:
    """Builds the file; what an activity takes out of its instrument is held, the rest is lost."""

    def __init__(self, data: Written, slug: str, reporter: str) -> None:
        self.data, self.slug, self.reporter = normal(data.data), slug, reporter
        self.lang: Language = "en" if data.language == "en" else "nl"
        self.losses: list[Loss] = [
            Loss((*one.loc, lang), "evalkit writes one language of IATI")
            for one in data.translations
            for lang in one.texts
        ]
        self.filled: list[Loss] = []
        self.span = span(Period.parse(str(self.data["period"])))

    def file(self) -> Element:
        top = Element("iati-activities", {"version": "2.03"})
        for key in self.data:
            if key not in _CASE_KEYS:
                self.losses.append(Loss((key,), NO_CASE))
        for key, instrument in self.data.get("instruments", {}).items():
            top.children.append(self.activity(key, dict(instrument)))
        return top

    def identifier(self, key: str) -> str:
        return f"{self.reporter}-{self.slug}-{key}"

    def activity(self, key: str, rest: dict[str, Any]) -> Element:
        at: Loc = ("instruments", key)
        made = Element("iati-activity", {LANG: self.lang, "default-currency": "EUR"})
        made.add("iati-identifier", self.identifier(key))
        reporting = made.add("reporting-org", ref=self.reporter, type="90", secondary_reporter="1")
        say(reporting, self.data.get("publisher") or self.data["title"])
        name = rest.pop("name")
        say(made.add("title"), name)
        self.descriptions(made, rest, at, name)
        self.organisations(made, rest, at)
        period = Period.parse(rest["period"])
        status = rest.get("status")
        made.add("activity-status", code=self.status(rest.get("status"), period, at))
        self.dates(made, rest.pop("period"), period, status, at)
        made.add("sector", vocabulary=OWN, code=rest.pop("type"))
        made.add("tag", vocabulary=OWN, code=f"id:{key}")
        self.tags(made, rest, at)
        budget = rest.get("input", {}).get("budget")
        if isinstance(budget, dict):
            self.budgets(made, budget)
        self.documents(made, rest, at)
        if rest.get("part_of"):
            made.add("related-activity", ref=self.identifier(rest.pop("part_of")), type="1")
        results = ResultWriter(self.lang, self.span, self.losses, self.filled)
        for stage, kind in RESULT.items():
            for node, said in rest.pop(stage, {}).items():
                results.write(made, kind, (*at, stage, node), dict(said), period)
        self.lose(rest, at)
        return made

    def lose(self, rest: dict[str, Any], at: Loc) -> None:
        self.losses += [
            Loss((*at, key), WHY.get(key, NO_PLACE)) for key, value in rest.items() if value
        ]

    def fill(self, at: Loc, what: str) -> None:
        self.filled.append(Loss(at, what))

    def descriptions(self, made: Element, rest: dict[str, Any], at: Loc, name: str) -> None:
        found = False
        for key, kind in DESCRIPTIONS.items():
            texts = _taken(rest, key)
            if not texts:
                continue
            if key == "description" and texts[0].strip() == name.strip():
                self.losses.append(Loss((*at, key), "in IATI it says what the title says"))
            for text in texts:
                say(made.add("description", type=kind), text)
            found = True
        if not found:
            say(made.add("description", type="1"), name)
            self.fill((*at, "description"), "IATI asks for a description; it is given the name")

    def organisations(self, made: Element, rest: dict[str, Any], at: Loc) -> None:
        found = False
        for key, role in ROLES.items():
            for name in _taken(rest, key):
                say(made.add("participating-org", role=role), name)
                found = True
        if not found:
            say(made.add("participating-org", role="2"), NOT_STATED[self.lang])
            what = f"IATI asks for an organisation; it is given '{NOT_STATED[self.lang]}'"
            self.fill((*at, "ministries"), what)

    def status(self, said: str | None, period: Period, at: Loc) -> str:
        if said is not None:
            return STATUS[said]
        self.fill((*at, "status"), "IATI asks for a status; it follows from the period")
        ended = period.end is not None and not period.ongoing
        review = self.span[1]
        return "4" if ended and review is not None and (span(period)[1] or review) < review else "2"

    def dates(self, made: Element, said: str, period: Period, status: str | None, at: Loc) -> None:
        start, end = span(period)
        planned = status not in (None, "lopend", "gestopt")
        if start is not None:
            found = [("1" if planned else "2", start)]
        else:
            first, why = self.span[0] or date(1900, 1, 1), "the start of the period under review"
            if end is not None and end < first:
                first, why = end.replace(month=1, day=1), "the start of its last year"
            found = [("1", first)]
            self.fill((*at, "period"), f"IATI asks when it began; it is given {first}, {why}")
        if end is not None:
            found.append(("4" if status == "gestopt" else "3", end))
        for number, (kind, day) in enumerate(found):
            one = made.add("activity-date", iso_date=day.isoformat(), type=kind)
            if number == 0:
                say(one, said)  # as it was written: the day says more than is known

    def tags(self, made: Element, rest: dict[str, Any], at: Loc) -> None:
        names = {"theme": {k: v.get("name", k) for k, v in self.data.get("themes", {}).items()}}
        for key in TAGS:
            if isinstance(rest.get(key), str) and rest[key]:
                code = rest.pop(key)
                tag = made.add("tag", vocabulary=OWN, code=f"{key}:{code}")
                if code in names.get(key, {}):
                    say(tag, names[key][code])
        goals = rest.pop("goals", {})
        known = self.data.get("theory", {}).get("goals", {})
        for goal, service in goals.items():
            role = service.get("role")
            code = f"goal:{goal}" if role is None else f"goal-{role}:{goal}"
            say(made.add("tag", vocabulary=OWN, code=code), known.get(goal, {}).get("name", goal))
            if service.get("because"):
                self.losses.append(Loss((*at, "goals", goal, "because"), WHY["because"]))

    def budgets(self, made: Element, budget: dict[str, Any]) -> None:
        """Write what is in euros and of one year; the result of the node holds the rest too."""
        for year, said in budget.get("per_year", {}).items():
            amount = Quantity.parse(said, self.lang)
            number = plain(amount)
            if number is None or amount.unit != "euro" or amount.per:
                continue
            one = made.add("budget", type="1", status="1")
            one.add("period-start", iso_date=f"{year}-01-01")
            one.add("period-end", iso_date=f"{year}-12-31")
            one.add("value", number, currency="EUR", value_date=f"{year}-01-01")

    def documents(self, made: Element, rest: dict[str, Any], at: Loc) -> None:
        """Name the sources of the instrument that have an address."""
        sources = self.data.get("sources", {})
        for key in dict.fromkeys(_cited(rest)):
            source = sources.get(key, {})
            if not source.get("url"):
                continue
            form = "application/pdf" if source["url"].lower().endswith(".pdf") else "text/html"
            if not rest.get("references"):
                self.fill((*at, "references"), "its documents come back as references")
            link = made.add("document-link", format=form, url=source["url"])
            say(link.add("title"), source["title"])
            link.add("category", code="A12" if source["kind"] == "website" else "A07")
            if source.get("year", "").isdecimal():
                link.add("document-date", iso_date=f"{source['year']}-01-01")


def _cited(value: Any) -> Iterator[str]:
    """Give the keys of the sources that are named in an instrument."""
    for key, part in value.items() if isinstance(value, dict) else ():
        if key in ("source", "references"):
            for said in [part] if isinstance(part, str) else part or ():
                yield from Citation.parse(said).keys
        else:
            yield from _cited(part)


def _taken(rest: dict[str, Any], key: str) -> list[str]:
    """Take the texts of a key out of what is left to write; none when it holds anything else."""
    said = rest.get(key)
    texts = [said] if isinstance(said, str) else said
    if not texts or not all(isinstance(text, str) for text in texts):
        return []
    del rest[key]
    return list(texts)
