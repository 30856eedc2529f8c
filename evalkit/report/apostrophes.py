"""Apostrophes as a printer sets them: a case file has some straight and some curled."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(<[^>]*>)")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])(?:'|&#x27;|&#39;)(?=[^\W\d_])")
_LITERAL = re.compile(r'<(?:style|script|code|pre)\b|<span class="url"')


def curled(html: str) -> str:
    """Curl every apostrophe within a word; tags, code and addresses stay as they are.

    Examples
    --------
    >>> curled("<p title='regio's'>regio's, <code>d'x</code> en foto&#x27;s</p>")
    "<p title='regio's'>regio’s, <code>d'x</code> en foto’s</p>"
    """
    parts = _PARTS.split(html)
    for at in range(0, len(parts), 2):
        if at == 0 or not _LITERAL.match(parts[at - 1]):
            parts[at] = _STRAIGHT.sub("\N{RIGHT SINGLE QUOTATION MARK}", parts[at])
    return "".join(parts)
