"""A piece of prose, from Markdown to the markup of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from evalkit.language.suggest import did_you_mean
from evalkit.report.edition import Edition
from evalkit.report.markdown import (
    DIRECTIVE,
    Attributes,
    attributes,
    closing,
    footnotes,
    parser,
    without_comments,
)
from evalkit.report.mentions import PLAIN_AT, Mentions

_NARROW = {"lead", "box"}  # directives that hold paragraphs and lists, and nothing larger


def _opens(token: Token) -> bool:
    return token.type in {"heading_open", f"container_{DIRECTIVE}_open"}


@dataclass(frozen=True, slots=True)
class Directive:
    """A `:::` block: ``::: figure theory {#fig-theorie caption="…"}``.

    Attributes
    ----------
    name, args
        The words behind the colons.
    attributes
        What stands in braces.
    body
        Its content, as markup.
    file, line
        Where it begins.
    """

    name: str
    args: tuple[str, ...]
    attributes: Attributes
    body: str
    file: str
    line: int


Handler = Callable[[Edition, Directive], str]


class Prose:
    """Turns one file, or one text of the model, into markup.

    Parameters
    ----------
    edition
        The report that it is for.
    file
        Where the text stands, for messages.
    names
        What its values may speak of, beside what every text may.
    handlers
        The directives that it may use.
    """

    def __init__(
        self,
        edition: Edition,
        file: str,
        names: Mapping[str, object] | None = None,
        handlers: Mapping[str, Handler] | None = None,
    ) -> None:
        self.edition, self.file = edition, file
        self.names = {**edition.names, **(names or {})}
        self.handlers = handlers or {}
        self.renderer = _Renderer(self)
        self.mentions = Mentions(edition, file)
        self.notes: dict[int, list[Token]] = {}
        self.line = 0
        self.title_only = False
        self.open_notes: set[int] = set()

    def tokens(self, text: str) -> list[Token]:
        """Parse Markdown, its values replaced by marks."""
        marked = without_comments(text).replace("\\@", PLAIN_AT)
        filled = self.edition.values.fill(marked, self.names, self.file)
        env: dict[str, Any] = {}
        found = parser().parse(filled, env)
        self.notes = footnotes(found)
        self._never_called(text, env)
        self._unclosed(found, filled.split("\n"))
        return found

    def _never_called(self, text: str, env: dict[str, Any]) -> None:
        for label, at in env.get("footnotes", {}).get("refs", {}).items():
            if at < 0:
                name = label.removeprefix(":")
                line = text[: text.find(f"[^{name}]:")].count("\n") + 1
                hint = f"write [^{name}] where it belongs, or take the note out"
                self.problem(line, f"the footnote '{name}' is never called", hint)

    def _unclosed(self, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        for token in tokens:
            if token.type == f"container_{DIRECTIVE}_open" and token.map:
                # The parser leaves the closing fence out of a block, and closes one that has none.
                fence = lines[token.map[1]] if token.map[1] < len(lines) else ""
                if not re.fullmatch(r"\s*:{3,}\s*", fence):
                    what = f"`::: {token.info.strip().split(' ')[0]}` is not closed"
                    self.problem(token.map[0] + 1, what, "end it with a line `:::`")

    def problem(self, line: int, message: str, hint: str = "") -> None:
        """Note something that the writer of this text has to mend."""
        self.edition.problem(self.file, line, message, hint)

    def html(self, text: str) -> str:
        """Render a text of its own, such as a description."""
        return self.blocks(self.tokens(text))

    def inline(self, text: str) -> str:
        """Render a line without paragraphs, such as a caption."""
        if "^[" in text:
            hint = "write the note as a sentence below the figure or table"
            self.problem(max(self.line, 1), "a footnote cannot be written in a line here", hint)
            text = text.replace("^[", "[")
        filled = self.edition.values.fill(text, self.names, self.file, max(self.line, 1))
        found = parser().parseInline(filled)
        return self.renderer.render(found, parser().options, {})

    def blocks(self, tokens: Sequence[Token]) -> str:
        """Render a run of blocks."""
        parts: list[str] = []
        index = 0
        while index < len(tokens):
            end = closing(tokens, index)
            parts.append(self._block(tokens[index : end + 1]))
            index = end + 1
        return "".join(parts)

    def _block(self, tokens: Sequence[Token]) -> str:
        first = tokens[0]
        if first.type == "footnote_block_open":
            return ""
        if first.type == f"container_{DIRECTIVE}_open":
            return self._directive(first, tokens[1:-1])
        if first.type == "heading_open":
            return self._heading(first, tokens[1])
        return self.renderer.render(list(tokens), parser().options, {})

    def _heading(self, opening: Token, inline: Token) -> str:
        level = int(opening.tag[1])
        line = (opening.map or [0])[0] + 1
        title, found = self.heading(inline)
        if level == 1:
            self.problem(
                line, "a second title in one chapter", "make it `##`, or a file of its own"
            )
        if level > 2:
            return f"<h{level}>{title}</h{level}>"
        fallback = f"sec-{len(self.edition.references.targets) + 1}"
        plain = plain_text(self.heading(inline, plain=True)[0])
        id_ = found.id or fallback
        number = self.edition.section(id_, plain, self.file, line)
        return f'<h2 id="{escape(id_)}"><span class="secno">{number}</span> {title}</h2>'

    def heading(self, inline: Token, *, plain: bool = False) -> tuple[str, Attributes]:
        """Render a heading, parted from its attributes; `plain` leaves footnotes out."""
        _, found = attributes(inline.content)
        children = list(inline.children or [])
        for child in reversed(children):
            if child.type == "text" and child.content.strip():
                child.content = (
                    attributes(child.content)[0] if found != Attributes() else child.content
                )
                break
        self.title_only = plain
        title = self.renderer.render([inline], parser().options, {})
        self.title_only = False
        return title.strip(), found

    def _directive(self, opening: Token, inner: Sequence[Token]) -> str:
        line = (opening.map or [0])[0] + 1
        words, found = attributes(opening.info)
        name, *args = words.split() or [""]
        if found.unread:
            self.problem(line, f"'{found.unread[0]}' is not read here", 'write key="value"')
            return ""
        handler = self.handlers.get(name)
        if handler is None:
            self.problem(line, f"no directive '{name}'", did_you_mean(name, self.handlers))
            return ""
        if name in _NARROW and any(_opens(token) for token in inner):
            what = f"`::: {name}` holds a heading or another `:::`"
            self.problem(line, what, "it was probably not closed: end it with a line `:::`")
            return ""
        values = {key: self.inline(value) for key, value in found.values.items()}
        attrs = Attributes(found.id, found.classes, values)
        given = " ".join(args) if name == "box" else ""
        if given:
            args = [self.inline(given)]
        body = self.blocks(inner)
        return handler(self.edition, Directive(name, tuple(args), attrs, body, self.file, line))

    def text(self, content: str) -> str:
        """Render plain text: escaped, with its citations and references."""
        return self.mentions.text(content, self.line)

    def footnote(self, number: int) -> str:
        """Render a footnote where it is called."""
        if self.title_only:
            return ""
        if number in self.open_notes:
            self.problem(self.line, "a footnote calls itself", "take the call out of the note")
            return ""
        self.open_notes.add(number)
        parts = [self.renderer.render([note], parser().options, {}) for note in self.notes[number]]
        self.open_notes.discard(number)
        return f'<span class="footnote">{"<br>".join(parts)}</span>'


def plain_text(html: str) -> str:
    """Take the tags out of markup."""
    return unescape(re.sub(r"<[^>]+>", "", html))


class _Renderer(RendererHTML):
    """Renders tokens, keeping the line and handing text and footnotes to the prose."""

    def __init__(self, prose: Prose) -> None:
        super().__init__()
        self.prose = prose

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        parts = []
        for at, token in enumerate(tokens):
            if token.map:
                self.prose.line = token.map[0] + 1
                self.prose.mentions.opening = True
            if token.type == "inline":
                parts.append(self.renderInline(token.children or [], options, env))
            elif token.type in self.rules:
                parts.append(self.rules[token.type](tokens, at, options, env))
            else:
                parts.append(self.renderToken(tokens, at, options, env))
        return "".join(parts)

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return self.prose.text(tokens[idx].content)

    def softbreak(self, *_: Any) -> str:
        self.prose.line += 1
        return "\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        line, note = self.prose.line, self.prose.footnote(int(tokens[idx].meta["id"]))
        self.prose.line = line
        return note

    def image(self, *_: Any) -> str:
        hint = "draw it with `::: figure`; a picture file is not read"
        self.prose.problem(self.prose.line, "a picture cannot be placed here", hint)
        return ""
