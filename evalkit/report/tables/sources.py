"""The sources per instrument, and the list of all sources."""

from __future__ import annotations

import re
from html import escape

from evalkit.model.instrument import Instrument
from evalkit.model.record import walk
from evalkit.model.source import Citation
from evalkit.report.citations import reference
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid

_ALL = "sec-all-sources"
_ADDRESS = re.compile(r"https?://\S+")


def sources_table(edition: Edition) -> Drawing:
    """Compose the table: per instrument every source that one of its facts names."""
    sources = edition.case.sources
    rows = []
    for instrument in edition.case.instruments.values():
        texts = [_marked(reference(sources[key], edition.lang)) for key in _keys(instrument)]
        rows.append(Row((escape(instrument.label), "<br>".join(texts))))
    columns = [
        Column(edition.label("sources.instrument"), width=43),
        Column(edition.label("sources.consulted")),
    ]
    return grid(columns, rows)


def _marked(text: str) -> str:
    """Keep addresses apart: a hyphen at the end of a line would seem a part of them."""
    return _ADDRESS.sub(lambda found: f'<span class="url">{found[0]}</span>', escape(text))


def _keys(instrument: Instrument) -> list[str]:
    cited = {part.source for _, part in walk(instrument) if isinstance(part, Citation)}
    return sorted(cited)


def all_sources(edition: Edition, file: str, line: int) -> str:
    """Compose the sources per instrument and, in a section of its own, the list of all."""
    listed = references_list(edition)
    if not edition.case.instruments or not listed:
        return listed
    title = edition.label("sources.all")
    number = edition.section(_ALL, title, file, line)
    head = f'<h2 id="{_ALL}"><span class="secno">{number}</span> {escape(title)}</h2>'
    return f'<div class="wide">{sources_table(edition).markup}</div>{head}{listed}'


def references_list(edition: Edition) -> str:
    """Render every source that the case or its prose names, in the order of the alphabet."""
    used = edition.cited | {p.source for _, p in walk(edition.case) if isinstance(p, Citation)}
    found = [source for key, source in edition.case.sources.items() if key in used]
    texts = [reference(source, edition.lang) for source in found]
    items = "".join(f"<li>{_marked(text)}</li>" for text in sorted(texts, key=str.lower))
    return f'<ul class="references">{items}</ul>' if items else ""
