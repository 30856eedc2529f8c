"""Effects per cohort and event time, and their averages with the shares taken as fixed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalkit.did.effect import Effect, estimates
from evalkit.did.options import check_choice
from evalkit.did.period_name import period_name
from evalkit.did.plain_data import plain
from evalkit.did.suppression import (
    Bools,
    hidden_cells,
    masked,
    of_suppression,
    revealing,
    without,
)

Aggregation = Literal["event", "simple", "cohort"]


@dataclass(frozen=True, repr=False)
class SunAbraham(Effect):
    """The event study, with the effects per cohort and event time behind it.

    Attributes
    ----------
    by_cohort
        One row per cohort and event time: tidy, with ``share``, the (weighted) number of
        observations.
    by_cohort_covariance
        Covariance of these effects, named by term.
    """

    by_cohort: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_cohort_covariance: pd.DataFrame = field(default_factory=pd.DataFrame)
    cells: tuple[pd.DataFrame, pd.DataFrame] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take out what rests on few units, of the cells by cohort as well."""
        super().__post_init__()
        if self.minimum_cell is None or self.cells is not None:
            return
        hidden = hidden_cells(self.by_cohort, self.minimum_cell)
        bare = without(self.by_cohort_covariance, self.by_cohort.loc[hidden, "term"].tolist())
        object.__setattr__(self, "cells", (self.by_cohort, self.by_cohort_covariance))
        shown = masked(self.by_cohort, hidden, self.minimum_cell)
        object.__setattr__(self, "by_cohort", shown)
        object.__setattr__(self, "by_cohort_covariance", bare)

    def aggregate(self, kind: Aggregation = "event") -> Effect:
        """Average the effects per cohort and event time.

        Parameters
        ----------
        kind
            ``event``: by event time; ``simple``: over all treated observations; ``cohort``: over
            the treated observations of each cohort.

        Returns
        -------
        Effect
            Cells are weighted by their observations, taken as fixed.

        Raises
        ------
        EvalkitError
            The kind is unknown.
        """
        check_choice("kind", kind, ("event", "simple", "cohort"))
        cells = self.cells or (self.by_cohort, self.by_cohort_covariance)
        table, covariance = average(*cells, kind, self)
        plain = {name: getattr(self, name) for name in Effect.__dataclass_fields__}
        plain |= {"table": table, "covariance": covariance, "behind": None}
        plain["telling"] = telling(cells[0], kind, self.minimum_cell)
        plain["notes"] = tuple(one for one in self.notes if not of_suppression(one))
        return Effect(**plain)

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON."""
        return super().to_dict() | {"by_cohort": plain(self.by_cohort)}


def average(
    rows: pd.DataFrame, covariance: pd.DataFrame, kind: Aggregation, effect: Effect
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Average cells within each group of an aggregation, weighted by their observations.

    Parameters
    ----------
    rows
        One row a cell, as in :attr:`SunAbraham.by_cohort`.
    covariance
        Of the cells.
    kind
        See :meth:`SunAbraham.aggregate`.
    effect
        Where confidence level and degrees of freedom stand.

    Returns
    -------
    table, covariance
        Of the averages.
    """
    key, groups, member = _members(rows, kind)
    share = member * rows["share"].to_numpy()
    weight = share / share.sum(axis=1, keepdims=True)
    counts = [_units(rows, one, kind) for one in member]
    terms = [f"ATT({kind}={period_name(one)})" for one in groups] if key else ["ATT"]
    known = np.isfinite(np.diag(covariance))
    inner = weight @ np.where(known[:, None] & known, covariance, 0.0) @ weight.T
    bare = ~(weight[:, known] > 0).any(axis=1)  # an average of cells without an error has none
    inner[bare], inner[:, bare] = np.nan, np.nan
    table = estimates(
        terms, weight @ rows["estimate"].to_numpy(), np.sqrt(np.diag(inner)),
        alpha=effect.inference.alpha, df=effect.inference.df, n_units=counts,
        **({key: groups} if key else {}),
    )  # fmt: skip
    return table, pd.DataFrame(inner, index=terms, columns=terms)


def _members(rows: pd.DataFrame, kind: str) -> tuple[str, list[Any], Bools]:
    """Find the groups of an aggregation, and which cells belong to each."""
    after = rows["event_time"].to_numpy() >= 0
    used = np.ones(len(rows), dtype=bool) if kind == "event" else after
    key = {"event": "event_time", "cohort": "cohort", "simple": ""}[kind]
    labels = rows[key].to_numpy() if key else np.zeros(len(rows))
    groups = list(pd.unique(pd.Series(labels[used]).sort_values()))
    member = (labels[None, :] == np.array(groups, dtype=labels.dtype)[:, None]) & used
    return key, groups, member


def telling(rows: pd.DataFrame, kind: str, minimum: int | None) -> tuple[bool, ...]:
    """Say which averages would tell of a cell of few units; none where all may be shown."""
    if minimum is None:
        return ()
    return tuple(revealing(_members(rows, kind)[2], rows, minimum).tolist())


def _units(rows: pd.DataFrame, member: Bools, kind: str) -> int:
    """Count the treated units behind an average: each cohort once."""
    picked = rows[member]
    if kind == "event":
        return int(picked["n_units"].sum())
    return int(picked.groupby("cohort")["n_units"].max().sum())
