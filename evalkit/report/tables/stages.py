"""What is known of execution, output, outcome and efficiency of every instrument."""

from __future__ import annotations

from html import escape

from evalkit.judgement.stageverdict import StageVerdict
from evalkit.judgement.verdict import Verdict
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.badge import direction_symbol
from evalkit.report.tables.grid import Column, Row, grid

_NAME, _COLUMN = 40, 32
_NOTHING = "\N{EN DASH}"


def stages_table(edition: Edition) -> Drawing:
    """Compose the table: a row an instrument, with the rung on each scale and the finding."""
    verdicts = edition.evaluation.scores.instruments
    columns = [
        Column(edition.label("scores.instrument"), width=_NAME),
        *(Column(_head(at, verdicts, edition), width=_COLUMN) for at in range(4)),
    ]
    rows = []
    for verdict in verdicts:
        name = escape(edition.case.instruments[verdict.id].label)
        rows.append(Row((name, *(_cell(one, verdict, edition) for one in _of(verdict)))))
    return grid(columns, rows)


def _of(verdict: Verdict) -> tuple[StageVerdict | None, ...]:
    stages = (verdict.stages.get(name) for name in ("activities", "output", "outcome"))
    return (*stages, verdict.efficiency)


def _head(at: int, verdicts: tuple[Verdict, ...], edition: Edition) -> str:
    """Name a scale with its lowest and highest rung."""
    found = next((one for verdict in verdicts if (one := _of(verdict)[at]) is not None), None)
    if found is None:
        return ""
    outcome = found.of == "outcome"
    title = edition.label("stages.outcome") if outcome else found.title[edition.lang]
    lowest = min(rung.level for rung in edition.ladder.rungs) if outcome else 0
    return edition.label("stages.head").format(title=title, low=lowest, top=found.top)


def _cell(found: StageVerdict | None, verdict: Verdict, edition: Edition) -> str:
    """Print rung and finding; of the outcome the direction of the verdict, which may wait."""
    if found is None:
        return _NOTHING
    rung = f"{found.level} {escape(found.label[edition.lang])}"
    if found.of == "outcome":
        direction, said = verdict.direction, verdict.direction_label(edition.lang)
    else:
        direction, said = found.direction, found.direction_label(edition.lang)
    if direction == "unknown" and not (found.of == "outcome" and verdict.status):
        return rung
    return f"{rung} <br>{direction_symbol(direction, alt='')}{escape(said)}"
