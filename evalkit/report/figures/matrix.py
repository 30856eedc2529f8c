"""Which instrument serves which goal, as a table of dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from evalkit.report.document import Drawing
from evalkit.report.figures.badge import dot
from evalkit.report.figures.legend import legend
from evalkit.report.figures.palette import GREY_100, PETROL_500
from evalkit.report.figures.svg import drawing, element

Role = Literal["main", "side", ""]

BAR: Final = 16.0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An instrument: its section number, its short name, and its role for each goal."""

    number: str
    name: str
    roles: tuple[Role, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class MatrixLabels:
    """The words of the matrix."""

    instrument: str
    main: str
    side: str
    total: str


def matrix(
    rows: Sequence[MatrixRow], goals: Sequence[str], labels: MatrixLabels, *, alt: str = ""
) -> Drawing:
    """Compose the matrix; `goals` are the heads of its columns."""
    counts = [sum(bool(row.roles[index]) for row in rows) for index in range(len(goals))]
    body = "".join(_row(row, labels) for row in rows)
    markup = (
        f'<table class="matrix"><thead>{_heads(goals, labels)}</thead>'
        f"<tbody>{body}</tbody><tfoot>{_foot(counts, len(rows), labels)}</tfoot></table>"
    )
    return Drawing(
        markup=markup,
        alt=alt,
        legend=legend(((dot(True, size=3.2), labels.main), (dot(False, size=3.2), labels.side))),
        data=tuple(_data(rows, goals, counts, labels)),
    )


def _heads(goals: Sequence[str], labels: MatrixLabels) -> str:
    heads = "".join(f'<th scope="col">{escape(goal)}</th>' for goal in goals)
    first = f'<th scope="col" class="matrix-name">{escape(labels.instrument)}</th>'
    return f"<tr>{first}{heads}</tr>"


def _row(row: MatrixRow, labels: MatrixLabels) -> str:
    words = {"main": labels.main, "side": labels.side}
    cells = "".join(
        f"<td>{dot(role == 'main', alt=words[role]) if role else ''}</td>" for role in row.roles
    )
    return f"<tr>{row_head(row.number, row.name, row.anchor)}{cells}</tr>"


def row_head(number: str, name: str, anchor: str = "") -> str:
    """Return the head of a row that is an instrument: its number in grey, its name linked."""
    shown = f'<span class="row-number">{escape(number)}</span>' if number else ""
    named = escape(name)
    if anchor:
        named = f'<a class="ref" href="#{escape(anchor)}">{named}</a>'
    return f'<th scope="row" class="row-name">{shown}<span class="row-text">{named}</span></th>'


def _foot(counts: Sequence[int], most: int, labels: MatrixLabels) -> str:
    cells = "".join(f"<td>{count}{_bar(count, most)}</td>" for count in counts)
    return f'<tr class="total"><th scope="row">{escape(labels.total)}</th>{cells}</tr>'


def _bar(count: int, most: int) -> str:
    filled = BAR * count / most if most else 0.0
    return drawing(
        BAR,
        1.7,
        [
            element("rect", x=0, y=0, width=BAR, height=1.7, fill=GREY_100),
            element("rect", x=0, y=0, width=filled, height=1.7, fill=PETROL_500),
        ],
        class_="count-bar",
    )


def _data(
    rows: Sequence[MatrixRow], goals: Sequence[str], counts: Sequence[int], labels: MatrixLabels
) -> Iterator[tuple[str, ...]]:
    words = {"main": labels.main, "side": labels.side, "": ""}
    yield (labels.instrument, *goals)
    for row in rows:
        yield (row.name, *(words[role] for role in row.roles))
    yield (labels.total, *(str(count) for count in counts))
