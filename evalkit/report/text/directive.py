"""A `:::` block of a text, and what renders it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from evalkit.report.edition import Edition
from evalkit.report.text.markdown import Attributes


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
    cell
        Renders the cell of a table, with the footnotes of the text around.
    labels
        The names of those footnotes.
    """

    name: str
    args: tuple[str, ...]
    attributes: Attributes
    body: str
    file: str
    line: int
    cell: Callable[[str], str] = escape
    labels: frozenset[str] = frozenset()


Handler = Callable[[Edition, Directive], str]
"""Renders the blocks of one name."""
