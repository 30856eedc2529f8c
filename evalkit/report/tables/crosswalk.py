"""Where the same evidence stands on each ladder."""

from __future__ import annotations

from html import escape

from evalkit.judgement.crosswalk import crosswalk
from evalkit.judgement.profile import load_ladder
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid

_CASE = 72


def crosswalk_table(edition: Edition) -> Drawing:
    """Compose the table: a row a kind of evidence, a column a ladder."""
    found, lang = crosswalk(), edition.lang
    ladders = [load_ladder(name) for name in found.ladders]
    columns = [
        Column(edition.label("crosswalk.case"), width=_CASE),
        *(
            Column(
                edition.label("stages.head").format(
                    title=ladder.title[lang],
                    low=min(rung.level for rung in ladder.rungs),
                    top=ladder.top,
                ),
                width=(168 - _CASE) / len(ladders),
            )
            for ladder in ladders
        ),
    ]
    rows = [
        Row((escape(row.name[lang]), *(str(row.levels[name]) for name in found.ladders)))
        for row in found.rows
    ]
    return grid(columns, rows)
