"""The picture of an effect: by event time, by cohort or by period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from evalkit.did.drawing import INK, Axes, axes, head, label_beside
from evalkit.did.event_plot import base_times, event_plot
from evalkit.did.intervals import draw_estimates, names_of_parts
from evalkit.did.period_name import period_name
from evalkit.did.suppression import FLAG
from evalkit.errors import EvalkitError

if TYPE_CHECKING:
    from evalkit.did.effect import Effect

LETTERS = 60
"""So many letters stand beside each other under the axis; longer rows of names leave some out."""


def effect_plot(effect: Effect, ax: Axes | None) -> Axes:
    """Draw the estimates of an effect.

    Raises
    ------
    EvalkitError
        There is a single estimate, or several that no axis orders.
    """
    table = with_uniform(effect)
    own = (effect.outcome, effect.inference.alpha)
    if "event_time" in table and table["event_time"].notna().any():
        ax = axes(ax)
        table = table[table["event_time"].notna()].sort_values("event_time")
        event_plot(ax, table, base_times(table, effect.base), *own)
        return ax
    for column, title in (("cohort", "first treated in"), ("time", "period")):
        if column in table:
            ax = axes(ax)
            _by_name(ax, table, column, *own)
            ax.set_xlabel(title)
            return ax
    raise EvalkitError(
        f"a picture of {effect.method.name} would show no more than its number",
        hint="see `summary()`; estimates by event time, cohort or period can be drawn",
    )


def one_cohort(effect: Effect, table: pd.DataFrame, ax: Axes | None, cohort: Any) -> Axes:
    """Draw the effects on one cohort, of a table that has several perhaps.

    Raises
    ------
    EvalkitError
        There is no such cohort, or there are several and none is chosen.
    """
    known = [period_name(one) for one in pd.unique(table["cohort"])]
    wanted = known[0] if cohort is None and len(known) == 1 else period_name(cohort)
    if wanted not in known:
        what = "no cohort is chosen" if cohort is None else f"there is no cohort {wanted}"
        raise EvalkitError(what, hint=f"`cohort` is one of {', '.join(known)}")
    own = table[table["cohort"].map(period_name) == wanted]
    ax = axes(ax)
    event_plot(ax, own, base_times(own), effect.outcome, effect.inference.alpha)
    return ax


def with_uniform(effect: Effect) -> pd.DataFrame:
    """Give the table with the band it has, or one from the covariance, where there is one.

    Raises
    ------
    EvalkitError
        Every estimate is suppressed.
    """
    table = effect.table
    banded = "band_low" in table or effect.covariance is None
    if not banded and table["std_error"].gt(0).any():
        table = effect.uniform()
    if FLAG not in table:
        return table
    shown = table[~table[FLAG]]
    if shown.empty:
        raise EvalkitError(
            f"every estimate of {effect.method.name} rests on fewer than {effect.minimum_cell} "
            "units, so there is no picture",
            hint="see the notes of the result",
        )
    return shown


def _by_name(ax: Axes, table: pd.DataFrame, column: str, outcome: str, alpha: float) -> None:
    """Draw estimates one beside the other, each named below."""
    places = range(len(table))
    ax.axhline(0, color=INK, linewidth=1, zorder=1.5)
    draw_estimates(ax, places, table, abreast=len(table))
    names = [period_name(one) for one in table[column]]
    step = -(-len(names) * max(len(name) for name in names) // LETTERS)
    ax.set_xticks(places[::step], names[::step])
    ax.set_xlim(-0.5, len(table) - 0.5)
    label_beside(ax, names_of_parts(len(table) - 1, table.iloc[-1], alpha, len(table)))
    head(ax, outcome)
