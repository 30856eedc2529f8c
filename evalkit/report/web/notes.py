"""Footnotes of a page: numbered through the report, gathered below each part."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from evalkit.language.catalogue import label
from evalkit.language.numbers import Language


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, its text as markup, and how its way back is called."""

    number: int
    html: str
    back: str


@dataclass(slots=True)
class Notes:
    """Numbers footnotes in the order of their calls, and keeps those of the part at hand."""

    lang: Language
    count: int = 0
    found: list[Note] = field(default_factory=list)

    def call(self) -> tuple[int, str]:
        """Number the next footnote and give the link that calls it."""
        self.count += 1
        spoken = label("web.note", self.lang).format(number=self.count)
        return self.count, (
            f'<a class="noteref" id="noteref-{self.count}" href="#note-{self.count}" '
            f'role="doc-noteref" aria-label="{escape(spoken)}">{self.count}</a>'
        )

    def add(self, number: int, html: str) -> None:
        """Keep the text of a footnote."""
        back = label("web.back", self.lang).format(number=number)
        self.found.append(Note(number, html, back))

    def taken(self) -> tuple[Note, ...]:
        """Give the footnotes since the last time, in order."""
        notes = tuple(sorted(self.found, key=lambda note: note.number))
        self.found.clear()
        return notes
