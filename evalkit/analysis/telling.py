"""A finding as text for a terminal, and as rows for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.language.estimate import decimals, plain, with_interval
from evalkit.language.numbers import Language
from evalkit.model.analysis import Analysis
from evalkit.model.finding import Estimate, Finding

COLUMNS = (
    "term", "cohort", "time", "event_time", "estimate", "std_error", "p_value", "conf_low",
    "conf_high", "uniform_low", "uniform_high", "n_units",
)  # fmt: skip
_NUMBERS = ("estimate", "std_error", "conf_low", "conf_high", "uniform_low", "uniform_high")


def told(finding: Finding, analysis: Analysis, lang: Language, *, cells: bool = False) -> str:
    """Print a finding: the answer, the estimates, the diagnostics and what was left out.

    Parameters
    ----------
    finding
        What the analysis gave.
    analysis
        What was asked.
    lang
        The language of the numbers.
    cells
        Whether to print every estimate instead of those by time since the start.
    """
    sample, errors = finding.sample, finding.errors
    unit = f" {analysis.outcome.unit}" if analysis.outcome.unit else ""
    period = f"{sample.first}–{sample.last}"
    rows = finding.cells if cells or not finding.path else finding.path
    lines = [
        f"{finding.id}: {analysis.question}",
        f"{finding.title} on {sample.units} units ({sample.treated} treated), {period}",
        f"errors: {errors.kind}, clustered by {errors.cluster} ({errors.clusters} clusters)",
        "",
        f"average: {with_interval(finding.average, lang)}{unit}",
        "",
        *_table(rows, lang),
        "",
        *(f"{check.name}: {check.outcome}. {check.says}" for check in finding.checks),
        *(f"left out: {one}" for one in sample.dropped),
        *(f"note: {one}" for one in finding.notes),
    ]
    return "\n".join(lines).rstrip()


def as_csv(rows: Iterable[Estimate]) -> str:
    """Write estimates as CSV with full precision, one row each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        values = [getattr(row, name) for name in COLUMNS]
        writer.writerow(["" if value is None else value for value in values])
    return out.getvalue()


def write_csv(findings: Mapping[str, Finding], folder: Path) -> None:
    """Write all estimates of each finding to a CSV file of its own.

    Raises
    ------
    EvalkitError
        The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for key, finding in findings.items():
            rows = (finding.average, *finding.path, *finding.cells)
            (folder / f"{key}.csv").write_text(as_csv(rows), encoding="utf-8")
    except OSError as error:
        raise EvalkitError(
            f"the estimates cannot be written to '{folder}': {error.strerror}",
            hint="choose another folder with -o",
        ) from None


def _table(rows: Sequence[Estimate], lang: Language) -> list[str]:
    """Line the estimates up in columns, those without any value left out."""
    named = [name for name in COLUMNS if any(getattr(row, name) is not None for row in rows)]
    cells = [named, *([_cell(row, name, lang) for name in named] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(named))]
    return [
        "  ".join(cell.rjust(w) for cell, w in zip(line, widths, strict=True)) for line in cells
    ]


def _cell(row: Estimate, name: str, lang: Language) -> str:
    value = getattr(row, name)
    if value is None:
        return ""
    if name in _NUMBERS:
        return plain(value, decimals(row.std_error, row.estimate) + 1, lang)
    if name == "p_value":
        return plain(value, 3, lang) if value >= 0.0005 else f"<{plain(0.001, 3, lang)}"
    return str(value)
