"""The last hand at finished markup, text by text: apostrophes, brackets, and what stays together.

It goes through the markup twice: for its brackets, then to set it. Code stays as it is, an address
is marked as one so that it is never broken with a hyphen, and of drawings only the apostrophes are
set.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from evalkit.report.text.apostrophes import curled
from evalkit.report.text.ties import YEARS, last_tied, tied

_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_INLINE = frozenset("a abbr b bdi code em i q s small span strong sub sup wbr".split())
_PARAGRAPHS = frozenset("p li dd blockquote figcaption h1 h2 h3 h4".split())
_LITERAL = frozenset("code pre script style".split())
_SPANS = ("footnote", "url", "exhibit-label")  # each of which is set in its own way
_HEADINGS = frozenset(("h1", "h2", "h3"))
_LONG = 70  # letters of a paragraph that fills more than a line
_LONG_HEAD = 20  # and of a heading, which is set larger and often beside the text
_TOGETHER = r'<span class="together">\g<0></span>'
_HOST = re.compile(r"https?://[^/\s<>]+/?")  # of an address: no line ends in "https://"
_ADDRESS = re.compile(r"https?://[^\s<>]+?(?=[.,;:)]*(?:\s|$))")
# A sign of two, the rest of a word that shares its beginning ("bank of -instelling"), a name with a
# sign in it ("MKB!dee"), and a word with a short ending behind a hyphen ("PPS-en").
_WHOLE = re.compile(
    r"(?<=[ \n(])(?:\u2212\u2212|\+\+|-[^\W\d_]{2,})|\b\w{1,15}!\w{1,15}\b"
    r"|(?<![^\s(‘“])[^\W\d_]{1,10}-[^\W\d_]{1,3}(?![\w-])"
)
# What the brackets of a paragraph are read by: a year in its own, a frowning face, an interval,
# the end of a sentence, and the brackets that are left.
_MARKS = re.compile(
    r"[ \n]\((?P<year>(?:19|20)\d\d[a-z]?|[zn]\.d\.(?:-[a-z])?)\)"
    r"|(?P<face>(?<!\S)[:;]-?[()](?![^\s.,!?)]))"
    r"|(?P<interval>\([^()\[\]]{1,40}?[,;][^()\[\]]{1,40}\]"
    r"|\[[^()\[\]]{1,40}?[,;][^()\[\]]{1,40}\))"
    r"|(?P<end>[.!?](?=[)\]'\"’”]*\s+['\"‘“(\[]?[A-ZÀ-Þ]))"
    r"|[()\[\]]"
)
_LAST_WORD = re.compile(r"[^\s()\[\]]*$")
_ABBREVIATIONS = frozenset(
    "al art artt bijl bijv blz bv ca cf dhr dr drs ed eds etc evt excl fig hfst incl ir jr max min "
    "mr mw nl no nr nrs p par pp prof resp st tab vgl vol vs zgn".split()
)
_STOPPED = re.compile(r"[.!?]['\"’”]*$")
_NEAR = 20  # characters before a mark that tell what it is
_DEEPEST = 20  # brackets within each other; nobody writes more


def typeset(html: str) -> str:
    """Set finished markup as a printer would.

    Examples
    --------
    >>> typeset("<p title='regio's'>regio's (EZ (2025), <code>d'x</code>)</p>")
    "<p title='regio's'>regio’s (EZ, 2025, <code>d'x</code>)</p>"
    """
    parts = _TAGS.split(html)
    _Brackets(parts).walk()
    _Setter(parts).walk()
    return "".join(parts)


@dataclass(slots=True)
class _Run:
    """A paragraph, or a footnote within one: its letters, and where its texts stand."""

    letters: int = 0
    texts: list[int] = field(default_factory=list)


class _Walk(ABC):
    """A walk through the texts of finished markup, paragraph by paragraph."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.run = _Run()
        self.spans: list[str] = []
        self.heading = False  # whether what is left is a heading
        self.around: list[_Run] = []  # the paragraphs around the footnotes that are open
        self.depth = dict.fromkeys(("literal", "svg", "table", "title"), 0)

    def walk(self) -> None:
        """Go through all parts, text and tag in turn."""
        for at, part in enumerate(self.parts):
            if at % 2:
                self._tag(part)
            elif part and not part.isspace() and not self._is_literal:
                self.text(at)
        self.leave(whole=False)

    @abstractmethod
    def text(self, at: int) -> None:
        """Take a text that is no code."""

    @abstractmethod
    def leave(self, *, whole: bool) -> None:
        """Leave a paragraph or a footnote, or what stood loose between such."""

    @property
    def _is_literal(self) -> bool:
        return bool(self.depth["literal"]) or "exhibit-label" in self.spans

    def _tag(self, tag: str) -> None:
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
            self.heading = name in _HEADINGS
            self.leave(whole=name in _PARAGRAPHS and not opens)
            self.run = _Run()

    def _span(self, tag: str) -> None:
        kind = next((one for one in _SPANS if f'class="{one}"' in tag), "")
        self.spans.append(kind)
        if kind == "footnote":
            self.around.append(self.run)
            self.run = _Run()

    def _span_end(self) -> None:
        if self.spans and self.spans.pop() == "footnote":
            self.heading = False
            self.leave(whole=True)
            self.run = self.around.pop()


@dataclass(slots=True)
class _Open:
    """A bracket that is open, and the years that stand within it."""

    sign: str
    years: list[re.Match[str]] = field(default_factory=list)
    over: bool = False  # whether the sentence that it stands in has ended


class _Brackets(_Walk):
    """Puts a year that stands in brackets within brackets behind a comma.

    Only a bracket that is closed further on counts: one that was forgotten, or that belongs to an
    interval or a face, would turn every "SEO (2020)" behind it into "SEO, 2020".
    """

    def text(self, at: int) -> None:
        """Take note of where a text stands."""
        if "url" not in self.spans and not self.depth["svg"]:
            self.run.texts.append(at)

    def leave(self, *, whole: bool) -> None:  # noqa: ARG002 a bracket need not stand in a paragraph
        """Set the years of a run that is known to its end."""
        starts = [0]
        for at in self.run.texts:
            starts.append(starts[-1] + len(self.parts[at]))
        found = _within("".join(self.parts[at] for at in self.run.texts))
        for year in sorted(found, key=re.Match.start, reverse=True):
            nth = bisect_right(starts, year.start()) - 1
            if year.end() > starts[nth + 1]:
                continue  # markup begins or ends within it
            at, first, last = self.run.texts[nth], *(one - starts[nth] for one in year.span())
            text = self.parts[at]
            self.parts[at] = f"{text[:first]}, {year['year']}{text[last:]}"


def _within(text: str) -> Iterator[re.Match[str]]:
    """Find the years within a bracket that is closed behind them."""
    opened: list[_Open] = []
    for mark in _MARKS.finditer(text):
        start = mark.start()
        if mark["year"]:
            if opened:
                opened[-1].years.append(mark)
        elif mark["end"]:
            if not _is_abbreviated(text[max(start - _NEAR, 0) : start], mark[0]):
                for one in opened:
                    one.over = True
        elif mark[0] in ("(", "["):
            opened.append(_Open(mark[0]))
            del opened[:-_DEEPEST]
        elif mark[0] in (")", "]"):
            whole = _STOPPED.search(text[max(start - _NEAR, 0) : start]) is not None
            yield from _closed(mark[0], opened, whole=whole)


def _is_abbreviated(text: str, stop: str) -> bool:
    """Whether a full stop is that of "vgl.", of "o.a." or of an initial."""
    word = _LAST_WORD.search(text)
    last = word[0].lower() if word is not None and stop == "." else ""
    return last in _ABBREVIATIONS or ((len(last) == 1 or "." in last) and not last[0].isdigit())


def _closed(sign: str, opened: list[_Open], *, whole: bool) -> list[re.Match[str]]:
    """Close a bracket, and give its years.

    The end of a sentence ends what was open, unless the bracket ends as a sentence itself. A
    bracket that closes nothing of its own kind closes an interval, which holds no years.
    """
    own = "(" if sign == ")" else "["
    fitting = (n for n, one in enumerate(opened) if one.sign == own and (whole or not one.over))
    nth = max(fitting, default=None)
    if nth is None and (not opened or opened[-1].over):
        return []
    cut = len(opened) - 1 if nth is None else nth
    years = [year for one in opened[cut:] for year in one.years]
    del opened[cut:]
    if nth is not None and own == "(":
        return years
    if opened:
        opened[-1].years += years
    return []


class _Setter(_Walk):
    """Sets every text as it is printed."""

    def text(self, at: int) -> None:
        """Set a text."""
        text = self.parts[at]
        if "url" in self.spans:
            host = self.spans[-1] == "url"
            self.parts[at] = _HOST.sub(_TOGETHER, text) if host else text
            return
        text = curled(text)
        if not self.depth["svg"]:
            text = tied(text)
            if len(self.parts) > 1 and not self.depth["title"]:  # plain text takes no markup
                text = _ADDRESS.sub(_address, _WHOLE.sub(_TOGETHER, text))
                if not self.depth["table"]:  # a cell may be too narrow for both years
                    text = YEARS.sub(_TOGETHER, text)
            self.run.letters += len(text)
            self.run.texts.append(at)
        self.parts[at] = text

    def leave(self, *, whole: bool) -> None:
        """Leave no short word alone on the last line of a paragraph; a cell is too narrow."""
        least = _LONG_HEAD if self.heading else _LONG
        long = self.run.letters >= least and not self.depth["table"]
        if not (whole and long and self.run.texts):
            return
        last = self.run.texts[-1]
        self.parts[last] = last_tied(self.parts[last])


def _address(found: re.Match[str]) -> str:
    return f'<span class="url">{_HOST.sub(_TOGETHER, found[0])}</span>'
