"""Ranges in, ranges out: intervals of exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple


class Interval(NamedTuple):
    """Every value between two ends, the ends included.

    Examples
    --------
    >>> Interval.of(Decimal("0.6"), Decimal("0.8")).over(Interval.at(Fraction(1, 5)))
    Interval(low=Fraction(3, 1), high=Fraction(4, 1))
    """

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, low: Decimal, high: Decimal) -> Interval:
        """Make one of two decimals, exactly."""
        return cls(Fraction(low), Fraction(high))

    @classmethod
    def at(cls, value: Fraction | int) -> Interval:
        """Make one that holds a single value."""
        return cls(Fraction(value), Fraction(value))

    def times(self, other: Interval) -> Interval:
        """Multiply two ranges of positive numbers that vary apart."""
        return Interval(self.low * other.low, self.high * other.high)

    def over(self, other: Interval) -> Interval:
        """Divide by a range of positive numbers that varies apart."""
        return Interval(self.low / other.high, self.high / other.low)

    def complement(self) -> Interval:
        """Give the range of one minus the value."""
        return Interval(1 - self.high, 1 - self.low)

    def odds(self) -> Interval:
        """Turn probabilities into odds, which rise with them."""
        return Interval(self.low / (1 - self.low), self.high / (1 - self.high))

    def probability(self) -> Interval:
        """Turn odds into probabilities."""
        return Interval(self.low / (1 + self.low), self.high / (1 + self.high))


def largest(ranges: Iterable[Interval]) -> Interval:
    """Give the range of the largest of several values, each somewhere in its own range."""
    lows, highs = zip(*ranges, strict=True)
    return Interval(max(lows), max(highs))


def smallest(ranges: Iterable[Interval]) -> Interval:
    """Give the range of the smallest of several values, each somewhere in its own range."""
    lows, highs = zip(*ranges, strict=True)
    return Interval(min(lows), min(highs))
