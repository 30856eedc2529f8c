"""The last hand at finished markup, text by text: apostrophes, brackets, and what stays together.

It goes through the markup once. Code stays as it is, an address is marked as one so that it is
never broken with a hyphen, and of drawings only the apostrophes are set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalkit.report.text.apostrophes import curled
from evalkit.report.text.ties import last_tied, tied

_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_INLINE = frozenset("a abbr b bdi code em i q s small span strong sub sup wbr".split())
_PARAGRAPHS = frozenset("p li dd blockquote figcaption h1 h2 h3 h4".split())
_LITERAL = frozenset("code pre script style".split())
_SPANS = ("footnote", "url", "exhibit-label")  # each of which is set in its own way
_LONG = 70  # letters of a paragraph that fills more than a line
_TOGETHER = r'<span class="together">\g<0></span>'
_HOST = re.compile(r"https?://[^/\s<>]+/?")  # of an address: no line ends in "https://"
_ADDRESS = re.compile(r"https?://[^\s<>]+?(?=[.,;:)]*(?:\s|$))")
# A sign of two, and the rest of a word that shares its beginning: "bank of -instelling".
_WHOLE = re.compile(r"(?<=[ \n(])(?:\u2212\u2212|\+\+|-[^\W\d_]{2,})")
_YEAR = re.compile(r"[()]|[ \n]\(((?:19|20)\d\d[a-z]?|[zn]\.d\.(?:-[a-z])?)\)")


def typeset(html: str) -> str:
    """Set finished markup as a printer would.

    Examples
    --------
    >>> typeset("<p title='regio's'>regio's (EZ (2025), <code>d'x</code>)</p>")
    "<p title='regio's'>regio’s (EZ, 2025, <code>d'x</code>)</p>"
    """
    setter = _Setter(_TAGS.split(html))
    for at in range(len(setter.parts)):
        (setter.tag if at % 2 else setter.text)(at)
    return "".join(setter.parts)


@dataclass(slots=True)
class _Run:
    """A paragraph, or a footnote within one: its open brackets, its letters, its last text."""

    open: int = 0
    letters: int = 0
    last: int | None = None


class _Setter:
    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.run = _Run()
        self.spans: list[str] = []
        self.around: list[_Run] = []  # the paragraphs around the footnotes that are open
        self.depth = dict.fromkeys(("literal", "svg", "table", "title"), 0)

    def text(self, at: int) -> None:
        """Set a text."""
        text = self.parts[at]
        if not text or text.isspace() or self.depth["literal"] or "exhibit-label" in self.spans:
            return
        if "url" in self.spans:
            host = self.spans[-1] == "url"
            self.parts[at] = _HOST.sub(_TOGETHER, text) if host else text
            return
        text = curled(text)
        if not self.depth["svg"]:
            text = tied(_YEAR.sub(self._bracket, text))
            if len(self.parts) > 1 and not self.depth["title"]:  # plain text takes no markup
                text = _ADDRESS.sub(_address, _WHOLE.sub(_TOGETHER, text))
            self.run.letters += len(text)
            self.run.last = at
        self.parts[at] = text

    def _bracket(self, found: re.Match[str]) -> str:
        """Count brackets; a year within others stands behind a comma."""
        if found[1]:
            return f", {found[1]}" if self.run.open else found[0]
        self.run.open = max(self.run.open + (1 if found[0] == "(" else -1), 0)
        return found[0]

    def tag(self, at: int) -> None:
        """Take note of a tag."""
        tag = self.parts[at]
        found = _NAME.match(tag)
        if found is None:
            return
        name, opens = found[1].lower(), not tag.startswith("</")
        kind = "literal" if name in _LITERAL else name
        if kind in self.depth:
            self.depth[kind] += 1 if opens else -1
        if name == "span":
            self._span(tag) if opens else self._span_end()
        elif name not in _INLINE and not self.depth["svg"]:
            if name in _PARAGRAPHS and not opens:
                self._end()
            self.run = _Run()

    def _span(self, tag: str) -> None:
        kind = next((one for one in _SPANS if f'class="{one}"' in tag), "")
        self.spans.append(kind)
        if kind == "footnote":
            self.around.append(self.run)
            self.run = _Run()

    def _span_end(self) -> None:
        if self.spans and self.spans.pop() == "footnote":
            self._end()
            self.run = self.around.pop()

    def _end(self) -> None:
        """Leave no short word alone on the last line of a paragraph; a cell is too narrow."""
        last = self.run.last
        long = self.run.letters >= _LONG and not self.depth["table"]
        if last is not None and long and "<" not in self.parts[last]:
            self.parts[last] = last_tied(self.parts[last])


def _address(found: re.Match[str]) -> str:
    return f'<span class="url">{_HOST.sub(_TOGETHER, found[0])}</span>'
