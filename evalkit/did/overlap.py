"""Overlap: whether everyone who is treated has others to be compared with."""

from __future__ import annotations

from math import exp, lgamma

from evalkit.did.undetermined import Undetermined
from evalkit.language.told import told

OVERLAP = 0.999
"""From this fitted probability of treatment on, there is nobody to compare with (as R's did)."""
OUTSIDE = 0.10
"""Share of the treated beyond every comparison unit that is too much."""
CHANCE = 0.05
"""Up to this chance, so many treated units beyond the others are not put down to the lot."""


def refuse_without_overlap(highest: float) -> None:
    """Refuse a highest fitted probability of treatment that leaves nobody to compare with.

    Raises
    ------
    Undetermined
        It is as high as that.
    """
    if highest >= OVERLAP:
        raise Undetermined(told("undetermined.certain", highest=highest))


def by_chance(beyond: int, treated: int, others: int) -> float:
    """Give the chance that the `beyond` highest of all units are treated ones, by lot alone.

    C(treated, beyond) / C(treated + others, beyond).

    Examples
    --------
    >>> by_chance(1, 5, 15), round(by_chance(2, 5, 15), 4)
    (0.25, 0.0526)
    """
    logged = lgamma(treated + 1) - lgamma(treated - beyond + 1)
    logged += lgamma(treated + others - beyond + 1) - lgamma(treated + others + 1)
    return round(min(exp(logged), 1.0), 15)
