"""How many units are behind the one number of an effect, which may be fewer than a panel has."""

from __future__ import annotations

import pandas as pd

from evalkit.did.effect import Effect
from evalkit.panel import Panel
from evalkit.panel.clock import NEVER


def units_behind(effect: Effect, panel: Panel) -> tuple[int | None, int | None]:
    """Count all units, and the treated ones, that the one number of an effect rests on.

    Parameters
    ----------
    effect
        What an estimator gave of the panel.
    panel
        The panel, from which estimation may leave units out.

    Returns
    -------
    tuple of int, or None
        Both None where they differ from those of the panel by fewer units than may be told.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": np.repeat(np.arange(180), 3), "year": [2019, 2020, 2021] * 180,
    ...     "start": np.repeat([0, 2021], 270)})
    >>> frame["jobs"] = np.random.default_rng(1).normal(size=540)
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> units_behind(ek.did.imputation(panel), panel)
    (180, 90)
    """
    minimum, (treated, others) = panel.minimum_cell or 0, sides(panel)
    left = [one for one in effect.dropped if one not in panel.dropped]
    gone = sum(one.units + one.emptied for one in left)
    own = _treated(effect)
    lost = 0 if own is None else max(treated - own, 0)
    if any(one.fewer for one in left) or 0 < gone < minimum or 0 < lost < minimum:
        return None, None
    return treated + others - gone, treated - lost


def sides(panel: Panel) -> tuple[int, int]:
    """Count the units that are treated within the panel, and the others."""
    sizes = panel.cohort_sizes
    treated = sum(size for g, size in sizes.items() if g != NEVER)
    return treated, sum(sizes.values()) - treated


def _treated(effect: Effect) -> int | None:
    """Count the treated units behind the one number; None where the effect does not say.

    It is found as the number is; of a mean over event times it is the count of the one with most.
    """
    before = "event_time" in effect.table and bool((effect.table["event_time"] < 0).all())
    if hasattr(effect, "aggregate") and not before:
        effect = effect.aggregate("simple")
    table = effect.table if effect.behind is None else effect.behind.table
    if "n_units" not in table.columns:
        return None
    own = table[table["term"].isin(["overall", "ATT"])]
    if len(own) != 1:
        own = table
    if len(own) > 1 and "event_time" in own.columns:
        own = own[own["event_time"] >= 0]
    if "cohort" in own.columns and own["cohort"].notna().all() and own["cohort"].is_unique:
        return int(own["n_units"].sum())
    most = own["n_units"].max()
    return None if pd.isna(most) else int(most)
