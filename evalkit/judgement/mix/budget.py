"""The total budget of one instrument, when it is known."""

from __future__ import annotations

from fractions import Fraction

from evalkit.model.instrument import Instrument


def total_budget(instrument: Instrument) -> Fraction | None:
    """Give what an instrument cost in all, in euro; None when that is not known.

    An amount per year is no total. A hedged amount counts as written, a range by its lower end.

    Examples
    --------
    >>> bon = {"name": "Bon", "type": "subsidie", "period": "2021"}
    >>> money = {"input": {"budget": {"text": "Budget", "total": "2,5 mln. euro"}}}
    >>> total_budget(Instrument.model_validate(bon | money))
    Fraction(2500000, 1)
    >>> total_budget(Instrument.model_validate(bon)) is None
    True
    """
    budget = instrument.budget
    if budget is None or budget.unit != "euro" or budget.per:
        return None
    return budget.amount
