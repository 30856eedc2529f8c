"""Reading a finished text: plain text, Markdown or PDF, to lines with their places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evalkit.audit.text.furniture import without_furniture
from evalkit.audit.text.line import Line
from evalkit.audit.text.pdf import read_pdf
from evalkit.audit.text.plain import read_plain
from evalkit.errors import EvalkitError

Progress = Callable[[int, int], None]

_MARKDOWN = {".md", ".markdown"}
_WEB = {".html", ".htm", ".xhtml", ".mhtml"}
# Comments and the declaration of XML may go before the first mark of a web page.
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096  # bytes in which a web page says that it is one
_KNOWN = {
    b"PK\x03\x04": "an Office or zip file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it was read.

    Attributes
    ----------
    name
        Name of the file.
    lines
        Its lines, without running heads and page numbers. A blank line is a line without words.
    markdown
        Whether its marks are Markdown.
    unread
        Pages without a text layer: what stands on them was not read.
    """

    name: str
    lines: tuple[Line, ...]
    markdown: bool = False
    unread: tuple[int, ...] = ()


def read(path: Path, progress: Progress | None = None) -> Source:
    """Read a text.

    Parameters
    ----------
    path
        A text file, Markdown file or PDF.
    progress
        Called with the page that was read and the number of pages.

    Raises
    ------
    EvalkitError
        There is no such file, or it holds no text that can be read.
    """
    data = _bytes(path)
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and path.suffix.lower() == ".pdf"):
        pages = read_pdf(path.name, data, progress)
        lines = without_furniture(pages.lines)
        return Source(path.name, lines, unread=pages.unread)
    for head, what in _KNOWN.items():
        if data.startswith(head):
            raise EvalkitError(
                f"{path}: this is {what}, not text, Markdown or PDF",
                hint="save it as PDF or as plain text, and audit that",
            )
    if path.suffix.lower() in _WEB or _WEB_PAGE.match(data[:_HEAD]):
        raise EvalkitError(
            f"{path}: this is a web page (HTML), not text, Markdown or PDF",
            hint="print it to PDF from a browser, or save its text as plain text, and audit that",
        )
    lines = without_furniture(read_plain(path.name, data))
    return Source(path.name, lines, markdown=path.suffix.lower() in _MARKDOWN)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise EvalkitError(
            f"{path}: this is a folder", hint="name one text file, Markdown file or PDF"
        )
    if not path.exists():
        raise EvalkitError(f"{path}: there is no such file", hint="see whether the path is right")
    data = path.read_bytes()
    if not data.strip():
        raise EvalkitError(f"{path}: the file is empty", hint="name a file that holds text")
    return data
