"""Nodes of a chain as IATI results: an indicator with its baseline and periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from evalkit.interchange.celltext import to_cell
from evalkit.interchange.column import Column
from evalkit.interchange.element import Element, say
from evalkit.interchange.iati_numbers import measure_of, plain, span
from evalkit.interchange.iati_words import NO_PLACE, NO_YEAR, OWN, WHY
from evalkit.interchange.losses import Loss
from evalkit.language.numbers import Language
from evalkit.model.indicator import Observation
from evalkit.model.moment import Moment
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc

_OBSERVATION = Column("", (), "observation")


@dataclass(frozen=True, slots=True)
class ResultWriter:
    """Writes results, and notes what they cannot hold and what had to be filled in.

    Attributes
    ----------
    lang
        The language of the case.
    span
        The days of the period under review.
    losses, filled
        Lists to add to.
    """

    lang: Language
    span: tuple[date | None, date | None]
    losses: list[Loss]
    filled: list[Loss]

    def lose(self, rest: dict[str, Any], at: Loc) -> None:
        """Note the keys that were not written."""
        self.losses.extend(
            Loss((*at, key), WHY.get(key, NO_PLACE)) for key, value in rest.items() if value
        )

    def fill(self, at: Loc, what: str) -> None:
        """Note what was filled in."""
        self.filled.append(Loss(at, what))

    def write(
        self, made: Element, kind: str, at: Loc, rest: dict[str, Any], period: Period
    ) -> None:
        """Write a node as a result with one indicator."""
        text = rest.pop("text")
        result = made.add("result", type=kind)
        say(result.add("title"), text)
        if isinstance(rest.get("unit"), str):
            say(result.add("description"), rest.pop("unit"))
        series = rest.pop("per_year", {})
        said = dict(self.observations(rest, at))
        values = [Quantity.parse(one, self.lang) for one in series.values()]
        values += [Observation.model_validate(one, context={"lang": self.lang}).value
                   for one in said.values()]  # fmt: skip
        indicator = result.add("indicator", measure=measure_of(values))
        say(indicator.add("title"), text)
        if isinstance(rest.get("note"), str):
            say(indicator.add("description"), rest.pop("note"))
        indicator.add("reference", vocabulary=OWN, code=f"{at[-2]}/{at[-1]}")
        if "baseline" in said:
            self.baseline(indicator, said.pop("baseline"), at, period)
        for (start, end), found in sorted(self.periods(series, said, at, period).items()):
            one = indicator.add("period")
            one.add("period-start", iso_date=start.isoformat())
            one.add("period-end", iso_date=end.isoformat())
            for role, comment, number in sorted(found, key=lambda each: each[0], reverse=True):
                say(one.add(role, value=number).add("comment"), comment)
        self.lose(rest, at)

    def observations(self, rest: dict[str, Any], at: Loc) -> Iterator[tuple[str, str]]:
        """Take the single values of a node out, as texts."""
        for role in ("baseline", "target", "actual"):
            value = rest.get(role)
            text = to_cell(_OBSERVATION, value) if value is not None else None
            if text is None:
                continue
            del rest[role]
            if isinstance(value, dict) and value.get("source"):
                self.losses.append(Loss((*at, role, "source"), WHY["source"]))
            yield role, text

    def baseline(self, indicator: Element, said: str, at: Loc, period: Period) -> None:
        """Write what was before."""
        found = Observation.model_validate(said, context={"lang": self.lang})
        year, comment = found.year, said
        if year is None:
            first = self.days(period)[0]
            year, comment = first.year, said + NO_YEAR[self.lang]
            self.fill((*at, "baseline"), f"IATI asks for its year; it is given {year}")
        one = indicator.add("baseline", year=str(year), value=plain(found.value))
        say(one.add("comment"), comment)

    def days(self, period: Period) -> tuple[date, date]:
        """Give a period with two ends, taking what lacks from the period under review."""
        start, end = span(period)
        first = start or self.span[0] or date(1900, 1, 1)
        last = end or self.span[1] or first.replace(month=12, day=31)
        return (first, last) if first <= last else (first, first.replace(month=12, day=31))

    def periods(
        self, series: dict[str, str], said: dict[str, str], at: Loc, period: Period
    ) -> dict[tuple[date, date], list[tuple[str, str, str | None]]]:
        """Sort what was aimed at and reached by period."""
        found: dict[tuple[date, date], list[tuple[str, str, str | None]]] = {}
        for year, text in series.items():
            number = plain(Quantity.parse(text, self.lang))
            found.setdefault(_year(int(year)), []).append(("actual", text, number))
        for role, text in said.items():
            one = Observation.model_validate(text, context={"lang": self.lang})
            days = _year(one.year) if one.year is not None else self.days(period)
            comment = text if one.year is not None else text + NO_YEAR[self.lang]
            if one.year is None:
                what = f"IATI asks for its period; it is given {days[0]} to {days[1]}"
                self.fill((*at, role), what)
            found.setdefault(days, []).append((role, comment, plain(one.value)))
        return found


def _year(year: int) -> tuple[date, date]:
    moment = Moment(year=year)
    return date(*moment.first), date(*moment.last)
