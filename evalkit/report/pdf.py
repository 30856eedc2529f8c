"""The finished PDF: tagged, the same bytes from the same input, its record attached."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from weasyprint import Attachment

from evalkit.report.complaints import complaints
from evalkit.report.layout import Layout

# An attachment carries dates; the clock must not decide the bytes of a report.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def pdf_bytes(layout: Layout, slug: str, record: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Write the pages as PDF, with the evaluation's JSON as an attachment.

    Returns
    -------
    data
        The file.
    complaints
        What the renderer complained of while it wrote: missing glyphs show here first.
    """
    attachment = Attachment(
        string=record.decode(),
        name=f"{slug}.json",
        description="evalkit evaluation record",
        created=_NO_DATE,
        modified=_NO_DATE,
        relationship="Data",
    )
    layout.pages.metadata.attachments = [attachment]
    identifier = hashlib.sha256(layout.html.encode()).digest()[:16]
    with complaints() as found:
        data = layout.pages.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return data, tuple(found)
