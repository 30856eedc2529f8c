"""The ladder of headings: no level is jumped, however a heading looks."""

from __future__ import annotations

import re

_HEADING = re.compile(r"<(/?)h([2-6])\b([^>]*)>")


def ladder(html: str) -> str:
    """Give each heading of a chapter the level that its place has.

    A small heading right under the title of a chapter is of the second level to a reader who
    cannot see its size. It keeps its look by a class: ``as-h3``.

    Examples
    --------
    >>> ladder("<h3>ICT</h3><h4>Nu</h4><h3>Techniek</h3>")
    '<h2 class="as-h3">ICT</h2><h3 class="as-h4">Nu</h3><h2 class="as-h3">Techniek</h2>'
    >>> ladder("<h2>Beeld</h2><h3>ICT</h3>")
    '<h2>Beeld</h2><h3>ICT</h3>'
    """
    above = [(1, 1)]

    def placed(found: re.Match[str]) -> str:
        closing, looks, rest = found[1], int(found[2]), found[3]
        if closing:
            return f"</h{above[-1][1]}>"
        while above[-1][0] >= looks:
            above.pop()
        level = above[-1][1] + 1
        above.append((looks, level))
        if level == looks:
            return found[0]
        return f"<h{level}{_with_class(rest, f'as-h{looks}')}>"

    return _HEADING.sub(placed, html)


def _with_class(attributes: str, name: str) -> str:
    if 'class="' in attributes:
        return attributes.replace('class="', f'class="{name} ', 1)
    return f'{attributes} class="{name}"'
