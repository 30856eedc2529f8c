"""The finished PDF: tagged, the same bytes from the same input, its record and data attached."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint import Attachment

from evalkit.report.pages import memory
from evalkit.report.pages.attachments import Enclosure
from evalkit.report.pages.complaints import complaints
from evalkit.report.pages.layout import Layout
from evalkit.report.tagging.tagged import own_tags

# An attachment carries dates; the clock must not decide the bytes of a report.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_VARIANT = "pdf/ua-1"
_NAMES_GLYPHS = b"/CMapName /Adobe-Identity-UCS def"


def pdf_bytes(layout: Layout, slug: str, record: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Write the pages as PDF, with the evaluation and the data of its exhibits inside.

    Returns
    -------
    data
        The file.
    complaints
        What the renderer complained of while it wrote: missing glyphs show here first.
    """
    whole = Enclosure(f"{slug}.json", "evalkit evaluation record", record.decode())
    # The record stands first, for who opens the first attachment.
    layout.pages.metadata.attachments = [_attachment(one) for one in (whole, *layout.data)]
    # Without its head, which names the files of fonts: they stand elsewhere on another machine.
    body = layout.html[layout.html.index("<body") :]
    identifier = hashlib.sha256(body.encode()).digest()[:16]

    def keep(_: object, pdf: Any) -> None:
        """Keep what the next build may know beforehand, and let a space be read as one."""
        _plain_spaces(pdf)
        own = pydyf.Dictionary({
            "LastModified": pydyf.String(_NO_DATE.strftime("D:%Y%m%d%H%M%SZ")),
            "Private": pydyf.String(layout.note),
        })  # fmt: skip
        pdf.catalog["PieceInfo"] = pydyf.Dictionary({memory.NAME: own})

    with complaints() as found, own_tags() as problems:
        data = layout.pages.write_pdf(
            pdf_identifier=identifier, pdf_variant=_VARIANT, finisher=keep
        )
    return data, (*found, *problems)


def _attachment(enclosure: Enclosure) -> Attachment:
    return Attachment(
        string=enclosure.text,
        name=enclosure.name,
        description=enclosure.description,
        created=_NO_DATE,
        modified=_NO_DATE,
        relationship="Data",
    )


def _plain_spaces(pdf: Any) -> None:
    """Let every space be read as a space.

    A font draws a no-break space with the glyph of a space, and WeasyPrint tells of a glyph what it
    stood for first: when that was a no-break space, nobody finds two words in a row.
    """
    for one in pdf.objects:
        lines = getattr(one, "stream", ())
        if _NAMES_GLYPHS in lines:
            one.stream = [
                line.replace(b"> <00a0>", b"> <0020>") if isinstance(line, bytes) else line
                for line in lines
            ]
