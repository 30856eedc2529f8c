"""The footnotes of one piece of prose: their texts, and whether each is called.

A caption, or the cell of a CSV file, calls the footnotes of the chapter that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from evalkit.model.cell_notes import CALL, pieces
from evalkit.report.text.markdown import DIRECTIVE, NOTES, NoteText

Env = dict[str, Any]
"""What the parser keeps beside the tokens of a text."""

BETWEEN = '<sup class="between">,\N{NO-BREAK SPACE}</sup>'
"""Stands between two calls in a row, whose numbers would else read as one."""
_MARKUP = re.compile(rf'{BETWEEN}|<span class="footnote">.*?</span>', re.DOTALL)
_WORDS = re.compile(r"inline|(paragraph|bullet_list|ordered_list|list_item)_(open|close)")

Tell = Callable[[int, str, str], None]
"""Is told of what is wrong: a line, what, and what to do."""


class Notes:
    """The footnotes that stand below one text.

    Parameters
    ----------
    env
        What the parser kept of the text.
    tokens
        The text, without its footnotes.
    """

    def __init__(self, env: Env | None = None, tokens: Sequence[Token] = ()) -> None:
        self.env: Env = {} if env is None else env
        self.texts: list[NoteText] = self.env.get(NOTES, [])
        self.by_label = {text.label: text for text in self.texts}
        labels = self.env.get("footnotes", {}).get("refs", {})
        self.called = {label.removeprefix(":") for label, at in labels.items() if at >= 0}
        for token in tokens:
            if token.type == f"container_{DIRECTIVE}_open":
                self.called.update(CALL.findall(token.info))
        self.some_unread = False
        self.open: list[str] = []

    def fresh(self) -> Env:
        """Give the parser what it must know to read a line apart from its text."""
        return {"footnotes": {"refs": {f":{label}": -1 for label in self.by_label}}}

    def tokens_of(self, call: Token, env: Env) -> list[Token]:
        """Give the text behind a call as lines, and note that it was called."""
        label = call.meta.get("label")
        if label is None:
            note = env["footnotes"]["list"][call.meta["id"]]
            return [Token("inline", "", 0, content=note["content"], children=note["tokens"])]
        self.called.add(label)
        return [token for token in self.by_label[label].tokens if token.type == "inline"]

    def flaws(self, tell: Tell) -> None:
        """Tell of texts that would be lost: a second one of a name, or more than words."""
        seen: dict[str, int] = {}
        for text in self.texts:
            if text.label in seen:
                what = f"the footnote '{text.label}' stands here again"
                tell(text.line, what, f"see line {seen[text.label]}; give one another name")
            seen.setdefault(text.label, text.line)
            if not all(_WORDS.fullmatch(token.type) for token in text.tokens):
                what = f"the footnote '{text.label}' holds more than words"
                tell(text.line, what, "write tables, headings and code in the text itself")

    def uncalled(self, tell: Tell) -> None:
        """Tell of texts that nothing called, once all has been rendered."""
        if self.some_unread:  # what was left out may call them
            return
        for text in self.by_label.values():
            if text.label not in self.called:
                hint = f"write [^{text.label}] where it belongs, or take the note out"
                tell(text.line, f"the footnote '{text.label}' is never called", hint)


def in_cell(cell: str, inline: Callable[[str], str]) -> str:
    """Render the cell of a CSV file: plain text, with its footnotes.

    Examples
    --------
    >>> in_cell("a < b^[Een noot.]", lambda call: f"({call})")
    'a &lt; b(^[Een noot.])'
    """
    parts: list[str] = []
    near = False  # whether a call stands right before
    for at, part in pieces(cell):
        if at % 2:
            parts += [BETWEEN if near else "", inline(part)]
            near = True
        elif part:
            parts.append(escape(part, quote=False))
            near = False
    return "".join(parts)


def without_notes(markup: str) -> str:
    """Take the footnotes out of markup: they stand elsewhere.

    Examples
    --------
    >>> without_notes('Banen<span class="footnote">Zie bijlage A.</span> en loon')
    'Banen en loon'
    """
    return _MARKUP.sub("", markup)
