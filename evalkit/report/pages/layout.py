"""Pages: WeasyPrint lays out the document, and page numbers are printed as text.

A table of contents by `target-counter` makes WeasyPrint lay out everything again and again. Two
passes are quicker: lay out, read on which page each anchor came, print those numbers, lay out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from evalkit.errors import RenderError
from evalkit.report.document import Document
from evalkit.report.edition import Edition
from evalkit.report.pages.attachments import Enclosure, data_files
from evalkit.report.pages.complaints import complaints
from evalkit.report.pages.fill import fills, moved
from evalkit.report.pages.fitting import Fitting
from evalkit.report.pages.linebreaks import whole_lines
from evalkit.report.pages.memory import Part, foretell, note, parts, recall
from evalkit.report.sections.trail import with_trail
from evalkit.report.style.machine import fonts_of
from evalkit.report.style.style import Style
from evalkit.report.text.footnotes import strays
from evalkit.report.text.hyphens import own_hyphens
from evalkit.report.text.scripts import as_drawn

_PLACEHOLDER = 88
_PASSES = 7  # the second is nearly always the last: only numbers change
_FITTING = 4  # in the first ones, sections that run over a little are set tighter
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
    data
        The data of the figures and tables, which travel inside the PDF.
    note
        What the next build may know of it beforehand.
    """

    pages: Any
    html: str
    anchors: dict[str, int]
    printed: dict[str, int]
    complaints: tuple[str, ...]
    data: tuple[Enclosure, ...] = ()
    note: str = ""


def lay_out(
    document: Document, edition: Edition, progress: Progress, before: Path | None = None
) -> Layout:
    """Lay a document out until the page numbers in its contents are true.

    `before` is the file of an earlier build: what has not changed since need not be found again.
    """
    # A number that takes as much room as a real one, so that the second pass breaks alike.
    blank = dict.fromkeys(_listed_ids(document), _PLACEHOLDER)
    sections = parts(_body(markup(replace(document, pages=blank), edition)), edition.style.mark)
    ahead = foretell(sections, recall(before)) if before is not None else None
    if ahead is not None and ahead.printed.keys() == blank.keys():
        made = _round(document, edition, progress, 1, *ahead)
        if made.anchors_listed == made.printed and not _faulty(made.pages):
            return _finished(made, edition, sections)
    return _from_nothing(document, edition, progress, blank, sections)


@dataclass(frozen=True, slots=True)
class _Round:
    """One layout of the whole document."""

    pages: Any
    html: str
    anchors: dict[str, int]
    anchors_listed: dict[str, int]
    printed: dict[str, int]
    fitting: Fitting
    complaints: tuple[str, ...]


def _round(
    document: Document,
    edition: Edition,
    progress: Progress,
    number: int,
    printed: dict[str, int],
    fitting: Fitting,
) -> _Round:
    progress(edition.label("progress.layout").format(number=number))
    html = markup(replace(document, pages=printed), edition, fitting)
    with complaints() as found, whole_lines(), own_hyphens():
        pages = _html(html, edition.style).render(font_config=fonts_of(edition.style.families))
    anchors = _first_pages(pages)
    listed = _listed(document, anchors)
    return _Round(pages, html, anchors, listed, printed, fitting, tuple(found))


def _faulty(pages: Any) -> bool:
    """Whether fitting might still help: then memory does not hold."""
    return any(one.sparse for one in fills(pages.pages)) or bool(strays(pages.pages))


def _finished(made: _Round, edition: Edition, sections: Sequence[Part]) -> Layout:
    return Layout(
        made.pages,
        made.html,
        made.anchors,
        made.printed,
        made.complaints,
        data_files(edition.exhibits, edition.lang, edition.finish),
        note(sections, fills(made.pages.pages), made.printed, made.fitting),
    )


def _from_nothing(
    document: Document,
    edition: Edition,
    progress: Progress,
    printed: dict[str, int],
    sections: Sequence[Part],
) -> Layout:
    fitting = Fitting()
    for number in range(1, _PASSES + 1):
        made = _round(document, edition, progress, number, printed, fitting)
        listed, before = made.anchors_listed, fitting
        if number <= _FITTING:
            fitting = fitting.improved(made.pages.pages, first=number == 1)
        if listed == printed and fitting == before:
            return _finished(made, edition, sections)
        printed = listed
        if fitting != before:
            printed = moved(listed, fills(made.pages.pages), fitting.changed(before))
        del made  # or two layouts would be held at once
    raise RenderError("the page numbers do not settle", hint="this is a fault of evalkit: tell us")


def markup(document: Document, edition: Edition, fitting: Fitting | None = None) -> str:
    """Render the templates of the style, with every reference and value filled in."""
    template = edition.style.templates.get_template("base.html.j2")
    draft = edition.label("report.draft") if edition.draft else ""
    style = edition.style
    html = style.paint(
        template.render(
            doc=document, style=style.settings, font_faces=style.font_faces, draft=draft
        )
    )
    (finished,) = edition.in_order([edition.finish(with_trail(html, edition))])
    return finished if fitting is None else fitting.applied(finished)


def _body(html: str) -> str:
    """Leave out the head: it names the files of fonts, which stand elsewhere elsewhere."""
    return html[html.index("<body") :]


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
    fetcher = _StyleOnly(style)
    drawn = as_drawn(html, [Path(font["file"]) for font in style.settings["fonts"]])
    return HTML(string=drawn, base_url=f"{style.folder.as_uri()}/", url_fetcher=fetcher)


class _StyleOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Reads files of the style, and nothing else: no network, no other file."""

    def __init__(self, style: Style) -> None:
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False)
        self._style = style

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        path = self._style.find(Path(unquote(parts.path)).resolve())
        if parts.scheme != "file" or parts.netloc or not self._style.holds(path):
            raise FatalURLFetchingError(f"a report reads nothing outside its style: {url}")
        if path.suffix == ".css":
            text = self._style.sheet(path.read_text(encoding="utf-8"), path.name)
            return URLFetcherResponse(url, text, {"Content-Type": "text/css"})
        return super().fetch(path.as_uri(), headers)
