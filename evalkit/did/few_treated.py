"""Inference that rests on a handful of treated or untreated clusters."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from evalkit.panel import Panel, PanelWarning

Bools = np.ndarray[Any, np.dtype[np.bool_]]

ENOUGH = 5
"""Fewer treated or untreated clusters than this give errors that are far too small.

Conley and Taber (2011) and MacKinnon and Webb (2017): with few treated clusters the residuals
that a clustered error is made of are shrunk by the fit, with one to nearly nought.
"""


def sides(panel: Panel) -> tuple[Bools, Bools]:
    """Tell the treated units from those they are compared with, shape (units,) each.

    Units treated from the first period on compare; without any other, the last cohort does.
    """
    treated = panel.cohorts > panel.clock.values[0]
    if treated.all():
        treated = treated & (panel.cohorts < panel.cohorts.max())
    return treated, ~treated


def count_sides(panel: Panel) -> tuple[int, int]:
    """Count the clusters with treated units, and those with units they are compared with."""
    if panel.clusters is None:
        treated, others = (int(side.sum()) for side in sides(panel))
    else:
        treated, others = (len(np.unique(panel.clusters[side])) for side in sides(panel))
    return treated, others


def few_treated(panel: Panel, *, stacklevel: int = 3) -> list[str]:
    """Say that few clusters are treated, or few untreated, with a warning.

    Parameters
    ----------
    panel
        The units in use.
    stacklevel
        Whom the warning is put down to.
    """
    treated, others = count_sides(panel)
    notes = [_says(panel, treated, "treated")] if treated < ENOUGH else []
    notes += [_says(panel, others, "untreated")] if others < ENOUGH else []
    for note in notes:
        warnings.warn(note, PanelWarning, stacklevel=stacklevel + 1)
    return notes


def _says(panel: Panel, count: int, which: str) -> str:
    kind = "cluster" if panel.clusters is not None else "unit"
    if panel.names["unit"] is None and panel.clusters is None:
        kind = "row"
    how_many = f"one {kind} is" if count == 1 else f"{count} {kind}s are"
    why = f"nothing shows how {which} {kind}s differ from each other"
    if count > 1:
        why = f"so few {kind}s show little of how {which} ones differ from each other"
    remedy = "use randomisation inference (`randomisation`)"
    if which == "treated":
        remedy += ", or `synthetic_did` with placebo errors"
    return (
        f"{how_many} {which}: standard errors are far too small and intervals too narrow, since "
        f"{why}; {remedy}"
    )
