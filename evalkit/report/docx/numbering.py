"""Numbers that Word counts itself: those of chapters, sections and lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from evalkit.report.docx.look import Look
from evalkit.report.docx.xml import Element, make, twips

NONE, BULLETS, CHAPTERS, APPENDICES = 0, 1, 2, 3
"""Ids of lists; nought takes the number off."""

_ORDERED = 4
INDENT = 5.5
"""Millimetres that a list stands in, a level."""

_LEVELS = 9
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


@dataclass(slots=True)
class Numbering:
    """The lists of a Word file.

    Parameters
    ----------
    root
        The element of its numbering part.
    look
        The look of the style.
    """

    root: Element
    look: Look
    last: int = _ORDERED - 1

    def __post_init__(self) -> None:
        for child in list(self.root):
            self.root.remove(child)
        self.root.extend(
            [
                _abstract(BULLETS, [self._bullet(level) for level in range(_LEVELS)]),
                _abstract(CHAPTERS, [self._chapter(), self._section("Heading2")]),
                _abstract(APPENDICES, [self._appendix(), self._section("AppendixHeading")]),
                *(
                    _abstract(_ORDERED + by, [self._ordered(at, by) for at in range(_LEVELS)])
                    for by in range(len(_FORMATS))
                ),
            ]
        )
        for number in (BULLETS, CHAPTERS, APPENDICES):
            self.root.append(_list(number, number))

    def ordered(self, start: int = 1, level: int = 0, depth: int = 0) -> int:
        """Begin a numbered list; gives its id.

        Parameters
        ----------
        start
            Its first number.
        level
            How many lists it stands in.
        depth
            How many of those are numbered: letters follow on numbers, not on bullets.
        """
        self.last += 1
        begin = make("w:lvlOverride", make("w:startOverride", val=start), ilvl=level)
        self.root.append(_list(self.last, _ORDERED + (level - depth) % len(_FORMATS), begin))
        return self.last

    def _bullet(self, level: int) -> Element:
        sign = ("\N{BULLET}", "\N{WHITE BULLET}", "\N{EN DASH}")[level % 3]
        face = make(
            "w:rPr",
            make("w:rFonts", ascii=self.look.sans, hAnsi=self.look.sans, cs=self.look.sans),
            make("w:color", val=self.look.accent),
        )
        return _level(level, "bullet", sign, INDENT * (level + 1), INDENT, face)

    def _ordered(self, level: int, by: int) -> Element:
        face = make("w:rPr", make("w:b"), make("w:color", val=self.look.accent))
        form = _FORMATS[(level - by) % len(_FORMATS)]
        return _level(level, form, f"%{level + 1}.", INDENT * (level + 1), INDENT, face)

    def _chapter(self) -> Element:
        return self._outline(0, "decimal", "%1", "Heading1")

    def _appendix(self) -> Element:
        return self._outline(0, "upperLetter", "%1", None)

    def _section(self, style: str) -> Element:
        return self._outline(1, "decimal", "%1.%2", style)

    def _outline(self, level: int, form: str, sign: str, style: str | None) -> Element:
        hanging = self.look.gutter or 14.0
        left = 0.0 if self.look.gutter else hanging
        face = make("w:rPr", make("w:b", val="0"), make("w:color", val=self.look.accent))
        return _level(level, form, sign, left, hanging, face, style)


@dataclass(slots=True)
class Counted:
    """The numbers that Word will give to headings, to see that they are those of the report."""

    counts: dict[int, list[int]] = field(default_factory=dict)

    def numbering(self, number: str, level: int, *, appendix: bool) -> int | None:
        """Count a heading when Word would number it as the report does.

        Returns
        -------
        int or None
            The list that numbers it; None where its number has to stand there as text.
        """
        which = APPENDICES if appendix else CHAPTERS
        chapter, section = self.counts.get(which, [0, 0])
        counts = [chapter + 1, 0] if level == 0 else [chapter, section + 1]
        if not number or _printed(counts, level, letters=appendix) != number:
            return None
        self.counts[which] = counts
        return which


def _printed(counts: list[int], level: int, *, letters: bool) -> str:
    chapter = chr(ord("A") + counts[0] - 1) if letters else str(counts[0])
    return chapter if level == 0 else f"{chapter}.{counts[1]}"


def _abstract(number: int, levels: list[Element]) -> Element:
    return make(
        "w:abstractNum", make("w:multiLevelType", val="multilevel"), *levels, abstractNumId=number
    )


def _list(number: int, abstract: int, *overrides: Element) -> Element:
    return make("w:num", make("w:abstractNumId", val=abstract), *overrides, numId=number)


def _level(
    level: int,
    form: str,
    sign: str,
    left: float,
    hanging: float,
    face: Element,
    style: str | None = None,
) -> Element:
    indent = make("w:ind", left=twips(left), hanging=twips(hanging))
    return make(
        "w:lvl",
        make("w:start", val=1),
        make("w:numFmt", val=form),
        make("w:pStyle", val=style) if style else None,
        make("w:lvlText", val=sign),
        make("w:lvlJc", val="left"),
        make("w:pPr", make("w:tabs", make("w:tab", val="num", pos=twips(left))), indent),
        face,
        ilvl=level,
    )
