"""Umbrellas: the instruments that others are part of."""

from __future__ import annotations

from evalkit.model.case import Case


def umbrellas(key: str, case: Case) -> list[str]:
    """List the instruments that one is part of, the nearest first.

    Examples
    --------
    >>> bon = {"name": "Bon", "type": "subsidie", "period": "2021"}
    >>> case = Case.model_validate({
    ...     "slug": "proef", "title": "Proef", "period": "2020–2024",
    ...     "instruments": {"plan": bon, "bon": {**bon, "part_of": "plan"}},
    ... })
    >>> umbrellas("bon", case)
    ['plan']
    """
    found: list[str] = []
    above = case.instruments[key].part_of
    while above is not None and above in case.instruments and above not in found:
        found.append(above)
        above = case.instruments[above].part_of
    return found
