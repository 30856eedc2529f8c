"""Periods, with the open and unknown ends that reports print."""

from __future__ import annotations

import re
from typing import Any, Self

from pydantic import GetJsonSchemaHandler, ValidationError, model_validator
from pydantic_core import CoreSchema

from evalkit.errors import MisreadError
from evalkit.language.catalogue import label, labels
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.moment import Moment
from evalkit.model.record import Record


class Period(Record):
    """From a moment to a moment; either end may be open or unknown.

    Attributes
    ----------
    start
        Its first moment; None when unknown.
    before
        Whether it began at an unknown moment before `start`.
    end
        Its last moment; None when it is open or unknown.
    ongoing
        Whether it still runs ("heden").
    until
        Whether `end` itself is left out ("tot 2030").

    Examples
    --------
    >>> str(Period.parse("2013-heden")), Period.parse("2018–2021").years
    ('2013–heden', (2018, 2019, 2020, 2021))
    """

    start: Moment | None = None
    before: bool = False
    end: Moment | None = None
    ongoing: bool = False
    until: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period as people write it, in Dutch or English.

        Raises
        ------
        ValueError
            The text is not a period.
        """
        try:
            return cls(**_fields(text))
        except ValidationError as error:
            raise error.errors()[0]["ctx"]["error"] from None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return _fields(data) if isinstance(data, str) else data

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end.last < self.start.first:
            what = f"the period ends ({self.end}) before it begins ({self.start})"
            raise MisreadError(what, "write the earlier end first")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Show editors the written form."""
        handler(core)
        examples = ["2018–2021", "2013–heden", "vanaf 2022", "tot 2030", "voor 2017–2023"]
        return {"title": "Period", "type": ["string", "integer"], "examples": examples}

    @property
    def first_year(self) -> int | None:
        """The year in which it began, when that is known."""
        return None if self.start is None or self.before else self.start.year

    @property
    def begun_by(self) -> int | None:
        """The year in which, or before which, it had begun at the latest; None when unknown."""
        return None if self.start is None else self.start.year

    @property
    def last_year(self) -> int | None:
        """The last year in which it ran, when it has one."""
        if self.end is None:
            return None
        at_new_year = self.until and self.end.first[1:] == (1, 1)
        return self.end.year - at_new_year

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years from its start to its end; empty when an end is not known."""
        if self.first_year is None or self.last_year is None:
            return ()
        return tuple(range(self.first_year, self.last_year + 1))

    def covers(self, year: int) -> bool:
        """Whether the period may have run in `year`; an unknown end does not exclude it."""
        begun = self.first_year is None or self.first_year <= year
        return begun and (self.last_year is None or year <= self.last_year)

    def prose(self, lang: Language = "nl") -> str:
        """Print it as a reader expects: ``2013–heden``, ``tot 2030``."""
        if self.start is None and self.end is None:
            unknown = label("period.unknown", lang)
            return (
                f"{unknown}\N{EN DASH}{label('period.present', lang)}" if self.ongoing else unknown
            )
        start = self._start(lang)
        if self.start is not None and self.start == self.end and not self.before:
            return start
        if self.end is None:
            tail = f"{self._dash}{label('period.present', lang)}"
            return start + tail if self.ongoing else f"{label('period.from', lang)} {start}"
        if self.start is None:
            key = "before" if self.before else "until" if self.until else "through"
            return f"{label(f'period.{key}', lang)} {self.end.prose(lang)}"
        return f"{start}{self._dash}{self.end.prose(lang)}"

    def told(self, lang: Language) -> str:
        """Print it in a report: of what runs since nobody knows when, that its start is unknown."""
        adrift = self.ongoing and self.start is None
        return label("period.adrift", lang) if adrift else self.prose(lang)

    def _start(self, lang: Language) -> str:
        if self.start is None:
            return ""
        word = f"{label('period.before', lang)} " if self.before else ""
        return word + self.start.prose(lang)

    @property
    def _dash(self) -> str:
        """Bare years stand without spaces round the dash, longer forms with them."""
        ends = (self.start, self.end)
        plain = all(end is None or not (end.month or end.half or end.quarter) for end in ends)
        return "\N{EN DASH}" if plain else " \N{EN DASH} "

    def __str__(self) -> str:
        return self.prose()


def _fields(text: str) -> dict[str, Any]:
    """Take a written period apart."""
    body = " ".join(text.split())
    word, _, rest = body.partition(" ")
    opening = _words("from", "until", "through", "before").get(word.lower())
    left, dash, right = _split(body)
    if opening and not dash:
        return _one_ended(opening, rest)
    if body.lower() in _words("unknown"):
        return {}
    if not dash or not (left.strip() or right.strip()):
        moment = Moment.parse(body)
        return {"start": moment, "end": moment}
    return {**_left(left), **_right(right)}


def _words(*names: str) -> dict[str, str]:
    """Map the words of both languages to what they mean; nobody need type *vóór* with accents."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        period = labels("period", lang)
        found |= {period[name]: name for name in names}
        found |= {period[name].replace("ó", "o"): name for name in names}
    return found


def _split(text: str) -> tuple[str, str, str]:
    if "–" in text:
        return text.partition("–")
    if found := re.fullmatch(r"(.*\d{4}|\w+) ?- ?(\d{4}|[a-z]+)", text):
        return found[1], "-", found[2]
    return text.partition(" - ")


def _one_ended(word: str, rest: str) -> dict[str, Any]:
    moment = Moment.parse(rest)
    if word == "from":
        return {"start": moment}
    # "voor 2017" ends before that year begins, as "tot 2017" does.
    return {"end": moment, "until": word != "through", "before": word == "before"}


def _left(text: str) -> dict[str, Any]:
    body = text.strip().lower()
    if not body or body in _words("unknown"):
        return {}
    for word in _words("before"):
        if body.startswith(f"{word} "):
            return {"start": Moment.parse(text.strip()[len(word) :]), "before": True}
    return {"start": Moment.parse(text)}


def _right(text: str) -> dict[str, Any]:
    body = text.strip().lower()
    if not body or body in _words("unknown"):
        return {}
    if body in _words("present"):
        return {"ongoing": True}
    return {"end": Moment.parse(text)}
