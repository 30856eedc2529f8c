"""Checks of the tags of a finished PDF, on the file itself.

They hold what PDF/UA-1 asks and a program can see. They are fewer than those of a validator, so
that passing them is said as "passes our checks" and never as "conforms".
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from evalkit.report.tagging.tree import Element, read_tree

_WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
_ONLY = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI", "TOC", "Caption"},
}
_MARK = re.compile(rb"/MCID (\d+)")


def tag_failures(pdf: bytes) -> list[str]:
    """Check the tags of a PDF; gives what is wrong, empty when all is well."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = [*_of_the_file(file)]
        if "/StructTreeRoot" not in file.Root:
            return [*found, "tags: the pages have none"]
        tree, pages = read_tree(file)
        elements = list(tree.walk())
        return [
            *found,
            *_of_nesting(elements),
            *_of_elements(elements),
            *_of_tables(elements),
            *_of_headings(elements),
            *_of_pages(file, elements, pages),
            *_of_attachments(file),
        ]


def _of_the_file(file: pikepdf.Pdf) -> Iterator[str]:
    root: Any = file.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "tags: the file does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "tags: the language of the document is not given"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "tags: a reader shows the name of the file, not the title"
    about = bytes(root.Metadata.read_bytes()) if "/Metadata" in root else b""
    if b"pdfuaid" not in about:
        yield "tags: the metadata do not name PDF/UA"
    if b"<dc:title" not in about:
        yield "tags: the metadata have no title"


def _of_nesting(elements: list[Element]) -> Iterator[str]:
    for one in elements:
        above = _WITHIN.get(one.role)
        if above is not None and one.above not in above:
            yield f"{one.place}: {one.role} stands in {one.above}: {one.shown}"
        inside = _ONLY.get(one.role)
        if inside is not None:
            strangers = {kid.role for kid in one.kids} - inside
            if strangers or one.marks:
                what = ", ".join(sorted(strangers)) or "text"
                yield f"{one.place}: {one.role} holds {what}: {one.shown}"


def _of_elements(elements: list[Element]) -> Iterator[str]:
    names: set[str] = set()
    before: Element | None = None
    for one in elements:
        match one.role:
            case "Figure" if not one.entry("/Alt").strip():
                yield f"{one.place}: a figure has no alternative text"
            case "Figure" if "/BBox" not in one.attributes:
                yield f"{one.place}: a figure does not say where it stands"
            case "TH" if str(one.attributes.get("/Scope", "")) not in {"/Row", "/Column", "/Both"}:
                yield f"{one.place}: the head of a row or column does not say of which"
            case "Note":
                name = one.entry("/ID")
                if not name or name in names:
                    yield f"{one.place}: a footnote has no name of its own"
                if before is None or before.role != "Lbl":
                    yield f"{one.place}: a footnote does not follow its number"
                names.add(name)
            case "Link":
                yield from _of_link(one)
            case _:
                pass
        before = one


def _of_link(link: Element) -> Iterator[str]:
    if not link.annotations:
        yield f"{link.place}: a link leads nowhere"
    for annotation in link.annotations:
        words = str(annotation.get("/Contents", ""))
        target = str(annotation.get("/Dest", ""))
        if not words.strip() or words == target:
            yield f"{link.place}: a link does not say where it leads: {words or target}"


def _of_tables(elements: list[Element]) -> Iterator[str]:
    for table in elements:
        if table.role != "Table":
            continue
        rows = [one for one in table.walk() if one.role == "TR"]
        if not any(cell.role == "TH" for row in rows for cell in row.kids):
            yield f"{table.place}: a table has no heads"
        widths = _widths(rows)
        if len(set(widths)) > 1:
            seen = ", ".join(map(str, sorted(set(widths))))
            yield f"{table.place}: the rows of a table have different numbers of columns: {seen}"


def _widths(rows: list[Element]) -> list[int]:
    """Count the columns of each row, with what reaches down from the rows above."""
    reaching: list[int] = []
    widths = []
    for row in rows:
        width = len(reaching)
        following = [rest - 1 for rest in reaching if rest > 1]
        for cell in row.kids:
            wide = int(cell.attributes.get("/ColSpan", 1))
            width += wide
            deep = int(cell.attributes.get("/RowSpan", 1))
            following += [deep - 1] * wide if deep > 1 else []
        reaching = following
        widths.append(width)
    return widths


def _of_headings(elements: list[Element]) -> Iterator[str]:
    last = 0
    for one in elements:
        if re.fullmatch(r"H[1-6]", one.role):
            level = int(one.role[1])
            if level > last + 1:
                yield f"{one.place}: a heading jumps from level {last} to {level}"
            last = level


def _of_pages(
    file: pikepdf.Pdf, elements: list[Element], pages: dict[tuple[int, int], int]
) -> Iterator[str]:
    """Every piece that is marked on a page is in the tree, once."""
    told: dict[int, list[int]] = {}
    for one in elements:
        for page, mark in one.marks:
            told.setdefault(page, []).append(mark)
    tagged = {annotation.objgen for one in elements for annotation in one.annotations}
    for number, sheet in enumerate(file.pages):
        drawn = sorted(int(mark) for mark in _MARK.findall(_content(sheet)))
        known = sorted(told.get(pages[sheet.obj.objgen], []))
        if drawn != known:
            stray = sorted(set(drawn) ^ set(known))
            yield f"page {number + 1}: {len(stray)} pieces of content are not in the tags, or twice"
        for annotation in sheet.obj.get("/Annots", []):
            if annotation.objgen not in tagged:
                yield f"page {number + 1}: a link is not in the tags"


def _content(page: Any) -> bytes:
    contents = page.obj.Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(bytes(part.read_bytes()) for part in parts)


def _of_attachments(file: pikepdf.Pdf) -> Iterator[str]:
    for name, spec in file.attachments.items():
        entries = spec.obj
        if str(entries.get("/AFRelationship", "")) != "/Data":
            yield f"the attachment {name} does not say that it holds data"
        if not str(entries.get("/Desc", "")):
            yield f"the attachment {name} has no description"
