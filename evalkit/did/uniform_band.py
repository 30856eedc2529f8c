"""The uniform band of an effect, from the covariance of its estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evalkit.did.bands import critical_value, simulate, with_band
from evalkit.errors import EvalkitError

if TYPE_CHECKING:
    from evalkit.did.effect import Effect


def uniform_band(effect: Effect, seed: int, draws: int) -> pd.DataFrame:
    """Give the table of an effect with a band that holds all estimates at once.

    Raises
    ------
    EvalkitError
        The covariance of the estimates is not known, or none of them has an error.
    """
    name, found = effect.method.name, effect.inference
    if effect.covariance is None:
        raise EvalkitError(
            f"{name} gives no covariance of its estimates, so there is no band",
            hint="a band needs estimates with standard errors",
        )
    errors = _errors(effect.table)
    used = np.flatnonzero(np.isfinite(errors))
    if not used.size:
        raise EvalkitError(
            f"no estimate of {name} has a standard error, so there is no band",
            hint="see the notes of the result",
        )
    terms = effect.table["term"].iloc[used]
    block = effect.covariance.loc[terms, terms].to_numpy(dtype=np.float64)
    deviations = simulate(block, draws, seed, found.df)
    reach = critical_value(deviations, errors[used], found.alpha, found.df)
    return with_band(effect.table, reach, errors)


def _errors(table: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Give the errors of the estimates in the band: those by event time, or all without any."""
    errors = table["std_error"]
    errors = errors.where(errors.gt(0) & np.isfinite(errors))
    if "event_time" in table and table["event_time"].notna().any():
        errors = errors.where(table["event_time"].notna())
    return errors.to_numpy(dtype=np.float64)
