"""An analysis with its data and its estimate, as the diagnostics need it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalkit.analysis.designs import estimator_of
from evalkit.did import Effect
from evalkit.errors import EvalkitWarning
from evalkit.language.numbers import Language
from evalkit.language.told import Slot, Told, sentence, spoken
from evalkit.model.analysis import Analysis
from evalkit.panel import Panel


@dataclass(frozen=True, slots=True)
class Study:
    """An analysis that was carried out.

    Attributes
    ----------
    analysis
        What was asked.
    panel
        The data, with their roles.
    estimator
        The design with its options, as a function of a panel.
    effect
        What it gives on this panel.
    warned
        What was warned of on the way.
    """

    analysis: Analysis
    panel: Panel
    estimator: Callable[[Panel], Effect]
    effect: Effect
    warned: tuple[str, ...] = ()

    def sentences(self, notes: Iterable[str], lang: Language) -> tuple[str, ...]:
        """Say notes in a language, each as a sentence, with the names that columns have.

        They name no unit: a record that is published may not say which people it is about.
        """
        said = (spoken(_unnamed(note), lang, self.analysis.names) for note in notes)
        return tuple(dict.fromkeys(map(sentence, said)))


def carry_out(analysis: Analysis, folder: Path) -> Study:
    """Read the data of an analysis and estimate.

    Raises
    ------
    EvalkitError
        The data cannot be used, or the design cannot be estimated on them.
    """
    estimator = estimator_of(analysis)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        panel = open_panel(analysis, folder)
        effect = estimator(panel)
    own = [one for one in caught if issubclass(one.category, EvalkitWarning)]
    warned = tuple(dict.fromkeys(str(one.message) for one in own))
    return Study(analysis, panel, estimator, effect, warned)


def _unnamed(said: Slot) -> Any:
    """Take the names of units out of a sentence, and out of those within it."""
    if not isinstance(said, Told):
        return said
    if said.key == "dropped.named":
        return _unnamed(said.slots["what"])
    return Told(said.key, {name: _unnamed(slot) for name, slot in said.slots.items()})


def open_panel(analysis: Analysis, folder: Path) -> Panel:
    """Read the columns that an analysis names.

    Raises
    ------
    EvalkitError
        The file cannot be read, or its rows make no panel.
    """
    return Panel(
        folder / analysis.data,
        unit=analysis.unit,
        time=analysis.time,
        outcome=analysis.outcome.column,
        cohort=analysis.cohort,
        cluster=analysis.cluster,
        weights=analysis.weights,
        minimum_cell=analysis.minimum_cell,
        na_values=analysis.na_values,
    )
