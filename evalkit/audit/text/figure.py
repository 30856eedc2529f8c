"""A figure: one number of a text, what it counts, and how far it can be trusted to the letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Hedge = Literal["", "about", "over", "nearly", "least", "most", "plus", "under"]
Unit = Literal["", "percent", "point", "euro", "dollar", "pound"]

# How far a hedge reaches, as shares of the number: generous, so that it never contradicts itself.
_REACH: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "about": (Decimal("0.85"), Decimal("1.15")),
    "over": (Decimal(1), Decimal("1.25")),
    "nearly": (Decimal("0.85"), Decimal(1)),
    "least": (Decimal(1), None),
    "plus": (Decimal(1), None),
    "most": (None, Decimal(1)),
    "under": (None, Decimal(1)),
}
_ENDLESS = Decimal("1e30")


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers that a figure can stand for, both ends included.

    Examples
    --------
    >>> tens = Span(Decimal(10), Decimal(12))
    >>> (tens + tens).meets(Span(Decimal(25), Decimal(30)))
    False
    """

    low: Decimal
    high: Decimal

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def meets(self, other: Span) -> bool:
        """Say whether there is a number that both can stand for."""
        return self.low <= other.high and other.low <= self.high

    def wider(self, by: Decimal) -> Span:
        """Stretch it at both ends."""
        return Span(self.low - by, self.high + by)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a sentence.

    Attributes
    ----------
    start, end
        Where it stands in the text of its block.
    text
        As written, hedge and unit included.
    value, upto
        What it says, scale worked out; `upto` when it is a range.
    half
        Half a unit of the last digit that was written.
    hedge
        ``about``, ``over`` and so on.
    unit
        ``percent``, ``point`` (percentage points), a currency, or nothing for a count.
    noun
        What is counted: the noun after it.
    words
        The words between the number and the end of the noun: ``extra studenten``.
    per
        ``jaar`` in *per jaar*.
    exponent
        Powers of ten of the scale: 6 for *mln.*
    kind
        ``number``, ``word`` (twelve) or ``fraction`` (a third).
    """

    start: int
    end: int
    text: str
    value: Decimal
    half: Decimal
    upto: Decimal | None = None
    hedge: Hedge = ""
    unit: Unit = ""
    noun: str = ""
    words: str = ""
    per: str = ""
    exponent: int = 0
    kind: Literal["number", "word", "fraction"] = "number"

    @property
    def span(self) -> Span:
        """Everything that it can stand for: rounding, range and hedge."""
        low, high = self.value, self.value if self.upto is None else self.upto
        if self.hedge:
            below, above = _REACH[self.hedge]
            low = Decimal(0) if below is None else low * below
            high = _ENDLESS if above is None else high * above
        return Span(low - self.half, high + self.half)

    @property
    def exact(self) -> bool:
        """Whether it is one number without a hedge."""
        return not self.hedge and self.upto is None

    def like(self, other: Figure) -> bool:
        """Say whether both measure in one unit, counts being of one noun where both name one."""
        if self.unit != other.unit or self.per != other.per:
            return False
        return bool(self.unit) or not self.noun or not other.noun or self.noun == other.noun

    def borrowing(self, other: Figure) -> Figure:
        """Take unit and scale from a figure that follows: *van 417 naar 900 mln. euro*."""
        if self.unit or self.exponent or self.noun or self.kind == "fraction":
            return self
        if not other.unit and not other.exponent:
            return replace(self, noun=other.noun)
        scale = Decimal(10) ** other.exponent
        half = (
            max(self.half, Decimal("0.5"))
            if other.exponent or other.unit == "percent"
            else self.half
        )
        upto = None if self.upto is None else self.upto * scale
        return replace(
            self,
            value=self.value * scale,
            upto=upto,
            half=half * scale,
            unit=other.unit,
            noun=other.noun,
            exponent=other.exponent,
        )
