"""Lines of a text file."""

from __future__ import annotations

from evalkit.audit.text.line import Line
from evalkit.errors import EvalkitError

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_plain(name: str, data: bytes) -> tuple[Line, ...]:
    """Read a text file in UTF-8, UTF-16 with its mark, or the code page of Windows.

    Raises
    ------
    EvalkitError
        The file is no text.
    """
    text = _decoded(name, data).replace("\r\n", "\n").replace("\r", "\n")
    found: list[Line] = []
    for at, words in enumerate(text.split("\n"), start=1):
        if "\f" in words:  # a page break; an editor counts no line for it
            found.append(Line(name, at, ""))
        found.append(Line(name, at, words.replace("\f", " ")))
    return tuple(found)


def _decoded(name: str, data: bytes) -> str:
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return data.decode(codec, errors="replace")
    if b"\0" not in data:
        for codec in ("utf-8", "cp1252"):
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
    raise EvalkitError(
        f"{name}: this is no text: it holds bytes that no text has",
        hint="give plain text, Markdown or PDF",
    )
