"""Carrying out the variants of an analysis: other outcomes, subgroups and specifications."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from evalkit import did
from evalkit.analysis.designs import Estimator, estimator_of
from evalkit.analysis.study import Study
from evalkit.did.batch import ALL
from evalkit.errors import EvalkitError
from evalkit.language.numbers import Language
from evalkit.language.told import Told, sentence, told
from evalkit.model.analysis import Analysis
from evalkit.model.estimate import Estimate
from evalkit.model.variants import Variants
from evalkit.model.varied import Run, Varied

_OWN = ""
"""The name of the choices of the analysis itself."""
_NUMBERS = ("std_error", "p_value", "conf_low", "conf_high")


class VariantsError(EvalkitError):
    """The variants of an analysis cannot be carried out, while the analysis itself can."""


def varied(study: Study, lang: Language) -> Varied | None:
    """Estimate every variant on the panel of the study; nothing where the case asks for none.

    Raises
    ------
    VariantsError
        A column makes no outcome or no subgroups.
    """
    analysis = study.analysis
    variants = analysis.variants
    if variants is None:
        return None
    _refuse_empty(variants)
    outcomes = {one.column: one for one in (analysis.outcome, *variants.outcomes)}
    try:
        runs = did.batch(
            study.panel, list(outcomes), variants.subgroups, _designs(analysis, variants),
            correction=variants.correction,
        )  # fmt: skip
    except EvalkitError as error:
        raise VariantsError(error.message, hint=error.hint) from error
    return Varied(
        runs=tuple(
            Run(
                outcome=outcomes[row["outcome"]].words,
                unit=outcomes[row["outcome"]].unit,
                subgroup="" if row["subgroup"] == ALL else row["subgroup"],
                specification=row["design"],
                estimate=_estimate(row),
                p_adjusted=_number(row["p_adjusted"]),
                why=_why(row["note"], lang, analysis.names),
            )
            for row in runs.table.to_dict("records")
        ),
        correction=variants.correction,
        tests=runs.tests,
    )


def _refuse_empty(variants: Variants) -> None:
    """Refuse variants that are no other than the analysis itself."""
    if not (variants.outcomes or variants.subgroups or variants.specifications):
        raise VariantsError(
            "there are no variants",
            hint="write `outcomes`, `subgroups` or `specifications`, or leave `variants` out",
        )
    empty = [name for name, one in variants.specifications.items() if not one.choices]
    if empty:
        raise VariantsError(
            f"the specification '{empty[0]}' is the analysis itself",
            hint="write what it chooses otherwise: a design, covariates, a comparison",
        )


def _why(note: str, lang: Language, names: Mapping[str, str]) -> str:
    """Say why a run has no number; errors of the library are in English."""
    if not note:
        return ""
    told_as = note if isinstance(note, Told) else told("diagnostic.reason", message=note)
    return sentence(told_as.into(lang, names))


def _designs(analysis: Analysis, variants: Variants) -> dict[str, Estimator]:
    """Give the design of the analysis itself, and that of each specification, by name."""
    others = {
        name: analysis.model_copy(update=one.choices)
        for name, one in variants.specifications.items()
    }
    return {name: estimator_of(one) for name, one in {_OWN: analysis, **others}.items()}


def _estimate(row: Mapping[Hashable, Any]) -> Estimate | None:
    value = _number(row["estimate"])
    if value is None:
        return None
    units = _number(row["n_treated"])
    known = {"term": "average", "estimate": value, "n_units": None if units is None else int(units)}
    return Estimate.model_validate(known | {name: _number(row[name]) for name in _NUMBERS})


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
