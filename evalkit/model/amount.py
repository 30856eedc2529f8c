"""An amount: what a cell of a table of numbers says, PM and nothing included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal, Self

from evalkit.errors import MisreadError
from evalkit.language.numbers import LANGUAGES, Language, format_decimal, parse_decimal
from evalkit.language.written import language_of_numbers
from evalkit.model.quantity import Quantity
from evalkit.model.record import Record

Hedge = Literal["", "~", ">", "<", "≥", "≤"]
PmSign = Literal["", "+", "-", "±"]

EMPTY = frozenset({"", "-", "–", "—", ".", "n.b.", "n/a"})
"""How tables write that there is no number; none of them is nought."""

_MINUS = "[-–\N{MINUS SIGN}]"
_PM = re.compile(rf"(?P<sign>{_MINUS})?\s*PM")
_WITH_PM = re.compile(rf"(?P<rest>.+?)\s*(?P<sign>\+|±|{_MINUS})\s*PM")
_PARTS = re.compile(r"(?P<hedge>~|>=|<=|[><≥≤])?\s*(?P<number>[^%]*?)\s*(?P<percent>%)?")
_HOW = (
    "write a number as the case does, such as 26,8 or ~1.337 or 35%, PM where it is not yet "
    "known, or leave the cell empty; the unit stands once, under `unit` of the table in case.yaml"
)


class Amount(Record):
    """A number of a table, the word that it is not yet known, both, or nothing.

    Attributes
    ----------
    value
        What is known; None when nothing is.
    pm
        Whether something comes on top that is not yet known, or goes off it (``-``), or either
        (``±``). PM is never nought.
    hedge
        How the number was hedged.
    percent
        Whether it was written with a percent sign.

    Examples
    --------
    >>> total = Amount.parse("2,0") + Amount.parse("PM")
    >>> total.prose("nl"), total.value
    ('2,0 + PM', Decimal('2.0'))
    >>> Amount.parse("–").known, Amount.parse("0").known
    (False, True)
    """

    value: Decimal | None = None
    pm: PmSign = ""
    hedge: Hedge = ""
    percent: bool = False

    @classmethod
    def parse(cls, text: str, lang: Language = "nl") -> Self:
        """Read a cell.

        Raises
        ------
        ValueError
            It holds something else than a number, or a number that could be read two ways.
        """
        rest = " ".join(text.split())
        if rest in EMPTY:
            return cls()
        if found := _PM.fullmatch(rest):
            return cls(pm="-" if found["sign"] else "+")
        pm: PmSign = ""
        if found := _WITH_PM.fullmatch(rest):
            pm = _SIGNS.get(found["sign"], "-")
            rest = found["rest"]
        parts = _PARTS.fullmatch(rest)
        if parts is None or not parts["number"][-1:].isdigit():
            raise MisreadError(f"'{rest[:60]}' is not a number", _HOW)
        value = parse_decimal(re.sub(rf"^{_MINUS}\s*", "-", parts["number"]), lang)
        hedge: Hedge = _HEDGES[parts["hedge"] or ""]
        return cls(value=value, pm=pm, hedge=hedge, percent=bool(parts["percent"]))

    @classmethod
    def of(cls, quantity: Quantity | None, exponent: int) -> Self:
        """Give a quantity as an amount in a scale; none is nothing.

        Examples
        --------
        >>> str(Amount.of(Quantity.parse("900 duizend euro"), 6))
        '0,9'
        """
        if quantity is None or quantity.value is None:
            return cls() if quantity is None else cls(pm="+")
        value = quantity.value.scaleb(quantity.exponent - exponent) / quantity.denominator
        if quantity.exponent != exponent:  # 900 thousand is 0,9 million, not 0,900
            value = Decimal(f"{value.normalize():f}")
        return cls(value=value, hedge=_OF_QUANTITIES.get(quantity.qualifier, "~"))

    @property
    def known(self) -> bool:
        """Whether there is a number to draw."""
        return self.value is not None

    @property
    def empty(self) -> bool:
        """Whether the cell says nothing."""
        return self.value is None and not self.pm

    def prose(self, lang: Language = "nl") -> str:
        """Print it: ``14,4 + PM``; a dash where there is nothing."""
        if self.empty:
            return "\N{EN DASH}"
        sign = "\N{MINUS SIGN}" if self.pm == "-" else self.pm
        if self.value is None:
            return "PM" if self.pm == "+" else f"{sign}PM"
        number = f"{self.hedge}{format_decimal(self.value, lang)}{'%' if self.percent else ''}"
        return f"{number} {sign} PM" if self.pm else number

    def times(self, factor: Decimal | Fraction, places: int) -> Self:
        """Multiply what is known, rounded to so many decimals."""
        if self.value is None:
            return self
        exact = Fraction(self.value) * Fraction(factor)
        scaled = round(exact * 10**places)
        return self.model_copy(update={"value": Decimal(scaled).scaleb(-places), "percent": False})

    def __add__(self, other: Amount) -> Amount:
        return total((self, other))

    def __str__(self) -> str:
        return self.prose(language_of_numbers())


def total(parts: Iterable[Amount]) -> Amount:
    """Add amounts up, exactly; what is not yet known stays so.

    Examples
    --------
    >>> str(total(Amount.parse(cell) for cell in ("~4,8", "PM", "–", "10,0")))
    '~14,8 + PM'
    """
    found = [part for part in parts if not part.empty]
    numbers = [part.value for part in found if part.value is not None]
    with localcontext(prec=200):  # a sum of numbers as people write them is never rounded
        value = sum(numbers, Decimal()) if numbers else None
    signs = {part.pm for part in found if part.pm}
    hedges = {part.hedge for part in found if part.hedge}
    return Amount(
        value=value,
        pm="±" if len(signs) > 1 else next(iter(signs), ""),
        hedge="~" if len(hedges) > 1 else next(iter(hedges), ""),
        percent=bool(numbers) and all(part.percent for part in found if part.known),
    )


def language_of_cells(cells: Iterable[str], default: Language) -> Language:
    """Tell in which language the numbers of a table are written.

    A table that came from elsewhere may write a point before its decimals in a Dutch case. It is
    read so when that is the only way to read some of its cells, and no cell says otherwise.

    Examples
    --------
    >>> language_of_cells(["7.4", "12"], "nl"), language_of_cells(["1.337", "12"], "nl")
    ('en', 'nl')
    """
    found = [cell for cell in cells if cell.strip() not in EMPTY]
    (other,) = (lang for lang in LANGUAGES if lang != default)
    only_default = any(_reads(cell, default) and not _reads(cell, other) for cell in found)
    only_other = any(_reads(cell, other) and not _reads(cell, default) for cell in found)
    return other if only_other and not only_default else default


def two_ways(cell: str, spoken: Language, default: Language) -> bool:
    """Whether a cell of a table in another notation says something else in that of the case.

    Examples
    --------
    >>> two_ways("1.337", "en", "nl"), two_ways("7.4", "en", "nl"), two_ways("12", "en", "nl")
    (True, False, False)
    """
    if spoken == default or not _reads(cell, default) or not _reads(cell, spoken):
        return False
    return Amount.parse(cell, default) != Amount.parse(cell, spoken)


def _reads(cell: str, lang: Language) -> bool:
    try:
        Amount.parse(cell, lang)
    except ValueError:
        return False
    return True


_OF_QUANTITIES: dict[str, Hedge] = {
    "": "", ">": ">", "<": "<", "≥": "≥", "≤": "≤", "over": ">", "ruim": ">", "under": "<",
    "bijna": "<", "min": "≥", "max": "≤", "+": "≥",
}  # fmt: skip
_SIGNS: dict[str, PmSign] = {"+": "+", "±": "±"}
_HEDGES: dict[str, Hedge] = {
    "": "", "~": "~", ">": ">", "<": "<", ">=": "≥", "<=": "≤", "≥": "≥", "≤": "≤",
}  # fmt: skip
