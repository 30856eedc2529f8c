"""Apostrophes as a printer sets them: a case file has some straight and some curled."""

from __future__ import annotations

import re

_STRAIGHT = re.compile(r"(?<=[^\W\d_])(?:'|&#x27;|&#39;)(?=[^\W\d_])")


def curled(text: str) -> str:
    """Curl every apostrophe within a word of a text without tags.

    Examples
    --------
    >>> curled("regio's en foto&#x27;s, 'zo'")
    "regio’s en foto’s, 'zo'"
    """
    return _STRAIGHT.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)
