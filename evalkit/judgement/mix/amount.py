"""An amount that was computed: exact, with its ends when it is not known to the unit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Self

from pydantic import StringConstraints

from evalkit.language.numbers import Language
from evalkit.model.quantity import Quantity
from evalkit.model.record import Record

_LOWER = (">", "≥", "over", "ruim", "min", "+")
_UPPER = ("<", "≤", "under", "bijna", "max")
_ABOUT = ("~", "circa", "about")
Exact = Annotated[str, StringConstraints(pattern=r"^-?[0-9]+(/[1-9][0-9]*)?$")]
"""A whole number or a fraction in full."""


class Amount(Record):
    """What quantities make together, with the doubt that they carry.

    A range keeps its two ends. "At least", "more than" and "well over" leave the upper end open,
    "at most" and "nearly" the lower end. An end is a whole number or a fraction: ``1340000/7``.

    Attributes
    ----------
    low, high
        The ends, exact; None when that end is not known.
    about
        Whether a number in it was written as an approximation.
    unit, per
        What is counted.

    Examples
    --------
    >>> two = Amount.of(Quantity.parse("2 mln. euro"))
    >>> more = Amount.of(Quantity.parse("ruim 3 mln. euro"))
    >>> two.plus(more).low, two.plus(more).high
    ('5000000', None)
    """

    low: Exact | None = None
    high: Exact | None = None
    about: bool = False
    unit: str = ""
    per: str = ""

    @classmethod
    def of(cls, quantity: Quantity, unit: str = "") -> Self:
        """Read a quantity; a fraction such as a third becomes a percentage.

        Raises
        ------
        ValueError
            It is PM.
        """
        low, high = quantity.amount, quantity.upper
        if low is None or high is None:
            raise ValueError("PM is not a number")
        if quantity.denominator > 1:
            low, high = low * 100, high * 100
        share = "procent" if quantity.denominator > 1 else ""
        return cls.between(
            None if quantity.qualifier in _UPPER else low,
            None if quantity.qualifier in _LOWER else high,
            about=quantity.qualifier in _ABOUT,
            unit=quantity.unit or share or unit,
            per=quantity.per,
        )

    @classmethod
    def between(
        cls,
        low: Fraction | int | None,
        high: Fraction | int | None,
        *,
        about: bool = False,
        unit: str = "",
        per: str = "",
    ) -> Self:
        """Make one from its ends."""
        least, most = _fraction(low), _fraction(high)
        if least is not None and most is not None and least > most:
            raise ValueError(f"an amount cannot run from {least} to {most}")
        made = cls(
            low=None if least is None else str(least),
            high=None if most is None else str(most),
            about=about, unit=unit, per=per,
        )  # fmt: skip
        # What was computed need not be read back from its text: a case has thousands of these.
        made.__dict__.update(least=least, most=most)
        return made

    @classmethod
    def exactly(cls, value: Fraction | int, unit: str = "") -> Self:
        """Make one that is known to the unit."""
        return cls.between(value, value, unit=unit)

    @cached_property
    def least(self) -> Fraction | None:
        """The lower end."""
        return None if self.low is None else Fraction(self.low)

    @cached_property
    def most(self) -> Fraction | None:
        """The upper end."""
        return None if self.high is None else Fraction(self.high)

    @property
    def exact(self) -> Fraction | None:
        """The number, when there is just one and it was not written as an approximation."""
        return self.least if self.low == self.high and not self.about else None

    @property
    def known(self) -> bool:
        """Whether at least one of its ends is known."""
        return self.low is not None or self.high is not None

    @property
    def measure(self) -> tuple[str, str]:
        """Unit and rate: only amounts of one measure are added or compared."""
        return self.unit, self.per

    def plus(self, other: Amount) -> Amount:
        """Add another amount of the same measure."""
        self.same_measure(other)
        low = _both(self.least, other.least, 1)
        high = _both(self.most, other.most, 1)
        return self._made(low, high, other)

    def minus(self, other: Amount) -> Amount:
        """Take another amount of the same measure from it."""
        self.same_measure(other)
        low = _both(self.least, other.most, -1)
        high = _both(self.most, other.least, -1)
        return self._made(low, high, other)

    def over(self, other: Amount, *, unit: str = "", per: str = "") -> Amount | None:
        """Divide by another amount; None when that one may be nought or its sign is not known."""
        if other.least is None or other.least <= 0:
            if other.most is None or other.most >= 0:
                return None
            return self.opposite().over(other.opposite(), unit=unit, per=per)
        low, high = _quotient(self.least, self.most, other.least, other.most)
        about = self.about or other.about
        return Amount.between(low, high, about=about, unit=unit, per=per)

    def times(self, factor: int, *, unit: str) -> Amount:
        """Multiply by a whole number that is not negative, into another unit."""
        low, high = (None if end is None else end * factor for end in (self.least, self.most))
        return Amount.between(low, high, about=self.about, unit=unit, per=self.per)

    def opposite(self) -> Amount:
        """Change its sign."""
        low, high = (None if end is None else -end for end in (self.most, self.least))
        return self._made(low, high, self)

    def _made(self, low: Fraction | None, high: Fraction | None, other: Amount) -> Amount:
        about = self.about or other.about
        return Amount.between(low, high, about=about, unit=self.unit, per=self.per)

    def same_measure(self, other: Amount) -> None:
        """Refuse an amount of another measure."""
        if self.measure != other.measure:
            raise ValueError(f"unlike measures, {self.measure} and {other.measure}")

    def prose(self, lang: Language = "nl", digits: int | None = None) -> str:
        """Print it as running text does; with `digits`, rounded to that many significant ones."""
        from evalkit.judgement.mix.printed import printed

        return printed(self, lang, digits)


def total(amounts: Iterable[Amount]) -> Amount | None:
    """Add amounts of one measure; None when there are none.

    Raises
    ------
    ValueError
        They are of different measures.
    """
    found = list(amounts)
    if not found:
        return None
    first = found[0]
    for part in found[1:]:
        first.same_measure(part)
    ends = [[part.least for part in found], [part.most for part in found]]
    low, high = (_sum(end) for end in ends)
    about = any(part.about for part in found)
    return Amount.between(low, high, about=about, unit=first.unit, per=first.per)


def _sum(ends: list[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return sum(known, Fraction()) if len(known) == len(ends) else None


def _fraction(end: Fraction | int | None) -> Fraction | None:
    return end if end is None or isinstance(end, Fraction) else Fraction(end)


def decimal(value: Fraction) -> Decimal | None:
    """Write a number in full as a decimal; None when no finite decimal writes it."""
    if value.denominator == 1:
        return Decimal(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else None


def _both(one: Fraction | None, other: Fraction | None, sign: int) -> Fraction | None:
    return None if one is None or other is None else one + sign * other


def _quotient(
    low: Fraction | None, high: Fraction | None, least: Fraction, most: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """Divide an interval by one that lies above nought."""
    found_low = _by(low, most if low is not None and low >= 0 else least)
    found_high = _by(high, least if high is not None and high >= 0 else most)
    return found_low, found_high


def _by(end: Fraction | None, divisor: Fraction | None) -> Fraction | None:
    if end is None:
        return None
    return Fraction() if divisor is None else end / divisor
