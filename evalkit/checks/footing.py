"""What an error stands on: enough treated clusters, enough others, and rows that weigh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from evalkit.checks.reassign import reassigned
from evalkit.checks.result import Outcome
from evalkit.checks.single import Estimator, Single, estimate_once
from evalkit.did.comparison_group import refuse_without_weight
from evalkit.did.enough import ENOUGH
from evalkit.did.few_treated import count_sides
from evalkit.language.told import Slot, Told, told
from evalkit.panel import Panel

Verdict = tuple[Outcome, Told]
_OWN = ("placebo", "permutation", "Newey-West", "restricted maximum likelihood", "none")
"""Kinds of error that do not come of how treated units differ from each other."""
# How estimators say that too few are treated, or too few are not.
_SAID = frozenset({"few-treated.treated", "few-treated.untreated", "two-by-two.one-unit"})
_NEVER_FEW = frozenset({"group-time.few-units", "cohort.never"})


def in_sight(whole: Verdict, seen: Verdict) -> Verdict:
    """Give the verdict over all estimates, in words of those that may be told.

    Where these alone would say something else, the sentence is that others weigh as well: a
    verdict does not turn for the better because too few units are behind an estimate.
    """
    if whole[0] == seen[0]:
        return seen
    return whole[0], told("suppressed.verdict")


def weighing(panel: Panel) -> Panel:
    """Give the panel of the rows that weigh: a row of weight nought is none, nor its cluster one.

    Raises
    ------
    PanelError
        All weights are nought.
    """
    if panel.weights is None or (panel.weights > 0).all():
        return panel
    refuse_without_weight(panel)
    return reassigned(panel, panel.cohorts, panel.weights > 0)


def thin(kind: str, panel: Panel) -> bool:
    """Whether an error of such a kind is far too small on a panel, for want of clusters."""
    return kind not in _OWN and min(count_sides(panel)) < ENOUGH


def estimate_firmly(estimator: Estimator, panel: Panel) -> Single:
    """Estimate once; an error that stands on too few clusters is missing, with its reason.

    Such an error is nearly nought with a single unit, so that any estimate would seem to tell.
    """
    found = estimate_once(estimator, panel)
    if not found.known or not thin(found.kind, panel):
        return found
    why = told("single.thin", enough=ENOUGH)
    return replace(found, std_error=np.nan, notes=(*found.notes, why))


def rests_on_few(effect: Any) -> bool:
    """Whether the errors of an effect are far too small: few are treated, or few are not.

    An effect does not know its panel, so it follows from what the estimator notes and from how
    many treated units its estimates rest on.
    """
    if hasattr(effect, "aggregate"):
        effect = effect.aggregate("simple")
    if effect.inference.kind in _OWN:
        return False
    notes = [frozenset(_keys(note)) for note in effect.notes]
    if any(keys & _SAID or keys >= _NEVER_FEW for keys in notes):
        return True
    return _most_treated(effect) < ENOUGH


def _keys(said: Slot) -> Iterator[str]:
    """The keys of a sentence and of the sentences within it."""
    if isinstance(said, Told):
        yield said.key
        for slot in said.slots.values():
            yield from _keys(slot)
    elif isinstance(said, Sequence) and not isinstance(said, str):
        for one in said:
            yield from _keys(one)


def _most_treated(effect: Any) -> float:
    """The most treated units that an estimate after treatment rests on."""
    table = getattr(effect, "table", None)
    if table is None or "n_units" not in table.columns:
        return np.inf
    after = table
    if "event_time" in table.columns:
        after = table[~(table["event_time"] < 0)]
    count = after["n_units"].max()
    return float(count) if np.isfinite(count) else np.inf
