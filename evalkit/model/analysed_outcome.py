"""What an analysis compares: a column of its data, and how to speak of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from evalkit.language.numbers import parse_decimal
from evalkit.model.record import Record, Text, from_case_file, language_of


def _number(value: Any, info: ValidationInfo) -> Any:
    """Read a number in the language of the case: ``0,02`` in a Dutch one."""
    typed = isinstance(value, str) and from_case_file(info)
    return parse_decimal(value, language_of(info)) if typed else value


Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    WithJsonSchema({"type": ["string", "number"], "examples": ["0,02"]}),
]


class AnalysedOutcome(Record):
    """What is compared: a column of the data, and how to speak of it.

    Attributes
    ----------
    column
        The column of the data.
    name
        What it is, in words, as the subject of a sentence: ``het aantal banen van jongeren``.
    unit
        The unit of the column, and so of the effect: ``log banen``.
    scale
        ``log`` when the column is a natural logarithm; effects are then also told in per cent.
    means
        What an effect of some size comes down to, in a sentence.
    intended
        Whether the policy wants it ``higher`` or ``lower``, or wants no fall (``not lower``) or
        no rise (``not higher``); it decides whether a finding is favourable.
    relevant
        The smallest effect that would matter, in the unit of the column.
    """

    column: Text
    name: Text | None = None
    unit: str = ""
    scale: Literal["plain", "log"] = "plain"
    means: str = ""
    intended: Literal["higher", "lower", "not lower", "not higher"] | None = None
    relevant: Annotated[Number, Field(gt=0)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"column": data} if isinstance(data, str) else data

    @property
    def words(self) -> str:
        """Its name, or the column when it has none."""
        return self.name or self.column
