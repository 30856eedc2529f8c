"""The sources per instrument, and the list of all sources."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from evalkit.model.instrument import Instrument
from evalkit.model.record import walk
from evalkit.model.source import Citation
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import author_year, reference

_ALL = "sec-all-sources"
_EACH = "tbl-sources"


def source_line(citations: Iterable[Citation], edition: Edition) -> str:
    """Name each source once, as markup for the `Bron:` line of a table whose rows give places.

    What was read in another source counts as that source.
    """
    keys = dict.fromkeys((citation.via or citation).source for citation in citations)
    found = [author_year(edition.case.sources[key], edition.lang) for key in keys]
    return escape("; ".join(sorted(found, key=str.lower)))


def sources_table(edition: Edition) -> Drawing:
    """Compose the table: per instrument every source that one of its facts names."""
    sources = edition.case.sources
    rows = []
    for instrument in edition.case.instruments.values():
        texts = (reference(sources[key], edition.lang) for key in _keys(instrument))
        rows.append(Row((escape(instrument.label), _listed(texts))))
    columns = [
        Column(edition.label("sources.instrument"), width=43),
        Column(edition.label("sources.consulted")),
    ]
    return grid(columns, rows)


def _keys(instrument: Instrument) -> set[str]:
    return {part.source for _, part in walk(instrument) if isinstance(part, Citation)}


def all_sources(edition: Edition, file: str, line: int) -> str:
    """Compose the sources per instrument and, in a section of its own, the list of all."""
    listed = references_list(edition)
    if not edition.case.instruments or not listed:
        return listed
    caption = escape(edition.label("sources.caption"))
    made = edition.exhibit("table", _EACH, caption, sources_table(edition), "", file, line)
    title = edition.label("sources.all")
    number = edition.section(_ALL, title, file, line)
    head = f'<h2 id="{_ALL}"><span class="secno">{number}</span> {escape(title)}</h2>'
    return f"{edition.framed(made)}{head}{listed}"


def references_list(edition: Edition) -> str:
    """Render every source that the case or its prose names, in the order of the alphabet."""
    used = edition.cited | {p.source for _, p in walk(edition.case) if isinstance(p, Citation)}
    found = [source for key, source in edition.case.sources.items() if key in used]
    return _listed(reference(source, edition.lang) for source in found)


def _listed(texts: Iterable[str]) -> str:
    """List sources in the order of the alphabet, as printed."""
    items = "".join(f"<li>{escape(text)}</li>" for text in sorted(texts, key=str.lower))
    return f'<ul class="references">{items}</ul>' if items else ""
