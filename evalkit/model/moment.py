"""Moments: a year, or a half-year, quarter, month or day in it."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from evalkit.errors import MisreadError
from evalkit.language.catalogue import label
from evalkit.language.numbers import Language
from evalkit.model.record import Record

_MOMENT = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?",
    re.ASCII,
)
HOW = (
    "write, with – between two ends, for instance 2021, 2018–2021, 2013–heden, tot 2030, "
    "2025-H1 or 2023-02-03"
)
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
_NAMES = [name.casefold() for names in _MONTHS.values() for name in names.split()]
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}}|{'|'.join(_NAMES)})[-/. ](\d{{4}})")


def existing_day(text: str) -> str:
    """Refuse a date whose day does not exist; a date in other words is the writer's own.

    Raises
    ------
    MisreadError
        For instance for ``31-02-2025`` and ``31 februari 2025``.

    Examples
    --------
    >>> existing_day("28-02-2025")
    '28-02-2025'
    """
    written = " ".join(text.split())
    if found := _DAY_FIRST.fullmatch(written.casefold()):
        day, month, year = found.groups()
        number = int(month) if month.isdecimal() else _NAMES.index(month) % 12 + 1
        if number > 12 >= int(day) and month.isdecimal():
            return text  # the month first, as Americans write it
        written = f"{year}-{number:02}-{int(day):02}"
    try:
        if _MOMENT.fullmatch(written):
            Moment.parse(written)
    except MisreadError:
        how = "write a day of the calendar, such as 2025-02-28, or leave the day out"
        raise MisreadError(f"'{text}' is not a day that exists", how) from None
    return text


class Moment(Record):
    """A year, or a half-year, quarter, month or day in it."""

    year: int = Field(ge=1500, le=2500)
    half: int | None = Field(default=None, ge=1, le=2)
    quarter: int | None = Field(default=None, ge=1, le=4)
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2021``, ``2025-H1``, ``2025-Q3``, ``2021-09`` or ``2023-02-03``."""
        found = _MOMENT.fullmatch(text.strip())
        if not found:
            raise MisreadError(f"'{text}' is not a moment", HOW)
        try:
            return cls(**{k: int(v) for k, v in found.groupdict().items() if v is not None})
        except ValidationError:
            raise MisreadError(f"'{text}' is not a moment that exists", HOW) from None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        if not isinstance(data, str):
            return data
        return cls.parse(data).model_dump(exclude_none=True)

    @model_validator(mode="after")
    def _day_exists(self) -> Self:
        if self.day is not None and (
            self.month is None or self.day > monthrange(self.year, self.month)[1]
        ):
            what = f"there is no day {self.day} in month {self.month} of {self.year}"
            raise MisreadError(what, "mend the day, or leave it out")
        return self

    @property
    def first(self) -> tuple[int, int, int]:
        """Its first day, as year, month and day."""
        if self.half is not None:
            return self.year, 6 * self.half - 5, 1
        if self.quarter is not None:
            return self.year, 3 * self.quarter - 2, 1
        return self.year, self.month or 1, self.day or 1

    @property
    def last(self) -> tuple[int, int, int]:
        """Its last day (a month ends on the 31st here: only the order matters)."""
        if self.half is not None:
            return self.year, 6 * self.half, 31
        if self.quarter is not None:
            return self.year, 3 * self.quarter, 31
        return self.year, self.month or 12, self.day or 31

    def prose(self, lang: Language = "nl") -> str:
        """Print it as a reader expects: ``3 februari 2023``, ``eerste helft 2025``."""
        for kind, number in (("half", self.half), ("quarter", self.quarter)):
            if number is not None:
                ordinal = label(f"ordinal.{number}", lang)
                return label(f"period.{kind}", lang).format(ordinal=ordinal, year=self.year)
        if self.month is None:
            return str(self.year)
        month = _MONTHS[lang].split()[self.month - 1]
        day = f"{self.day} " if self.day is not None else ""
        return f"{day}{month} {self.year}"

    def __str__(self) -> str:
        return self.prose()
