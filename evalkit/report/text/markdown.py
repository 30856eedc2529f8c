"""Markdown as chapters use it: CommonMark, tables, footnotes and `:::` directives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

_ATTRIBUTES = re.compile(r"\{([^{}]*)\}\s*$")
_ATTRIBUTE = re.compile(r'#([\w-]+)|\.([\w-]+)|([\w-]+)="([^"]*)"|(\S+)')
DIRECTIVE = "directive"
NOTES = "notes"
PLAIN = {"\\[": "\ue005", "\\^": "\ue006"}
"""What stands for an escaped sign that would else open a footnote or link."""
_LINKS = ("http://", "https://", "mailto:", "#")  # a link to a file would tell of this machine


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands between braces: ``{#id .class key="value"}``."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


@cache
def parser() -> MarkdownIt:
    """The parser; raw HTML is text to it."""
    # The parser drops what nests deeper than this without a word, so it is set out of reach.
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 500}).enable("table")
    md.validateLink = lambda url: url.startswith(_LINKS)  # type: ignore[method-assign]
    md.use(footnote_plugin)
    md.core.ruler.before("footnote_tail", "footnote_keep", _keep_notes)
    md.core.ruler.before("footnote_keep", "plain_signs", _plain_signs)
    md.use(container_plugin, DIRECTIVE, marker=":", validate=lambda *_: True)
    return md


def _plain_signs(state: StateCore) -> None:
    """Let an escaped bracket stay a sign: joined to the text around, it would look like a call."""
    notes = state.env.get("footnotes", {}).get("list", {}).values()
    within = [note["tokens"] for note in notes if note.get("tokens")]
    for tokens in (*within, *(token.children for token in state.tokens if token.children)):
        for token in tokens:
            if token.type == "text_special":
                token.content = PLAIN.get(token.markup, token.content)
    for tokens in within:  # the parser joins these in a copy, and what it joined would stand twice
        tokens[:] = _joined(tokens)


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """Join neighbouring texts to one."""
    found: list[Token] = []
    for token in tokens:
        token.type = "text" if token.type == "text_special" else token.type
        if token.type == "text" and found and found[-1].type == "text":
            found[-1].content += token.content
        else:
            found.append(token)
    return found


@dataclass(frozen=True, slots=True)
class NoteText:
    """The text of a footnote, ``[^a]: …``, and the line where it stands."""

    label: str
    line: int
    tokens: tuple[Token, ...]


def _keep_notes(state: StateCore) -> None:
    """Keep the text of every footnote: the parser drops one that a caption or cell alone calls."""
    kept = state.env.setdefault(NOTES, [])
    for index, token in enumerate(state.tokens):
        if token.type == "footnote_reference_open":
            inner = state.tokens[index + 1 : closing(state.tokens, index)]
            line = (token.map or [0])[0] + 1
            kept.append(NoteText(token.meta["label"], line, tuple(inner)))


def without_comments(text: str) -> str:
    """Drop ``<!-- … -->``, keeping the lines where they are."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*parts, text[at:]])


def attributes(text: str) -> tuple[str, Attributes]:
    """Split a heading or directive from the attributes behind it.

    Examples
    --------
    >>> attributes('Mix {#sec-mix .appendix}')
    ('Mix', Attributes(id='sec-mix', classes=('appendix',), values={}, unread=()))
    """
    found = _ATTRIBUTES.search(text)
    if not found:
        return text.strip(), Attributes()
    id_, classes, values, unread = "", [], {}, []
    for part in _ATTRIBUTE.finditer(found[1]):
        if part[1]:
            id_ = part[1]
        elif part[2]:
            classes.append(part[2])
        elif part[3]:
            values[part[3]] = part[4]
        else:
            unread.append(part[5])
    return text[: found.start()].strip(), Attributes(id_, tuple(classes), values, tuple(unread))


def without_attributes(words: str) -> str:
    """Take the attributes off the end of words; a space before these parts them from emphasis.

    Examples
    --------
    >>> without_attributes(" beleid {#sec-beleid}")
    ' beleid'
    """
    return f"{words[: len(words) - len(words.lstrip())]}{attributes(words)[0]}"


def closing(tokens: Sequence[Token], start: int) -> int:
    """Find the token that closes the one at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1
