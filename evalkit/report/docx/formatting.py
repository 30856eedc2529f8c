"""How paragraphs and runs look, in the order of elements that the format wants."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.report.docx.xml import POINT, Element, make, twips


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along a paragraph or cell: its thickness in points, its colour and its distance."""

    points: float
    colour: str
    space: float = 0

    def element(self, side: str) -> Element:
        """Make the element of this line on one side."""
        size = max(2, round(self.points * 8))
        return make(f"w:{side}", val="single", sz=size, space=self.space, color=self.colour)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph stands on the page; lengths in points, indents in millimetres.

    What is None is left to the style that the paragraph has.
    """

    style: str | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break: bool | None = None
    numbering: tuple[int, int] | None = None
    above: Rule | None = None
    below: Rule | None = None
    shade: str | None = None
    tabs: tuple[tuple[str, float], ...] = ()
    hyphens: bool | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    hanging: float | None = None
    right: float | None = None
    close: bool | None = None
    align: str | None = None
    outline: int | None = None
    rtl: bool | None = None

    def element(self, *last: Element) -> Element:
        """Make the properties of a paragraph; `last` closes them, as the end of a section."""
        return make(
            "w:pPr",
            make("w:pStyle", val=self.style) if self.style else None,
            switch("w:keepNext", self.keep_next),
            switch("w:keepLines", self.keep_lines),
            switch("w:pageBreakBefore", self.page_break),
            self._numbering(),
            self._borders(),
            make("w:shd", val="clear", color="auto", fill=self.shade) if self.shade else None,
            self._tabs(),
            switch("w:suppressAutoHyphens", None if self.hyphens is None else not self.hyphens),
            switch("w:bidi", self.rtl),
            self._spacing(),
            self._indent(),
            switch("w:contextualSpacing", self.close),
            make("w:jc", val=self.align) if self.align else None,
            make("w:outlineLvl", val=self.outline) if self.outline is not None else None,
            *last,
        )

    def _numbering(self) -> Element | None:
        if self.numbering is None:
            return None
        number, level = self.numbering
        return make("w:numPr", make("w:ilvl", val=level), make("w:numId", val=number))

    def _borders(self) -> Element | None:
        if self.above is None and self.below is None:
            return None
        return make(
            "w:pBdr",
            self.above.element("top") if self.above else None,
            self.below.element("bottom") if self.below else None,
        )

    def _tabs(self) -> Element | None:
        if not self.tabs:
            return None
        stops = sorted(self.tabs, key=lambda stop: stop[1])
        return make("w:tabs", *(make("w:tab", val=kind, pos=twips(at)) for kind, at in stops))

    def _spacing(self) -> Element | None:
        if self.before is None and self.after is None and self.line is None:
            return None
        return make(
            "w:spacing",
            before=_points(self.before),
            after=_points(self.after),
            line=_points(self.line),
            lineRule=None if self.line is None else "atLeast",
        )

    def _indent(self) -> Element | None:
        if self.left is None and self.hanging is None and self.right is None:
            return None
        return make(
            "w:ind",
            left=None if self.left is None else twips(self.left),
            right=None if self.right is None else twips(self.right),
            hanging=None if self.hanging is None else twips(self.hanging),
        )


@dataclass(frozen=True, slots=True)
class Face:
    """How a run of text looks; what is None is left to its style."""

    style: str | None = None
    font: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    strike: bool | None = None
    colour: str | None = None
    spread: float | None = None
    size: float | None = None
    lowered: float | None = None
    vertical: str | None = None
    lang: str | None = None
    rtl: bool | None = None

    def element(self) -> Element | None:
        """Make the properties of a run; None when all is left to its style."""
        made = make(
            "w:rPr",
            make("w:rStyle", val=self.style) if self.style else None,
            _fonts(self.font) if self.font else None,
            switch("w:b", self.bold),
            switch("w:bCs", self.bold),
            switch("w:i", self.italic),
            switch("w:iCs", self.italic),
            switch("w:caps", self.caps),
            switch("w:strike", self.strike),
            make("w:color", val=self.colour) if self.colour else None,
            make("w:spacing", val=_points(self.spread)) if self.spread else None,
            make("w:position", val=-round(self.lowered * 2)) if self.lowered else None,
            make("w:sz", val=round(self.size * 2)) if self.size else None,
            make("w:szCs", val=round(self.size * 2)) if self.size else None,
            make("w:vertAlign", val=self.vertical) if self.vertical else None,
            switch("w:rtl", self.rtl),
            make("w:lang", val=self.lang) if self.lang else None,
        )
        return made if len(made) else None


AS_STYLED = Layout()
"""A paragraph that is as its style has it."""

PLAIN = Face()
"""A run that is as its style has it."""


def switch(tag: str, on: bool | None) -> Element | None:
    """Make an element that switches something on or off; None leaves it as it is."""
    if on is None:
        return None
    return make(tag) if on else make(tag, val="0")


def _fonts(name: str) -> Element:
    return make("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _points(value: float | None) -> int | None:
    return None if value is None else round(value * POINT)
