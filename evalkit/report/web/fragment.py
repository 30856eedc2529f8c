"""Markup of a chapter as a browser needs it.

The same markup goes to the pages of the PDF. Here footnotes become links and notes, headings go
one level down (the title of the report is the only first one), tables and figures can be scrolled
on a small screen, and printed numbers say where they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from evalkit.errors import RenderError
from evalkit.report.document import Exhibit
from evalkit.report.edition import Edition
from evalkit.report.web.classes import Classes
from evalkit.report.web.figure_data import figure_data
from evalkit.report.web.notes import Notes
from evalkit.report.web.origins import Origins

_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_HEADING = re.compile(r"h[1-6]")
_LOOKS = re.compile(r"\bas-h([1-6])\b")
_ALT = re.compile(r'\salt="[^"]*"')
Attrs = dict[str, str | None]


@dataclass(slots=True)
class Shared:
    """What the parts of one page share: counts, styles, and the exhibits by their id."""

    edition: Edition
    exhibits: dict[str, Exhibit]
    notes: Notes
    origins: Origins
    classes: Classes = field(default_factory=Classes)


def web_markup(html: str, shared: Shared) -> str:
    """Rewrite finished, signed markup for the browser; its footnotes are kept in `shared`."""
    fragment = _Fragment(shared)
    fragment.feed(shared.edition.style.paint(html))
    fragment.close()
    return fragment.whole()


@dataclass(slots=True)
class _Open:
    """An element that is open, and what is written at its end."""

    tag: str
    close: str
    done: Callable[[], None] | None = None


class _Fragment(HTMLParser):
    def __init__(self, shared: Shared) -> None:
        super().__init__(convert_charrefs=True)
        self.shared = shared
        self.parts: list[list[str]] = [[]]
        self.open: list[_Open] = []
        self.figure = ""

    def whole(self) -> str:
        if self.open:
            raise _malformed(f"<{self.open[-1].tag}> is not closed")
        return "".join(self.parts[0])

    def emit(self, text: str) -> None:
        self.parts[-1].append(text)

    def within(self, *tags: str) -> bool:
        return any(one.tag in tags for one in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in _VOID:
            self.emit(self.start(tag, found))
            return
        special = _SPECIAL.get(tag) or (_heading if _HEADING.fullmatch(tag) else None)
        made = special(self, tag, found) if special and not self.within("svg") else None
        if made is None:
            self.emit(self.start(tag, found))
            made = _Open(tag, f"</{tag}>")
        self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.emit(self.start(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            raise _malformed(f"</{tag}> closes nothing")
        found = self.open.pop()
        if found.done is not None:
            found.done()
        self.emit(found.close)

    def handle_data(self, data: str) -> None:
        origins = self.shared.origins
        if self.within("svg", "a", "title", "summary"):  # nothing to point at inside these
            self.emit(escape(origins.plain(data), quote=False))
        else:
            self.emit(origins.told(data))

    def start(self, tag: str, attrs: Attrs) -> str:
        """Write a start tag; as it stood, when nothing in it changes."""
        raw = self.get_starttag_text() or f"<{tag}>"
        if "style" in attrs:
            return self.written(tag, self.classed(attrs), raw)
        plain = self.shared.origins.plain(raw)
        return _ALT.sub("", plain) if tag == "svg" else plain

    def classed(self, attrs: Attrs) -> Attrs:
        """Turn a style attribute into a class."""
        kept = {key: value for key, value in attrs.items() if key != "style"}
        name = self.shared.classes.name(attrs["style"] or "")
        return kept | {"class": " ".join(filter(None, [kept.get("class"), name]))}

    def written(self, tag: str, attrs: Attrs, raw: str = "") -> str:
        plain = self.shared.origins.plain
        said = "".join(
            f" {key}" if value is None else f' {key}="{escape(plain(value))}"'
            for key, value in attrs.items()
        )
        return f"<{tag}{said}{' /' if raw.endswith('/>') else ''}>"


def _malformed(what: str) -> RenderError:
    return RenderError(f"the markup of the report: {what}", hint="this is a fault of evalkit")


def _heading(page: _Fragment, tag: str, attrs: Attrs) -> _Open:
    """Put a heading one level down; its class says how it looks, which may be smaller."""
    looks = _LOOKS.search(attrs.get("class") or "")
    kept = {key: value for key, value in attrs.items() if key != "data-bookmark"}
    name = f"head-{int(looks[1] if looks else tag[1]) + 1}"
    kept["class"] = " ".join(filter(None, [name, kept.get("class")]))
    level = min(int(tag[1]) + 1, 6)
    page.emit(page.written(f"h{level}", kept))
    return _Open(tag, f"</h{level}>")


def _span(page: _Fragment, tag: str, attrs: Attrs) -> _Open | None:
    if "footnote" not in _classes(attrs):
        return None
    number, call = page.shared.notes.call()
    page.parts.append([])

    def done() -> None:
        page.shared.notes.add(number, "".join(page.parts.pop()))

    return _Open(tag, call, done)


def _figure(page: _Fragment, tag: str, attrs: Attrs) -> _Open:
    page.emit(page.start(tag, attrs))
    page.figure = attrs.get("id") or ""

    def done() -> None:
        exhibit = page.shared.exhibits.get(page.figure)
        if exhibit is not None:
            page.emit(figure_data(exhibit, page.shared.edition))
        page.figure = ""

    return _Open(tag, f"</{tag}>", done)


def _figcaption(page: _Fragment, tag: str, attrs: Attrs) -> _Open | None:
    if not page.figure:
        return None
    page.emit(page.written(tag, attrs | {"id": f"{page.figure}-caption"}))
    return _Open(tag, f"</{tag}>")


def _div(page: _Fragment, tag: str, attrs: Attrs) -> _Open | None:
    """Let the drawing of a figure be scrolled, by finger and by keyboard."""
    if "drawing" not in _classes(attrs):
        return None
    named = attrs | {"class": f"{attrs['class']} scroll"}
    page.emit(page.written(tag, named | _scrolled(page)))
    return _Open(tag, f"</{tag}>")


def _table(page: _Fragment, tag: str, attrs: Attrs) -> _Open:
    """Let a table be scrolled, and name it after its caption."""
    named = dict(attrs) if "style" not in attrs else page.classed(attrs)
    if page.figure:
        named["aria-labelledby"] = f"{page.figure}-caption"
        page.emit(page.written(tag, named))
        return _Open(tag, f"</{tag}>")
    page.emit(page.written("div", _scrolled(page) | {"class": "scroll"}))
    page.emit(page.written(tag, named))
    return _Open(tag, f"</{tag}></div>")


def _th(page: _Fragment, tag: str, attrs: Attrs) -> _Open:
    """Keep a head that says nothing from being read out as one."""
    page.parts.append([])
    start = page.start(tag, attrs)

    def done() -> None:
        inside = "".join(page.parts.pop())
        page.emit(f"{start}{inside}</th>" if inside.strip() else "<td></td>")

    return _Open(tag, "", done)


def _scrolled(page: _Fragment) -> Attrs:
    name: Attrs = {"aria-label": page.shared.edition.label("web.table")}
    if page.figure:
        name = {"aria-labelledby": f"{page.figure}-caption"}
    return {"role": "group", **name, "tabindex": "0"}


def _classes(attrs: Attrs) -> list[str]:
    return (attrs.get("class") or "").split()


_SPECIAL: dict[str, Callable[[_Fragment, str, Attrs], _Open | None]] = {
    "span": _span,
    "figure": _figure,
    "figcaption": _figcaption,
    "div": _div,
    "table": _table,
    "th": _th,
}
