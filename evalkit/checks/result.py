"""What a diagnostic says: passed, failed, or not decisive."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

import pandas as pd

from evalkit.did.method import Method

Outcome = Literal["passed", "failed", "not decisive"]


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
        What that means here, in a sentence with its numbers.
    table
        The figures behind it, one row each.
    figures
        Single numbers by name: ``p_value``, ``breakdown``.
    notes
        What else a reader has to know.
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
        """Give the figures behind it, as a copy that may be changed."""
        return self.table.copy()

    def summary(self) -> str:
        """Print the result, for the eye."""
        lines = [f"{self.method.title}: {self.outcome}", self.says, ""]
        lines.append(self.table.to_string(index=False, float_format=lambda value: f"{value:.4f}"))
        return "\n".join([*lines, *(f"Note: {note}" for note in self.notes)])

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain data, for JSON."""
        return {
            "name": self.name,
            "outcome": self.outcome,
            "says": self.says,
            "figures": self.figures,
            "table": json.loads(self.table.to_json(orient="records", double_precision=15)),
            "notes": list(self.notes),
            "reference": self.method.reference,
        }

    def to_json(self) -> str:
        """Write the result as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def _repr_html_(self) -> str:
        head = f"<p><b>{escape(self.method.title)}: {self.outcome}.</b> {escape(self.says)}</p>"
        table: str = self.table.to_html(index=False, float_format=lambda value: f"{value:.4f}")
        return f"<div>{head}{table}</div>"
