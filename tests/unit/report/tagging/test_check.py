"""Each check of the tags finds the fault that it is there for."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from evalkit.report.tagging.check import tag_failures
from evalkit.report.tagging.tree import Element

BODY = (
    '<h1>A</h1><p>Tekst<span class="footnote">Noot.</span> en <a href="#b">deel B</a>.</p>'
    '<h2 id="b">B</h2><ul><li>x</li></ul><table><tr><th>k</th><th>l</th></tr>'
    "<tr><td>1</td><td>2</td></tr></table>"
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" alt="Punt"><rect width="9" '
    'height="9"/></svg>'
)


@pytest.fixture
def good(tagged: Callable[..., tuple[bytes, Element]]) -> bytes:
    return tagged(BODY)[0]


def found(pdf: bytes, change: Callable[[Any], None]) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        change(file)
        changed = io.BytesIO()
        file.save(changed)
    return tag_failures(changed.getvalue())


def element(file: Any, role: str) -> Any:
    waiting = [file.Root.StructTreeRoot.K[0]]
    while waiting:
        one = waiting.pop(0)
        if str(one.S) == f"/{role}":
            return one
        waiting += [kid for kid in one.get("/K", []) if not isinstance(kid, int) and "/S" in kid]
    raise LookupError(role)


def test_a_good_file_passes(good: bytes) -> None:
    assert tag_failures(good) == []


def drop(role: str, key: str) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        del element(file, role)[key]

    return change


def rename(role: str, to: str) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        element(file, role).S = pikepdf.Name(f"/{to}")

    return change


def without(key: str) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        del file.Root[key]

    return change


def anchor_as_words(file: Any) -> None:
    file.pages[0].Annots[0].Contents = pikepdf.String("b")


def lost_piece(file: Any) -> None:
    element(file, "H1").K = pikepdf.Array([])


def short_row(file: Any) -> None:
    rows = element(file, "TBody").K
    rows[1].K = pikepdf.Array(list(rows[1].K)[:1])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (without("/MarkInfo"), "does not say that it is tagged"),
        (without("/Lang"), "the language of the document"),
        (without("/ViewerPreferences"), "the name of the file"),
        (without("/Metadata"), "do not name PDF/UA"),
        (without("/StructTreeRoot"), "the pages have none"),
        (drop("Figure", "/Alt"), "a figure has no alternative text"),
        (drop("Figure", "/A"), "where it stands"),
        (drop("TH", "/A"), "the head of a row or column"),
        (drop("Note", "/ID"), "a footnote has no name"),
        (rename("Reference", "Note"), "does not follow its number"),
        (rename("H2", "H3"), ": a heading jumps from level 1 to 3"),
        (rename("LI", "P"), "L holds P"),
        (rename("TR", "P"), "TBody holds P"),
        (anchor_as_words, "a link does not say where it leads: b"),
        (lost_piece, "page 1: 1 pieces of content are not in the tags"),
        (short_row, "different numbers of columns: 1, 2"),
    ],
)
def test_a_fault_is_found(change: Callable[[Any], None], says: str, good: bytes) -> None:
    assert any(says in one for one in found(good, change))


def test_a_table_without_heads(tagged: Callable[..., tuple[bytes, Element]]) -> None:
    pdf, _ = tagged("<table><tr><td>1</td></tr></table>")
    assert tag_failures(pdf) == ["page 1: a table has no heads"]


def test_rows_that_reach_down_count(tagged: Callable[..., tuple[bytes, Element]]) -> None:
    pdf, _ = tagged("<table><tr><th rowspan=2>a</th><th>b</th></tr><tr><td>1</td></tr></table>")
    assert tag_failures(pdf) == []
