"""A finding as text for a terminal, and as rows for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.io.whole import write_whole
from evalkit.language.catalogue import label
from evalkit.language.estimate import decimals, p_value, plain, with_interval
from evalkit.language.numbers import Language, format_count
from evalkit.language.told import Told, told
from evalkit.model.analysis import Analysis
from evalkit.model.finding import CheckFinding, Estimate, Finding, LeftOut

COLUMNS = (
    "term", "cohort", "time", "event_time", "estimate", "std_error", "p_value", "conf_low",
    "conf_high", "uniform_low", "uniform_high", "n_units",
)  # fmt: skip
_MOST = 3  # notes of a diagnostic in a terminal; a hundred placebos may have as many
_NUMBERS = ("estimate", "std_error", "conf_low", "conf_high", "uniform_low", "uniform_high")


def as_text(finding: Finding, analysis: Analysis, lang: Language, *, cells: bool = False) -> str:
    """Print a finding: the answer, the estimates, the diagnostics and what was left out.

    Parameters
    ----------
    finding
        What the analysis gave.
    analysis
        What was asked.
    lang
        The language of the words around it; what it says itself is in that of the case.
    cells
        Whether to print every estimate instead of those by time since the start.
    """
    average = f"{with_interval(finding.average, lang)} {analysis.outcome.unit}".strip()
    rows = finding.cells if cells or not finding.path else finding.path
    lines = [
        f"{finding.id}: {analysis.question}",
        *(one.into(lang, _names(analysis, lang)) for one in _made(finding, analysis, lang)),
        "",
        told("telling.average", average=average).into(lang),
        "",
        *_table(rows, lang),
        "",
        *_varied(finding, lang),
        *(line for check in finding.checks for line in _checked(check, lang)),
        *(_left_out(one, analysis, lang) for one in finding.sample.dropped),
        *(told("telling.note", note=note).into(lang) for note in finding.notes),
    ]
    return "\n".join(lines).rstrip()


def _made(finding: Finding, analysis: Analysis, lang: Language) -> tuple[Told, Told]:
    """Say what was estimated on what, and how errors were computed."""
    sample, errors = finding.sample, finding.errors
    method = label(f"method.{finding.design}", lang)
    kind = label(f"errors.{errors.kind.lower().replace(',', '').replace(' ', '-')}", lang)
    if finding.design == "interrupted_series":
        period = told("telling.series", method=method, first=sample.first, last=sample.last)
        return period, told("telling.series-errors", kind=kind)
    made = told(
        "telling.sample",
        method=method, units=sample.units, name=_units(analysis, lang), treated=sample.treated,
        first=sample.first, last=sample.last,
    )  # fmt: skip
    clustered = told("telling.errors", kind=kind, cluster=errors.cluster, clusters=errors.clusters)
    return made, clustered


def _names(analysis: Analysis, lang: Language) -> dict[str, str]:
    """What columns are called; without a unit errors are clustered by row."""
    return {"row": label("errors.row", lang)} | analysis.names


def _units(analysis: Analysis, lang: Language) -> str:
    return analysis.units or label("analysis.units", lang)


def _varied(finding: Finding, lang: Language) -> Iterator[str]:
    """Say what other outcomes, subgroups and specifications gave, a line each."""
    if finding.varied is None:
        return
    own = label("variants.own", lang)
    for run in finding.varied.runs:
        choices = (run.outcome, run.subgroup, run.specification or own)
        named = ", ".join(choice for choice in choices if choice)
        if run.estimate is None:
            yield f"{named}: {run.why}"
            continue
        p = "" if run.p_adjusted is None else f", {p_value(run.p_adjusted, lang)}"
        yield f"{named}: {with_interval(run.estimate, lang)} {run.unit}".rstrip() + p
    said = label(f"variants.said-{finding.varied.correction}", lang)
    yield said.format(tests=format_count(finding.varied.tests, lang))
    yield ""


def _checked(check: CheckFinding, lang: Language) -> Iterator[str]:
    """Say what a diagnostic found, with the first of its notes."""
    outcome = label(f"check-outcome.{check.outcome.replace(' ', '-')}", lang)
    yield f"{label(f'check.{check.name}', lang)}: {outcome}. {check.says}"
    yield from (f"    {note}" for note in check.notes[:_MOST])
    if len(check.notes) > _MOST:
        yield f"    {told('telling.more', count=len(check.notes) - _MOST).into(lang)}"


def _left_out(one: LeftOut, analysis: Analysis, lang: Language) -> str:
    if one.fewer:
        return told("telling.left-out-few", minimum=one.fewer, reason=one.reason).into(lang)
    if not one.units:
        return told("telling.left-out-rows", rows=one.rows, reason=one.reason).into(lang)
    return told(
        "telling.left-out-units",
        units=one.units, name=_units(analysis, lang), rows=one.rows, reason=one.reason,
    ).into(lang)  # fmt: skip


def as_csv(rows: Iterable[Estimate], lang: Language = "en") -> str:
    """Write estimates as CSV with full precision, one row each.

    Parameters
    ----------
    rows
        The estimates.
    lang
        In Dutch cells stand between semicolons and decimals behind a comma, which is how a Dutch
        spreadsheet opens a file in columns.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=";" if lang == "nl" else ",")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_exact(getattr(row, name), lang) for name in COLUMNS])
    return out.getvalue()


def _exact(value: str | float | None, lang: Language) -> str:
    if value is None:
        return ""
    return str(value).replace(".", ",") if isinstance(value, float) and lang == "nl" else str(value)


def write_csv(findings: Mapping[str, Finding], folder: Path, lang: Language = "en") -> None:
    """Write all estimates of each finding to a CSV file of its own, fit for a spreadsheet.

    Raises
    ------
    EvalkitError
        The folder cannot be written, or is a file.
    """
    refuse_file(folder)
    # A mark at the beginning tells a Dutch spreadsheet, which splits by `;`, that this is UTF-8.
    encoding = "utf-8-sig" if lang == "nl" else "utf-8"
    try:
        rows = {key: (one.average, *one.path, *one.cells) for key, one in findings.items()}
        files = {folder / f"{key}.csv": as_csv(of, lang) for key, of in rows.items()}
        write_whole({file: text.encode(encoding) for file, text in files.items()})
    except OSError as error:
        raise EvalkitError(
            f"the estimates cannot be written to '{folder}': {error.strerror}",
            hint="choose another folder with -o",
        ) from None


def refuse_file(folder: Path) -> None:
    """Refuse a file where a folder is asked for.

    Raises
    ------
    EvalkitError
        It is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise EvalkitError(
            f"'{folder}' is a file, and the estimates need a folder: each analysis is a file in it",
            hint="name a folder with -o; it is made where there is none",
        )


def _table(rows: Sequence[Estimate], lang: Language) -> list[str]:
    """Line the estimates up in columns, those without any value left out."""
    placed = all(row.event_time is not None or row.time is not None for row in rows)
    columns = COLUMNS[1:] if placed else COLUMNS  # a term would say the time again, in code
    named = [name for name in columns if any(getattr(row, name) is not None for row in rows)]
    heads = [label(f"column.{name}", lang) for name in named]
    cells = [heads, *([_cell(row, name, lang) for name in named] for row in rows)]
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
        return p_value(value, lang).removeprefix("p ").removeprefix("= ")
    if name in ("event_time", "n_units"):
        return format_count(value, lang)
    return label(f"term.{value}", lang, value) if name == "term" else str(value)
