"""Many outcomes, subgroups and designs over one panel, which is read once."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.adjustment import ADJUSTMENTS, Correction, Floats
from evalkit.did.batch_method import METHOD
from evalkit.did.batch_result import CHOICES, Batch, Key
from evalkit.did.effect import Effect
from evalkit.did.group_time import group_time
from evalkit.did.options import check_choice, check_estimator, check_panel
from evalkit.did.single import single
from evalkit.did.units_behind import sides, units_behind
from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.language.told import Told, told
from evalkit.panel import Panel
from evalkit.panel.outcomes import with_outcomes
from evalkit.panel.subgroups import subgroups as parts_of

__all__ = ["METHOD", "batch"]

Estimator = Callable[[Panel], Effect]
Designs = Estimator | Sequence[Estimator] | Mapping[str, Estimator]
_NUMBERS = ("estimate", "std_error", "p_value", "conf_low", "conf_high")
_SIZES = ("n_units", "n_treated")
ALL = "all"
"""The subgroup of all units."""


def batch(
    panel: Panel,
    outcomes: str | Sequence[str] | None = None,
    subgroups: str | Sequence[str] = (),
    designs: Designs | None = None,
    *,
    correction: Correction = "holm",
) -> Batch:
    """Estimate every combination of outcomes, subgroups and designs.

    Parameters
    ----------
    panel
        The data. Units, periods and cohorts are found once, whatever the number of outcomes.
    outcomes
        Columns; by default the outcome of the panel.
    subgroups
        Columns with one value for a unit; each value is a subgroup, beside all units.
    designs
        What makes an effect of a panel: an estimator, a list of them, or a mapping from a name to
        each: ``{"with size": lambda panel: group_time(panel, covariates="size")}``. By default
        group-time effects.
    correction
        How p-values are adjusted for the number of runs: ``holm`` (Holm 1979: the chance of one
        false finding or more), ``benjamini-hochberg`` (1995: the share of false ones among
        findings) or ``none``.

    Returns
    -------
    Batch
        One number a run with its interval and adjusted p-value; the effects themselves by name.

    Raises
    ------
    PanelError
        There is no such column, or it is no outcome or no subgroup.
    EvalkitError
        A design cannot be called, two have one name, or none of the runs can be estimated.

    Notes
    -----
    Each run gives what the estimator gives on a panel of its own, to the last digit. A run that
    cannot be estimated has its reason in `note`. Estimand: that of each design, as one number.
    Assumptions: those of each design; Holm's adjustment holds however the runs depend on each
    other, that of Benjamini and Hochberg when they are independent or move together.
    docs/methodology/batch.md has edge cases and other software.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70; Benjamini & Hochberg (1995),
    Journal of the Royal Statistical Society B 57(1), 289-300; Simonsohn, Simmons & Nelson (2020),
    Nature Human Behaviour 4, 1208-1214, on the specification curve.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": np.repeat(np.arange(60), 6), "year": [*range(2016, 2022)] * 60,
    ...     "start": np.repeat([0, 2019, 2020], 120)})
    >>> after = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    >>> draws = np.random.default_rng(1)
    >>> frame["jobs"] = 2.0 * after + draws.normal(size=360)
    >>> frame["pay"] = draws.normal(size=360)
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> runs = ek.did.batch(panel, ["jobs", "pay"], designs=[ek.did.group_time, ek.did.imputation])
    >>> runs.tidy()[["outcome", "design", "estimate", "p_adjusted"]].round(2)
      outcome      design  estimate  p_adjusted
    0    jobs  group_time      2.38        0.00
    1    jobs  imputation      2.31        0.00
    2     pay  group_time     -0.34        0.30
    3     pay  imputation     -0.02        0.92
    >>> runs["jobs", "imputation"]
    ImputationEffect(imputation of jobs, 4 estimates)
    """
    check_panel(panel)
    check_choice("correction", correction, ADJUSTMENTS)
    named = _named(group_time if designs is None else designs)
    wanted = _listed(outcomes) or [str(panel.names["outcome"])]
    groups = _groups(panel, _listed(subgroups))
    panels = {
        group: part if isinstance(part, EvalkitError) else with_outcomes(part, wanted)
        for group, part in groups.items()
    }
    runs: dict[Key, Effect | EvalkitError] = {}
    rows: list[dict[str, Any]] = []
    for outcome, (group, part) in product(wanted, panels.items()):
        own = part if isinstance(part, EvalkitError) else next(part)
        for name, design in named.items():
            run = own if isinstance(own, EvalkitError) else _run(design, own)
            key = (outcome, group, name)
            runs[key] = run
            rows.append(dict(zip(CHOICES, key, strict=True)) | _row(run, own))
    effects = {key: one for key, one in runs.items() if isinstance(one, Effect)}
    if not effects:
        raise next(one for one in runs.values() if isinstance(one, EvalkitError))
    table = pd.DataFrame(rows)
    notes = [row["note"] for row in rows]
    table["note"] = pd.Series(notes, dtype=object)  # a sentence stays one that knows its Dutch
    p_values: Floats = table["p_value"].to_numpy(dtype=np.float64)
    place = list(table).index("p_value") + 1
    table.insert(place, "p_adjusted", ADJUSTMENTS[correction](p_values))
    return Batch(table, effects, correction)


def _listed(names: str | Sequence[str] | None) -> list[str]:
    """List names, each once; a single one is a name and not its letters."""
    given: object = [names] if isinstance(names, str) else names or ()
    if not isinstance(given, Iterable):
        hint = "after the panel stand outcomes, designs and subgroups, best by name: designs=…"
        raise EvalkitError(f"a {type(given).__name__} is no list of columns", hint=hint)
    return list(dict.fromkeys(given))


def _named(designs: Designs) -> dict[str, Estimator]:
    """Give each design its name.

    Raises
    ------
    EvalkitError
        One cannot be called, has no name, or has that of another.
    """
    if isinstance(designs, Mapping):
        named = {str(name): design for name, design in designs.items()}
    else:
        several = designs if isinstance(designs, Sequence) else [designs]
        named = {}
        for design in several:
            check_estimator(design)
            name = getattr(design, "__name__", "<lambda>")
            if name in named or name == "<lambda>":
                raise EvalkitError(
                    f"a design has {'no name' if name == '<lambda>' else f'the name {name} again'}",
                    hint="give a mapping from names to designs: {'with size': lambda panel: …}",
                )
            named[name] = design
    if not named:
        raise EvalkitError("there is no design", hint="give one, such as ek.did.group_time")
    for design in named.values():
        check_estimator(design)
    return named


def _groups(panel: Panel, columns: Sequence[str]) -> dict[str, Panel | EvalkitError]:
    """Give the panel of each subgroup by its name, or why there is none."""
    found: dict[str, Panel | EvalkitError] = {ALL: panel}
    for column in columns:
        parts = parts_of(panel, column)
        hidden = _hidden(parts, panel.minimum_cell)
        for value, part in parts.items():
            name = f"{column}: {value}" if len(columns) > 1 else value
            found[name] = EvalkitError(hidden[value]) if value in hidden else part
    return found


def _hidden(parts: Mapping[str, Panel], minimum: int | None) -> dict[str, Told]:
    """Say which parts have few units, and which other would tell of a single one that has."""
    if minimum is None:
        return {}
    sizes = {value: min(sides(part)) for value, part in parts.items()}
    few = {value: told("suppressed.part", minimum=minimum)
           for value, size in sizes.items() if size < minimum}  # fmt: skip
    rest = [value for value in sizes if value not in few]
    if len(few) == 1 and rest:
        few[min(rest, key=sizes.__getitem__)] = told("suppressed.part-also")
    return few


def _run(design: Estimator, panel: Panel) -> Effect | EvalkitError:
    """Estimate; what an estimator warns of stands in the notes of its effect."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EvalkitWarning)
        try:
            return design(panel)
        except EvalkitError as error:
            return error


def _row(run: Effect | EvalkitError, panel: Panel | EvalkitError) -> dict[str, Any]:
    """Give the numbers of a run for its row of the table, or why it has none."""
    found: dict[str, Any] = dict.fromkeys(_NUMBERS, np.nan)
    if isinstance(panel, EvalkitError):
        return found | dict.fromkeys(_SIZES, pd.NA) | {"note": panel.message}
    if isinstance(run, EvalkitError):
        every = (panel.n_units, sides(panel)[0])
        return found | dict(zip(_SIZES, every, strict=True)) | {"note": run.message}
    sizes = units_behind(run, panel)
    found |= {n: pd.NA if one is None else one for n, one in zip(_SIZES, sizes, strict=True)}
    try:
        one = single(run)
    except EvalkitError as error:
        return found | {"note": error.message}
    if np.isfinite(one.estimate):
        numbers = (one.estimate, one.std_error, one.p_value, *one.interval(run.inference.alpha))
        return found | dict(zip(_NUMBERS, numbers, strict=True)) | {"note": ""}
    if panel.minimum_cell is None:
        return found | {"note": told("refused.missing")}
    note = told("suppressed.part", minimum=panel.minimum_cell)
    return found | dict.fromkeys(_SIZES, pd.NA) | {"note": note}
