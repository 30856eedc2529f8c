"""The document model: what a template sees.

Everything here is finished text or markup. Templates place it on pages and decide nothing.
Fields named `html` or `markup` are safe HTML; all other strings are plain text and are escaped
by the template.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn figure or a composed table.

    Attributes
    ----------
    markup
        An ``<svg>`` or ``<table>`` element (or both, in one wrapper).
    alt
        What the figure shows, in one or two sentences, for who cannot see it. Empty for a table.
    legend
        Markup of the legend line between caption and figure; empty when direct labels do.
    data
        The numbers or statements behind the figure as rows of text, the first row the heads.
    bare
        The heads of columns that were left out, since nothing was known for any row.
    """

    markup: str
    alt: str = ""
    legend: str = ""
    data: tuple[tuple[str, ...], ...] = ()
    bare: tuple[str, ...] = ()


Kind = Literal["figure", "table"]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A captioned figure or table: label and caption above, `Bron:` below.

    `caption` and `source` are markup; a footnote to the caption stands inside it.
    """

    kind: Kind
    id: str
    label: str
    caption: str
    drawing: Drawing
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section as the table of contents lists it."""

    id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter or appendix; `number` is ``"3"``, ``"A"`` or empty (Samenvatting).

    `title` is plain text, as the contents print it; `heading` is markup, with its footnotes.
    """

    id: str
    number: str
    title: str
    html: str
    sections: tuple[Section, ...] = ()
    appendix: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the facts in the strip above an instrument."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """Level and direction of an instrument on the ladder.

    `ladder` is the name of the ladder; `rungs` and `symbol` are markup, made by
    `evalkit.report.figures.badge`.
    """

    level: int
    top: int
    ladder: str
    label: str
    direction: str
    profile: str
    rungs: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class StageBlock:
    """One of the five stages of an instrument, in fixed order."""

    number: int
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class InstrumentSection:
    """The page or pages of one instrument."""

    id: str
    number: str
    name: str
    facts: tuple[Fact, ...]
    badge: Badge
    summary_html: str
    description_html: str
    stages: tuple[StageBlock, ...]
    exhibits: tuple[Exhibit, ...] = ()
    verdict_html: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A headed part of a measure, such as its milestones."""

    title: str
    html: str


@dataclass(frozen=True, slots=True)
class MeasureSection:
    """A measure of an agenda in brief: its facts and its headed parts."""

    id: str
    number: str
    name: str
    facts: tuple[Fact, ...]
    badge: Badge
    summary_html: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    lang: str
    title: str
    subtitle: str
    kind: str
    running_title: str
    publisher: str
    commissioner: str
    date: str
    version: str
    authors: tuple[str, ...]
    colophon_html: str
    cover: Drawing
    cover_note: str
    summary: Chapter | None
    chapters: tuple[Chapter, ...]
    labels: dict[str, str]
    signs: tuple[tuple[str, str], ...] = ()
    """Each sign as markup, with its meaning as text."""
    omitted: tuple[str, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    """Every figure and table in order, of a finished document: its data are found here by id."""
    pages: dict[str, int] = field(default_factory=dict)
    """Page number per anchor, known after the first layout."""
