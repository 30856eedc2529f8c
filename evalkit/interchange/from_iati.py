"""IATI 2.03 activities as instruments of a case."""

from __future__ import annotations

import re
from typing import Any, get_args

from evalkit.errors import CaseError, Problem
from evalkit.interchange.element import LANG, Element, read_xml
from evalkit.interchange.iati_numbers import as_period, written
from evalkit.interchange.iati_reading import ResultReader, put, text_in
from evalkit.interchange.iati_structure import structure_problems
from evalkit.interchange.iati_words import (
    DESCRIPTIONS,
    NOT_STATED,
    OWN,
    ROLES,
    STATUS_BACK,
    TAGS,
)  # fmt: skip
from evalkit.io.reader import slug_of
from evalkit.language.numbers import Language
from evalkit.model.instrument import InstrumentType
from evalkit.model.period import Period

_UNREAD = ("contact-info", "location", "transaction", "planned-disbursement", "policy-marker",
           "recipient-country", "recipient-region", "humanitarian-scope", "capital-spend",
           "conditions", "legacy-data", "crs-add", "fss", "country-budget-items",
           "other-identifier", "activity-scope", "collaboration-type",
           "default-flow-type", "default-finance-type", "default-aid-type",
           "default-tied-status")  # fmt: skip


class Activities(dict[str, Any]):
    """The keys that a file of activities gives; `unread` counts the elements that it does not."""

    unread: dict[str, int]


def from_iati(
    data: bytes, name: str, kind: str | None = None, language: str | None = None
) -> Activities:
    """Read IATI activities as the keys of a case.

    Parameters
    ----------
    data
        The file.
    name
        What it is called, for messages.
    kind
        The type of instruments of which it does not say it.
    language
        The language that numbers are to be written in; by default that of the file.

    Raises
    ------
    CaseError
        It is not as the standard says, or lacks what an instrument must have.
    """
    top = read_xml(data, name)
    problems = structure_problems(top, name)
    if problems:
        raise CaseError(problems)
    reader = _File(top, name, kind, language)
    reader.read()
    if reader.problems:
        raise CaseError(reader.problems)
    return reader.found


class _File:
    """Reads activity by activity."""

    def __init__(self, top: Element, name: str, kind: str | None, language: str | None) -> None:
        self.top, self.name, self.kind = top, name, kind
        first = next(top.all("iati-activity"))
        said = language or first.attributes.get(LANG, "en")[:2]
        self.lang: Language = "nl" if said == "nl" else "en"
        self.problems: list[Problem] = []
        self.found = Activities()
        self.found.unread = {}
        self.ids = self._ids()

    def read(self) -> None:
        instruments: dict[str, Any] = {}
        self.found["title"] = self._title()
        self.found["language"] = self.lang
        self.found["period"] = ""
        for activity in self.top.all("iati-activity"):
            instruments[self.ids[_identifier(activity)]] = self.activity(activity)
            for child in activity.children:
                if child.tag in _UNREAD or ":" in child.tag:
                    self.found.unread[child.tag] = self.found.unread.get(child.tag, 0) + 1
        self.found["period"] = self._period()
        self.found["instruments"] = instruments

    def _title(self) -> str:
        org = next(self.top.all("iati-activity")).first("reporting-org")
        return (org.narrative(self.lang) if org is not None else "") or self.name

    def _period(self) -> str:
        days = [one.attributes["iso-date"][:10] for activity in self.top.all("iati-activity")
                for one in activity.all("activity-date")]  # fmt: skip
        return as_period(f"{min(days)[:4]}-01-01", f"{max(days)[:4]}-12-31")

    def _ids(self) -> dict[str, str]:
        """Give each activity an id: the end of its identifier, as far as they differ."""
        activities = {_identifier(activity): activity for activity in self.top.all("iati-activity")}
        common = _common(list(activities))
        found: dict[str, str] = {}
        for name, activity in activities.items():
            key = base = _own_id(activity) or slug_of(name.removeprefix(common))
            number = 2
            while key in found.values():
                key, number = f"{base}-{number}", number + 1
            found.setdefault(name, key)
        return found

    def activity(self, activity: Element) -> dict[str, Any]:
        title = activity.first("title")
        found: dict[str, Any] = {"name": title.narrative(self.lang) if title is not None else ""}
        self.kind_of(activity, found)
        self.tags(activity, found)
        self.status(activity, found)
        found["period"] = self.period(activity)
        for key, role in ROLES.items():
            names = [org.narrative(self.lang) or org.attributes.get("ref", "")
                     for org in activity.all("participating-org")
                     if org.attributes["role"] == role]  # fmt: skip
            put(found, key, [name for name in names if name not in NOT_STATED.values()])
        if isinstance(found.get("executor"), list):
            found["executor"] = ", ".join(found["executor"])
        self.descriptions(activity, found)
        for one in activity.all("related-activity"):
            if one.attributes["type"] == "1" and one.attributes["ref"] in self.ids:
                found["part_of"] = self.ids[one.attributes["ref"]]
        self.documents(activity, found)
        results = ResultReader(self.lang, self.name, self.problems, self.found.unread)
        for number, result in enumerate(activity.all("result"), 1):
            results.read(result, found, number)
        if "budget" not in found.get("input", {}):
            self.budget(activity, found)
        return found

    def kind_of(self, activity: Element, found: dict[str, Any]) -> None:
        own = [one.attributes["code"] for one in activity.all("sector")
               if one.attributes.get("vocabulary") == OWN]  # fmt: skip
        said = next((code for code in own if code in get_args(InstrumentType)), self.kind)
        if said is None:
            hint = f"say it with --type, one of {', '.join(get_args(InstrumentType))}"
            what = f"the type of instrument of '{found['name'][:60]}' is not given"
            self.problems.append(Problem(self.name, activity.line, what, hint))
        found["type"] = said or "subsidie"

    def tags(self, activity: Element, found: dict[str, Any]) -> None:
        goals: dict[str, Any] = {}
        for tag in activity.all("tag"):
            key, colon, value = tag.attributes["code"].partition(":")
            if tag.attributes["vocabulary"] != OWN or not colon:
                continue
            name = tag.narrative(self.lang)
            if key in TAGS:
                found[key] = value
                if key == "theme":
                    self.found.setdefault("themes", {})[value] = {"name": name or value}
            elif key.split("-")[0] == "goal":
                role = key.partition("-")[2]
                goals[value] = {"role": role} if role else {}
                theory = self.found.setdefault("theory", {}).setdefault("goals", {})
                theory[value] = {"name": name or value}
        if goals:
            found["goals"] = goals

    def status(self, activity: Element, found: dict[str, Any]) -> None:
        code = activity.first("activity-status")
        own = any(one.attributes.get("vocabulary") == OWN for one in activity.all("sector"))
        if "status" not in found and not own and code is not None:
            found["status"] = STATUS_BACK[code.attributes["code"]]

    def period(self, activity: Element) -> str:
        dates = list(activity.all("activity-date"))
        said = dates[0].narrative(self.lang)
        if said and _reads_period(said):
            return said
        starts = {one.attributes["type"]: one.attributes["iso-date"][:10] for one in dates}
        return as_period(
            starts.get("2") or starts.get("1", ""), starts.get("4") or starts.get("3", "")
        )

    def descriptions(self, activity: Element, found: dict[str, Any]) -> None:
        kinds: dict[str, list[str]] = {}
        for one in activity.all("description"):
            text, kind = one.narrative(self.lang), one.attributes.get("type", "1")
            if kind != "1" or text != found["name"]:
                kinds.setdefault(kind, []).append(text)
        for key, kind in DESCRIPTIONS.items():
            if kind in kinds:
                several = key == "aims"
                found[key] = kinds[kind] if several else "\n\n".join(kinds[kind])

    def documents(self, activity: Element, found: dict[str, Any]) -> None:
        sources = self.found.setdefault("sources", {})
        keys = []
        for link in activity.all("document-link"):
            title, url = text_in(link.first("title"), self.lang), link.attributes["url"]
            day = link.first("document-date")
            kinds = {one.attributes["code"] for one in link.all("category")}
            source = {"kind": "website" if "A12" in kinds else "report", "title": title, "url": url}
            if day is not None:
                source["year"] = day.attributes["iso-date"][:4]
            key = next((known for known, said in sources.items() if said == source), None)
            if key is None:
                key = base = slug_of(title)[:40].strip("-")
                number = 2
                while key in sources:
                    key, number = f"{base}-{number}", number + 1
                sources[key] = source
            keys.append(key)
        put(found, "references", list(dict.fromkeys(keys)))

    def budget(self, activity: Element, found: dict[str, Any]) -> None:
        years: dict[str, str] = {}
        default = activity.attributes.get("default-currency", "")
        for one in activity.all("budget"):
            value, start, end = (one.first(tag) for tag in ("value", "period-start", "period-end"))
            if value is None or start is None or end is None:
                continue
            year = start.attributes["iso-date"][:4]
            currency = value.attributes.get("currency", default)
            unit = "euro" if currency == "EUR" else currency
            if end.attributes["iso-date"][:4] != year or year in years:
                what = "this budget is not one of a whole calendar year, as `per_year` asks"
                hint = "add budgets of one year up, and give each a calendar year"
                self.problems.append(Problem(self.name, one.line, what, hint))
                continue
            years[year] = f"{written(value.text, '1', self.lang)} {unit}".strip()
        if years:
            text = "Budget"
            found.setdefault("input", {})["budget"] = {"text": text, "per_year": years}


def _identifier(activity: Element) -> str:
    found = activity.first("iati-identifier")
    return found.text.strip() if found is not None else ""


def _own_id(activity: Element) -> str:
    codes = (tag.attributes["code"] for tag in activity.all("tag"))
    said = next((code.removeprefix("id:") for code in codes if code.startswith("id:")), "")
    return said if re.fullmatch(r"[a-z0-9][a-z0-9-]*", said) else ""


def _common(names: list[str]) -> str:
    """Give the beginning that identifiers share, up to a hyphen."""
    first, last = min(names), max(names)
    size = next(
        (i for i, sign in enumerate(first) if i >= len(last) or last[i] != sign), len(first)
    )
    shared = first[:size]
    if len(names) == 1:
        return names[0].rpartition("-")[0] + "-" * ("-" in names[0])
    return shared[: shared.rfind("-") + 1]


def _reads_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
