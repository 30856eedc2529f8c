"""What many runs over one panel give: a number each, and the effects by name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from evalkit.did.adjustment import Correction
from evalkit.did.batch_plot import specification_curve
from evalkit.did.drawing import Axes
from evalkit.did.effect import Effect
from evalkit.did.plain_data import plain
from evalkit.errors import EvalkitError
from evalkit.language.suggest import did_you_mean

CHOICES = ("outcome", "subgroup", "design")
Key = tuple[str, str, str]
_SAID: Mapping[Correction, str] = {
    "holm": "adjusted for {count} tests by Holm (1979)",
    "benjamini-hochberg": "adjusted for {count} tests by Benjamini and Hochberg (1995)",
    "none": "not adjusted for the number of tests ({count})",
}


@dataclass(frozen=True, repr=False)
class Batch:
    """Many runs over one panel.

    Attributes
    ----------
    table
        One row a run: ``outcome``, ``subgroup``, ``design``, ``estimate``, ``std_error``,
        ``p_value``, ``p_adjusted``, ``conf_low``, ``conf_high``, ``n_units``, ``n_treated`` and
        ``note``, which says why a run has no number. The sizes count the units that the estimate
        rests on, without those that estimation leaves out.
    effects
        The effect of each run that could be estimated, by outcome, subgroup and design.
    correction
        How p-values are adjusted.
    tests
        How many tests they are adjusted for.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2020, 2021] * 4,
    ...     "start": [2021] * 4 + [0] * 4, "jobs": [5.0, 8, 5, 7, 4, 5, 6, 6],
    ...     "pay": [9.0, 9, 8, 9, 8, 7, 9, 9]})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> runs = ek.did.batch(panel, ["jobs", "pay"])
    >>> runs
    Batch(2 runs: 2 outcomes x 1 subgroup x 1 design)
    >>> runs["pay"].tidy()["estimate"].tolist()
    [1.0]
    >>> runs.said
    'adjusted for 2 tests by Holm (1979)'
    """

    table: pd.DataFrame
    effects: Mapping[Key, Effect] = field(repr=False)
    correction: Correction
    tests: int = 0

    def __post_init__(self) -> None:
        """Count the tests, of which a selection has more than its own."""
        if not self.tests:
            object.__setattr__(self, "tests", int(self.table["p_value"].notna().sum()))

    def tidy(self) -> pd.DataFrame:
        """Give the numbers, one row a run, as a copy that may be changed.

        Returns
        -------
        pandas.DataFrame
            The frame of ``table``.
        """
        return self.table.copy()

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Effect]:
        """Go through the effects, in the order of the table."""
        return iter(self.effects.values())

    def __getitem__(self, which: int | str | tuple[str, ...]) -> Effect | Batch:
        """Find runs by their place, or by the names of outcome, subgroup or design.

        Returns
        -------
        Effect or Batch
            The effect when one run is meant, and else these runs, with p-values adjusted for all.

        Raises
        ------
        EvalkitError
            There is no such run, or it could not be estimated.
        """
        if isinstance(which, int):
            if not -len(self) <= which < len(self):
                raise IndexError(f"there are {len(self)} runs")
            return self._effect(self._keys()[which])
        wanted = (which,) if isinstance(which, str) else which
        known = {name for key in self._keys() for name in key}
        for name in wanted:
            if name not in known:
                hint = did_you_mean(str(name), sorted(known))
                raise EvalkitError(f"no outcome, subgroup or design is called '{name}'", hint=hint)
        at = [place for place, key in enumerate(self._keys()) if set(wanted) <= set(key)]
        if not at:
            what = f"no run has {' and '.join(wanted)} together"
            raise EvalkitError(what, hint="see the rows of `tidy()`")
        if len(at) == 1:
            return self._effect(self._keys()[at[0]])
        keys = [self._keys()[place] for place in at]
        effects = {key: self.effects[key] for key in keys if key in self.effects}
        table = self.table.iloc[at].reset_index(drop=True)
        return Batch(table, effects, self.correction, self.tests)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the specification curve: estimates in order, and below them what was chosen.

        A filled disc has an adjusted p-value below one less the confidence level. Outcomes in
        different units have no axis in common: draw them one by one, as ``runs["jobs"].plot()``.

        Parameters
        ----------
        ax
            Matplotlib axes for the estimates; the choices hang below them. None makes a figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes of the estimates.

        Raises
        ------
        EvalkitError
            There are fewer than two estimates.
        """
        alpha = next(iter(self.effects.values())).inference.alpha
        return specification_curve(self.table, list(CHOICES), alpha, ax)

    @property
    def said(self) -> str:
        """How p-values are adjusted, in words."""
        return _SAID[self.correction].format(count=self.tests)

    def summary(self) -> str:
        """Print the runs, for the eye.

        Returns
        -------
        str
            The table, and how p-values are adjusted.
        """
        text = self._shown().to_string(index=False, float_format=lambda value: f"{value:.4f}")
        return f"{self!r}\n\n{text}\n\np-values: {self.said}"

    def to_dict(self) -> dict[str, Any]:
        """Give the runs as plain data, for JSON.

        Returns
        -------
        dict
            Numbers, strings, lists and None.
        """
        return {"runs": plain(self.table), "correction": self.correction, "tests": self.tests}

    def to_json(self) -> str:
        """Write the runs as JSON.

        Returns
        -------
        str
            The text of :meth:`to_dict`, indented.
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def __repr__(self) -> str:
        """Give a line instead of every run."""
        counts = [(self.table[name].nunique(), name) for name in CHOICES]
        parts = " x ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts)
        return f"Batch({len(self)} runs: {parts})"

    def __str__(self) -> str:
        """Give the summary: it is what `print` is for."""
        return self.summary()

    def _repr_html_(self) -> str:
        table = self._shown().to_html(index=False, float_format=lambda value: f"{value:.4f}")
        said = escape(f"p-values: {self.said}")
        return f"<div><p><b>{escape(repr(self))}</b></p>{table}<p>{said}</p></div>"

    def _shown(self) -> pd.DataFrame:
        """Leave out the choices of which there is one, and notes where there are none."""
        alike = [name for name in CHOICES if self.table[name].nunique() == 1]
        if not self.table["note"].astype(bool).any():
            alike.append("note")
        return self.table.drop(columns=alike)

    def _keys(self) -> list[Key]:
        return list(self.table[list(CHOICES)].itertuples(index=False, name=None))

    def _effect(self, key: Key) -> Effect:
        if key not in self.effects:
            row = self.table[self.table[list(CHOICES)].eq(list(key)).all(axis=1)].iloc[0]
            raise EvalkitError(str(row["note"]), hint="see the rows of `tidy()`")
        return self.effects[key]
