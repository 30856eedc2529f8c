"""What estimators and diagnostics are asked: read in one way, and refused in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from numbers import Real
from typing import Any

import numpy as np

from evalkit.errors import EvalkitError
from evalkit.language.suggest import did_you_mean
from evalkit.panel import Panel, PanelError

_LARGEST = 10**9  # of a whole number; it still fits wherever periods are added up


def check_panel(panel: Any) -> None:
    """Refuse what is no panel, most often the table that one is made from.

    Raises
    ------
    PanelError
        It is something else.
    """
    if isinstance(panel, Panel):
        return
    what = f"a {type(panel).__name__} is not a Panel"
    if _is_result(panel):
        raise PanelError(what, hint="give the panel that this result was estimated on")
    raise PanelError(what, hint="make one of the table first, with ek.Panel, and give that")


def _is_result(found: Any) -> bool:
    """Whether an estimator gave it; a data frame can be aggregated too."""
    return hasattr(found, "inference") or (
        hasattr(found, "aggregate") and hasattr(found, "dropped")
    )


def check_effect(effect: Any) -> None:
    """Refuse what no estimator gave, such as a panel where its effect was meant.

    Raises
    ------
    EvalkitError
        It has no estimates.
    """
    if not hasattr(effect, "table") or not hasattr(effect, "inference"):
        raise EvalkitError(
            f"a {type(effect).__name__} is not the result of an estimator",
            hint="give what an estimator returns: ek.did.event_study(panel)",
        )


def check_estimator(estimator: Any) -> None:
    """Refuse what cannot be called on a panel, such as the name of an estimator or its result.

    Raises
    ------
    EvalkitError
        It cannot be called.
    """
    if not callable(estimator) or isinstance(estimator, type):
        raise EvalkitError(
            f"the estimator is a {type(estimator).__name__}, which cannot be called on a panel",
            hint="give a function: ek.did.twfe, or lambda panel: ek.did.group_time(panel)",
        )


def check_asked(panel: Any, estimator: Any, name: str) -> Callable[[Panel], Any]:
    """Give the estimator that a diagnostic is to call again and again on a changed panel.

    Parameters
    ----------
    panel, estimator
        What it was given.
    name
        What the diagnostic is called.

    Raises
    ------
    EvalkitError
        The panel is none, the estimator is missing or cannot be called, or they stand the other
        way round.
    """
    how = f"ek.checks.{name}(panel, ek.did.group_time)"
    if isinstance(estimator, Panel):
        raise EvalkitError(f"{name} takes the panel first, then the estimator", hint=f"as in {how}")
    if _is_result(panel):
        what = f"{name} estimates anew, and a {type(panel).__name__} is a result already"
        raise EvalkitError(what, hint=f"give the panel and the estimator: {how}")
    check_panel(panel)
    if estimator is None:
        raise EvalkitError(f"{name} estimates anew, and no estimator is given", hint=f"as in {how}")
    check_estimator(estimator)
    called: Callable[[Panel], Any] = estimator
    return called


def check_alpha(alpha: Any) -> float:
    """Give one less the confidence level, or the size of a test, when it can be one.

    Raises
    ------
    EvalkitError
        It is no number between 0 and 1.

    Examples
    --------
    >>> check_alpha(0.1)
    0.1
    """
    if not _is_number(alpha) or not 0 < alpha < 1:
        raise EvalkitError(
            f"alpha is {_shown(alpha)}", hint="give a number between 0 and 1, such as 0.05"
        )
    return float(alpha)


def check_choice(name: str, value: Any, known: Iterable[str]) -> None:
    """Refuse an option that does not exist.

    Raises
    ------
    EvalkitError
        The value is none of those known; the hint names the nearest, or all of them.
    """
    words = list(known)
    if value not in words:
        raise EvalkitError(f"{name}={value!r} is unknown", hint=did_you_mean(str(value), words))


def whole_number(name: str, value: Any, least: int | None = None) -> int:
    """Give a whole number that may be written as NumPy's or as 2.0.

    Raises
    ------
    EvalkitError
        It is not whole, less than it may be, or larger than any count of periods or draws.

    Examples
    --------
    >>> whole_number("horizons", 2.0)
    2
    """
    if not _is_number(value) or value != int(value) or (least is not None and value < least):
        hint = "give a whole number" + ("" if least is None else f", {least} or more")
        raise EvalkitError(f"{name} is {_shown(value)}", hint=hint)
    if abs(value) > _LARGEST:
        raise EvalkitError(f"{name} is {_shown(value)}", hint="give a smaller number")
    return int(value)


def covariate_names(covariates: str | Sequence[str] | None) -> tuple[str, ...]:
    """Give the names of covariates; a single name is one covariate, not its letters.

    Raises
    ------
    EvalkitError
        They are no names.

    Examples
    --------
    >>> covariate_names("size"), covariate_names(["size", "age"]), covariate_names(None)
    (('size',), ('size', 'age'), ())
    """
    if covariates is None:
        return ()
    names = (covariates,) if isinstance(covariates, str) else covariates
    if not isinstance(names, Iterable):
        raise EvalkitError(
            f"the covariates are of the type {type(names).__name__}",
            hint="give a list of names: ['size']",
        )
    return tuple(names)


def bounds(name: str, given: Any) -> tuple[float, ...]:
    """Give a list of bounds; a single number is one.

    Raises
    ------
    EvalkitError
        It is no list of numbers, such as a panel or an estimator that stands in its place.

    Examples
    --------
    >>> bounds("mbar", 1), bounds("mbar", [0.5, 2])
    ((1.0,), (0.5, 2.0))
    """
    found = (given,) if _is_number(given) else given
    if not isinstance(found, Iterable) or not all(map(_is_number, found := tuple(found))):
        raise EvalkitError(f"{name} is {_shown(given)}", hint=f"give numbers: {name}=(0.5, 1, 2)")
    return tuple(map(float, found))


def smallest_effect(relevant: Any) -> float | None:
    """Give the size of the smallest effect that matters, whichever way it goes.

    Raises
    ------
    EvalkitError
        It is nought, or no number.

    Examples
    --------
    >>> smallest_effect(-0.02), smallest_effect(None)
    (0.02, None)
    """
    if relevant is None:
        return None
    if not _is_number(relevant) or not relevant:
        hint = "give the smallest effect that matters, in the unit of the outcome, or leave it out"
        raise EvalkitError(f"relevant is {_shown(relevant)}", hint=hint)
    return abs(float(relevant))


def _is_number(value: Any) -> bool:
    try:
        return type(value) is not bool and isinstance(value, Real) and isfinite(value)
    except OverflowError:  # an integer that no float can hold
        return False


def _shown(value: Any) -> str:
    """Write a number as it is, and anything else as Python does, also what NumPy holds."""
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, int) and abs(plain) >= 10**20:
        return "a number of more than 20 digits"
    return str(plain) if isinstance(plain, Real) else repr(plain)
