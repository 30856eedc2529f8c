"""What travels inside the PDF: the record of the evaluation, and the data of every exhibit."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from evalkit.report.document import Exhibit
from evalkit.report.text.notes import without_notes

_SEPARATOR = {"nl": ";", "en": ","}  # what a spreadsheet of that language expects
_BELOW_NOUGHT = re.compile(r"-[\d.,]+[^-+*/^(|!=&]*")  # with its unit; `-2+3` is reckoned out
_MARK = re.compile("[\ue000-\uf8ff]")  # of a reference or a value: see references.py and values.py
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file inside the PDF: its name, what it is, and its text."""

    name: str
    description: str
    text: str


def data_files(
    exhibits: Iterable[Exhibit], lang: str, finish: Callable[[str], str] = str
) -> tuple[Enclosure, ...]:
    r"""Write the data of each figure and table as CSV; one without data gives no file.

    `finish` fills in the references and values of a cell, which are marks until then.

    Examples
    --------
    >>> from evalkit.report.document import Drawing
    >>> drawing = Drawing("<svg/>", data=(("Jaar", "Banen"), ("2020", "1.337")))
    >>> made = data_files([Exhibit("figure", "fig-banen", "Figuur 1.1", "Banen", drawing)], "nl")
    >>> made[0].name, made[0].text.splitlines()
    ('fig-banen.csv', ['\ufeffJaar;Banen', '2020;1.337'])
    """
    return tuple(
        Enclosure(
            f"{re.sub('[^a-z0-9-]+', '-', exhibit.id.lower())}.csv",
            f"{exhibit.label} {plain(exhibit.caption)}",
            _csv(_finished(exhibit.drawing.data, finish), _SEPARATOR[lang]),
        )
        for exhibit in exhibits
        if exhibit.drawing.data
    )


def _finished(rows: Sequence[Sequence[str]], finish: Callable[[str], str]) -> list[list[str]]:
    return [[finish(cell) if _MARK.search(cell) else cell for cell in row] for row in rows]


def plain(markup: str) -> str:
    """Take tags, footnotes and soft hyphens out of markup.

    Examples
    --------
    >>> plain('Banen &amp; loon<span class="footnote">Zie bijlage A.</span>')
    'Banen & loon'
    """
    return " ".join(unescape(_TAG.sub("", without_notes(markup))).replace("\u00ad", "").split())


def _csv(rows: Sequence[Sequence[str]], separator: str) -> str:
    written = io.StringIO()
    # The mark lets a spreadsheet see that this is UTF-8.
    written.write("\ufeff")
    writer = csv.writer(written, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_harmless(plain(cell)) for cell in row] for row in rows)
    return written.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from reading words as a formula; a number may begin with its sign."""
    formula = cell[:1] in {"=", "+", "@"} or (cell[:1] == "-" and not _BELOW_NOUGHT.fullmatch(cell))
    return f"'{cell}" if formula and len(cell) > 1 else cell
