"""What the last build knew: the pages of each section, kept in its PDF and verified.

A section begins on a page of its own, so how many pages it takes and how tight it must be set
depend on its own text. A build notes this in the file (in ``PieceInfo``, where PDF keeps what
belongs to one program); the next build to the same place foretells the page numbers of every
section that has not changed. They are verified after the layout, and what does not hold is laid
out as if nothing were known: memory saves time and decides nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf

from evalkit.report.pages.fill import Fill
from evalkit.report.pages.fitting import Fitting
from evalkit.version import VERSION

_SECTION = re.compile(r'data-section="([^"]*)"')
_NOTE = 'class="footnote'
NAME = "evalkit"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a section.

    Attributes
    ----------
    pages
        How many it takes.
    fit
        How tight it is set: 0, 1, 2 or 3.
    anchors
        For each anchor that the contents list, how many pages after the first it stands.
    ease
        For each figure or table that would leave white, what is done about it.
    """

    pages: int
    fit: int
    anchors: dict[str, int]
    ease: dict[str, int] = field(default_factory=dict)


class Part(NamedTuple):
    """A section with the mark of its text."""

    name: str
    mark: str


class Foretold(NamedTuple):
    """Page numbers and settings as they will be, when memory is right."""

    printed: dict[str, int]
    fitting: Fitting


def parts(html: str, style: str) -> list[Part]:
    """Part the markup of a report at its sections, and mark each by its text.

    Parameters
    ----------
    html
        The markup, with the same placeholder for every page number.
    style
        What else decides the layout: the style sheets, in any form.
    """
    found = list(_SECTION.finditer(html))
    starts = [0, *(one.start() for one in found)]
    names = ["", *(one[1] for one in found)]
    made, notes = [], 0
    for name, start, end in zip(names, starts, [*starts[1:], len(html)], strict=True):
        text = html[start:end]
        # A note of three digits takes more room than one of two.
        mark = sha256(f"{VERSION}\n{style}\n{len(str(notes))}\n{text}".encode()).hexdigest()[:20]
        made.append(Part(name, mark))
        notes += text.count(_NOTE)
    return made


def foretell(found: Iterable[Part], known: Mapping[str, Known]) -> Foretold | None:
    """Add up the pages of the sections; None when one of them is not known.

    Examples
    --------
    >>> known = {"x": Known(2, 0, {}), "y": Known(3, 1, {"sec-y": 0, "sec-z": 2})}
    >>> foretell([Part("", "x"), Part("sec-y", "y")], known)
    Foretold(printed={'sec-y': 3, 'sec-z': 5}, fitting=Fitting(tight={'sec-y': 1}, ease={}))
    """
    printed: dict[str, int] = {}
    tight: dict[str, int] = {}
    ease: dict[str, dict[str, int]] = {}
    page = 1
    for name, mark in found:
        one = known.get(mark)
        if one is None:
            return None
        printed |= {anchor: page + after for anchor, after in one.anchors.items()}
        if one.fit:
            tight[name] = one.fit
        if one.ease:
            ease[name] = one.ease
        page += one.pages
    return Foretold(printed, Fitting(tight, ease))


def note(
    found: Sequence[Part],
    pages: Sequence[Fill],
    printed: Mapping[str, int],
    fitting: Fitting,
) -> str:
    """Note what a finished layout knows, for :func:`recall`; nothing when it does not add up."""
    length = {name: sum(page.section == name for page in pages) for name, _ in found}
    if sum(length.values()) != len(pages) or len(length) != len(found):
        return ""
    known, page = {}, 1
    for name, mark in found:
        inside = range(page, page + length[name])
        anchors = {anchor: at - page for anchor, at in printed.items() if at in inside}
        tight, ease = fitting.tight.get(name, 0), fitting.ease.get(name, {})
        known[mark] = asdict(Known(length[name], tight, anchors, dict(ease)))
        page += length[name]
    return json.dumps(known, sort_keys=True, separators=(",", ":"))


def recall(file: Path) -> dict[str, Known]:
    """Read what an earlier build noted; nothing when there is no such file, or no such note."""
    try:
        with pikepdf.open(file) as pdf:
            text = str(pdf.Root.PieceInfo[f"/{NAME}"].Private)
        return {mark: Known(**_checked(one)) for mark, one in json.loads(text).items()}
    except (OSError, pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError):
        return {}


def _checked(one: Any) -> dict[str, Any]:
    """Take only what such a note can hold: the file may have been changed by anyone."""
    pages, fit, anchors, ease = one["pages"], one["fit"], one["anchors"], one["ease"]
    whole, moves = [pages, fit, *anchors.values()], list(ease.values())
    ready = all(type(number) is int and abs(number) < 10_000 for number in (*whole, *moves))
    if not ready or min(whole) < 0 or fit > 3:
        raise ValueError("no note of evalkit")
    return {"pages": pages, "fit": fit, "anchors": dict(anchors), "ease": dict(ease)}
