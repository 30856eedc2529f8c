"""Own tags in place of those of WeasyPrint.

WeasyPrint tags box by box: a table that runs over three pages becomes three tables, a footnote
stands at the end of its page, and a running header is content. Afterwards, in the file, nothing
tells which boxes were one element. So the tree is built here, from the boxes and their elements,
at the moment that WeasyPrint would build its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped]
import weasyprint.pdf

from evalkit.report.tagging.build import Builder
from evalkit.report.tagging.content import Content
from evalkit.report.tagging.write import Writer

_PAINT = (b"f", b"f*", b"B", b"B*", b"S", b"s", b"sh", b"TJ", b"Tj", b"Do")


@contextmanager
def own_tags() -> Iterator[list[str]]:
    """Let WeasyPrint write the tags of evalkit; gives a list of what could not be tagged."""
    problems: list[str] = []

    def add(pdf: Any, document: Any, _: object, streams: Sequence[Any]) -> None:
        problems.extend(_add_tags(pdf, document, streams))

    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add
    try:
        yield problems
    finally:
        weasyprint.pdf.add_tags = theirs


def _add_tags(pdf: Any, document: Any, streams: Sequence[Any]) -> Iterator[str]:
    marks = [stream._tags for stream in streams]  # noqa: SLF001  kept there for its own tags
    content = Content(document.pages, marks)
    root = document.pages[0]._page_box.children[0].element  # noqa: SLF001
    tree = Builder(content).document(root)
    Writer(pdf, [len(found) for found in marks]).write(tree)
    _tie_attachments(pdf)
    _drop_links(pdf, content.doubled)
    artifacts: dict[int, set[int]] = {}
    for page, mcid in content.artifacts:
        artifacts.setdefault(page, set()).add(mcid)
    for number, stream in enumerate(streams):
        yield from _as_artifacts(stream.stream, artifacts.get(number, set()), number + 1)


def _drop_links(pdf: Any, doubled: Sequence[Any]) -> None:
    """Take the links out that WeasyPrint draws once more around emphasis within a link."""
    gone = {one.reference for one in doubled}
    for page in pdf.objects:
        if isinstance(page, dict) and page.get("Type") == "/Page" and "Annots" in page:
            page["Annots"] = pydyf.Array(one for one in page["Annots"] if one not in gone)


def _tie_attachments(pdf: Any) -> None:
    """Say of each attachment that it holds data of the document, and keep their order."""
    names = pdf.catalog.get("Names", {}).get("EmbeddedFiles")
    if names is None:
        return
    found: list[Any] = [
        one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Filespec"
    ]
    for one in found:
        one["AFRelationship"] = "/Data"
    pdf.catalog["AF"] = pydyf.Array(one.reference for one in found)
    # The keys of a name tree are sorted; a reader shows the names of the files themselves.
    keyed = [(pydyf.String(f"{at:04}"), one.reference) for at, one in enumerate(found)]
    tree = pdf.objects[int(names.split()[0])]
    tree["Names"] = pydyf.Array(part for pair in keyed for part in pair)


def _as_artifacts(stream: list[Any], artifacts: set[int], page: int) -> Iterator[str]:
    """Mark what is no content as such; tells what is marked as nothing at all."""
    depth, loose = 0, 0
    for at, item in enumerate(stream):
        if item in (b"BDC", b"BMC"):
            depth += 1
        elif item == b"EMC":
            depth -= 1
        elif isinstance(item, pydyf.Dictionary) and item.get("MCID") in artifacts:
            artifacts.discard(item["MCID"])
            stream[at - 1], stream[at] = "/Artifact", pydyf.Dictionary({"Type": "/Layout"})
        elif depth == 0 and isinstance(item, bytes) and item.rpartition(b" ")[2] in _PAINT:
            loose += 1
    if loose:
        yield f"page {page}: {loose} pieces are neither content nor decoration"
    if artifacts:
        yield f"page {page}: {len(artifacts)} pieces of decoration could not be marked"
