"""A workbook as bytes that depend on nothing but what is in it."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_THEN = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook has no time zones
_FIXED = re.compile(rb'(<row [^>]*?) customHeight="1"')
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def settled(book: Workbook) -> bytes:
    """Write a workbook without the moment at which it was written.

    Parameters
    ----------
    book
        Any workbook.

    Examples
    --------
    >>> settled(Workbook()) == settled(Workbook())
    True
    """
    book.properties.creator = "evalkit"
    book.properties.created = _THEN
    loose, whole = io.BytesIO(), io.BytesIO()
    book.save(loose)
    with ZipFile(loose) as read, ZipFile(whole, "w") as write:
        for entry in read.infolist():
            data = read.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", data)
            if entry.filename.startswith("xl/worksheets/"):
                data = _FIXED.sub(rb"\1", data)  # rows grow with what is typed in them
            kept = ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            kept.compress_type = ZIP_DEFLATED
            kept.external_attr = 0o600 << 16
            write.writestr(kept, data)
    return whole.getvalue()
