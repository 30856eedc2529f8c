"""Citations and references within a line of prose: ``[@seo2025, p. 9]``, ``@fig-theorie``."""

from __future__ import annotations

import re
from html import escape

from evalkit.language.catalogue import label
from evalkit.language.suggest import did_you_mean
from evalkit.model.source import Source
from evalkit.report.edition import Edition
from evalkit.report.text.citations import author_year, in_brackets
from evalkit.report.text.markdown import PLAIN

_BRACKETS = re.compile(r"\[(@[^\[\]]+)\]")
_AT = re.compile(r"(?<![\w@.])@([A-Za-z][\w-]*\w)")
_EXHIBIT_LABEL = re.compile(r"(fig|tbl|sec|bijlage|app)-")
PLAIN_AT = "\ue004"
"""Stands for an escaped @, which is a sign and no reference."""

# Links that the parser refused stay as they were written.
_LINK_LEFT = re.compile(r"(!?)\[[^\[\]]*\]\([^()]*\)")
_FOOTNOTE_LEFT = re.compile(r"\[\^([^\]]+)\]")
_UNCLOSED = re.compile(r"\^\[|\[\^")
_READ_IN = re.compile(r"(.*?),?\s*(?:geciteerd in|cited in)\s+@?([^\s,]+),?\s*(.*)", re.DOTALL)


class Mentions:
    """Renders plain text with what it mentions.

    Parameters
    ----------
    edition
        The report that it is for.
    file
        Where the text stands, for messages.

    Attributes
    ----------
    opening
        Whether the next word begins a sentence, so that a reference there takes a capital.
    """

    def __init__(self, edition: Edition, file: str) -> None:
        self.edition, self.file = edition, file
        self.line = 0
        self.opening = True

    def problem(self, message: str, hint: str) -> None:
        """Note something that the writer of this line has to mend."""
        self.edition.problem(self.file, self.line, message, hint)

    def text(self, content: str, line: int) -> str:
        """Render plain text of a line: escaped, with its citations and references."""
        self.line = line
        left = _FOOTNOTE_LEFT.search(content)
        if left:
            self.problem(f"the footnote '{left[1]}' has no text", f"add `[^{left[1]}]: …`")
        elif _UNCLOSED.search(content):
            self.problem("a footnote is not closed", "end it with ]; write \\^[ for plain signs")
        refused = _LINK_LEFT.search(content)
        if refused:
            what = "a picture cannot be placed" if refused[1] else "a link to a file cannot stand"
            hint = (
                "draw it with `::: figure`" if refused[1] else "link to https://… or refer with @"
            )
            self.problem(f"{what} here", hint)
        parts: list[str] = []
        at = 0
        for found in _BRACKETS.finditer(content):
            parts += [self._named(content[at : found.start()]), self._bracketed(found[1])]
            at = found.end()
        made = "".join([*parts, self._named(content[at:])]).replace(PLAIN_AT, "@")
        for written, stand_in in PLAIN.items():
            made = made.replace(stand_in, written[1:])
        return made

    def _named(self, content: str) -> str:
        """Render ``@fig-theorie`` and ``@seo2025`` in a sentence."""
        parts: list[str] = []
        at = 0
        for found in _AT.finditer(content):
            before = content[at : found.start()]
            opens = before.rstrip().endswith((".", "?", "!")) or (
                self.opening and not before.strip()
            )
            parts += [escape(before, quote=False), self._at(found[1], capital=opens)]
            at, self.opening = found.end(), False
        if content[at:].strip():
            self.opening = content[at:].rstrip().endswith((".", "?", "!"))
        return "".join([*parts, escape(content[at:], quote=False)])

    def _at(self, key: str, *, capital: bool) -> str:
        source = self.edition.case.sources.get(key)
        if source is not None:
            self.edition.cited.add(key)
            return escape(author_year(source, self.edition.lang), quote=False)
        if re.search(r"\d", key) and not _EXHIBIT_LABEL.match(key):
            known = self.edition.case.sources
            hint = did_you_mean(key, known, "add it to sources.bib; write \\@ for a plain @")
            self.problem(f"no source '{key}' in sources.bib", hint)
            return ""
        return self.edition.references.ask(key, self.file, self.line, capital=capital)

    def _place(self, place: str) -> str:
        """Read the place in a source; ``geciteerd in KEY, p. 3`` names where it was read."""
        found = _READ_IN.fullmatch(place)
        if found is None:
            return place
        own, key, at = found.groups()
        source = self._source(key)
        if source is None:
            return own
        read = in_brackets(source, self.edition.lang, at)
        told = f"{label('source.cited-in', self.edition.lang)} {read}"
        return f"{own}, {told}" if own else told

    def _source(self, key: str) -> Source | None:
        """Find a source and note that it is cited; None, and a problem, when there is none."""
        source = self.edition.case.sources.get(key)
        if source is None:
            hint = did_you_mean(key, self.edition.case.sources, "add it to sources.bib")
            self.problem(f"no source '{key}' in sources.bib", hint)
        else:
            self.edition.cited.add(key)
        return source

    def _bracketed(self, content: str) -> str:
        """Render ``[@seo2025, p. 9; @cbs2023]``."""
        parts = []
        for one in content.split(";"):
            key, _, place = one.strip().removeprefix("@").partition(",")
            source = self._source(key.strip())
            if source is not None:
                where = self._place(place.strip())
                parts.append(in_brackets(source, self.edition.lang, where))
        return escape(f"({'; '.join(parts)})", quote=False)
