"""Drawings as pictures: each SVG is drawn once, by the renderer of the PDF, and made a PNG."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from evalkit.report.docx.look import Font
from evalkit.report.docx.markup import broken
from evalkit.report.docx.xml import EMU, Element, make
from evalkit.report.pages.complaints import complaints
from evalkit.report.style.machine import fonts_of

DPI = 240
_INCH = 25.4
_SIGN = 20.0  # millimetres: a narrower drawing stands within a line
_SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)mm"[^>]*?\sheight="([\d.]+)mm"')
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as PNG, with its size in millimetres."""

    data: bytes
    width: float
    height: float


def draw(svgs: Iterable[str], fonts: Sequence[Font]) -> dict[str, Picture]:
    """Draw every SVG, each on a page of its own in one go.

    Parameters
    ----------
    svgs
        The drawings; one that occurs again is drawn once.
    fonts
        The fonts of the house style.

    Raises
    ------
    RenderError
        A drawing does not say how large it is, or the renderer complains of one.
    """
    unique = list(dict.fromkeys(svgs))
    if not unique:
        return {}
    sizes = [_size(svg) for svg in unique]
    with complaints() as found:
        pdf = _pages(unique, sizes, fonts)
    if found:
        raise broken(f"a drawing cannot be drawn: {found[0]}")
    file = pypdfium2.PdfDocument(pdf)
    if len(file) != len(unique):
        raise broken("a drawing does not fit its page")
    pages = zip(unique, sizes, file, strict=True)
    return {svg: Picture(_png(page, *size), *size) for svg, size, page in pages}


def _size(svg: str) -> tuple[float, float]:
    found = _SIZE.match(svg)
    if found is None:
        raise broken(f"a drawing does not give its size in mm: {svg[:80]}")
    return float(found[1]), float(found[2])


def _pages(svgs: list[str], sizes: list[tuple[float, float]], fonts: Sequence[Font]) -> bytes:
    rules = [
        f"@page p{at} {{ size: {width}mm {height}mm; margin: 0 }} .p{at} {{ page: p{at} }}"
        for at, (width, height) in enumerate(sizes)
    ]
    css = "\n".join(
        [
            *map(_face, fonts),
            *rules,
            "body { margin: 0 } svg { display: block }",
            "div { break-before: page; overflow: hidden }",
        ]
    )
    # A page that is as high as its drawing would by rounding push the drawing to the next.
    bodies = [
        f'<div class="p{at}" style="height: {height - 0.01}mm">{svg}</div>'
        for at, (svg, (_, height)) in enumerate(zip(svgs, sizes, strict=True))
    ]
    html = f"<html lang='en'><head><style>{css}</style></head><body>{''.join(bodies)}</body></html>"
    fetcher = _Fonts(font.file.as_uri() for font in fonts)
    page: Any = HTML(string=html, url_fetcher=fetcher)
    data: bytes = page.write_pdf(font_config=fonts_of(font.family for font in fonts))
    return data


def _face(font: Font) -> str:
    style = "italic" if font.italic else "normal"
    return (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; '
        f"font-style: {style}; src: url({font.file.as_uri()}) }}"
    )


class _Fonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Reads the fonts of the style, and nothing else."""

    def __init__(self, urls: Iterable[str]) -> None:
        super().__init__(allowed_protocols={"file"}, allow_redirects=False)
        self._urls = frozenset(urls)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url not in self._urls:
            raise FatalURLFetchingError(f"a drawing reads nothing but its fonts: {url}")
        return super().fetch(url, headers)


def _png(page: Any, width: float, height: float) -> bytes:
    # A sign may stand on a tint; a figure keeps its own ground, also where pages are dark.
    sign = width < _SIGN
    bitmap = page.render(scale=DPI / 72, fill_color=(255, 255, 255, 0 if sign else 255))
    picture = bitmap.to_pil().convert("RGBA" if sign else "RGB")
    wanted = (_pixels(width), _pixels(height))
    if picture.size != wanted:  # the page is rounded up to whole points
        picture = picture.crop((0, 0, *wanted))
    out = BytesIO()
    # No palette: that would save a third of the file, and change the colours of the style.
    picture.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def _pixels(millimetres: float) -> int:
    return max(1, round(millimetres / _INCH * DPI))


@dataclass(slots=True)
class Frames:
    """Numbers the pictures of a file and frames them."""

    last: int = 0

    def inline(self, rel: str, picture: Picture, alt: str, widest: float) -> Element:
        """Frame a picture that stands in a line of text, no wider than `widest` millimetres."""
        scale = min(1.0, widest / picture.width)
        size = (round(picture.width * scale * EMU), round(picture.height * scale * EMU))
        return make(
            "w:drawing",
            make(
                "wp:inline",
                make("wp:extent", cx=size[0], cy=size[1]),
                *self._content(rel, size, alt),
                distT=0,
                distB=0,
                distL=0,
                distR=0,
            ),
        )

    def behind(self, rel: str, picture: Picture) -> Element:
        """Frame a picture that lies behind the text, in the upper left corner of the page."""
        size = (round(picture.width * EMU), round(picture.height * EMU))
        places = [
            make(tag, _offset(), relativeFrom="page") for tag in ("wp:positionH", "wp:positionV")
        ]
        anchor = make(
            "wp:anchor",
            make("wp:simplePos", x=0, y=0),
            *places,
            make("wp:extent", cx=size[0], cy=size[1]),
            make("wp:effectExtent", l=0, t=0, r=0, b=0),
            make("wp:wrapNone"),
            *self._content(rel, size, ""),
            distT=0,
            distB=0,
            distL=0,
            distR=0,
            simplePos=0,
            relativeHeight=1,
            behindDoc=1,
            locked=0,
            layoutInCell=1,
            allowOverlap=1,
        )
        return make("w:drawing", anchor)

    def _content(self, rel: str, size: tuple[int, int], alt: str) -> list[Element]:
        self.last += 1
        name = f"Picture {self.last}"
        described = make(
            "wp:docPr", None if alt else _decorative(), id=self.last, name=name, descr=alt
        )
        shape = make(
            "pic:spPr",
            make("a:xfrm", make("a:off", x=0, y=0), make("a:ext", cx=size[0], cy=size[1])),
            make("a:prstGeom", make("a:avLst"), prst="rect"),
        )
        picture = make(
            "pic:pic",
            make("pic:nvPicPr", make("pic:cNvPr", id=self.last, name=name), make("pic:cNvPicPr")),
            make(
                "pic:blipFill",
                make("a:blip", r_embed=rel),
                make("a:stretch", make("a:fillRect")),
            ),
            shape,
        )
        space = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        graphic = make("a:graphic", make("a:graphicData", picture, uri=space))
        return [described, make("wp:cNvGraphicFramePr"), graphic]


def _offset() -> Element:
    made = make("wp:posOffset")
    made.text = "0"
    return made


def _decorative() -> Element:
    """Tell a screen reader to pass over a picture that says nothing."""
    from docx.oxml import parse_xml

    return parse_xml(
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/></a:ext></a:extLst>'
    )
