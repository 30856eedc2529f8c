"""Gates: what a finished report must pass, or it is not written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from evalkit.errors import GateError
from evalkit.report.edition import Edition
from evalkit.report.pages.doubled import doubled
from evalkit.report.pages.fill import almost_empty, fills
from evalkit.report.pages.layout import Layout
from evalkit.report.pages.raw import raw
from evalkit.report.tagging.check import tag_failures
from evalkit.report.tagging.second_opinion import second_opinion
from evalkit.report.text.footnotes import strays
from evalkit.report.text.notes import without_notes
from evalkit.report.text.scripts import apart, in_short, lacking

_MARGIN = 57  # CSS pixels, 15 mm: nothing stands so near to the right edge
_SHORT = 8  # letters: a shorter piece may stand anywhere by chance
_PARTS = {"figcaption", "drawing", "source"}
_TOGETHER = {("figcaption", "drawing"), ("drawing", "source")}  # as they follow each other
_SHOWN = 70  # characters of a missing text that a message quotes


def failures(
    pdf: bytes, layout: Layout, edition: Edition, complaints: Sequence[str] = ()
) -> list[str]:
    """Check a finished report.

    Parameters
    ----------
    pdf
        The file.
    layout
        The pages that it was written from.
    edition
        What the report was asked to hold.
    complaints
        What the renderer said while it wrote the file.

    Returns
    -------
    list of str
        What is wrong, each with its page where it has one; empty when all is well.
    """
    file = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in file]
    return [
        *(f"the renderer complained: {line}" for line in (*layout.complaints, *complaints)),
        *_foreign_fonts(file, edition.style.families),
        *_lacking_signs(layout.html, edition),
        *_wrong_pages(layout),
        *_missing_exhibits(texts, edition),
        *_missing_text(texts, layout.html),
        *doubled(layout.pages.pages),
        *raw(texts, layout.html),
        *_off_the_page(layout),
        *_strayed_footnotes(layout),
        *almost_empty(fills(layout.pages.pages)),
        *_parted_exhibits(layout),
        *tag_failures(pdf),
        *second_opinion(pdf),
    ]


def enforce(failed: Sequence[str], edition: Edition) -> tuple[str, ...]:
    """Stop a report that failed a gate; of a draft give what is wrong, as warnings.

    Raises
    ------
    GateError
        Something is wrong, and the report is no draft.
    """
    if failed and not edition.draft:
        raise GateError(failed)
    return tuple(failed)


def _foreign_fonts(file: pypdfium2.PdfDocument, families: frozenset[str]) -> Iterator[str]:
    """Name the fonts that are not of the style: a fallback means a missing glyph."""
    own = tuple(_letters(family) for family in families)
    seen: dict[str, int] = {}
    for number, page in enumerate(file, start=1):
        for part in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], max_depth=15):
            name = part.get_font().get_base_name().rpartition("+")[2].rstrip(",")
            if not _letters(name).startswith(own):
                seen.setdefault(name, number)
    for name, number in seen.items():
        yield f"page {number}: the font {name} is not of the style: a character is missing from it"


def _lacking_signs(html: str, edition: Edition) -> Iterator[str]:
    """Name the signs that no font of the style has: another font stands in, or an empty box."""
    body = unescape(re.sub(r"<[^>]+>", " ", html[html.find("<body") :]))
    fonts = [Path(font["file"]) for font in edition.style.settings["fonts"]]
    yield from in_short(list(lacking(body, fonts)))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _wrong_pages(layout: Layout) -> Iterator[str]:
    for name, page in layout.printed.items():
        true = layout.anchors.get(name)
        if true != page:
            yield f"the contents give page {page} for '{name}', which is on {true}"


def _missing_exhibits(pages: Sequence[str], edition: Edition) -> Iterator[str]:
    """Name the figures and tables whose caption a template or the layout lost."""
    printed = _Printed(pages)
    for exhibit in edition.exhibits:
        caption = _plain(edition.finish(f"{exhibit.label} {exhibit.caption}"))
        if not printed.holds(caption, parted=False):
            yield f"{exhibit.label} has no caption on the pages: {caption[:_SHOWN]}"


class _Printed:
    """What the pages hold, whatever the order in which a program reads it from them."""

    def __init__(self, pages: Sequence[str]) -> None:
        rest, self.backwards = apart(" ".join(pages))
        self.text = _bare(rest)

    def holds(self, text: str, *, parted: bool = True) -> bool:
        """Whether a text stands there; it may be `parted` by the end of a page."""
        rest, backwards = apart(text)
        if backwards:  # around words from right to left no program reads the others in order
            words = (_bare(word) for word in rest.split())
            return backwards <= self.backwards and all(word in self.text for word in words)
        bare = _bare(rest)
        return bare in self.text or (parted and _in_two_parts(bare, self.text))


def _plain(html: str) -> str:
    """Take tags and footnotes out of a caption; a footnote stands elsewhere."""
    return unescape(re.sub(r"<[^>]+>", "", without_notes(html)))


class _Texts(HTMLParser):
    """Gathers the text of every footnote, caption, source line and table cell."""

    _KEPT = {"figcaption": "caption", "td": "table cell", "th": "table cell"}
    _CLASSES = {"footnote": "footnote", "source": "source line"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str | None, list[str]]] = []
        self.found: list[tuple[str, str]] = []
        self.hidden = 0  # digits that only hold a column's place are on no page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag == "span" and ("class", "pad") in attrs
        if tag in {"br", "img", "col", "meta", "link"}:
            return
        classes = (dict(attrs).get("class") or "").split()
        kind = next((self._CLASSES[c] for c in classes if c in self._CLASSES), None)
        self.open.append((tag, kind or self._KEPT.get(tag), []))

    def handle_endtag(self, tag: str) -> None:
        self.hidden = 0
        while self.open:
            name, kind, texts = self.open.pop()
            if kind is not None:
                self.found.append((kind, "".join(texts)))
            elif self.open:
                # A footnote within a cell is printed elsewhere and is a text of its own.
                self.open[-1][2].extend(texts)
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.open and not self.hidden:
            self.open[-1][2].append(data)


def _missing_text(pages: Sequence[str], html: str) -> Iterator[str]:
    """Name what stands in the document and not on its pages."""
    texts = _Texts()
    texts.feed(html)
    printed = _Printed(pages)
    for kind, text in texts.found:
        if not printed.holds(text):
            yield f"a {kind} is missing from the pages: {' '.join(text.split())[:_SHOWN]}"


def _bare(text: str) -> str:
    """Leave letters and digits only: spaces and hyphens differ by how lines were broken."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char.isalnum())


def _in_two_parts(bare: str, pages: str) -> bool:
    """Whether a page break parts the text: its beginning and its end both stand there."""
    half = len(bare) // 2
    both = bare[:half] in pages and bare[-half:] in pages
    return (half > _SHORT and both) or _runs_on(bare, pages)


def _runs_on(bare: str, pages: str) -> bool:
    """Whether the text stands there with a page break at any other place in it."""
    for cut in range(_SHORT, len(bare) - _SHORT):
        if bare[:cut] not in pages:
            return False
        if bare[cut:] in pages:
            return True
    return False


def _strayed_footnotes(layout: Layout) -> Iterator[str]:
    """Name the footnotes that stand on another page than their call."""
    for stray in strays(layout.pages.pages):
        where = f"page {stray.stands}" if stray.stands else "no page"
        yield (
            f"page {stray.called}: footnote {stray.number} is called here and stands on "
            f"{where}; move its call, or shorten the text around it"
        )


def _parted_exhibits(layout: Layout) -> Iterator[str]:
    """Name captions and source lines that stand on another page than their figure or table."""
    seen: dict[Element, list[int]] = {}
    of: dict[Element, Element] = {}  # a source line may also stand by itself, below a theme
    for number, page in enumerate(layout.pages.pages, start=1):
        for box in page._page_box.descendants():  # noqa: SLF001  as below
            element = box.element
            if element is None:
                continue
            if element.tag == "figure":
                of.update(dict.fromkeys(element.iter(), element))
            if element in of and _part(element) in _PARTS:
                seen.setdefault(element, []).append(number)
    for (one, before), (other, after) in pairwise(seen.items()):
        pair = _part(one), _part(other)
        if of[one] is of[other] and pair in _TOGETHER and before[-1] != after[0]:
            what = "source line" if pair[1] == "source" else "caption"
            yield f"page {after[0]}: a {what} is parted from its figure or table"


def _part(element: Element) -> str:
    return element.get("class") or element.tag


def _off_the_page(layout: Layout) -> Iterator[str]:
    """Name text that is cut off by the edge of its page."""
    for number, page in enumerate(layout.pages.pages, start=1):
        box = page._page_box  # noqa: SLF001  no public way leads to the boxes
        for part in box.descendants():
            text = getattr(part, "text", "")
            if not text or not text.strip():
                continue
            right, below = part.position_x + part.width, part.position_y + part.height
            if right > page.width - _MARGIN or below > page.height + 1 or part.position_x < -1:
                yield f"page {number}: text runs off the page: {text.strip()[:_SHOWN]}"
