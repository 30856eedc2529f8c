"""Markup that stands on the pages as it was typed, instead of what it should have become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

_RAW = re.compile(
    r"\{\{|\}\}|:::"  # a value or a directive
    r"|\w\]\(\w|\[[@^]"  # a link, a citation, a footnote
    r"|\*\*(?=\S)|(?<=\S)\*\*"  # bold
    r"|\{[a-z_]+(?:\.[a-z_]+)*\}"  # a sentence whose words were not filled in
    r"|</?(?:a|b|br|div|em|i|p|span|strong|su[bp]|t[dhr])(?:\s[^<>]*)?/?>|&(?:[a-z]+|#\d+);"  # HTML
)
_CODE = re.compile(r"<(code|pre)\b[^>]*>(.*?)</\1>", re.DOTALL)
_AROUND = 30  # characters on either side that a message quotes


def raw(pages: Sequence[str], html: str) -> Iterator[str]:
    """Name the markup that a reader would see.

    Parameters
    ----------
    pages
        The text of each page.
    html
        What the pages were made from. Markup in code was meant to be seen.
    """
    meant = {mark for _, code in _CODE.findall(html) for mark in _RAW.findall(_plain(code))}
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.split())
        for mark in _RAW.finditer(text):
            if mark[0] not in meant:
                yield f"page {number}: markup is printed as it was typed: {_around(text, mark)}"


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def _around(text: str, mark: re.Match[str]) -> str:
    return text[max(mark.start() - _AROUND, 0) : mark.end() + _AROUND]
