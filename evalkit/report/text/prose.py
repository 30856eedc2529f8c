"""A piece of prose, from Markdown to the markup of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from evalkit.language.suggest import did_you_mean
from evalkit.model.cell_notes import digits_behind
from evalkit.report.edition import Edition
from evalkit.report.text.directive import Directive, Handler
from evalkit.report.text.markdown import (
    DIRECTIVE,
    Attributes,
    attributes,
    closing,
    parser,
    without_attributes,
    without_comments,
)
from evalkit.report.text.mentions import PLAIN_AT, Mentions
from evalkit.report.text.notes import BETWEEN, Env, Notes, in_cell, without_notes
from evalkit.report.text.scripts import directed, isolated

_NARROW = {"lead", "box"}  # directives that hold paragraphs and lists, and nothing larger


def _opens(token: Token) -> bool:
    return token.type in {"heading_open", f"container_{DIRECTIVE}_open"}


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
        self.notes = Notes()
        self.line = 0

    def tokens(self, text: str) -> list[Token]:
        """Parse Markdown, its values replaced by marks."""
        marked = without_comments(text).replace("\\@", PLAIN_AT)
        filled = self.edition.values.fill(marked, self.names, self.file)
        env: Env = {}
        found = parser().parse(filled, env)
        self.notes = Notes(env, found)
        self.notes.flaws(self.problem)
        self._unclosed(found, filled.split("\n"))
        return found

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
        made = self.blocks(self.tokens(text))
        self.done()
        return made

    def done(self) -> None:
        """Note the footnotes that nothing called; all of the text has been rendered."""
        self.notes.uncalled(self.problem)

    def inline(self, text: str) -> str:
        """Render a line without paragraphs, such as a caption."""
        line = max(self.line, 1)
        filled = self.edition.values.fill(text, self.names, self.file, line)
        env = self.notes.fresh()
        found = parser().parseInline(filled, env)[0]
        found.map = None  # it stands on the line at hand
        self.mentions.opening = True
        return self.renderer.written([found], env)

    def cell(self, text: str) -> str:
        """Render the cell of a table: plain text, with its footnotes."""
        return in_cell(text, self.inline)

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
        return directed(self.renderer.written(list(tokens), self.notes.env))

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
        plain = plain_text(without_notes(title))
        id_ = found.id or fallback
        number = self.edition.section(id_, plain, self.file, line)
        return f'<h2 id="{escape(id_)}"><span class="secno">{number}</span> {title}</h2>'

    def heading(self, inline: Token) -> tuple[str, Attributes]:
        """Render a heading, parted from its attributes."""
        _, found = attributes(inline.content)
        texts = [one for one in inline.children or [] if one.type == "text" and one.content.strip()]
        if texts and found != Attributes():
            texts[-1].content = without_attributes(texts[-1].content)
        title = self.renderer.written([inline], self.notes.env)
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
        self.line = line
        labels = frozenset(self.notes.by_label)
        values = {key: self.inline(value) for key, value in found.values.items()}
        attrs = Attributes(found.id, found.classes, values)
        if name == "box" and args:
            args = [self.inline(" ".join(args))]
        body = self.blocks(inner)
        given = (name, tuple(args), attrs, body, self.file, line, self.cell, labels)
        made = handler(self.edition, Directive(*given))
        self.notes.some_unread |= name == "table" and not made
        return made

    def text(self, content: str) -> str:
        """Render plain text: escaped, with its citations and references."""
        return isolated(self.mentions.text(content, self.line))

    def footnote(self, call: Token, env: Env) -> str:
        """Render a footnote where it is called."""
        name = str(call.meta.get("label", ""))
        if self.notes.open:
            itself = name and name in self.notes.open
            what = "a footnote calls itself" if itself else "a footnote calls another"
            self.problem(self.line, what, "take the call out of the note: a note has no notes")
            return ""
        self.notes.open.append(name)
        parts = [self.renderer.written([one], env) for one in self.notes.tokens_of(call, env)]
        self.notes.open.clear()
        if not "".join(parts).strip():
            what = f"the footnote '{name}' is empty" if name else "a footnote is empty"
            self.problem(self.line, what, "write its text, or take it out")
        return f'<span class="footnote">{"<br>".join(parts)}</span>'


def plain_text(html: str) -> str:
    """Take the tags out of markup; words from right to left stay apart by a mark."""
    return unescape(re.sub(r"<[^>]+>", "", html.replace("</bdi>", "\N{LEFT-TO-RIGHT MARK}")))


class _Renderer(RendererHTML):
    """Renders tokens, keeping the line and handing text and footnotes to the prose."""

    def __init__(self, prose: Prose) -> None:
        super().__init__()
        self.prose = prose

    def written(self, tokens: Sequence[Token], env: Env) -> str:
        """Render tokens of a text, or of a line apart from it; `env` goes with them."""
        options = parser().options
        parts = []
        for at, token in enumerate(tokens):
            if token.map:
                self.prose.line = token.map[0] + 1
                self.prose.mentions.opening = True
            if token.type == "inline":
                cell = at and tokens[at - 1].type in {"td_open", "th_open"}
                if cell and (flaw := digits_behind(token.content)):
                    self.prose.problem(self.prose.line, *flaw)
                parts.append(self.renderInline(token.children or [], options, env))
            elif token.type in self.rules:
                parts.append(self.rules[token.type](tokens, at, options, env))
            else:
                parts.append(self.renderToken(tokens, at, options, env))
        return "".join(parts)

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return self.prose.text(tokens[idx].content)

    def table_open(self, *_: Any) -> str:
        return '<table class="data">\n'

    def softbreak(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        self.prose.line += 1
        follows = tokens[idx + 1].content if idx + 1 < len(tokens) else ""
        if follows.startswith(("a. ", "a) ")):
            hint = (
                "number the inner list 1. and 2., indented below its item: it prints as a. and b."
            )
            self.prose.problem(self.prose.line, "'a.' begins no list here", hint)
        return "\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, _: Any, env: Env) -> str:
        opened = sum(one.nesting for one in tokens[:idx] if one.type.startswith("link_"))
        if opened:
            hint = "put it behind the link"
            self.prose.problem(self.prose.line, "a footnote stands within a link", hint)
        line, note = self.prose.line, self.prose.footnote(tokens[idx], env)
        self.prose.line = line
        before = [one for one in tokens[:idx] if one.type != "text" or one.content]
        near = bool(before) and before[-1].type == "footnote_ref"
        return f"{BETWEEN if near else ''}{note}"

    def image(self, *_: Any) -> str:
        hint = "draw it with `::: figure`; a picture file is not read"
        self.prose.problem(self.prose.line, "a picture cannot be placed here", hint)
        return ""
