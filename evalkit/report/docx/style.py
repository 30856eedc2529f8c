"""A style of Word: how paragraphs or runs of a kind look."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.report.docx.formatting import AS_STYLED, PLAIN, Face, Layout
from evalkit.report.docx.xml import Element, make


@dataclass(frozen=True, slots=True)
class NamedStyle:
    """A style by the name that Word knows or shows.

    A built-in name is shown in the language of whoever edits: ``heading 1`` is *Kop 1*.

    Attributes
    ----------
    name
        What it is called.
    layout, face
        How its paragraphs stand and its text looks, beyond the style that it is based on.
    based, then
        The name of that style, and of the style of the next paragraph that is typed.
    own
        Whether it is ours; the others are built into Word.
    kind
        ``paragraph`` or ``character``.
    """

    name: str
    layout: Layout = AS_STYLED
    face: Face = PLAIN
    based: str | None = "Normal"
    then: str | None = None
    own: bool = True
    kind: str = "paragraph"

    def element(self) -> Element:
        """Make the style."""
        paragraph, run = self.layout.element(), self.face.element()
        return make(
            "w:style",
            make("w:name", val=self.name),
            make("w:basedOn", val=style_id(self.based)) if self.based else None,
            make("w:next", val=style_id(self.then)) if self.then else None,
            make("w:uiPriority", val=1 if self.own else 9),
            make("w:qFormat"),
            paragraph if len(paragraph) else None,
            run,
            type=self.kind,
            styleId=style_id(self.name),
            default="1" if self.based is None else None,
            customStyle="1" if self.own else None,
        )


def style_id(name: str) -> str:
    """Give the id of a style with this name.

    Examples
    --------
    >>> style_id("heading 1"), style_id("Table head")
    ('Heading1', 'TableHead')
    """
    return "".join(word[:1].upper() + word[1:] for word in name.split())
