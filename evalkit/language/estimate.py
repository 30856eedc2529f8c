"""Estimates as people read them: no more decimals than their error bears."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Protocol

from evalkit.language.numbers import Language, format_decimal

_MOST = 8  # decimals; an error smaller than that is an outcome in the wrong unit


class Interval(Protocol):
    """An estimate with its error and interval, any of which may be missing."""

    @property
    def estimate(self) -> float: ...  # noqa: D102
    @property
    def std_error(self) -> float | None: ...  # noqa: D102
    @property
    def conf_low(self) -> float | None: ...  # noqa: D102
    @property
    def conf_high(self) -> float | None: ...  # noqa: D102


def decimals(std_error: float | None, estimate: float) -> int:
    """Tell how many decimals to print: two digits of the error, or three of the estimate.

    Examples
    --------
    >>> decimals(0.0120, -0.03995), decimals(None, 15.6), decimals(240.0, 1800.0)
    (3, 1, 0)
    """
    size, digits = (std_error, 1) if std_error else (abs(estimate), 2)
    if not size:
        return 1
    return min(_MOST, max(0, digits - math.floor(math.log10(size))))


def plain(value: float, places: int, lang: Language) -> str:
    """Print a number with so many decimals; what rounds to nought has no sign.

    Examples
    --------
    >>> plain(-0.03995, 3, "nl"), plain(-0.0001, 2, "nl")
    ('−0,040', '0,00')
    """
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places))
    return format_decimal(abs(rounded) if rounded == 0 else rounded, lang)


def bracketed(low: float, high: float, places: int, lang: Language) -> str:
    """Print an interval: ``[−0,064; −0,016]``."""
    return f"[{plain(low, places, lang)}; {plain(high, places, lang)}]"


def with_interval(found: Interval, lang: Language) -> str:
    """Print an estimate with its interval, where it has one."""
    places = decimals(found.std_error, found.estimate)
    number = plain(found.estimate, places, lang)
    if found.conf_low is None or found.conf_high is None:
        return number
    return f"{number} {bracketed(found.conf_low, found.conf_high, places, lang)}"


def significant(value: float, digits: int, lang: Language) -> str:
    """Print a number with so many digits that matter, never fewer than the whole ones.

    Examples
    --------
    >>> significant(0.039951, 3, "nl"), significant(12345.6, 3, "nl"), significant(2.0, 4, "en")
    ('0,04', '12.346', '2')
    >>> significant(math.inf, 3, "nl")
    'oneindig'
    """
    if not math.isfinite(value):
        words = {"nl": ("oneindig", "onbekend"), "en": ("infinite", "unknown")}[lang]
        return words[math.isnan(value)]
    whole = abs(value) >= 10**digits
    return format_decimal(Decimal(round(value)) if whole else Decimal(f"{value:.{digits}g}"), lang)


def p_value(value: float, lang: Language) -> str:
    """Print a p-value: ``p = 0,13``, ``p < 0,001``.

    Examples
    --------
    >>> p_value(0.0312, "nl"), p_value(0.468, "en"), p_value(2e-9, "en"), p_value(math.nan, "nl")
    ('p = 0,031', 'p = 0.47', 'p < 0.001', 'geen p-waarde')
    """
    if math.isnan(value):
        return {"nl": "geen p-waarde", "en": "no p-value"}[lang]
    if value < 0.001:
        return f"p < {plain(0.001, 3, lang)}"
    return f"p = {plain(value, 3 if value < 0.1 else 2, lang)}"
