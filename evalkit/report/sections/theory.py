"""The policy theory in words: question, links, notes, and what moves the outcomes too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from evalkit.model.source import Citation
from evalkit.model.stage import Stage
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.tables.links import links_table, sources_of_links
from evalkit.report.tables.sources import source_line
from evalkit.report.text.citations import cited_all
from evalkit.report.text.prose import Prose

FILE = "theory.yaml"


def theory_html(edition: Edition) -> str:
    """Render what the case records of its theory beside the figure; nothing when it is bare."""
    theory = edition.case.theory
    parts = [*_texts(edition)]
    if theory.links:
        cited = sources_of_links(theory) or theory.source
        parts.append(_placed("links", links_table(theory, edition), cited, edition))
    if theory.external:
        cited = [one for factor in theory.external.values() for one in factor.source]
        parts.append(_placed("external", _external_table(edition), cited, edition))
    parts.append(_notes(edition))
    return "".join(parts)


def _texts(edition: Edition) -> Iterator[str]:
    theory = edition.case.theory
    prose = Prose(edition, FILE)
    if theory.question:
        head = escape(edition.label("theory.question"))
        yield f"<p><b>{head}.</b> {prose.inline(theory.question)}</p>"
    if theory.note:
        yield prose.html(theory.note)
    if theory.source:
        told = escape(cited_all(theory.source, edition.case.sources, edition.lang))
        yield f'<p class="source">{escape(edition.label("numbers.source"))}: {told}.</p>'


def _placed(name: str, drawing: Drawing, cited: Iterable[Citation], edition: Edition) -> str:
    caption, source = escape(edition.label(f"theory.{name}")), source_line(cited, edition)
    made = edition.exhibit("table", f"tbl-theory-{name}", caption, drawing, source, FILE, 1)
    return edition.framed(made)


def _external_table(edition: Edition) -> Drawing:
    """Compose the table: a row a factor, with the nodes that it moves."""
    theory = edition.case.theory
    rows = [
        Row((
            escape(factor.text),
            "<br>".join(escape(theory.node(name).text) for name in factor.bears_on),
            escape(cited_all(factor.source, edition.case.sources, edition.lang)) or "\N{EN DASH}",
        ))
        for factor in theory.external.values()
    ]  # fmt: skip
    columns = [
        Column(edition.label("theory.factor"), width=64),
        Column(edition.label("theory.bears-on")),
        Column(edition.label("numbers.source"), "note", width=44),
    ]
    return grid(columns, rows)


def _notes(edition: Edition) -> str:
    theory = edition.case.theory
    nodes = [node for stage in Stage for node in theory.at(stage).values() if node.note]
    if not nodes:
        return ""
    prose = Prose(edition, FILE)
    items = "".join(f"<li><b>{escape(n.text)}:</b> {prose.inline(n.note)}</li>" for n in nodes)
    return f'<h3>{edition.label("numbers.notes")}</h3><ul class="notes">{items}</ul>'
