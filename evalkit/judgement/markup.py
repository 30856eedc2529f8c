"""Markup for a notebook: what `_repr_html_` of the judgement is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from evalkit.judgement.sentence import wording
from evalkit.language.numbers import Language

# A notebook sets cells to the right, for numbers; these hold words.
LEFT = ' style="text-align: left"'


def word(name: str, lang: Language) -> str:
    """Look up a word that a notebook prints above a column or before a part."""
    return wording("notebook", name)[lang]


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """Set rows in a table with a head; nothing when there are none.

    Examples
    --------
    >>> print(table(["Doel"], [["Meer instroom"]]).replace(LEFT, ""))
    <table><tr><th>Doel</th></tr><tr><td>Meer instroom</td></tr></table>
    >>> table(["Doel"], [])
    ''
    """
    body = "".join(f"<tr>{_cells('td', row)}</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<tr>{_cells('th', head)}</tr>{body}</table>" if body else ""


def bullets(title: str, texts: Iterable[str]) -> str:
    """Set sentences in a list under a title; nothing when there are none."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<p><b>{escape(title)}</b></p><ul>{items}</ul>" if items else ""


def told(title: str, text: str) -> str:
    """Set a sentence after what it is about; nothing when there is none."""
    return f"<p><b>{escape(title)}:</b> {escape(text)}</p>" if text else ""


def folded(title: str, markup: str) -> str:
    """Fold a part away under its title, so that a view stays short; nothing when it is empty."""
    return f"<details><summary>{escape(title)}</summary>{markup}</details>" if markup else ""


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}{LEFT}>{escape(text)}</{tag}>" for text in texts)
