"""Pages: WeasyPrint lays out the document, and page numbers are printed as text.

A table of contents by `target-counter` makes WeasyPrint lay out everything again and again. Two
passes are quicker: lay out, read on which page each anchor came, print those numbers, lay out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from evalkit.errors import RenderError
from evalkit.report.complaints import complaints
from evalkit.report.document import Document
from evalkit.report.edition import Edition
from evalkit.report.style import Style
from evalkit.report.trail import with_trail

_PLACEHOLDER = 88
_PASSES = 4  # the second is nearly always the last: only numbers change
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Layout:
    """A laid out report.

    Attributes
    ----------
    pages
        WeasyPrint's document.
    html
        The markup that was laid out.
    anchors
        The page of each anchor, as it came out.
    printed
        The page of each anchor, as the contents print it.
    complaints
        What WeasyPrint logged; nothing, when all is well.
    """

    pages: Any
    html: str
    anchors: dict[str, int]
    printed: dict[str, int]
    complaints: tuple[str, ...]


def lay_out(document: Document, edition: Edition, progress: Progress) -> Layout:
    """Lay a document out until the page numbers in its contents are true."""
    fonts = FontConfiguration()
    # A number that takes as much room as a real one, so that the second pass breaks alike.
    printed = dict.fromkeys(_listed_ids(document), _PLACEHOLDER)
    for number in range(1, _PASSES + 1):
        progress(edition.label("progress.layout").format(number=number))
        html = markup(replace(document, pages=printed), edition)
        with complaints() as found:
            pages = _html(html, edition.style).render(font_config=fonts)
        anchors = _first_pages(pages)
        listed = _listed(document, anchors)
        if listed == printed:
            return Layout(pages, html, anchors, printed, tuple(found))
        printed = listed
    raise RenderError("the page numbers do not settle", hint="this is a fault of evalkit: tell us")


def markup(document: Document, edition: Edition) -> str:
    """Render the templates of the style, with every reference and value filled in."""
    template = edition.style.templates.get_template("base.html.j2")
    html = template.render(doc=document, style=edition.style.settings)
    return edition.finish(with_trail(html, edition))


def _first_pages(pages: Any) -> dict[str, int]:
    """Find the page of each anchor; a table over several pages repeats its own on each."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages.pages, start=1):
        for name in page.anchors:
            found.setdefault(name, number)
    return found


def _listed(document: Document, anchors: dict[str, int]) -> dict[str, int]:
    """Keep the anchors that the contents print."""
    return {name: anchors[name] for name in _listed_ids(document) if name in anchors}


def _listed_ids(document: Document) -> list[str]:
    chapters = [document.summary, *document.chapters]
    listed = [chapter for chapter in chapters if chapter is not None]
    sections = [section.id for chapter in listed for section in chapter.sections]
    return [*(chapter.id for chapter in listed), *sections]


def _html(html: str, style: Style) -> HTML:
    fetcher = _StyleOnly(style.folder)
    return HTML(string=html, base_url=f"{style.folder.as_uri()}/", url_fetcher=fetcher)


class _StyleOnly(URLFetcher):  # type: ignore[misc]
    """Reads files of the style, and nothing else: no network, no other file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False)
        self._folder = folder

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(self._folder):
            raise FatalURLFetchingError(f"a report reads nothing outside its style: {url}")
        return super().fetch(url, headers)
