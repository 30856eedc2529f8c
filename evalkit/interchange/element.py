"""XML elements with their lines, read without entities and written the same way each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from evalkit.errors import CaseError, Problem

LANG = "xml:lang"


@dataclass(slots=True)
class Element:
    """An element.

    Attributes
    ----------
    tag
        Its name.
    attributes
        In their order.
    text
        What stands in it, when it holds no elements.
    children
        The elements in it.
    line
        Where it begins in its file; 0 when it was not read from one.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Element] = field(default_factory=list)
    line: int = 0

    def add(self, tag: str, text: str = "", **attributes: str | None) -> Element:
        """Add an element; an attribute that is None is left out, and ``_`` stands for ``-``."""
        given = {key.replace("_", "-"): value for key, value in attributes.items()}
        kept = {key: value for key, value in given.items() if value is not None}
        made = Element(tag, kept, text)
        self.children.append(made)
        return made

    def all(self, tag: str) -> Iterator[Element]:
        """Give the elements in it that have a name."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Element | None:
        """Give the first element in it that has a name."""
        return next(self.all(tag), None)

    def narrative(self, lang: str = "") -> str:
        """Give its narrative, in a language when there are several."""
        found = list(self.all("narrative"))
        wanted = [one for one in found if lang and one.attributes.get(LANG) == lang]
        return (wanted or found)[0].text.strip() if found else ""

    def xml(self, depth: int = 0) -> str:
        """Write it with everything in it."""
        gap = "  " * depth
        said = "".join(f" {key}={quoteattr(value)}" for key, value in self.attributes.items())
        if self.children:
            inner = "".join(child.xml(depth + 1) for child in self.children)
            return f"{gap}<{self.tag}{said}>\n{inner}{gap}</{self.tag}>\n"
        if not self.text:
            return f"{gap}<{self.tag}{said}/>\n"
        return f"{gap}<{self.tag}{said}>{escape(self.text)}</{self.tag}>\n"


def read_xml(data: bytes, name: str) -> Element:
    """Read XML.

    Parameters
    ----------
    data
        The file.
    name
        What it is called, for messages.

    Raises
    ------
    CaseError
        It is no XML, or declares entities.

    Examples
    --------
    >>> read_xml(b"<a><b c='1'>x</b></a>", "x.xml").children[0].text
    'x'
    """
    parser = expat.ParserCreate()
    top = Element("")
    open_ = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        made = Element(tag, attributes, line=parser.CurrentLineNumber)
        open_[-1].children.append(made)
        open_.append(made)

    def end(_: str) -> None:
        open_.pop()

    def text(said: str) -> None:
        open_[-1].text += said

    def refuse(*_: object) -> None:
        hint = "take the DOCTYPE out: IATI has none"
        where = Problem(name, parser.CurrentLineNumber, "this file declares a DOCTYPE", hint)
        raise CaseError([where])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = f"this is not XML: {expat.errors.messages[error.code]}"
        raise CaseError([Problem(name, error.lineno, what, "export it anew")]) from None
    return top.children[0]


def say(element: Element, text: str) -> None:
    """Add a narrative to an element."""
    element.add("narrative", text.strip())
