"""The package around the text: its settings, its description, and the same bytes every time."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from evalkit.report.document import Document
from evalkit.report.docx.notes import SEPARATORS
from evalkit.report.docx.xml import Element, make, readable

# The clock must not decide the bytes of a report.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST = 255
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_MICROSOFT = "http://schemas.microsoft.com/office/word"
_LEFT_OVER = ("stylesWithEffects", "customXml")  # of the empty file that python-docx brings


def empty() -> Any:
    """Make a Word file without content, and without what the library leaves in one."""
    package = docx.Document()
    main = package.part
    for rel in list(main.rels.values()):
        if rel.reltype.endswith(_LEFT_OVER):
            del main.rels[rel.rId]
    whole = main.package
    for rel in list(whole.rels.values()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del whole.rels[rel.rId]
    return package


def write_settings(root: Element, lang: str) -> None:
    """Write the settings: Word of today, hyphenation, and contents that it offers to renew."""
    for child in list(root):
        root.remove(child)
    compat = (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    )
    root.extend(
        [
            make("w:zoom", percent=100),
            make("w:embedTrueTypeFonts"),
            make("w:defaultTabStop", val=720),
            make("w:autoHyphenation"),
            make("w:consecutiveHyphenLimit", val=2),
            make("w:doNotHyphenateCaps"),
            make("w:characterSpacingControl", val="doNotCompress"),
            make("w:updateFields", val="true"),
            make("w:footnotePr", *(make("w:footnote", id=number) for number in SEPARATORS)),
            make(
                "w:compat",
                *(make("w:compatSetting", name=n, uri=_MICROSOFT, val=v) for n, v in compat),
            ),
            make("w:themeFontLang", val=lang),
            make("w:decimalSymbol", val="," if lang.startswith("nl") else "."),
            make("w:listSeparator", val=";" if lang.startswith("nl") else ","),
        ]
    )


def describe(package: Any, document: Document, lang: str) -> None:
    """Write title, authors and language into the properties of the file."""
    core = package.core_properties
    core.title, core.subject = _short(document.title), _short(document.subtitle)
    core.author = _short("; ".join(document.authors) or document.publisher)
    core.last_modified_by = core.author
    core.language, core.version = lang, _short(document.version)
    core.comments, core.keywords, core.category = "", "", _short(document.kind)
    core.created = core.modified = _NO_DATE
    core.revision = 1


def _short(text: str) -> str:
    """Keep to what the format takes in a property."""
    return readable(text)[:_LONGEST]


def archive(package: Any) -> bytes:
    """Write the package as a file that knows no clock."""
    raw, out = BytesIO(), BytesIO()
    package.save(raw)
    with zipfile.ZipFile(raw) as read, zipfile.ZipFile(out, "w") as written:
        for entry in read.infolist():
            named = zipfile.ZipInfo(entry.filename, _NO_TIME)
            named.external_attr = 0o644 << 16
            packed = zipfile.ZIP_STORED if entry.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            written.writestr(named, read.read(entry), packed, 9)
    return out.getvalue()
