"""The structure of a document as a PDF tells it: nodes, and the runs of content in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of marked content on a page.

    Attributes
    ----------
    page, mcid
        Where it stands: the index of the page, and the number of the piece on it.
    order
        Its place among all pieces, in the order of the boxes.
    part
        ``before``, ``marker``, ``footnote-call``, ``footnote-marker``: the generated part of an
        element that it is; empty for its own text.
    box
        Left, bottom, right and top of a drawing, in points; empty for text.
    block
        Whether a drawing stands on its own rather than in a line of text.
    """

    page: int
    mcid: int
    order: int
    part: str = ""
    box: tuple[float, ...] = ()
    block: bool = False


@dataclass(slots=True)
class Node:
    """A structure element.

    Attributes
    ----------
    role
        A standard structure type: ``P``, ``Table`` …
    kids
        What it holds, in reading order.
    order
        The order of its first run; a note has that of its call.
    attributes
        Entries of its attribute dictionary, among them the owner ``O``.
    entries
        Other entries: ``Alt``, ``ID``, ``Lang``, ``E``.
    annotations
        The link annotations of a ``Link``, each with the index of its page.
    text
        The words of a link, for the description of its annotations.
    """

    role: str
    kids: list[Node | Run] = field(default_factory=list)
    order: int = 0
    attributes: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    annotations: list[tuple[int, Any]] = field(default_factory=list)
    text: str = ""
    block: bool = True
