"""The panel that synthetic methods compare in: complete, with units that are never treated."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.did.period_name import name_at
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER
from evalkit.panel.columns import column

Floats = np.ndarray[Any, np.dtype[np.float64]]


def comparison_panel(panel: Panel, method: str, *, one_cohort: bool = False) -> Panel:
    """Give the complete panel of treated and never-treated units, or say what is missing.

    Parameters
    ----------
    panel
        Any panel.
    method
        Name of the estimator, for messages.
    one_cohort
        Whether it takes a single date of treatment.

    Raises
    ------
    PanelError
        There are weights, no units, nobody treated, several cohorts for a method that takes one,
        fewer than two never treated or than two periods before treatment, or no variation.
    """
    if panel.names["unit"] is None:
        raise PanelError(f"{method} follows units through time", hint="give `unit`")
    if panel.weights is not None:
        raise PanelError(
            f"{method} has no sampling weights: it chooses the weights of the units itself",
            hint="make the panel without `weights`",
        )
    panel = panel.complete().without_always_treated()
    if not panel.treated_cohorts:
        raise PanelError(
            "no treated unit is observed in every period and untreated in the first",
            hint=f"see the cohort '{panel.names['cohort']}' and the gaps of the treated units",
        )
    controls = int((panel.cohorts == NEVER).sum())
    if controls < 2:
        raise PanelError(
            f"there are {controls} never-treated units with every period, and two are needed",
            hint="add untreated units; with later-treated ones only, use `imputation`",
        )
    if np.ptp(panel.y) == 0:
        raise PanelError(f"the outcome '{panel.names['outcome']}' never varies")
    if one_cohort and len(panel.treated_cohorts) > 1:
        shown = [name_at(panel.clock, cohort) for cohort in panel.treated_cohorts]
        raise PanelError(
            f"units are treated at {len(shown)} dates ({', '.join(shown)}); {method} takes one",
            hint="use `synthetic_did`, or `panel.keep` one cohort and the never treated",
        )
    for cohort in panel.treated_cohorts:
        _refuse_short(panel, cohort, method)
    return panel


def _refuse_short(panel: Panel, cohort: int, method: str) -> None:
    before = periods_before(panel, cohort)
    if before < 2:
        shown = name_at(panel.clock, cohort)
        raise PanelError(
            f"{method} needs two periods before treatment, and cohort {shown} has {before}",
            hint="add earlier periods, or use `group_time`, which needs one",
        )


def periods_before(panel: Panel, cohort: int) -> int:
    """Count the periods before a cohort."""
    return int((panel.clock.values < cohort).sum())


def unit_labels(panel: Panel) -> np.ndarray[Any, Any]:
    """Give the name of each unit as the data write it, shape (units,)."""
    values = column(panel.frame, str(panel.names["unit"]), "unit").to_numpy()
    ordered = values if panel.order is None else values[panel.order]
    found: np.ndarray[Any, Any] = ordered[panel.first_rows]
    return found


def noise(controls: Floats) -> float:
    """Standard deviation of the period-to-period changes of the controls, shape (units, periods).

    The sigma of Arkhangelsky et al. (2021), equation (5); their formula divides by the number of
    changes, their program (and this) by one less.
    """
    changes = np.diff(controls, axis=1)
    return float(changes.std(ddof=1)) if changes.size > 1 else 0.0
