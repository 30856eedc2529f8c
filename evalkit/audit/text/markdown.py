"""Markdown read as text: the marks go, the words and their lines stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalkit.audit.text.line import Line

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_NOTE_MARK = re.compile(r"\[\^[^\]]+\](?!:)|\[@[^\]]+\]|\{[#.][^}]*\}")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,;:%)])[*_](?!\w)|`)")
_FENCE = re.compile(r"\s*(```|~~~)")
_COMMENT = re.compile(r"<!--.*?-->|</?[a-z][^>]*>", re.IGNORECASE)


def without_marks(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Give each line with its plain words; front matter, code and directives have none."""
    inside = ""
    for at, line in enumerate(lines):
        text = line.text
        if at == 0 and text.strip() == "---":
            inside = "---"
            yield line, ""
        elif inside:
            if text.strip().startswith(inside):
                inside = ""
            yield line, ""
        elif found := _FENCE.match(text):
            inside = found[1]
            yield line, ""
        elif text.lstrip().startswith(":::"):
            yield line, ""
        else:
            yield line, plain(text)


def plain(text: str) -> str:
    """Take the marks out of one line.

    Examples
    --------
    >>> plain("Er zijn **drie** [doelen](https://example.org/2) gesteld.[^4]")
    'Er zijn drie doelen gesteld.'
    """
    text = _COMMENT.sub(" ", text)
    text = _NOTE_MARK.sub("", _LINK.sub(r"\1", text))
    return _EMPHASIS.sub("", text).replace("\\", "").replace(">", "", int(text.startswith(">")))
