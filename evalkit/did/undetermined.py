"""A model that the data do not determine, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from evalkit.language.told import Told, told

Among = Literal[
    "units", "cell", "treated", "treated-after", "treated-before",
    "comparison", "comparison-after", "comparison-before",
]  # fmt: skip
"""The rows that a model is fitted on."""


class Undetermined(Exception):  # noqa: N818  caught inside, never shown
    """A model that the data do not determine; the reason says why, as a clause."""

    def __init__(self, reason: Told) -> None:
        super().__init__(reason)
        self.reason = reason


def no_weight(among: Among) -> Undetermined:
    """Say that some rows have no weight."""
    return Undetermined(told("undetermined.no-weight", among=_named(among)))


def collinear(name: str, among: Among) -> Undetermined:
    """Say that a covariate is a combination of others."""
    return Undetermined(told("undetermined.collinear", name=name, among=_named(among)))


def _named(among: Among) -> Told:
    names: Mapping[Among, Told] = {
        "units": told("among.units"),
        "cell": told("among.cell"),
        "treated": told("among.treated"),
        "treated-after": told("among.treated-after"),
        "treated-before": told("among.treated-before"),
        "comparison": told("among.comparison"),
        "comparison-after": told("among.comparison-after"),
        "comparison-before": told("among.comparison-before"),
    }
    return names[among]
