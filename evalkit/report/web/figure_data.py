"""The numbers behind a figure, as a table that opens below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from evalkit.report.document import Exhibit
from evalkit.report.edition import Edition

_NUMBER = re.compile(r"[-−~<>≥≤]?\s?[\d.,]+(?:\s?%)?")


def figure_data(exhibit: Exhibit, edition: Edition) -> str:
    """Compose the toggle with the data of a figure; nothing when it has none."""
    rows = exhibit.drawing.data
    if exhibit.kind != "figure" or len(rows) < 2:
        return ""
    named = f"{exhibit.label[:1].lower()}{exhibit.label[1:]}"
    name = escape(edition.label("web.data").format(label=named))
    head = "".join(_head(text) for text in rows[0])
    body = "".join(_row(row) for row in rows[1:])
    return (
        f'<details class="figure-data"><summary>{name}</summary>'
        f'<div class="scroll" role="group" aria-label="{name}" tabindex="0">'
        f'<table class="data" aria-label="{name}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>"
    )


def _head(text: str) -> str:
    return f'<th scope="col">{escape(text)}</th>' if text else "<td></td>"


def _row(cells: Sequence[str]) -> str:
    if len(cells) == 1:
        return f'<tr class="group"><th scope="row">{escape(cells[0])}</th></tr>'
    first, *rest = cells
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(map(_cell, rest))}</tr>'


def _cell(text: str) -> str:
    kind = ' class="num"' if _NUMBER.fullmatch(text) else ""
    return f"<td{kind}>{escape(text)}</td>"
