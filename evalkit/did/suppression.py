"""Numbers that rest on few units: taken out of a result when it is made, so that none is shown.

Primary suppression takes out every cell below the minimum. Where one suppressed cell could be
derived from the others and a total, the next smallest goes as well (complementary suppression):
what can be derived is then a mean over two cells or cohorts at least, of enough units together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError

if TYPE_CHECKING:
    from evalkit.did.effect import Effect

Bools = np.ndarray[Any, np.dtype[np.bool_]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
FLAG = "suppressed"
"""The column that says which rows are suppressed, in results of a panel with a minimum."""
SIZES = ("n_units", "n_treated", "n_control")
_PLACES = ("term", "cohort", "time", "event_time", "treated", "untreated", "type")


@dataclass(frozen=True, slots=True)
class Behind:
    """What a result was before suppression, for totals over all cells; no view shows it.

    Attributes
    ----------
    table, covariance
        As in the effect.
    """

    table: pd.DataFrame
    covariance: pd.DataFrame | None


def withhold(effect: Effect) -> None:
    """Suppress the cells of an effect that is being made, once, with a note that says so."""
    minimum = effect.minimum_cell
    if minimum is None or effect.behind is not None:
        return
    table, covariance = effect.table, effect.covariance
    hidden = effect.withheld()
    few_compared = effect.compared is not None and effect.compared < minimum
    small = hidden & (few_compared | (least(table) < minimum))
    values: dict[str, Any] = {
        "behind": Behind(table, covariance),
        "table": masked(table, hidden, minimum),
        "notes": (*effect.notes, *notes_of(table, hidden, small, minimum)),
    }
    if covariance is not None:
        values["covariance"] = without(covariance, table.loc[hidden, "term"].tolist())
    for name, value in values.items():
        object.__setattr__(effect, name, value)  # frozen, but not yet made


def without(covariance: pd.DataFrame, terms: Sequence[str]) -> pd.DataFrame:
    """Take some terms out of a covariance."""
    bare = covariance.copy()
    bare.loc[list(terms), :] = np.nan
    bare.loc[:, list(terms)] = np.nan
    return bare


def untreated_at_first(panel: Panel) -> int:
    """Count the units that are compared with when the first cohort starts treatment."""
    first = [g for g in panel.treated_cohorts if g > panel.clock.values[0]][:1]
    return panel.n_units - sum(panel.cohort_sizes[g] for g in first)


def least(table: pd.DataFrame) -> Floats:
    """Count the units of the smallest group behind each row."""
    found: Floats = table[[one for one in SIZES if one in table]].min(axis=1).to_numpy(np.float64)
    return found


def small_rows(table: pd.DataFrame, minimum: int, also: Bools | None = None) -> Bools:
    """Say which rows to suppress: those of few units, and one more where a total tells one.

    Parameters
    ----------
    table
        The rows, each an estimate with its sizes.
    minimum
        Least number of units.
    also
        Rows that are suppressed for another reason.
    """
    sizes = least(table)
    hidden: Bools = sizes < minimum
    if also is not None:
        hidden = hidden | also
    for family in _families(table):
        alone = family & hidden
        rest = np.flatnonzero(family & ~hidden)
        if alone.sum() == 1 and len(rest):
            hidden[_smallest(rest, sizes)] = True
    return hidden


def _smallest(rows: Ints, sizes: Floats) -> int:
    """Choose the row with fewest units; of equal ones the last, which tells the least."""
    return int(rows[::-1][sizes[rows[::-1]].argmin()])


def _families(table: pd.DataFrame) -> list[Bools]:
    """Find the rows that make up a total: of treated event times, of cohorts, of periods."""
    known = {name: table[name].notna().to_numpy() for name in _PLACES if name in table}
    families = [known[name] for name in ("cohort", "time") if name in known]
    if "event_time" in known:
        after = known["event_time"] & table["event_time"].ge(0).fillna(False).to_numpy(bool)
        families.append(after)
    return families


def hidden_cells(table: pd.DataFrame, minimum: int) -> Bools:
    """Say which cells of cohorts by periods to suppress.

    A cohort with few units goes whole, and with it the next smallest until two have enough units
    together. A single cell of few units goes with the next smallest.
    """
    sizes, cohort = least(table), pd.factorize(table["cohort"])[0]
    gone = _gone(_largest(cohort, treated_of(table)), minimum)
    hidden: Bools = (sizes < minimum) | np.isin(cohort, gone)
    after = table["event_time"].to_numpy() >= 0
    rest = np.flatnonzero(after & ~hidden)
    if (hidden & after).sum() == 1 and len(rest):
        hidden[_smallest(rest, sizes)] = True
    return hidden


def _gone(sizes: Floats, minimum: int) -> list[int]:
    """Choose the cohorts that go whole: the small ones, and others to hide them among."""
    order = [int(g) for g in np.argsort(sizes, kind="stable")]
    gone = [g for g in order if sizes[g] < minimum]
    rest = order[len(gone) :]
    while gone and rest and (len(gone) < 2 or sizes[gone].sum() < minimum):
        gone.append(rest.pop(0))
    return gone


def treated_of(table: pd.DataFrame) -> Floats:
    """Count the treated units of each cell."""
    name = "n_treated" if "n_treated" in table else "n_units"
    found: Floats = table[name].to_numpy(np.float64)
    return found


def _largest(cohort: np.ndarray[Any, Any], treated: Floats) -> Floats:
    """Count the units of each cohort: those of the period with most."""
    found = np.zeros(int(cohort.max()) + 1)
    np.maximum.at(found, cohort, treated)
    return found


def revealing(uses: Bools, table: pd.DataFrame, minimum: int) -> Bools:
    """Say which averages would tell of a suppressed cell.

    Parameters
    ----------
    uses
        Whether each average rests on each cell, shape (averages, cells).
    table
        The cells before suppression.
    minimum
        Least number of units.

    Returns
    -------
    ndarray of bool, shape (averages,)
        Averages of which the suppressed part is one cell, one cohort or few units.
    """
    hidden, cohort = hidden_cells(table, minimum), pd.factorize(table["cohort"])[0]
    sizes = _largest(cohort, treated_of(table))
    gone = _gone(sizes, minimum)
    found = np.zeros(len(uses), dtype=np.bool_)
    for at, part in enumerate(uses & hidden):
        own = np.unique(cohort[part])
        if np.isin(own, gone).any():
            found[at] = len(own) < 2 or sizes[own].sum() < minimum
        else:
            found[at] = part.sum() == 1
    return found


def masked(table: pd.DataFrame, hidden: Bools, minimum: int) -> pd.DataFrame:
    """Take the numbers out of rows, and counts whose difference with another would be few."""
    shown = table.copy()
    for name in [one for one in shown if one not in _PLACES]:
        if name in SIZES:
            shown[name] = shown[name].astype("Int64")
        shown[name] = shown[name].mask(hidden)
    nested = "n_control" if "n_control" in shown else "n_units"
    if nested in shown and ("n_control" in shown or not _apart(shown)):
        close = _close(shown[nested], minimum)
        shown.loc[close, list({nested, "n_units"})] = pd.NA
    shown[FLAG] = hidden
    return shown


def _apart(table: pd.DataFrame) -> bool:
    """Whether the units of the rows are not those of other rows, so that counts tell no more."""
    return "cohort" in table and bool(table["cohort"].notna().all())


def _close(counts: pd.Series[Any], minimum: int) -> Bools:
    """Say which counts differ from a larger one by fewer than the minimum."""
    kept: list[int] = []
    for one in sorted({int(count) for count in counts.dropna()}, reverse=True):
        if not kept or kept[-1] - one >= minimum:
            kept.append(one)
    found: Bools = (counts.notna() & ~counts.isin(kept)).to_numpy(dtype=bool)
    return found


def notes_of(table: pd.DataFrame, hidden: Bools, small: Bools, minimum: int) -> list[Told]:
    """Say how many estimates are suppressed, and why."""
    base = np.zeros(len(table), dtype=bool)
    if "std_error" in table:
        base = (table["std_error"].isna() & (table["estimate"] == 0)).to_numpy()
    few, also = int((small & ~base).sum()), int((hidden & ~small & ~base).sum())
    notes = [told("suppressed.cells", minimum=minimum, count=few)] if few else []
    return notes + ([told("suppressed.also", count=also)] if also else [])


def of_suppression(note: str) -> bool:
    """Whether a note is about suppressed cells."""
    return isinstance(note, Told) and note.key.startswith("suppressed.")


def few(count: int, minimum: int | None) -> int | Told:
    """Give a number of units for a sentence; where it may not be told, that it is few.

    Examples
    --------
    >>> few(3, None), few(30, 10), few(3, 10)
    (3, 30, 'fewer than 10')
    """
    hide = minimum is not None and count < minimum
    return told("suppressed.fewer", minimum=minimum) if hide and minimum else count


def refuse_single(minimum: int | None, method: str, instead: str) -> None:
    """Refuse a method of which the results are about single units.

    Raises
    ------
    PanelError
        There is a least number of units.
    """
    if minimum is not None:
        raise PanelError(
            f"{method} tells of single units, and no number may rest on fewer than {minimum}",
            hint=f"{instead}, or make the panel without `minimum_cell`",
        )
