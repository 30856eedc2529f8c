"""The table of links of an instrument, or of the theory: mechanism, assumptions and risks."""

from __future__ import annotations

from html import escape

from evalkit.model.chain import Chain, ChainNode, Link
from evalkit.model.source import Citation
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all

_NONE = "\N{EN DASH}"


def links_table(chain: Chain[ChainNode], edition: Edition) -> Drawing:
    """Compose the table: a row a link, as the case file writes them."""
    rows = [
        Row((_ends(key, chain), escape(link.because) or _NONE, _conditions(link, edition) or _NONE))
        for key, link in chain.links.items()
    ]
    sourced = any(link.source for link in chain.links.values())
    columns = [
        Column(edition.label("links.link"), width=64),
        Column(edition.label("links.because"), width=48),
        Column(edition.label("links.assumes" if sourced else "links.unsourced")),
    ]
    return grid(columns, rows)


def sources_of_links(chain: Chain[ChainNode]) -> list[Citation]:
    """List what links and the nodes at their ends were taken from."""
    ends = dict.fromkeys(name for start, end, _ in chain.arrows for name in (start, end))
    nodes = [citation for name in ends for citation in chain.node(name).source]
    return [*nodes, *(citation for link in chain.links.values() for citation in link.source)]


def _ends(key: str, chain: Chain[ChainNode]) -> str:
    """Name both ends by their text; several at one end are parted as texts with commas are."""
    left, right = (
        [chain.node(name.strip()).text for name in side.split(",")] for side in key.split("->")
    )
    arrow = '<span class="to">\N{RIGHTWARDS ARROW}</span>'
    return f"{escape('; '.join(left))} {arrow}\N{NO-BREAK SPACE}{escape('; '.join(right))}"


def _conditions(link: Link, edition: Edition) -> str:
    lines = [(edition.label("links.assumption"), text) for text in link.assumes]
    lines += [(edition.label("links.risk"), text) for text in link.risks]
    if link.source:
        told = cited_all(link.source, edition.case.sources, edition.lang)
        lines.append((edition.label("numbers.source").lower(), told))
    return "<br>".join(f'<span class="kind">{kind}:</span> {escape(text)}' for kind, text in lines)
