"""The total budget of one instrument, when it is known."""

from __future__ import annotations

from fractions import Fraction

from evalkit.judgement.mix.spend import spend_row
from evalkit.model.instrument import Instrument


def total_budget(instrument: Instrument) -> Fraction | None:
    """Give what an instrument cost in all, in euro; None when that is not known.

    An amount per year is no total, nor is the amount of one year of several. A hedged amount counts
    as written, a range by its lower end.

    Examples
    --------
    >>> bon = {"name": "Bon", "type": "subsidie", "period": "2021"}
    >>> money = {"input": {"budget": {"text": "Budget", "total": "2,5 mln. euro"}}}
    >>> total_budget(Instrument.model_validate(bon | money))
    Fraction(2500000, 1)
    >>> one_year = {"input": {"budget": {"text": "Budget", "actual": "2 mln. euro in 2021"}}}
    >>> total_budget(Instrument.model_validate(bon | one_year))
    Fraction(2000000, 1)
    >>> longer = bon | one_year | {"period": "2020–2022"}
    >>> total_budget(Instrument.model_validate(longer)) is None
    True
    >>> total_budget(Instrument.model_validate(bon)) is None
    True
    """
    whole = spend_row("", instrument).total
    if whole is None or whole.measure != ("euro", ""):
        return None
    return whole.most if whole.least is None else whole.least
