"""What a page must pass, or it is not written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from evalkit.report.document import Document

_HEADING = re.compile(r"h[1-6]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # what fills a text in must have been filled in
_LINKS = ("http://", "https://", "mailto:", "#")
_REFERS = ("aria-labelledby", "aria-describedby", "for")
_SHOWN = 70  # characters of a text that a message quotes


def faults(html: str, document: Document) -> Iterator[str]:
    """Check a finished page.

    Parameters
    ----------
    html
        The page.
    document
        What it was asked to hold.

    Yields
    ------
    str
        What is wrong with it, in words for who writes the report.
    """
    found = _Reader()
    found.feed(html)
    found.close()
    for name, times in Counter(found.ids).items():
        if times > 1:
            yield f"the label '{name}' stands {times} times on the page"
    for target in sorted(found.targets - set(found.ids)):
        yield f"a link leads to '{target}', which is not on the page"
    for outside in found.outside:
        yield f"the page would read something from elsewhere: {outside[:_SHOWN]}"
    yield from _jumps(found.levels)
    for line in found.unnamed:
        yield f"a drawing has neither a description nor text beside it: {line[:_SHOWN]}"
    for exhibit in document.exhibits:
        if exhibit.id not in found.ids:
            yield f"{exhibit.label} is missing from the page"
    private = _PRIVATE.search(html)
    if private:
        near = html[max(private.start() - _SHOWN // 2, 0) : private.end() + _SHOWN // 2]
        yield f"a sign without meaning stands in the text: {near}"


def _jumps(levels: list[int]) -> Iterator[str]:
    """Name the headings that skip a level."""
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


class _Reader(HTMLParser):
    """Gathers what the checks look at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.outside: list[str] = []
        self.levels: list[int] = []
        self.unnamed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        for name in _REFERS:
            self.targets.update(found.get(name, "").split())
        href = found.get("href", "")
        if href.startswith("#"):
            self.targets.add(href[1:])
        if not found.get("src", "data:").startswith("data:") or (
            href and (tag != "a" or not href.startswith(_LINKS))
        ):
            self.outside.append(self.get_starttag_text() or tag)
        if _HEADING.fullmatch(tag):
            self.levels.append(int(tag[1]))
        named = {"aria-label", "aria-labelledby"} & found.keys() or "aria-hidden" in found
        if tag == "svg" and not named:
            self.unnamed.append(self.get_starttag_text() or tag)

    handle_startendtag = handle_starttag
