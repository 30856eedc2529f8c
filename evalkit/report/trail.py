"""The audit trail: every number that the text prints, where it stands and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from evalkit.language.catalogue import label
from evalkit.language.numbers import Language
from evalkit.report.anchors import instrument_anchor, story_anchor
from evalkit.report.citations import cited_all
from evalkit.report.edition import Edition
from evalkit.report.origin import PATH, Origin, origins
from evalkit.report.story import instrument_of_story
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.values import Printed

TRAIL = "<!-- the audit trail -->"
"""Stands where the trail will be, until every value has been printed."""

_HEADING = re.compile(r"^#{1,6}\s.*\{[^}]*#([\w-]+)[^}]*\}\s*$", re.MULTILINE)
_FUNCTION = re.compile(r"(share|ratio|difference)\s*\(")
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_COUNT = re.compile(r"\|\s*length\b")


def with_trail(html: str, edition: Edition) -> str:
    """Put the audit trail in its place in the finished report."""
    return html.replace(TRAIL, _trail(edition)) if TRAIL in html else html


def _trail(edition: Edition) -> str:
    """Render the audit trail; everything that prints a value has been rendered by now."""
    rows: list[Row] = []
    numbers = [one for one in edition.values.printed if _is_number(one)]
    for place, group in groupby(numbers, key=lambda one: _place(one, edition)):
        rows.append(Row((place,), "group"))
        rows += [Row(_cells(one, edition)) for one in group]
    columns = [
        Column(edition.label("trail.number"), width=38),
        Column(edition.label("trail.what"), width=66),
        Column(edition.label("trail.source"), "note"),
    ]
    if not rows:
        return f"<p>{escape(edition.label('trail.none'))}</p>"
    return grid(columns, rows).markup


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
    story = instrument_of_story(one.file)
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


def _cells(one: Printed, edition: Edition) -> tuple[str, str, str]:
    found = list(origins(one.expression, one.names, edition.case.analyses))
    sources = [citation for origin in found for citation in origin.source]
    source = cited_all(sources, edition.case.sources, edition.lang)
    return escape(one.text), escape(_told(one, found, edition)), escape(source)


def _told(one: Printed, found: list[Origin], edition: Edition) -> str:
    """Say what a value is, and by which computation it came about."""
    lang = edition.lang
    if _COUNT.search(one.expression):
        return label("trail.counted", lang)
    by_path = {origin.path: _what(origin, edition) for origin in found if origin.what}
    told = _computed(_TEXT.sub("", one.expression).strip(), by_path, lang)
    return told or label("trail.case", lang)


def _computed(expression: str, by_path: Mapping[str, str], lang: Language) -> str:
    """Word a computation with what it computes with, from the outside in."""
    function = _FUNCTION.match(expression)
    inside = _arguments(expression[function.end() :]) if function else []
    parts = [_computed(part.strip(), by_path, lang) for part in inside if "=" not in part]
    if function and len(parts) == 2 and all(parts):
        left, right = (
            f"({part})" if _FUNCTION.match(inside[at].strip()) else part
            for at, part in enumerate(parts)
        )
        return label(f"trail.{function[1]}", lang).format(left=left, right=right)
    return "; ".join(filter(None, (by_path.get(path) for path in PATH.findall(expression))))


def _arguments(text: str) -> list[str]:
    """Split what stands between the brackets of a call at its own commas."""
    found, depth = [""], 0
    for sign in text:
        if sign == ")" and not depth:
            break
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def _what(origin: Origin, edition: Edition) -> str:
    lang = edition.lang
    parts = list(_details(origin, edition))
    if origin.computed:
        parts.append(label("trail.summed" if origin.role else "trail.estimated", lang))
    return f"{origin.what} ({', '.join(parts)})" if parts else origin.what


def _details(origin: Origin, edition: Edition) -> Iterator[str]:
    if origin.role and origin.role != "per_year":
        yield label(f"audit-role.{origin.role}", edition.lang)
    if origin.year is not None:
        yield str(origin.year)
