"""What a reader of a synthetic difference-in-differences has to know of its errors."""

from __future__ import annotations

from evalkit.did.clusters import few_clusters
from evalkit.did.few_treated import few_treated
from evalkit.did.resampling import Errors, all_placebos
from evalkit.language.told import Told, told
from evalkit.panel import Panel


def few_notes(panel: Panel, kind: Errors) -> list[Told]:
    """Placebo errors come of the untreated units; the others need many treated ones as well."""
    if kind in {"none", "placebo"}:
        return []
    notes = few_treated(panel)
    if kind == "jackknife":
        notes += few_clusters(panel, told("clusters.resampling"))
    return notes


def notes_of(panel: Panel, kind: Errors, draws: int) -> tuple[Told, ...]:
    """Say how errors were drawn, and where there are few draws to be had."""
    if kind == "none":
        return (told("synthetic-did.none"),)
    if kind == "jackknife":
        return ()
    if kind == "placebo" and all_placebos(panel, draws):
        count = panel.n_units - 1
        few = count < 20
        key = told("synthetic-did.few-placebos" if few else "synthetic-did.placebos", count=count)
        return (key,)
    return (told("synthetic-did.draws", draws=draws),)
