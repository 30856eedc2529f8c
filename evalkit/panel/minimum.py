"""The least number of units that a number may rest on before it is shown."""

from __future__ import annotations

import copy
from numbers import Integral
from typing import TYPE_CHECKING, Any

from evalkit.panel.dropped import PanelError

if TYPE_CHECKING:
    from evalkit.panel.panel import Panel


def check_minimum(value: Any) -> int | None:
    """Give the least number of units of a cell; None when every cell may be shown.

    Raises
    ------
    PanelError
        It is no whole number of 2 or more: every cell has one unit.

    Examples
    --------
    >>> check_minimum(10), check_minimum(None)
    (10, None)
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 2:
        raise PanelError(
            f"minimum_cell is {value!r}",
            hint="give a whole number of 2 or more (10 is usual), or leave it out",
        )
    return int(value)


def in_full(panel: Panel) -> Panel:
    """Give a panel without its least number of units, for numbers that are not shown.

    Diagnostics estimate again and again, on panels smaller than the user's: what they tell is of
    all of these together.
    """
    if panel.minimum_cell is None:
        return panel
    bare = copy.copy(panel)
    bare.minimum_cell = None
    return bare
