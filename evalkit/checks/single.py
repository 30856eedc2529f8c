"""Estimating again and again, for diagnostics that need one number of each estimate."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from evalkit.did.single import Single, single
from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.language.told import Told, told
from evalkit.panel import Panel
from evalkit.panel.minimum import in_full

__all__ = ["Estimator", "Single", "estimate_once", "refusal", "single", "whole"]

Estimator = Callable[[Panel], Any]
"""What makes an Effect, or a result with `aggregate`, from a panel."""


def estimate_once(estimator: Estimator, panel: Panel) -> Single:
    """Estimate, and give the number; a refusal becomes a missing number with its reason.

    Warnings of the estimator become notes: a diagnostic estimates on panels that are smaller than
    the user's by intention.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = single(estimator(in_full(panel)))
        except EvalkitError as error:
            return Single(np.nan, np.nan, notes=(refusal(error),))
    for one in caught:
        if not issubclass(one.category, EvalkitWarning):
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    notes = {str(one.message) for one in caught if issubclass(one.category, EvalkitWarning)}
    if not found.known:
        notes.add(told("single.bare"))
    spread = found.std_error if found.known else np.nan
    return Single(found.estimate, spread, found.df, tuple(sorted(notes)), found.kind)


def refusal(error: EvalkitError) -> Told:
    """Say that an estimator refuses, and why: in English, unless it can be said in Dutch too."""
    message = error.message
    return message if isinstance(message, Told) else told("single.refused", message=message)


def whole(estimator: Estimator, panel: Panel) -> Single:
    """Estimate on the user's own panel, where a refusal is an error.

    The estimate may lack a standard error: ask `known`, and then say so.

    Raises
    ------
    EvalkitError
        What the estimator raises, or it gives no estimate.
    """
    found = single(estimator(in_full(panel)))
    if not np.isfinite(found.estimate):
        raise EvalkitError(
            told("refused.missing"),
            hint="see the notes of the estimate itself",
        )
    return found
