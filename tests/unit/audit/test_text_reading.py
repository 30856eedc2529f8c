"""Reading texts: lines with their places, PDF, and files that cannot be read."""

from __future__ import annotations

import base64

import pytest
import weasyprint

from evalkit.audit.text.audit import audit_text
from evalkit.audit.text.blocks import blocks_of
from evalkit.audit.text.document import document_of
from evalkit.audit.text.reading import read
from evalkit.errors import EvalkitError

# A blank page, locked with a password.
LOCKED = (
    "JVBERi0xLjMKJeLjz9MKMiAwIG9iago8PAovVHlwZSAvUGFnZXMKL0NvdW50IDEKL0tpZHMgWyA0IDAgUiBdCj4+"
    "CmVuZG9iagozIDAgb2JqCjw8Ci9UeXBlIC9DYXRhbG9nCi9QYWdlcyAyIDAgUgo+PgplbmRvYmoKNCAwIG9iago8"
    "PAovVHlwZSAvUGFnZQovUmVzb3VyY2VzIDw8Cj4+Ci9NZWRpYUJveCBbIDAuMCAwLjAgMjAgMjAgXQovUGFyZW50"
    "IDIgMCBSCj4+CmVuZG9iago1IDAgb2JqCjw8Ci9WIDEKL1IgMgovTGVuZ3RoIDQwCi9QIDQyOTQ5NjcyOTIKL0Zp"
    "bHRlciAvU3RhbmRhcmQKL08gPDVlYmYwM2E4MWM0NmZlNjQxNGJiOTI5YWRiNGI1NWNkMGIyZmUxMGM0YmZmZjI1"
    "ODU3MDczOGQ1NmVkMzAzNmY+Ci9VIDw1OTZkNGE2YWVlY2U3NjU3ZDJiZTNmYzQyNzVlYjU2YzRmZTVjYjg5MGVk"
    "OWM3NDY1Mzg1NWNiYTJhOGI4MmM2Pgo+PgplbmRvYmoKeHJlZgowIDYKMDAwMDAwMDAwMSA2NTUzNSBmIAowMDAw"
    "MDAwMDAwIDAwMDAxIGYgCjAwMDAwMDAwMTUgMDAwMDAgbiAKMDAwMDAwMDA3NCAwMDAwMCBuIAowMDAwMDAwMTIz"
    "IDAwMDAwIG4gCjAwMDAwMDAyMTUgMDAwMDAgbiAKdHJhaWxlcgo8PAovU2l6ZSA2Ci9Sb290IDMgMCBSCi9JRCBb"
    "IDw3YTIzM2NlMTkyMjc0NDMxY2Y2YTg1Mjg3ZjkxZjA4Mj4gPDdhMjMzY2UxOTIyNzQ0MzFjZjZhODUyODdmOTFm"
    "MDgyPiBdCi9FbmNyeXB0IDUgMCBSCj4+CnN0YXJ0eHJlZgo0MjkKJSVFT0YK"
)
STYLE = """<style>
@page { size: A5; margin: 20mm; @top-center { content: "Jaarverslag van het fonds" }
        @bottom-right { content: counter(page) } }
body { font: 10pt serif; width: 70mm } td { padding-right: 12mm; width: 30mm }
sup { font-size: 6pt } h1 { break-before: page }
</style>"""
BARE = "<style>@page { @top-center { content: none } @bottom-right { content: none } }</style>"


def pdf(folder, body):
    file = folder / "rapport.pdf"
    weasyprint.HTML(string=f"<html lang=nl>{STYLE}<body>{body}").write_pdf(file)
    return file


def texts(source):
    return [line.text for line in source.lines if line.text.strip()]


def test_a_finding_in_a_pdf_names_page_and_line(tmp_path):
    body = (
        "<h1>Een</h1><p>Inleiding.</p><h1>Twee</h1><p>Het aantal scholen steeg van 200 naar 250, "
        "een stijging van 20 procent.</p><h1>Drie</h1><p>Slot.</p>"
    )
    audit = audit_text(pdf(tmp_path, body))
    (found,) = audit.findings
    assert found.rule == "change"
    assert found.where[0] == "rapport.pdf:p2:3"


def test_running_heads_and_page_numbers_are_no_text(tmp_path):
    body = "".join(f"<h1>Hoofdstuk</h1><p>Bladzijde met {n}0 scholen.</p>" for n in range(2, 6))
    source = read(pdf(tmp_path, body))
    assert not any("Jaarverslag" in text or text.isdigit() for text in texts(source))
    assert sum("scholen" in text for text in texts(source)) == 4


def test_a_footnote_mark_is_no_number(tmp_path):
    body = "<p>Er zijn 12<sup>3</sup> scholen.<sup>4</sup> Dat is genoeg.</p>"
    document = document_of(read(pdf(tmp_path, body)))
    figures = [f.text for s in document.all_sentences for f in s.figures]
    assert figures == ["12 scholen"]


def test_a_word_broken_at_the_end_of_a_line_is_whole(tmp_path):
    body = (
        "<p style='hyphens:auto;width:34mm'>De arbeidsmarktkrapte in beroepen en opleidingen.</p>"
    )
    blocks = blocks_of(read(pdf(tmp_path, body)))
    assert "De arbeidsmarktkrapte in beroepen en opleidingen." in " ".join(b.text for b in blocks)


def test_a_table_in_a_pdf_is_summed_also_when_labels_wrap(tmp_path):
    rows = [("Advies en begeleiding van jonge bedrijven", "12,5"), ("Scholing", "7,0"),
            ("Onderzoek", "4,5"), ("Totaal", "25,0")]  # fmt: skip
    body = "<table>" + "".join(f"<tr><td>{a}<td>{b}" for a, b in rows) + "</table>"
    (found,) = audit_text(pdf(tmp_path, body)).findings
    assert found.rule == "table-total"
    assert "tellen op tot 24 (12,5 + 7 + 4,5)" in found.prose("nl")


def test_text_with_a_blank_line_after_every_line_keeps_its_paragraphs(tmp_path):
    lines = [
        "Het programma kent drie doelen die in de wet zijn",
        "vastgelegd en die samen leiden tot",
        "meer instroom van studenten in de techniek en",
        "tot minder uitval onder docenten.",
    ]
    file = tmp_path / "brief.txt"
    file.write_text("\n\n\n".join("\n\n".join(lines) for _ in range(8)), encoding="utf-8")
    blocks = blocks_of(read(file))
    assert len(blocks) == 8
    assert blocks[0].text == " ".join(lines)
    assert blocks[0].place(blocks[0].text.index("uitval")) == "brief.txt:7"


def test_heads_between_the_lines_of_a_text_are_left_out(tmp_path):
    heads = [f"PERIODIEKE EVALUATIE – DEELRAPPORT {n}" for n in (5, 10, 14)]
    file = tmp_path / "brief.txt"
    file.write_text("\n\nEen alinea.\n\n".join(heads), encoding="utf-8")
    assert texts(read(file)) == ["Een alinea."] * 2


def test_markdown_marks_front_matter_and_code_are_no_text(tmp_path):
    file = tmp_path / "stuk.md"
    file.write_text(
        "---\naantal: 40\n---\n# Kop\n\nEr zijn **12** [scholen](x/99).[^1]\n\n```\nn = 5\n```\n",
        encoding="utf-8",
    )
    assert [statement.written for statement in audit_text(file).statements] == ["12 scholen"]


def test_windows_and_utf16_text_can_be_read(tmp_path):
    for codec in ("cp1252", "utf-16"):
        file = tmp_path / f"{codec}.txt"
        file.write_bytes("De financiële steun ging naar 12 cafés.\r\n".encode(codec))
        assert audit_text(file).statements[0].written == "12 cafés"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("weg.txt", None, "there is no such file"),
        ("leeg.txt", b" \n", "the file is empty"),
        ("rommel.txt", b"abc\0def", "this is no text"),
        ("stuk.docx", b"PK\x03\x04rest", "an Office or zip file"),
        ("stuk.html", b"<p>Er zijn 12 scholen.</p>", "a web page"),
        ("stuk.txt", b"\n<!-- x -->\n<!DOCTYPE html>\n<p>Er zijn 12 scholen.</p>", "a web page"),
        ("stuk.md", b"\xef\xbb\xbf<?xml version='1.0'?><html lang='nl'>", "a web page"),
        ("stuk.pdf", b"%PDF-1.4 rommel", "damaged"),
        ("slot.pdf", base64.b64decode("".join(LOCKED)), "locked with a password"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(tmp_path, name, data, message):
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(EvalkitError, match=message) as caught:
        audit_text(file)
    assert name in str(caught.value)
    assert caught.value.hint


def test_markdown_with_marks_of_a_web_page_is_read(tmp_path):
    file = tmp_path / "stuk.md"
    file.write_text("<!-- concept -->\n<div>\n\nEr zijn 12 scholen, zie `<html>`.\n\n</div>\n")
    assert [one.written for one in audit_text(file).statements] == ["12 scholen"]


def test_a_pdf_without_a_text_layer_is_refused(tmp_path):
    with pytest.raises(EvalkitError, match="no text layer"):
        audit_text(pdf(tmp_path, BARE))


def test_pages_without_text_are_named(tmp_path):
    blank = "<div style='break-before:page;height:10mm;background:#ccc'></div>"
    audit = audit_text(pdf(tmp_path, f"{BARE}<p>Er zijn 12 scholen.</p>{blank}"))
    assert audit.unread == (2,)
    assert "bladzijde 2" in audit.summary("nl")
