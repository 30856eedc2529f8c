"""The smallest effect that the units and periods at hand could show."""

from __future__ import annotations

from typing import Literal

from evalkit.language.numbers import Language
from evalkit.model.record import Record

Verdict = Literal["found", "missed", "unclear", "open", "other unit", "too few"]


class Detectable(Record):
    """The minimum detectable effect of a plan.

    Attributes
    ----------
    least, most
        The effect, in the unit of the indicator; two values when spread or correlation is a range
        or the correlation is not known, none when there are too few units.
    unit
        Its unit.
    power, alpha
        The chance with which it is found, at which two-sided level.
    relevant
        The smallest effect that matters, as a number in the same unit.
    outcome
        Whether an effect that matters would be found: ``found``, ``missed``, ``unclear`` when that
        hangs on what is not known exactly, ``open`` without an effect that matters, ``other
        unit`` when the two cannot be compared, ``too few`` when there are too few units.
    units
        How many units in all would be enough for the effect that matters, in the same proportion.
    text
        What this comes to, in sentences.
    """

    least: float | None = None
    most: float | None = None
    unit: str = ""
    power: float = 0.8
    alpha: float = 0.05
    relevant: float | None = None
    outcome: Verdict = "open"
    units: int | None = None
    text: dict[Language, str]

    def prose(self, lang: Language = "nl") -> str:
        """Print the sentences."""
        return self.text[lang]
