"""A quantity: a number as it was written, with its unit and its doubt."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema

from evalkit.errors import MisreadError
from evalkit.language.catalogue import label
from evalkit.language.numbers import Language, format_decimal
from evalkit.language.written import language_of_numbers
from evalkit.model.notation import FRACTIONS, parse_quantity
from evalkit.model.record import Record, from_case_file, language_of

_NBSP = "\N{NO-BREAK SPACE}"
Qualifier = Literal[
    "", "~", ">", "<", "≥", "≤", "circa", "about", "over", "under", "ruim", "bijna", "max", "min",
    "+",
]  # fmt: skip


class Quantity(Record):
    r"""A number with its unit, or the word that it is not yet known.

    Attributes
    ----------
    value
        The number as written, before its scale; None for PM.
    upto
        The upper end, when the quantity is a range.
    denominator
        For a fraction: ``2/3`` has value 2 and denominator 3.
    words
        Whether the fraction was written in words ("twee derde").
    exponent
        Power of ten of the scale: 6 for ``mln.``.
    unit
        What is counted: ``euro``, ``procent``, ``projecten``.
    per
        The denominator of a rate: ``jaar`` in ``euro per jaar``.
    qualifier
        How the number was hedged.
    pm
        "Pro memorie": an amount that exists but is not yet known. Never zero.

    Examples
    --------
    >>> q = Quantity.parse("26,8 mln. euro")
    >>> q.amount, str(q)
    (Fraction(26800000, 1), '26,8\xa0mln.\xa0euro')
    >>> Quantity.parse("PM").amount is None
    True
    """

    value: Decimal | None = None
    upto: Decimal | None = None
    denominator: int = Field(default=1, ge=1)
    words: bool = False
    exponent: Literal[0, 3, 6, 9] = 0
    unit: str = ""
    per: str = ""
    qualifier: Qualifier = ""
    pm: bool = False

    @classmethod
    def parse(cls, text: str, lang: Language = "nl") -> Self:
        """Read a quantity as people write it.

        Raises
        ------
        ValueError
            The text is not a quantity, or could be read two ways.
        """
        return cls(**parse_quantity(text, lang))

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any, info: ValidationInfo) -> Any:
        if isinstance(data, dict) and from_case_file(info):
            # A number between its parts would escape the reading of points and commas.
            raise MisreadError("a quantity is written as text", "write it as in '26,8 mln. euro'")
        return parse_quantity(data, language_of(info)) if isinstance(data, str) else data

    @model_validator(mode="after")
    def _value_or_pm(self) -> Self:
        if self.pm == (self.value is not None):
            what = "a quantity has a number, or is PM, and not both"
            raise MisreadError(what, "leave one of them out")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Show editors the written form: in a case file a quantity is text or a bare number."""
        handler(core)
        return {
            "title": "Quantity",
            "type": ["string", "number"],
            "description": "a number with its unit, as people write it, or PM",
            "examples": ["26,8 mln. euro", "~1 mln. euro per jaar", "81 procent", "20-50", "PM"],
        }

    @property
    def amount(self) -> Fraction | None:
        """The number in full, exact (the lower end of a range); None for PM."""
        return None if self.value is None else self._scaled(self.value)

    @property
    def upper(self) -> Fraction | None:
        """The upper end in full, exact; the same as `amount` when there is no range."""
        return self.amount if self.upto is None else self._scaled(self.upto)

    def _scaled(self, value: Decimal) -> Fraction:
        return Fraction(value) * Fraction(10**self.exponent, self.denominator)

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage or a fraction."""
        return self.unit == "procent" or self.denominator > 1

    @property
    def measure(self) -> tuple[str, str]:
        """Unit and rate: quantities add up only when these are the same."""
        return self.unit, self.per

    def number(self, lang: Language = "nl") -> str:
        """Print the number and its scale, without unit: ``26,8 mln.``."""
        body = self._fraction(lang) if self.denominator > 1 else self._digits(lang)
        if self.qualifier == "+":
            body = f"{body}+"  # on the digits: "5+ mln. euro"
        scale = label(f"scale.{self.exponent}", lang) if self.exponent else ""
        return self._hedged(f"{body}{_NBSP}{scale}" if scale else body, lang)

    def _digits(self, lang: Language) -> str:
        if self.value is None:
            return "PM"
        ends = [format_decimal(end, lang) for end in (self.value, self.upto) if end is not None]
        return "\N{EN DASH}".join(ends)

    def _fraction(self, lang: Language) -> str:
        pair = (int(self.value or 0), self.denominator)
        if self.words:
            at = {"nl": 0, "en": 1}[lang]
            found = [word for word, fraction in FRACTIONS.items() if fraction == pair]
            return found[min(at, len(found) - 1)]
        return f"{pair[0]}/{pair[1]}"

    def _hedged(self, body: str, lang: Language) -> str:
        match self.qualifier:
            case "" | "+":
                return body
            case "~" | ">" | "<" | "≥" | "≤":
                return f"{self.qualifier}{body}"
            case word:
                return f"{label(f'qualifier.{word}', lang)} {body}"

    def prose(self, lang: Language = "nl") -> str:
        """Print it in running text: ``81 procent``, ``~1 mln. euro per jaar``."""
        unit = label(f"unit.{self.unit}", lang, self.unit)
        per = f" per {label(f'unit.{self.per}', lang, self.per)}" if self.per else ""
        return f"{self.number(lang)}{_NBSP}{unit}{per}" if unit else f"{self.number(lang)}{per}"

    def short(self, lang: Language = "nl") -> str:
        """Print it for a table: ``81%`` instead of ``81 procent``."""
        if self.unit == "procent" and not self.per:
            return f"{self.number(lang)}%"
        return self.prose(lang)

    def __str__(self) -> str:
        return self.prose(language_of_numbers())
