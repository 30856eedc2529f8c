"""An estimate, as the record keeps it."""

from __future__ import annotations

import math

from evalkit.model.record import Record


class Estimate(Record):
    """One estimate, in the unit of the outcome.

    Attributes
    ----------
    cohort, time
        First treated period and period that it is about, where it is about one.
    event_time
        Periods since the start; 0 is the first period with the instrument.
    conf_low, conf_high
        Pointwise interval.
    uniform_low, uniform_high
        The band that holds all estimates of the path at once.
    n_units
        Units that it rests on.
    reference
        Whether it is the base period, nought by construction.
    """

    term: str
    estimate: float
    std_error: float | None = None
    p_value: float | None = None
    conf_low: float | None = None
    conf_high: float | None = None
    uniform_low: float | None = None
    uniform_high: float | None = None
    cohort: str | None = None
    time: str | None = None
    event_time: int | None = None
    n_units: int | None = None
    reference: bool = False

    def in_percent(self) -> Estimate:
        """Give an effect on a logarithm in per cent: 100 (exp(b) - 1), and its intervals alike.

        The standard error is the first-order one, 100 exp(b) times that of b.

        Examples
        --------
        >>> found = Estimate(term="average", estimate=-0.04, conf_low=-0.0635).in_percent()
        >>> round(found.estimate, 2), round(found.conf_low, 2)
        (-3.92, -6.15)
        """
        error = self.std_error

        def percent(value: float | None) -> float | None:
            return None if value is None else 100 * math.expm1(value)

        return self.model_copy(
            update={
                "estimate": 100 * math.expm1(self.estimate),
                "std_error": None if error is None else 100 * math.exp(self.estimate) * error,
                "conf_low": percent(self.conf_low),
                "conf_high": percent(self.conf_high),
                "uniform_low": percent(self.uniform_low),
                "uniform_high": percent(self.uniform_high),
            }
        )
