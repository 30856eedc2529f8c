"""In which years an instrument ran, as far as its recorded period tells."""

from __future__ import annotations

from typing import Literal

from evalkit.model.instrument import Instrument

Runs = Literal["yes", "maybe", "no"]
NOT_STARTED = ("voorgenomen", "verkenning", "besluit nodig")


def runs_in(instrument: Instrument, year: int) -> Runs:
    """Tell whether an instrument ran in a year; "maybe" when its start or end is not known.

    An instrument with a known end and no known start ran in the year of its end; whether it ran
    before is not known. One that began "voor 2023" ran in 2022, since it was there by its end. One
    that is under way and has no end on paper runs on.

    Examples
    --------
    >>> lab = {"name": "Lab", "type": "flankerend", "period": "t/m 2023"}
    >>> [runs_in(Instrument.model_validate(lab), year) for year in (2022, 2023, 2024)]
    ['maybe', 'yes', 'no']
    """
    if instrument.status in NOT_STARTED or not instrument.period.covers(year):
        return "no"
    begun, ended = _surely(instrument)
    if begun is None or year < begun:
        return "maybe"
    return "yes" if ended is None or year <= ended else "maybe"


def _surely(instrument: Instrument) -> tuple[int | None, int | None]:
    """The years between which it ran for certain; no second year when it runs on."""
    period = instrument.period
    begun = period.last_year if period.start is None else period.start.year
    if begun is not None and period.before:
        begun -= period.start is not None and period.start.first[1:] == (1, 1)
    if period.last_year is not None:
        return begun, period.last_year
    if period.ongoing or instrument.status == "lopend":
        return begun, None
    return begun, begun


def has_begun(instrument: Instrument) -> bool:
    """Tell whether it is more than a plan."""
    return instrument.status not in NOT_STARTED
