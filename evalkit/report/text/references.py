"""Numbers of chapters, sections, figures and tables, and the references to them.

A reference may point forwards, so it is first written as a mark and filled in when every number
is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from evalkit.errors import Problem
from evalkit.language.capital import capital
from evalkit.language.suggest import did_you_mean
from evalkit.report.anchors import story_anchor

# Private use characters cannot be typed by accident and survive every escape.
_OPEN, _CLOSE = "\ue002", "\ue003"
_MARK = re.compile(rf"{_OPEN}(ref|Ref|num):([^{_CLOSE}]+){_CLOSE}")
# What `::: contribution conclusions` refers to is no label that a writer gave.
_STORIES = "add an appendix with `::: contribution`: the conclusions refer to the stories in it"


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be referred to.

    Attributes
    ----------
    id
        Its anchor.
    number
        ``3.1``, or empty for what has none.
    text
        How running text calls it: ``figuur 3.1``.
    file, line
        Where it stands, for messages.
    """

    id: str
    number: str
    text: str
    file: str = ""
    line: int = 0


@dataclass(slots=True)
class References:
    """The register of targets, and of the references made to them."""

    targets: dict[str, Target] = field(default_factory=dict)
    asked: dict[str, list[Problem]] = field(default_factory=dict)

    def add(self, target: Target) -> Problem | None:
        """Register a target; a problem when its label is already in use."""
        first = self.targets.get(target.id)
        if first is not None:
            what = f"the label '{target.id}' is already in use"
            return Problem(target.file, target.line, what, f"see {first.file}:{first.line}")
        self.targets[target.id] = target
        return None

    def ask(self, label: str, file: str, line: int, *, capital: bool = False) -> str:
        """Refer to a label: gives the mark that :meth:`fill` replaces by a link.

        Parameters
        ----------
        label
            What is referred to.
        file, line
            Where, for messages.
        capital
            Whether the reference begins a sentence.
        """
        self.asked.setdefault(label, []).append(Problem(file, line, ""))
        return f"{_OPEN}{'Ref' if capital else 'ref'}:{label}{_CLOSE}"

    def number(self, label: str) -> str:
        """Ask for the bare number of a target: gives the mark that :meth:`fill` replaces."""
        return f"{_OPEN}num:{label}{_CLOSE}"

    def dangling(self) -> list[Problem]:
        """List the references that lead nowhere."""
        found = []
        for label, places in self.asked.items():
            if label in self.targets:
                continue
            hint = _STORIES if label.startswith(story_anchor("")) else self._nearest(label)
            found += [
                Problem(at.file, at.line, f"@{label} refers to nothing", hint) for at in places
            ]
        return found

    def _nearest(self, label: str) -> str:
        named = {f"@{key}": target for key, target in self.targets.items()}
        hint = did_you_mean(f"@{label}", named, "give what it should refer to this label: {#…}")
        near = named.get(hint.removeprefix("did you mean '").removesuffix("'?"))
        if near is None or not near.file:
            return hint.replace("'", "")
        return f"did you mean @{near.id} ({near.file}:{near.line})?"

    def fill(self, html: str) -> str:
        """Replace every mark by its link or number."""
        return _MARK.sub(self._filled, html)

    def _filled(self, found: re.Match[str]) -> str:
        kind, label = found.groups()
        target = self.targets.get(label)
        if target is None:
            return ""
        if kind == "num":
            return escape(target.number)
        words = capital(target.text) if kind == "Ref" else target.text
        text = escape(words).replace(" ", "\N{NO-BREAK SPACE}", 1)
        return f'<a class="ref" href="#{escape(label)}">{text}</a>'


@dataclass(slots=True)
class Numbering:
    """Counts chapters, sections, figures, tables and boxes as they come."""

    chapters: int = 0
    appendices: int = 0
    current: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def chapter(self, *, appendix: bool = False, numbered: bool = True) -> str:
        """Begin a chapter and give its number; empty for one without."""
        self.counts = {}
        if appendix:
            self.appendices += 1
            self.current = chr(ord("A") + self.appendices - 1)
        elif numbered:
            self.chapters += 1
            self.current = str(self.chapters)
        else:
            self.current = ""
        return self.current

    def next(self, kind: str) -> str:
        """Give the next number of a kind within the chapter: ``3.2``."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return ".".join(filter(None, [self.current, str(self.counts[kind])]))
