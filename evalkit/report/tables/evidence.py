"""The evidence on an instrument, also what did not count."""

from __future__ import annotations

from html import escape

from evalkit.judgement.evaluability.threat import threat_name
from evalkit.language.capital import capital
from evalkit.model.evidence import Evidence
from evalkit.model.instrument import Instrument
from evalkit.model.source import Citation
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all


def evidence_table(instrument: Instrument, edition: Edition) -> Drawing:
    """Compose the table: a row a piece of evidence, with what it found and cannot say."""
    columns = [
        Column(edition.label("evidence.source"), width=36),
        Column(edition.label("evidence.design"), width=30),
        Column(edition.label("evidence.about"), width=24),
        Column(edition.label("evidence.finds")),
    ]
    return grid(columns, [_row(piece, edition) for piece in instrument.evidence.values()])


def sources_of_evidence(instrument: Instrument, edition: Edition) -> list[Citation]:
    """List where the evidence was published, and the data of what this case analysed itself."""
    analyses = edition.case.analyses
    own = [analyses[e.analysis] for e in instrument.evidence.values() if e.analysis in analyses]
    published = [citation for e in instrument.evidence.values() for citation in e.source]
    return [*published, *(citation for analysis in own for citation in analysis.source)]


def _row(piece: Evidence, edition: Edition) -> Row:
    author = f"({edition.label(f'author.{piece.author}')})" if piece.author else ""
    source = _source(piece, edition)
    design = edition.label(f"design.{piece.design.replace(' ', '-')}")
    stages = ", ".join(edition.label(f"stage.{stage}").lower() for stage in piece.about)
    return Row((
        escape(f"{source} {author}".strip()),
        escape("; ".join(filter(None, [design, _compared(piece, edition), piece.sample]))),
        escape(stages),
        _finding(piece, edition),
    ))  # fmt: skip


def _source(piece: Evidence, edition: Edition) -> str:
    """Name where it was published, or the analysis of this case with its data."""
    source = cited_all(piece.source, edition.case.sources, edition.lang)
    analysis = edition.case.analyses.get(piece.analysis or "")
    if analysis is None:
        return source
    return edition.label("analysis.evidence").format(title=analysis.title, source=source)


def _compared(piece: Evidence, edition: Edition) -> str:
    if not piece.comparison:
        return ""
    return edition.label("evidence.compared").format(comparison=piece.comparison)


def _finding(piece: Evidence, edition: Edition) -> str:
    parts = [f'<span class="kind">{escape(edition.label(f"finds.{piece.finds}"))}.</span>']
    if piece.text:
        parts.append(f"{escape(_sentence(piece.text))}")
    if piece.covers:
        head = edition.label("evidence.covers")
        parts.append(f'<br><span class="kind">{head}:</span> {escape(piece.covers)}.')
    if piece.limits:
        head = edition.label("evidence.limits")
        parts.append(f'<br><span class="kind">{head}:</span> {escape("; ".join(piece.limits))}.')
    if piece.threats:
        head = edition.label("evidence.threats")
        parts.append(f'<br><span class="kind">{head}:</span> {escape(_threats(piece, edition))}.')
    return " ".join(parts)


def _threats(piece: Evidence, edition: Edition) -> str:
    """Name what could undo its conclusion, and whether that was seen to."""
    told = []
    for threat, state in piece.threats.items():
        name = threat_name(threat)[edition.lang]
        told.append(edition.label(f"evidence.{state.replace(' ', '-')}").format(threat=name))
    return "; ".join(told)


def _sentence(clause: str) -> str:
    return f"{capital(clause).rstrip('.')}."
