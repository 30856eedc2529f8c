"""Likelihoods: how probable something is thought to be, as a number or a range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Self

from pydantic import GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema

from evalkit.errors import MisreadError
from evalkit.language.numbers import Language, format_decimal, parse_decimal
from evalkit.model.record import Record, from_case_file, language_of

_RANGE = re.compile(r"\s*([0-9.,]+)\s*(?:[-–]|tot|to)\s*([0-9.,]+)\s*")
_LIKELY = Decimal("0.85")  # an example for who writes something else
_WHY_NOT_CERTAIN = (
    "'{given}' leaves no doubt, so that no other evidence could ever change the claim",
    "write a number above 0 and below 1, such as {near}",
)


class Likelihood(Record):
    """A probability above 0 and below 1, written ``0,85`` or as a range ``0,6–0,8``.

    Attributes
    ----------
    low, high
        The ends; the same when it is one number.

    Examples
    --------
    >>> Likelihood.parse("0,6–0,8").high
    Decimal('0.8')
    """

    low: Decimal
    high: Decimal

    @classmethod
    def parse(cls, text: str, lang: Language = "nl") -> Self:
        """Read a number or a range as people write it.

        Raises
        ------
        ValueError
            It is no probability, or one that leaves no doubt.
        """
        return cls(**_ends(text, lang))

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any, info: ValidationInfo) -> Any:
        if isinstance(data, dict) and from_case_file(info):
            raise MisreadError("a number or a range is expected here", "write 0,85 or 0,6–0,8")
        return _ends(data, language_of(info)) if isinstance(data, str) else data

    @model_validator(mode="after")
    def _within(self) -> Self:
        if not (0 < self.low <= self.high < 1):
            raise MisreadError("a likelihood lies above 0 and below 1", "write the lower end first")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Show editors the written form."""
        handler(core)
        examples = ["0,85", "0,6–0,8"]
        return {"title": "Likelihood", "type": ["string", "number"], "examples": examples}

    def prose(self, lang: Language = "nl") -> str:
        """Print it as it was written."""
        low, high = (format_decimal(end, lang) for end in (self.low, self.high))
        return low if self.low == self.high else f"{low}–{high}"


def _ends(text: str, lang: Language) -> dict[str, Decimal]:
    found = _RANGE.fullmatch(text)
    low, high = (
        (_number(found[1], lang), _number(found[2], lang)) if found else (_number(text, lang),) * 2
    )
    if low > high:
        raise MisreadError(
            f"'{text}' does not run from low to high", "write the smaller number first"
        )
    return {"low": low, "high": high}


def _number(text: str, lang: Language) -> Decimal:
    if not any(sign.isdigit() for sign in text):
        example = format_decimal(_LIKELY, lang)
        raise MisreadError(f"'{text.strip()}' is not a number", f"write one such as {example}")
    value = parse_decimal(text, lang)
    if value in (0, 1):
        near = format_decimal(Decimal("0.01") if value == 0 else Decimal("0.99"), lang)
        what, hint = _WHY_NOT_CERTAIN
        raise MisreadError(what.format(given=text.strip()), hint.format(near=near))
    if not 0 < value < 1:
        share = f"write {format_decimal(value / 100, lang)} for {text.strip()} per cent"
        hint = share if 1 < value < 100 else f"write one such as {format_decimal(_LIKELY, lang)}"
        raise MisreadError(f"'{text.strip()}' is no probability: it lies between 0 and 1", hint)
    return value
