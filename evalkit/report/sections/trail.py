"""The audit trail: every number that the text prints, where it stands and where it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from evalkit.language.called import speaking_of
from evalkit.report.anchors import instrument_anchor, story_anchor
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.sections.story import instrument_of_story
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all
from evalkit.report.text.traced import Traced
from evalkit.report.text.values import Printed

TRAIL = "<!-- the audit trail -->"
"""Stands where the trail will be, until every value has been printed."""

_ID = "tbl-trail"
_HEADING = re.compile(r"^#{1,6}\s.*\{[^}]*#([\w-]+)[^}]*\}\s*$", re.MULTILINE)


def trail_html(edition: Edition, file: str, line: int) -> str:
    """Number the table of the audit trail, and mark its place."""
    caption = escape(edition.label("trail.caption"))
    edition.exhibit("table", _ID, caption, Drawing(""), "", file, line)
    return TRAIL


def with_trail(html: str, edition: Edition) -> str:
    """Put the audit trail in its place in the finished report."""
    if TRAIL not in html:
        return html
    with speaking_of(edition.case.called):
        return html.replace(TRAIL, _trail(edition))


def _trail(edition: Edition) -> str:
    """Render the audit trail; everything that prints a value has been rendered by now."""
    drawing = _drawn(edition)
    numbered = {one.id: at for at, one in enumerate(edition.exhibits)}
    if drawing is None:
        if _ID in numbered:  # a sentence has no caption
            del edition.exhibits[numbered[_ID]]
        return f"<p>{escape(edition.label('trail.none'))}</p>"
    at = numbered[_ID]
    edition.exhibits[at] = replace(edition.exhibits[at], drawing=drawing)
    return edition.framed(edition.exhibits[at])


def _drawn(edition: Edition) -> Drawing | None:
    rows: list[Row] = []
    for place, found in _by_place(edition).items():
        values = {one.path for one in found}
        told = [one for one in found if not one.year_of or one.year_of not in values]
        rows.append(Row((place,), "group"))
        # What a section prints twice stands here once.
        rows += [Row(cells) for cells in dict.fromkeys(_cells(one, edition) for one in told)]
    columns = [
        Column(edition.label("trail.number"), width=38),
        Column(edition.label("trail.what"), width=66),
        Column(edition.label("trail.source"), "note"),
    ]
    return grid(columns, rows) if rows else None


def _by_place(edition: Edition) -> dict[str, list[Traced]]:
    """Gather the numbers section by section, both in the order of the report."""
    found: dict[str, list[Traced]] = {}
    for one in edition.values.printed:
        if _is_number(one):
            found.setdefault(_place(one, edition), []).append(Traced(one, edition))
    return found


def _is_number(one: Printed) -> bool:
    return any(sign.isdigit() for sign in one.text) or "| words" in one.expression


def _place(one: Printed, edition: Edition) -> str:
    """Refer to the section in which a value stands; name its file where that has no label."""
    anchor = _anchor(one, edition)
    target = None if anchor is None else edition.references.targets.get(anchor)
    if anchor is None or target is None:
        return escape(f"{one.file}:{one.line}")
    if not target.number:  # a summary has a title and no number
        return escape(_title(anchor, edition))
    return edition.references.ask(anchor, one.file, one.line, capital=True)


def _title(anchor: str, edition: Edition) -> str:
    return next((one.title for one in edition.case.labels if one.id == anchor), anchor)


def _anchor(one: Printed, edition: Edition) -> str | None:
    story = instrument_of_story(one.file, one.line, edition)
    if story is not None:
        return story_anchor(story)
    folder, _, name = one.file.partition("/")
    key = name.rsplit(".", 1)[0]
    if folder == "instruments":
        key = key.partition(".")[0]
        return instrument_anchor(key) if key in edition.case.instruments else None
    text = edition.case.chapters.get(key)
    if folder != "chapters" or text is None:
        return None
    lines = text.splitlines()[: one.line]
    found = [head[1] for line in lines if (head := _HEADING.match(line))]
    return found[-1] if found else None


def origin_told(one: Printed, edition: Edition) -> tuple[str, str]:
    """Say in plain text what a printed number is and who says so; nothing of what is no number."""
    if not _is_number(one):
        return "", ""
    traced = Traced(one, edition)
    return traced.told(), _source(traced, edition)


def _cells(one: Traced, edition: Edition) -> tuple[str, str, str]:
    source = _source(one, edition) or "\N{EN DASH}"
    return escape(one.one.text), escape(one.told()), escape(source)


def _source(one: Traced, edition: Edition) -> str:
    sources = [citation for origin in one.origins for citation in origin.source]
    return cited_all(sources, edition.case.sources, edition.lang)
