"""The matrix of a case: which instrument serves which goal."""

from __future__ import annotations

from evalkit.report.anchors import instrument_anchor
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.matrix import MatrixLabels, MatrixRow, Role, matrix


def coverage_matrix(edition: Edition) -> Drawing | None:
    """Draw the matrix of instruments against goals; None without either."""
    goals = edition.case.theory.goals
    if not goals or not edition.case.instruments:
        return None
    rows = []
    for key, instrument in edition.case.instruments.items():
        roles: tuple[Role, ...] = tuple(
            instrument.goals[goal].role if goal in instrument.goals else "" for goal in goals
        )
        anchor = instrument_anchor(key)
        rows.append(MatrixRow(edition.references.number(anchor), instrument.label, roles, anchor))
    labels = MatrixLabels(
        **{name: edition.label(f"matrix.{name}") for name in MatrixLabels.__dataclass_fields__}
    )
    alt = edition.label("matrix.alt").format(instruments=len(rows), goals=len(goals))
    return matrix(rows, [goal.label for goal in goals.values()], labels, alt=alt)
