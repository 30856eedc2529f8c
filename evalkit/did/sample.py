"""Which units and periods a group-time estimate rests on, decided once and said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from evalkit.did.period_name import name_at
from evalkit.language.told import Told, told
from evalkit.panel.clock import NEVER
from evalkit.panel.dropped import PanelError
from evalkit.panel.moments import Moments, moments
from evalkit.panel.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Sample:
    """The units and periods in use.

    Attributes
    ----------
    panel
        The panel of the units in use.
    periods : ndarray of int, shape (periods,)
        The periods in use, ascending; the last ones are gone when no unit is never treated.
    treated
        The cohorts whose effects are estimated, ascending.
    balanced
        Whether every unit is observed in every period in use and is followed over time.
    notes
        What a reader has to know of these choices.
    """

    panel: Panel
    periods: Ints
    treated: tuple[int, ...]
    balanced: bool
    notes: tuple[str, ...] = ()

    @property
    def cohorts(self) -> Ints:
        """Cohort of each unit."""
        return self.panel.cohorts

    @cached_property
    def rows(self) -> Flags:
        """Whether each row of the panel lies in a period in use."""
        found: Flags = self.panel.time < len(self.periods)
        return found

    @cached_property
    def whole(self) -> bool:
        """Whether all periods of the panel are in use."""
        return len(self.periods) == self.panel.n_periods

    def by_period(self, values: Floats) -> Floats:
        """Shape a column of a balanced sample as units by periods."""
        own = values if self.whole and self.panel.balanced else values[self.rows]
        return own.reshape(self.panel.n_units, len(self.periods))

    @cached_property
    def wide(self) -> Floats:
        """Outcome of a balanced sample, units by periods."""
        return self.by_period(self.panel.y)

    @cached_property
    def moments(self) -> Moments:
        """Sufficient statistics of a balanced sample, of the periods in use."""
        if not self.panel.balanced:
            return moments(self.wide, self.cohorts)
        return self.panel.moments.until(len(self.periods))

    @cached_property
    def share_weights(self) -> Floats:
        """Weight of each unit in the cohort shares: the first period's, or the unit's mean."""
        if self.panel.weights is None or not self.balanced:
            return self.panel.unit_weights
        first = self.panel.weights[self.panel.first_rows]
        return first / float(first.mean())


def prepare(
    panel: Panel,
    *,
    control: str,
    covariates: Sequence[str],
    anticipation: int,
    panel_data: bool,
    balanced: bool,
) -> Sample:
    """Decide which units and periods are in use.

    Always-treated units leave; when there is no never-treated unit and the control is
    ``not_yet``, the periods from which the last cohort is treated leave and that cohort is
    compared with only; units that lack a period leave when `balanced` is asked.

    Raises
    ------
    PanelError
        No unit is treated, there is no comparison group, or repeated cross-sections are read as
        a panel.
    """
    if panel_data and panel.names["unit"] is None:
        raise PanelError(
            "the panel has no unit, so its rows cannot be followed over time",
            hint="use panel_data=False for repeated cross-sections, or give Panel(unit=...)",
        )
    panel = panel.without_missing(covariates).without_always_treated()
    periods, treated, notes = _comparison(panel, control, anticipation)
    if not panel_data:
        return Sample(panel, periods, treated, balanced=False, notes=notes)
    panel, follows = _followed(panel, periods, balanced)
    left = tuple(g for g in treated if g in panel.treated_cohorts)
    if gone := sorted(set(treated) - set(left)):
        names = [name_at(panel.clock, g) for g in gone]
        notes = (*notes, told("group-time.not-followed", cohorts=names))
    try:
        _comparison(panel, control, anticipation)
    except PanelError as error:  # units that lack a period may have been the only comparison
        raise PanelError(
            f"without the units that lack a period, {error.message}",
            hint="use balanced=False, which keeps them",
        ) from None
    return Sample(panel, periods, left, balanced=follows, notes=notes)


def _comparison(
    panel: Panel, control: str, anticipation: int
) -> tuple[Ints, tuple[int, ...], tuple[Told, ...]]:
    """Find the periods and treated cohorts that have somebody to be compared with."""
    treated = panel.treated_cohorts
    if not treated:
        raise PanelError(
            f"no unit starts treatment within the panel in column '{panel.names['cohort']}'",
            hint="a cohort is the first treated period; those after the last period count as "
            "never, and units treated from the first period on have no period before",
        )
    if NEVER in panel.cohort_sizes:
        return panel.clock.values, treated, ()
    last = treated[-1]
    label = name_at(panel.clock, last)
    if control == "never" and len(treated) > 1:
        raise PanelError(
            f"no unit is never treated in column '{panel.names['cohort']}'",
            hint="use control='not_yet', which compares with units that are treated later; units "
            "that are never treated have 0 in that column, or nothing, and no other number",
        )
    periods = panel.clock.values[panel.clock.values < last - anticipation]
    if len(treated) == 1 or len(periods) == 0:
        raise PanelError(
            f"all units are treated from {label} on, so nobody is left to compare with",
            hint="add units that are treated later or never",
        )
    until = name_at(panel.clock, periods[-1])
    note = told("group-time.compared-only", period=until, cohort=label)
    return periods, treated[:-1], (note,)


def _followed(panel: Panel, periods: Ints, balanced: bool) -> tuple[Panel, bool]:
    """Keep the units that are observed in every period in use, when that is asked."""
    if panel.balanced:
        return panel, True
    if panel.whole_through(len(periods)) == panel.n_units:
        return panel, True
    if not balanced:
        return panel, False
    return panel.complete(len(periods)), True
