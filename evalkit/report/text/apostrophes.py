"""Apostrophes and quotes as a printer sets them: a case file has some straight and some curled."""

from __future__ import annotations

import re

_ONE, _TWO = r"(?:'|&#x27;|&#39;)", r'(?:"|&quot;)'
# Within a word, and before one that lost its beginning: foto's, 's ochtends.
_APOSTROPHE = re.compile(
    rf"(?<=[^\W\d_]){_ONE}(?=[^\W\d_])|(?<![^\s(]){_ONE}(?=[skmnrt]\b(?!['&]))"
)
# A pair around words, which 5' and 5" do not open.
_BEFORE, _AFTER = r"(?<![^\s(\[‘“/–—])", r"(?!\w)"
_SINGLE = re.compile(rf"{_BEFORE}{_ONE}(?=\S)([^']+?)(?<=\S){_ONE}{_AFTER}")
_DOUBLE = re.compile(rf"{_BEFORE}{_TWO}(?=\S)([^\"]+?)(?<=\S){_TWO}{_AFTER}")


def curled(text: str) -> str:
    """Curl every apostrophe, and every pair of quotes, of a text without tags.

    Examples
    --------
    >>> curled("regio's en foto&#x27;s, 'zo' en 's avonds")
    'regio’s en foto’s, ‘zo’ en ’s avonds'
    """
    text = _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)
    return _DOUBLE.sub(r"“\1”", _SINGLE.sub(r"‘\1’", text))
