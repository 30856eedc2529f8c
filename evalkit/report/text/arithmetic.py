"""What prose may compute: shares, ratios and differences of quantities."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from evalkit.model.quantity import Quantity
from evalkit.report.text.view import ProseValueError

_POINTS = "procentpunt"


def _exact(quantity: Quantity) -> Fraction:
    if quantity.amount is None or quantity.upto is not None:
        raise ProseValueError(
            f"nothing can be computed with '{quantity}'", "PM and ranges are no numbers"
        )
    return quantity.amount


def share(part: Quantity, whole: Quantity, decimals: int = 1, unlike: str = "") -> Quantity:
    """Give a part as a percentage of a whole, rounded half up.

    Parameters
    ----------
    unlike
        Why two quantities of different units may be compared; without it that is refused.
    """
    if part.unit and whole.unit and _kind(part) != _kind(whole) and not unlike:
        hint = "say why they may be compared: share(a, b, unlike='…')"
        raise ProseValueError(f"'{part}' is no part of '{whole}': their units differ", hint)
    return _rounded(Fraction(100) * _over(part, whole), decimals, "procent")


def ratio(left: Quantity, right: Quantity, decimals: int = 1) -> Quantity:
    """Give how many times the one is the other."""
    unit = "" if _kind(left) == _kind(right) else f"{left.unit} per {right.unit}"
    return _rounded(_over(left, right), decimals, unit)


def difference(left: Quantity, right: Quantity) -> Quantity:
    """Give the first less the second, of the same unit; of percentages in percentage points.

    Parameters
    ----------
    left
        What is later, or larger when the result is to be above nought.
    right
        What is taken off.

    Raises
    ------
    ProseValueError
        They have different units, or one is no number.

    Examples
    --------
    >>> later, earlier = (Quantity.parse(text, "en") for text in ("12 pupils", "5 pupils"))
    >>> difference(later, earlier).value
    Decimal('7')
    """
    if _kind(left) != _kind(right):
        raise ProseValueError(f"'{left}' and '{right}' have different units")
    exponent = min(left.exponent, right.exponent)
    value = (_exact(left) - _exact(right)) / 10**exponent
    decimals = max(-_places(left), -_places(right), 0)
    unit = _POINTS if left.unit == right.unit == "procent" else left.unit
    found = _rounded(value, decimals, unit)
    return found.model_copy(update={"exponent": exponent, "per": left.per})


def _kind(quantity: Quantity) -> tuple[str, str]:
    """Unit and rate; percentages and points of them are of one kind."""
    return "procent" if quantity.unit == _POINTS else quantity.unit, quantity.per


def _places(quantity: Quantity) -> int:
    return int(quantity.value.as_tuple().exponent) if quantity.value is not None else 0


def _over(left: Quantity, right: Quantity) -> Fraction:
    below = _exact(right)
    if below == 0:
        raise ProseValueError(f"'{left}' cannot be divided by zero")
    return _exact(left) / below


def _rounded(value: Fraction, decimals: int, unit: str) -> Quantity:
    if not 0 <= decimals <= 6:
        raise ProseValueError("decimals run from 0 to 6")
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    step = Decimal(1).scaleb(-decimals)
    return Quantity(value=exact.quantize(step, rounding=ROUND_HALF_UP), unit=unit)
