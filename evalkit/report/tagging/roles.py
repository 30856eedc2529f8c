"""Which structure type an element of the markup is.

A template may say so itself with `data-tag`, where HTML has no element for it: a list of
contents, a table that is only used to place words side by side.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

INLINE = "inline"
"""The role of an element within a line that says nothing by itself."""
GROUP = "group"
"""The role of an element that only places others."""
ARTIFACT = "artifact"
"""The role of decoration."""

_SVG = "{http://www.w3.org/2000/svg}"
_ROLES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    "section": "Sect",
    "article": "Art",
    "aside": "Div",
    "figure": "Div",
    "blockquote": "BlockQuote",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "img": "Figure",
    "code": "Code",
}
_GROUPS = {"html", "body", "div", "main", "header", "footer", "nav", "hgroup"}


def role_of(element: Element) -> str:
    """Give the structure type of an element, or one of the roles that has no tag.

    Examples
    --------
    >>> role_of(Element("h2")), role_of(Element("b")), role_of(Element("p", {"data-tag": "Lbl"}))
    ('H2', 'inline', 'Lbl')
    """
    said = element.get("data-tag")
    if said is not None:
        return said
    if element.tag == f"{_SVG}svg" or element.tag == "img":
        return "Figure" if alternative(element) else ARTIFACT
    if element.tag in _GROUPS:
        return GROUP
    if "footnote" in (element.get("class") or "").split():
        return "Note"
    return _ROLES.get(element.tag, INLINE)


def alternative(element: Element) -> str:
    """Give the words that stand for a drawing; empty when it is decoration."""
    if element.get("aria-hidden") == "true":
        return ""
    title = element.find(f"{_SVG}title")
    told = title.text if title is not None else None
    return element.get("alt") or element.get("aria-label") or told or ""
