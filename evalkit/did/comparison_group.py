"""Whether there is anything to compare: the demands of every regression."""

from __future__ import annotations

from evalkit.did.cohort_grid import CohortGrid
from evalkit.did.period_name import name_at
from evalkit.panel import Panel, PanelError


def refuse_without_weight(panel: Panel) -> None:
    """Refuse sampling weights that are nought everywhere: they leave no row.

    Raises
    ------
    PanelError
        They are.
    """
    if panel.weighted and not panel.total_weight > 0:
        raise PanelError(
            f"all weights in column '{panel.names['weights']}' are nought",
            hint="see the column of the weights, or leave it out",
        )


def refuse_without_comparison(panel: Panel, grid: CohortGrid) -> None:
    """Refuse a panel in which nobody is treated, or everyone at the same time.

    Raises
    ------
    PanelError
        One of these, with what to do about it.
    """
    refuse_without_weight(panel)
    if not grid.treated.any():
        raise PanelError("no unit is treated within the panel", hint="see the column of the cohort")
    if len(grid.cohorts) == 1:
        raise PanelError(
            f"all units are treated in the same period ({name_at(panel.clock, grid.cohorts[0])}), "
            "so there is no comparison group",
            hint="some units must be treated later or never",
        )
