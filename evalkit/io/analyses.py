"""The data that analyses name: that the files are there, and have the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from evalkit.errors import Problem
from evalkit.io.data import DataError, columns_of
from evalkit.io.folder import Folder
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Loc

_ROLES = ("unit", "time", "cohort", "cluster", "weights")


def data_problems(
    data: dict[str, Any], folder: Folder, place: Callable[[Loc], Problem]
) -> Iterator[Problem]:
    """Find data files that are not there, and columns that they do not have.

    Parameters
    ----------
    data
        The gathered files of the case.
    folder
        The case folder; what cannot be read is noted there.
    place
        Finds the file and line of a key.
    """
    analyses = data.get("analyses")
    for key, analysis in analyses.items() if isinstance(analyses, dict) else ():
        name = analysis.get("data") if isinstance(analysis, dict) else None
        if not isinstance(name, str) or not name:
            continue  # validation says so
        at = place(("analyses", key, "data"))
        path = folder.data(name, asked_by=at)
        if path is None:
            continue
        try:
            columns = columns_of(path)
        except DataError as error:
            yield replace(at, message=str(error), hint=error.hint)
            continue
        for loc, column in _named(analysis):
            if column not in columns:
                what = f"no column '{column}' in {name}"
                at = place(("analyses", key, *loc))
                yield replace(at, message=what, hint=did_you_mean(column, columns))


def _named(analysis: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
    """List the columns that an analysis names, before it is known to be sound."""
    outcome = analysis.get("outcome")
    if isinstance(outcome, dict):
        yield from _one(("outcome", "column"), outcome.get("column"))
    else:
        yield from _one(("outcome",), outcome)
    for role in _ROLES:
        yield from _one((role,), analysis.get(role))
    yield from _listed(("covariates",), analysis.get("covariates"))
    variants = analysis.get("variants")
    for loc, name in _varied(variants) if isinstance(variants, dict) else ():
        yield ("variants", *loc), name


def _varied(variants: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
    """List the columns that variants name."""
    outcomes = variants.get("outcomes")
    for at, one in enumerate(outcomes if isinstance(outcomes, list) else [outcomes]):
        if isinstance(one, dict):
            yield from _one(("outcomes", at, "column"), one.get("column"))
        else:
            yield from _one(("outcomes", at), one)
    yield from _listed(("subgroups",), variants.get("subgroups"))
    others = variants.get("specifications")
    for key, one in others.items() if isinstance(others, dict) else ():
        if isinstance(one, dict):
            yield from _listed(("specifications", key, "covariates"), one.get("covariates"))


def _listed(loc: Loc, names: Any) -> Iterator[tuple[Loc, str]]:
    """List columns of which there may be several, or one without brackets."""
    for at, name in enumerate(names if isinstance(names, list) else [names]):
        yield from _one((*loc, at), name)


def _one(loc: Loc, name: Any) -> Iterator[tuple[Loc, str]]:
    if isinstance(name, str) and name:
        yield loc, name
