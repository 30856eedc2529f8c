"""The safe HTML of a document as a tree of nodes, with its drawings kept as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from evalkit.errors import RenderError

_SVG = re.compile(r"<svg\b|</svg\s*>", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)


@dataclass(slots=True)
class Node:
    """An element with its attributes and what stands in it; a drawing keeps its markup."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    svg: str = ""

    @property
    def classes(self) -> frozenset[str]:
        """The words of its ``class``."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def id(self) -> str:
        """Its anchor, or nothing."""
        return self.attributes.get("id", "")

    @property
    def elements(self) -> list[Node]:
        """The elements directly in it."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def is_block(self) -> bool:
        """Whether it stands on lines of its own."""
        return self.tag in _BLOCKS or any(child.is_block for child in self.elements)

    def walk(self) -> Iterator[Node]:
        """Give it and all elements within it, in the order of the text."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def find(self, name: str) -> Node | None:
        """Find the first element within it that has this class."""
        return next((node for node in self.walk() if name in node.classes), None)

    def only(self, *tags: str) -> list[Node]:
        """Give the elements directly in it, which have one of these names and no text beside them.

        Raises
        ------
        RenderError
            There is text, or another element, which would be lost.
        """
        for child in self.children:
            if isinstance(child, str) and child.strip():
                raise broken(f"text stands directly in <{self.tag}>: {child.strip()[:60]}")
            if isinstance(child, Node) and tags and child.tag not in tags:
                raise broken(f"<{child.tag}> stands in <{self.tag}>")
        return self.elements

    def text(self) -> str:
        """Give its text, without its drawings."""
        return "".join(one if isinstance(one, str) else one.text() for one in self.children)


Nodes = list[Node | str]


def parse(html: str) -> Nodes:
    """Read safe HTML.

    Raises
    ------
    RenderError
        An element is not closed, or closed where another is open: text could get lost.

    Examples
    --------
    >>> [node.tag for node in parse("<p>Een</p><p>twee</p>") if isinstance(node, Node)]
    ['p', 'p']
    """
    plain, drawings = _apart(html)
    reader = _Reader(drawings)
    reader.feed(plain)
    reader.close()
    if len(reader.open) != 1:
        raise broken(f"<{reader.open[-1].tag}> is not closed")
    return reader.open[0].children


def drawings(html: str) -> list[str]:
    """List the drawings in a piece of HTML, each as it is written."""
    return _apart(html)[1]


def broken(what: str) -> RenderError:
    """Say that the markup of a report cannot be put in Word, which is a fault of ours."""
    return RenderError(f"the Word file: {what}", hint="this is a fault of evalkit: tell us")


def _apart(html: str) -> tuple[str, list[str]]:
    """Take the drawings out, since an HTML parser would change the names in them."""
    parts: list[str] = []
    found: list[str] = []
    depth = start = after = 0
    for mark in _SVG.finditer(html):
        opens = not mark[0].startswith("</")
        if opens and not depth:
            start = mark.start()
        depth += 1 if opens else -1
        if not depth:
            parts += [html[after:start], f'<svg data-at="{len(found)}"></svg>']
            found.append(html[start : mark.end()])
            after = mark.end()
    if depth:
        raise broken("<svg> is not closed")
    return "".join([*parts, html[after:]]), found


class _Reader(HTMLParser):
    """Builds the tree, and refuses what does not nest."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found = found
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs})
        if tag == "svg":
            node = _drawing(self.found[int(node.attributes["data-at"])])
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.open[-1].tag != tag:
            raise broken(f"</{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


class _Opening(HTMLParser):
    """Reads the attributes of the first tag."""

    attributes: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self.attributes is None:
            self.attributes = {key: value or "" for key, value in attrs}

    handle_startendtag = handle_starttag


def _drawing(svg: str) -> Node:
    opening = _Opening()
    opening.feed(svg[: svg.index(">") + 1])
    return Node("svg", opening.attributes or {}, svg=svg)
