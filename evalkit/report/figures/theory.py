"""The policy theory of a case as a layered diagram."""

from __future__ import annotations

from evalkit.model.chain import ChainNode, Link
from evalkit.model.instrument import Instrument
from evalkit.model.stage import Stage
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.layers import Edge, LayerLabels, Node, Strength, layers


def theory_figure(edition: Edition) -> Drawing | None:
    """Draw the theory: a column a stage, its links thicker the better they are supported."""
    theory = edition.case.theory
    used = [stage for stage in Stage if theory.at(stage)]
    if not used:
        return None
    nodes = [
        Node(key, _words(node, edition), used.index(stage), strong=stage is used[-1])
        for key, stage in theory.stages.items()
        for node in [theory.at(stage)[key]]
    ]
    edges = [Edge(start, end, _strength(link)) for start, end, link in theory.arrows]
    labels = LayerLabels(
        **{name: edition.label(f"theory.{name}") for name in LayerLabels.__dataclass_fields__}
    )
    heads = [edition.label(f"stage.{stage}") for stage in used]
    alt = edition.label("theory.alt").format(nodes=len(nodes), links=len(edges))
    return layers(heads, nodes, edges, labels, alt=alt, language=edition.lang)


def _words(node: ChainNode, edition: Edition) -> str:
    """Name a node; one that stands for instruments names them too."""
    if not node.instruments:
        return node.text
    known: dict[str, Instrument] = edition.case.instruments
    return f"{node.text}: {', '.join(known[key].label for key in node.instruments)}"


def _strength(link: Link) -> Strength:
    """A link with a source is supported; what was compared is known of instruments only."""
    return "supported" if link.source else "assumed"
