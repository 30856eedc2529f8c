"""IATI results as nodes of a chain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evalkit.errors import Problem
from evalkit.interchange.element import Element
from evalkit.interchange.iati_numbers import plain, written
from evalkit.interchange.iati_words import NO_YEAR, OWN, RESULT, RESULT_BACK
from evalkit.language.numbers import Language
from evalkit.model.indicator import Observation


@dataclass(frozen=True, slots=True)
class ResultReader:
    """Reads results, and notes what is wrong with them and what has no place in a case.

    Attributes
    ----------
    lang
        The language that numbers are to be written in.
    name
        What the file is called.
    problems, unread
        What to add to.
    """

    lang: Language
    name: str
    problems: list[Problem]
    unread: dict[str, int]

    def read(self, result: Element, found: dict[str, Any], number: int) -> None:
        """Read a result into the chain of an instrument; `number` counts results."""
        title, told = result.first("title"), result.first("description")
        indicators = list(result.all("indicator"))
        for at, indicator in enumerate(indicators, 1):
            stage, key, own = self.place(result, indicator, f"r{number}-{at}")
            if stage in found and key in found[stage]:
                what = f"the result '{stage}/{key}' stands here again"
                hint = "give each indicator a reference of its own"
                self.problems.append(Problem(self.name, indicator.line, what, hint))
            node: dict[str, Any] = {"text": text_in(indicator.first("title"), self.lang)
                                    or text_in(title, self.lang)}  # fmt: skip
            if own and told is not None:
                node["unit"] = told.narrative(self.lang)
            self.values(indicator, node)
            put(node, "note", text_in(indicator.first("description"), self.lang))
            found.setdefault(stage, {})[key] = node

    def place(self, result: Element, indicator: Element, otherwise: str) -> tuple[str, str, bool]:
        """Tell at which stage and under which id an indicator goes, and whether we wrote it."""
        for one in indicator.all("reference"):
            stage, slash, key = one.attributes["code"].partition("/")
            if one.attributes["vocabulary"] == OWN and slash and stage in RESULT:
                return stage, key, True
        return RESULT_BACK[result.attributes["type"]], otherwise, False

    def values(self, indicator: Element, node: dict[str, Any]) -> None:
        """Read baseline, targets and what was reached."""
        measure = indicator.attributes["measure"]
        baseline = indicator.first("baseline")
        if baseline is not None:
            said = self.value(baseline, measure, baseline.attributes["year"])
            put(node, "baseline", said)
        years: dict[str, str] = {}
        for period in indicator.all("period"):
            days = [period.first(tag) for tag in ("period-start", "period-end")]
            start, end = (one.attributes["iso-date"][:10] for one in days if one is not None)
            year = end[:4] if start[:4] == end[:4] else ""
            for role in ("target", "actual"):
                for one in period.all(role):
                    self.role(node, years, role, one, measure, year)
        if years:
            node["per_year"] = dict(sorted(years.items()))

    def role(
        self, node: dict[str, Any], years: dict[str, str], role: str, one: Element, measure: str,
        year: str,
    ) -> None:  # fmt: skip
        """Read a target, or what was reached, as one value or as a year of the series."""
        if one.first("dimension") is not None or one.first("location") is not None:
            self.unread["dimension"] = self.unread.get("dimension", 0) + 1
            return
        said = self.value(one, measure, year)
        if not said:
            return
        series = re.fullmatch(r"(.*\S) in ([0-9]{4})", said, re.DOTALL)
        comment = text_in(one.first("comment"), self.lang)
        bare = comment == said or not comment or not self.reads(comment)
        if role == "actual" and year and bare and not (series and comment == said):
            years[year] = series[1] if series else said
        elif role in node:
            what = f"'{node['text'][:60]}' has a second {role}"
            hint = "a case holds one; leave the other out"
            self.problems.append(Problem(self.name, one.line, what, hint))
        else:
            node[role] = said

    def value(self, one: Element, measure: str, year: str) -> str:
        """Give a value as it was written in its comment, or else from its number."""
        comment = text_in(one.first("comment"), self.lang)
        if self.reads(comment):
            self.agree(one, comment)
            for mark in NO_YEAR.values():
                if comment.endswith(mark):
                    return comment.removesuffix(mark)
            return comment
        number = one.attributes.get("value", "")
        try:
            said = written(number, measure, self.lang) if number else ""
        except ValueError as error:
            hint = "write a decimal number"
            self.problems.append(Problem(self.name, one.line, str(error), hint))
            return ""
        return f"{said} in {year}" if said and year else said

    def agree(self, one: Element, comment: str) -> None:
        """Find a number that its comment contradicts: somebody changed one of the two."""
        number = one.attributes.get("value", "")
        said = self.observation(comment)
        stands = plain(said.value) if said is not None else None
        if number and stands is not None and not _same(number, stands):
            what = f"the value {number} and its comment '{comment[:60]}' differ"
            hint = "change both, or leave the comment out"
            self.problems.append(Problem(self.name, one.line, what, hint))

    def reads(self, comment: str) -> bool:
        """Tell whether a comment is the value as it was written."""
        return self.observation(comment) is not None

    def observation(self, comment: str) -> Observation | None:
        """Read a comment as a value; None when it is none."""
        for mark in NO_YEAR.values():
            comment = comment.removesuffix(mark)
        try:
            return Observation.model_validate(comment, context={"lang": self.lang})
        except ValueError:
            return None


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


def text_in(element: Element | None, lang: str) -> str:
    """Give the narrative of an element that may not be there."""
    return element.narrative(lang) if element is not None else ""


def put(found: dict[str, Any], key: str, value: Any) -> None:
    """Fill a key in when there is something to fill it with."""
    if value:
        found[key] = value
