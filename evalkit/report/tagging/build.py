"""From the elements of the markup to the structure of the PDF."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from evalkit.report.tagging.content import Content
from evalkit.report.tagging.node import Node, Run
from evalkit.report.tagging.roles import ARTIFACT, GROUP, INLINE, alternative, role_of

Item = Node | Run
_WRAPPED = {"Document", "Sect", "Art", "Div", "BlockQuote", GROUP}  # hold no words of their own
_CELLS = {"TH", "TD"}
_IN_LINE = {"Span", "Link", "Reference", "Note", "Lbl", "Code"}
_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}


class Builder:
    """Builds the structure of one document.

    Parameters
    ----------
    content
        What stands on the pages. Decoration that is found on the way is added to its artifacts.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._notes = 0

    def document(self, root: Element) -> Node:
        """Build the structure below an element."""
        return Node("Document", list(_paragraphs(self._items(root))))

    def _items(self, element: Element) -> list[Item]:
        """Gather what an element holds, in reading order."""
        own: list[Item] = list(self._content.runs.get(element, ()))
        made = [item for child in element for item in self._made(child)]
        if not own:
            return made
        # Words and elements mixed: as they stand in the line.
        return sorted([*own, *made], key=lambda item: item.order)

    def _made(self, element: Element) -> list[Item]:
        role = role_of(element)
        if role == ARTIFACT:
            self._drop(element)
            return []
        if role == "Note":
            return self._note(element)
        items = self._items(element)
        if role == INLINE:
            return _spoken(element, items)
        if role in _WRAPPED:
            items = list(_paragraphs(items))
        if role == GROUP:
            return items
        if not items and role not in _CELLS:
            return []
        return [self._node(role, element, items)]

    def _node(self, role: str, element: Element, items: list[Item]) -> Node:
        order = items[0].order if items else 0
        node = Node(role, items, order, block=role not in _IN_LINE or element.tag == "dt")
        match role:
            case "LI":
                node.kids = _list_item(items)
            case "L":
                node.kids = _pairs(items)
                node.attributes = {"O": "/List", "ListNumbering": _numbering(element)}
            case "TH" | "TD":
                node.attributes = _cell(role, element)
            case "Figure":
                _describe(node, element, items)
            case "Div" if element.tag == "figure":
                _give_caption(node)
            case "Link":
                node.annotations = self._content.links.get(element, [])
                node.text = " ".join("".join(element.itertext()).split())
            case _:
                pass
        return node

    def _note(self, element: Element) -> list[Item]:
        """Make a footnote: its number in the text and, next to be read, the note itself."""
        runs = self._content.runs.get(element, [])
        call = [run for run in runs if run.part == "footnote-call"]
        marker: list[Item] = [run for run in runs if run.part == "footnote-marker"]
        if not call:
            return []
        order = call[0].order
        words = [item for item in self._items(element) if item not in runs or _is_text(item)]
        self._notes += 1
        note = Node("Note", [Node("Lbl", marker, order, block=False), *words], order, block=False)
        note.entries["ID"] = f"note-{self._notes:04}"
        number = Node("Lbl", [call[0]], order, block=False)
        return [Node("Reference", [number], order, block=False), note]

    def _drop(self, element: Element) -> None:
        for part in element.iter():
            found = self._content.runs.get(part, [])
            self._content.artifacts.extend((run.page, run.mcid) for run in found)


def _is_text(item: Item) -> bool:
    return isinstance(item, Run) and not item.part


def _spoken(element: Element, items: list[Item]) -> list[Item]:
    """Keep what a span says of its words: their language, or what they stand for."""
    said = {"Lang": element.get("lang")}
    if element.tag == "abbr":
        said["E"] = element.get("title")
    entries = {key: value for key, value in said.items() if value}
    if not entries or not items:
        return items
    return [Node("Span", items, items[0].order, entries=entries, block=False)]


def _paragraphs(items: Iterable[Item]) -> Iterable[Item]:
    """Put words that stand in no paragraph into one."""
    loose: list[Item] = []
    for item in items:
        in_line = not item.block if isinstance(item, Node) else not item.box
        if in_line:
            loose.append(item)
            continue
        if loose:
            yield Node("P", loose, loose[0].order)
            loose = []
        yield item
    if loose:
        yield Node("P", loose, loose[0].order)


def _list_item(items: list[Item]) -> list[Item]:
    """Part the number or sign of an item from its words."""
    signs = [item for item in items if isinstance(item, Run) and item.part in {"marker", "before"}]
    labels = [item for item in items if isinstance(item, Node) and item.role == "Lbl"]
    bodies = [item for item in items if isinstance(item, Node) and item.role == "LBody"]
    kids: list[Item] = [Node("Lbl", list(signs), signs[0].order)] if signs else []
    rest = [item for item in items if item not in signs and item not in labels + bodies]
    if rest:
        bodies.insert(0, Node("LBody", rest, rest[0].order))
    return [*kids, *labels, *bodies]


def _pairs(items: list[Item]) -> list[Item]:
    """Make items of the terms and descriptions of a `dl`."""
    kids: list[Item] = []
    for item in items:
        if isinstance(item, Node) and item.role == "Lbl":
            kids.append(Node("LI", [item], item.order))
        elif isinstance(item, Node) and item.role == "LBody":
            last = kids[-1] if kids else None
            if not isinstance(last, Node):
                last = Node("LI", [], item.order)
                kids.append(last)
            last.kids.append(item)
        else:
            kids.append(item)
    return kids


def _numbering(element: Element) -> str:
    if element.tag == "ol":
        return "/Decimal"
    return "/Disc" if element.tag == "ul" else "/None"


def _cell(role: str, element: Element) -> dict[str, object]:
    found: dict[str, object] = {"O": "/Table"}
    if role == "TH":
        found["Scope"] = _SCOPES.get(element.get("scope") or "", "/Column")
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        number = element.get(name, "1")
        if number != "1":
            found[key] = number
    return found


def _describe(node: Node, element: Element, items: list[Item]) -> None:
    node.entries["Alt"] = alternative(element)
    drawn = next((item for item in items if isinstance(item, Run) and item.box), None)
    if drawn is not None:
        node.block = drawn.block
        node.attributes = {"O": "/Layout", "BBox": list(drawn.box), "Placement": "/Block"}
        if not drawn.block:
            del node.attributes["Placement"]


def _give_caption(node: Node) -> None:
    """Put the caption of a table into the table; that of a drawing stays beside it."""
    nodes = [kid for kid in node.kids if isinstance(kid, Node)]
    captions = [kid for kid in nodes if kid.role == "Caption"]
    tables = [kid for kid in nodes if kid.role == "Table"]
    if captions and tables and not any(kid.role == "Figure" for kid in nodes):
        node.kids.remove(captions[0])
        tables[0].kids.insert(0, captions[0])
