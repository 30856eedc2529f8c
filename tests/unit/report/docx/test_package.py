"""The file is whole: parts, relations, notes, anchors and styles fit each other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from posixpath import dirname, join, normpath

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from evalkit.errors import RenderError
from evalkit.report.document import Drawing
from evalkit.report.docx import docx_bytes, write_docx
from evalkit.report.style.style import load_style
from tests.unit.report.docx.reading import SVG, Word, every, report, text_of

RICH = (
    f'<h2 id="a"><span class="secno">1.1</span> Een<span class="footnote">Noot.</span></h2><p>{SVG}'
    '<a href="https://example.org">uit</a> <a href="#a">in</a></p><ol><li>x</li></ol>'
    '<table class="data"><tr><td>1</td></tr></table>'
    '<p>z<span class="footnote">Zie <a href="https://example.org/b">b</a>.</span></p>'
)


@pytest.fixture(scope="module")
def rich() -> Word:
    return Word(docx_bytes(report(RICH), load_style("seo")))


def test_every_relation_leads_to_a_part_or_out_of_the_file(rich):
    for name, data in rich.files.items():
        if not name.endswith(".rels"):
            continue
        folder = dirname(dirname(name))
        for rel in parse_xml(data):
            if rel.get("TargetMode") != "External":
                target = rel.get("Target")
                path = target.lstrip("/") if target.startswith("/") else join(folder, target)
                assert normpath(path) in rich.files, f"{name}: {target}"


def test_every_relation_that_is_used_is_there(rich):
    for name, data in rich.files.items():
        if not name.endswith(".xml") or not name.startswith("word/"):
            continue
        used = set(re.findall(rb'r:(?:id|embed)="([^"]+)"', data))
        rels = rich.files.get(f"word/_rels/{name.removeprefix('word/')}.rels", b"")
        assert used <= set(re.findall(rb'Id="([^"]+)"', rels)), name


def test_every_part_has_a_content_type(rich):
    types = parse_xml(rich.files["[Content_Types].xml"])
    known = {one.get("PartName", "").lstrip("/") for one in types}
    endings = {one.get("Extension") for one in types}
    for name in rich.files:
        assert name in known or name.rpartition(".")[2] in endings, name


def test_the_ids_of_notes_match_their_calls(rich):
    called = every(rich.body, ".//w:footnoteReference/@w:id")
    assert called == ["1", "2"]
    assert every(rich.part("footnotes"), "./w:footnote/@w:id") == ["-1", "0", "1", "2"]
    assert every(rich.part("settings"), "./w:footnotePr/w:footnote/@w:id") == ["-1", "0"]


def test_every_style_and_list_that_is_used_is_there(rich):
    styles = set(every(rich.part("styles"), "./w:style/@w:styleId"))
    for part in ("document", "footnotes", "header1", "styles", "numbering"):
        path = (
            ".//w:pStyle/@w:val | .//w:rStyle/@w:val | .//w:tblStyle/@w:val | .//w:basedOn/@w:val"
        )
        assert set(every(rich.part(part), path)) <= styles, part
    lists = {*every(rich.part("numbering"), "./w:num/@w:numId"), "0"}
    assert set(every(rich.body, ".//w:numId/@w:val")) <= lists


def test_every_block_of_markup_has_a_style_that_is_there():
    from evalkit.report.docx.flow import HOLDERS, PARAGRAPHS

    empty = Word(docx_bytes(report("<p>x</p>"), load_style("seo")))
    styles = set(every(empty.part("styles"), "./w:style/@w:styleId"))
    assert {*HOLDERS.values(), *PARAGRAPHS.values()} <= styles


def test_ids_of_bookmarks_and_pictures_occur_once(rich):
    for path in (".//w:bookmarkStart/@w:id", ".//w:bookmarkStart/@w:name", ".//wp:docPr/@id"):
        found = every(rich.body, path)
        assert found
        assert len(found) == len(set(found)), path
    assert set(every(rich.body, ".//w:hyperlink/@w:anchor")) <= set(
        every(rich.body, ".//w:bookmarkStart/@w:name")
    )


def test_every_cell_ends_with_a_paragraph_and_every_row_fills_the_grid(rich):
    for table in rich.body.iter(qn("w:tbl")):
        columns = len(every(table, "./w:tblGrid/w:gridCol"))
        for row in table.findall(qn("w:tr")):
            cells = row.findall(qn("w:tc"))
            assert all(cell[-1].tag == qn("w:p") for cell in cells)
            spans = [int(([*every(cell, "./w:tcPr/w:gridSpan/@w:val"), 1])[0]) for cell in cells]
            assert sum(spans) == columns


def test_the_same_document_gives_the_same_bytes(rich):
    assert docx_bytes(report(RICH), load_style("seo")) == rich.data


def test_it_opens_with_its_title_authors_and_language(rich):
    opened = docx.Document(BytesIO(rich.data))
    core = opened.core_properties
    assert (core.title, core.author) == ("Proef & co", "A. Auteur; B. Auteur")
    assert core.language == "nl-NL"
    assert core.created == core.modified
    assert core.created.replace(tzinfo=None) == datetime(2000, 1, 1)  # noqa: DTZ001  as it is read
    assert every(rich.part("styles"), ".//w:rPrDefault//w:lang/@w:val") == ["nl-NL"]


def test_signs_and_lengths_that_the_format_refuses_do_no_harm():
    authors = tuple(f"Auteur {number}" for number in range(80))
    made = Word(docx_bytes(report("<p>a\x08b</p>", authors=authors), load_style("seo")))
    assert "ab" in made.styled("Normal")
    assert len(docx.Document(BytesIO(made.data)).core_properties.author) == 255
    assert authors[-1] in text_of(made.body)


def test_english_is_spelled_as_in_britain():
    made = Word(docx_bytes(report("<p>x</p>", lang="en"), load_style("seo")))
    assert every(made.part("styles"), ".//w:rPrDefault//w:lang/@w:val") == ["en-GB"]


def test_the_contents_are_a_field_that_is_filled(rich):
    assert " TOC " in " ".join(every(rich.body, ".//w:instrText/text()"))
    assert rich.styled("Toc1") == ["1\tHoofdstuk 1"]
    begins, ends = (
        len(every(rich.body, f".//w:fldChar[@w:fldCharType='{kind}']")) for kind in ("begin", "end")
    )
    assert begins == ends


def test_a_draft_says_so_on_every_page():
    made = Word(docx_bytes(report("<p>x</p>"), load_style("seo"), draft="concept"))
    assert "concept – Proef" in "".join(made.part("header1").itertext())
    assert len(every(made.body, ".//w:headerReference")) == 1


def test_fonts_travel_whole(rich):
    from uuid import UUID

    from evalkit.report.docx.fonts import scrambled

    table = rich.part("fontTable")
    regular = every(table, "./w:font[@w:name='Source Sans 3']/w:embedRegular")[0]
    key = UUID(regular.get(qn("w:fontKey")))
    data = rich.files[f"word/fonts/{key}.odttf"]
    own = load_style("seo").folder / "fonts" / "SourceSans3-Regular.ttf"
    assert scrambled(data, key) == own.read_bytes()


def test_a_plain_style_has_its_own_order_colours_and_no_picture():
    style = load_style("kaal")
    made = Word(docx_bytes(report(RICH, cover=Drawing(SVG), cover_note="Omslag."), style))
    assert style.settings["parts"][-1] == "colophon"
    assert text_of(made.body).rstrip().endswith("Gemaakt voor een proef.")
    assert "Omslag." not in text_of(made.body)
    assert not every(made.body, ".//wp:anchor")
    colours = set(every(made.part("styles"), ".//w:color/@w:val"))
    assert {"000000", "333333"} <= colours
    assert "14536B" not in colours


def test_a_part_that_only_this_style_has_comes_from_its_template(tmp_path):
    (tmp_path / "sections").mkdir()
    words = "<section><h3>Woord vooraf</h3><p>Over {{ doc.title }}.</p></section>"
    (tmp_path / "sections" / "woord.html.j2").write_text(words, encoding="utf-8")
    seo = load_style("seo")
    parts = ["cover", "woord", *seo.settings["parts"][1:]]
    own = replace(seo, settings={**seo.settings, "parts": parts}, folders=(tmp_path, *seo.folders))
    made = Word(docx_bytes(report("<p>x</p>"), own))
    assert made.styled("Heading3") == ["Woord vooraf"]
    assert "Over Proef & co." in made.styled("Normal")


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "a.docx"
    write_docx(report("<p>x</p>"), target)
    before = target.read_bytes()
    with pytest.raises(RenderError):
        write_docx(report("<p>x"), target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "vol").write_text("", encoding="utf-8")
    with pytest.raises(RenderError, match=r"vol.*cannot be written"):
        write_docx(report("<p>x</p>"), tmp_path / "vol" / "a.docx")
