"""Labels of a report: the anchors that its texts give to headings, figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.model.record import Record

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r" {0,3}(?P<signs>#{1,6})\s+(?P<title>.*?)\s*(?:\{(?P<braces>[^{}]*)\})?\s*$")
_DIRECTIVE = re.compile(r" {0,3}:{3,}\s*(?P<name>[^{}\s][^{}]*?)\s*(?:\{(?P<braces>[^{}]*)\})?\s*$")
_CLOSE = re.compile(r" {0,3}:{3,}\s*$")
_ID = re.compile(r"#([\w-]+)")
_CAPTION = re.compile(r'caption="([^"]*)"')


class Label(Record):
    """A place in the report that can be referred to.

    Attributes
    ----------
    id
        Its anchor, without ``@`` or ``#``; empty before the first heading that has one.
    title
        The heading or the caption.
    holds
        The directive that stands there: ``figure theory``; empty for a heading.
    """

    id: str
    title: str = ""
    holds: str = ""


def labels_in(text: str) -> Iterator[Label]:
    r"""Find the headings and directives of one text, in their order.

    A directive without a label of its own stands at the nearest heading above it that has one.

    Examples
    --------
    >>> text = "# Oordeel {#sec-oordeel}\n::: verdicts\n:::"
    >>> [(label.id, label.holds) for label in labels_in(text)]
    [('sec-oordeel', ''), ('sec-oordeel', 'verdicts')]
    """
    here = Label(id="")
    for line in _printed(text):
        if heading := _HEADING.match(line):
            own = _own(heading["braces"])
            if own:
                here = Label(id=own, title=heading["title"])
                yield here
        elif found := _DIRECTIVE.match(line):
            yield _directive(found, here)


def passages_in(text: str) -> Iterator[tuple[str, str]]:
    r"""Give what a writer wrote under each label: Markdown, without headings and directives.

    A section holds its subsections; a figure or table holds its caption and what stands in it.

    Examples
    --------
    >>> text = "# Een {#sec-een}\nWoorden.\n## Twee {#sec-twee}\nMeer."
    >>> list(passages_in(text))
    [('sec-een', 'Woorden.\nMeer.'), ('sec-twee', 'Meer.')]
    """
    found: list[tuple[str, list[str]]] = []
    open_: list[tuple[int, list[str]]] = []  # sections that are not over, by level
    exhibits: list[list[str]] = []  # figures and tables that are not over
    for line in _printed(text):
        if heading := _HEADING.match(line):
            level = len(heading["signs"])
            open_ = [*(one for one in open_ if one[0] < level), (level, [])]
            found.append((_own(heading["braces"]), open_[-1][1]))
        elif directive := _DIRECTIVE.match(line):
            caption = _CAPTION.search(directive["braces"] or "")
            exhibits.append([caption[1]] if caption else [])
            found.append((_own(directive["braces"]), exhibits[-1]))
        elif _CLOSE.match(line):
            exhibits = exhibits[:-1]
        else:
            for said in (*(one for _, one in open_), *exhibits):
                said.append(line)
    yield from ((own, "\n".join(said).strip()) for own, said in found if own)


def _printed(text: str) -> Iterator[str]:
    """Go through the lines of one text that are printed, without comments and code."""
    fenced = False
    for line in _COMMENT.sub("", text).splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield line


def _directive(found: re.Match[str], here: Label) -> Label:
    own = _own(found["braces"])
    holds = " ".join(found["name"].split())
    if not own:
        return here.model_copy(update={"holds": holds})
    caption = _CAPTION.search(found["braces"])
    return Label(id=own, title=caption[1] if caption else "", holds=holds)


def _own(braces: str | None) -> str:
    found = _ID.search(braces or "")
    return found[1] if found else ""
