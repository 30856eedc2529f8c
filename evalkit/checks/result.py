"""What a diagnostic says: passed, failed, or not decisive."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

import pandas as pd

from evalkit.checks.drawing import draw_intervals, height_for
from evalkit.did.drawing import Axes, axes
from evalkit.did.method import Method
from evalkit.did.period_name import with_period_names
from evalkit.did.plain_data import plain
from evalkit.errors import EvalkitError

Outcome = Literal["passed", "failed", "not decisive"]

_ROWS = 30
"""How much of a table is shown: a test by random draws has a row for each of a thousand."""


@dataclass(frozen=True)
class CheckResult:
    """The result of a diagnostic.

    Attributes
    ----------
    method
        What the diagnostic says of itself.
    outcome
        ``passed``, ``failed`` or ``not decisive``.
    says
        What that means here, in a sentence with its numbers; ``says.into("nl")`` is the Dutch.
    table
        The figures behind it, one row each.
    figures
        Single numbers by name: ``p_value``, ``breakdown``.
    notes
        What else a reader has to know, in clauses that have their Dutch too.

    Examples
    --------
    >>> import evalkit as ek
    >>> found = ek.checks.power(1.0, relevant=3.0)
    >>> found.outcome, round(found.figures["mde"], 2)
    ('passed', 2.8)
    >>> found.says
    'An effect of 2.8 is found with 80% power at the 5% level, no more than the 3 that matters.'
    """

    method: Method
    outcome: Outcome
    says: str
    table: pd.DataFrame
    figures: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name by which rules of a ladder know it."""
        return self.method.name

    def tidy(self) -> pd.DataFrame:
        """Give the figures behind it, as a copy that may be changed.

        Returns
        -------
        pandas.DataFrame
            The frame of ``table``.
        """
        return self.table.copy()

    def summary(self) -> str:
        """Print the result, for the eye.

        Returns
        -------
        str
            The outcome, the sentence, the table and the notes.
        """
        lines = [f"{self.method.title}: {self.outcome}", self.says]
        if len(self.table):
            first = self._shown().head(_ROWS)
            text = first.to_string(index=False, float_format=lambda value: f"{value:.4f}")
            lines += ["", text, *self._beyond()]
        return "\n".join([*lines, *(f"Note: {note}" for note in self.notes)])

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the estimates of the table with their intervals.

        Parameters
        ----------
        ax
            Matplotlib axes to draw on; None makes a figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.

        Raises
        ------
        EvalkitError
            The table holds no estimates with intervals.
        """
        if not {"estimate", "conf_low", "conf_high"} <= set(self.table):
            raise EvalkitError(f"{self.name} has no picture", hint="see `tidy()`")
        ax = axes(ax, height_for(self.table))
        draw_intervals(ax, self.table)
        ax.set_xlabel("estimate")
        return ax

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain data, for JSON.

        Returns
        -------
        dict
            Numbers, strings, lists and None: what JSON can hold.
        """
        return {
            "name": self.name,
            "outcome": self.outcome,
            "says": self.says,
            "figures": plain(self.figures),
            "table": plain(self.table),
            "notes": list(self.notes),
            "reference": self.method.reference,
        }

    def to_json(self) -> str:
        """Write the result as JSON.

        Returns
        -------
        str
            The text of :meth:`to_dict`, indented.
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def __repr__(self) -> str:
        """Give a line instead of every field, which would fill screens."""
        return f"{type(self).__name__}({self.name}: {self.outcome})"

    def __str__(self) -> str:
        """Give the summary: it is what `print` is for."""
        return self.summary()

    def _shown(self) -> pd.DataFrame:
        return with_period_names(self.table)

    def _beyond(self) -> list[str]:
        """Say that more rows lie behind the result than a reader is shown."""
        more = len(self.table) - _ROWS
        return [f"... {more} of {len(self.table)} rows not shown: see tidy()"] if more > 0 else []

    def _repr_html_(self) -> str:
        head = f"<p><b>{escape(self.method.title)}: {self.outcome}.</b> {escape(self.says)}</p>"
        if not len(self.table):
            return f"<div>{head}</div>"
        first = self._shown().head(_ROWS)
        table: str = first.to_html(index=False, float_format=lambda value: f"{value:.4f}")
        more = "".join(f"<p>{line}</p>" for line in self._beyond())
        return f"<div>{head}{table}{more}</div>"
