"""Each block of markup becomes what Word calls so, and no text is lost."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from evalkit.errors import RenderError
from tests.unit.report.docx.reading import SVG, every, text_of

EXHIBIT = (
    '<figure class="exhibit table" id="tbl-een"><figcaption><span class="exhibit-label">Tabel 1.1'
    '</span> Banen<span class="footnote">Voorlopig.</span></figcaption>'
    '<div class="drawing">{}</div><p class="source">Bron: CBS.</p></figure>'
)
TABLE = (
    '<table class="data"><thead><tr><th>Jaar</th><th class="num">Banen</th></tr></thead><tbody>'
    '<tr><th>2020</th><td class="num">7<span class="pad">,00</span></td></tr>'
    '<tr><th>2021</th><td class="num">10,25<span class="footnote">Geschat.</span></td></tr>'
    "</tbody></table>"
)


def test_headings_have_levels_and_word_counts_them(word):
    made = word('<h2 id="a"><span class="secno">1.1</span> Een</h2><h3>Deel</h3><p>x</p>')
    assert made.styled("Heading1") == ["Hoofdstuk 1"]
    assert made.styled("Heading2") == ["Een"]
    assert made.styled("Heading3") == ["Deel"]
    numbered = every(made.body, ".//w:pPr[w:pStyle/@w:val='Heading2']//w:numId/@w:val")
    assert numbered == ["2"]


def test_a_number_that_word_would_not_give_stands_there_as_text(word):
    made = word('<h2 id="a"><span class="secno">1.7</span> Een</h2>')
    assert made.styled("Heading2") == ["1.7\tEen"]


def test_lists_nest_and_begin_where_they_say(word):
    made = word(
        '<ol start="3"><li><p>drie</p><p>nog</p><ol><li>a<ul><li>punt</li></ul></li></ol></li></ol>'
    )
    assert made.styled("ListNumber") == ["drie"]
    assert made.styled("ListContinue") == ["nog"]
    assert made.styled("ListNumber2") == ["a"]
    assert made.styled("ListBullet3") == ["punt"]
    numbering = made.part("numbering")
    used = every(made.body, ".//w:p[w:pPr/w:pStyle/@w:val='ListNumber']//w:numId/@w:val")[0]
    start = every(numbering, f"./w:num[@w:numId='{used}']//w:startOverride/@w:val")
    assert start == ["3"]


def test_two_numbered_lists_each_begin_at_one(word):
    made = word("<ol><li>a</li></ol><p>x</p><ol><li>b</li></ol>")
    ids = every(made.body, ".//w:p[w:pPr/w:pStyle/@w:val='ListNumber']//w:numId/@w:val")
    assert len(set(ids)) == 2


def test_numbers_within_bullets_are_numbers_and_within_numbers_letters(word):
    made = word(
        "<ul><li>x<ol><li>in bullets</li></ol></li></ul>"
        "<ol><li>y<ol><li>in numbers</li></ol></li></ol>"
    )
    numbering = made.part("numbering")
    formats = []
    for number in every(made.body, ".//w:pPr[w:pStyle/@w:val='ListNumber2']//w:numId/@w:val"):
        abstract = every(numbering, f"./w:num[@w:numId='{number}']/w:abstractNumId/@w:val")[0]
        path = f"./w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='1']/w:numFmt/@w:val"
        formats += every(numbering, path)
    assert formats == ["decimal", "lowerLetter"]


def test_a_note_within_a_note_stands_in_it(word):
    made = word(
        '<p>Een<span class="footnote">Buiten<span class="footnote">binnen</span>.</span></p>'
    )
    assert made.notes == ["Buiten (binnen)."]


def test_a_figure_that_word_would_count_otherwise_keeps_its_number_as_text(word):
    made = word(EXHIBIT.format(TABLE).replace("Tabel 1.1", "Tabel 1.4"))
    assert made.styled("Caption") == ["Tabel 1.4\u2002Banen"]
    assert not every(made.body, ".//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:instrText")


def test_a_caption_has_its_label_with_a_number_that_word_counts(word):
    made = word(EXHIBIT.format(TABLE))
    assert made.styled("Caption") == ["Tabel\u00a01.1\u2002Banen"]
    codes = every(made.body, ".//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:instrText/text()")
    assert codes == [" SEQ Tabel \\* ARABIC \\r 1 "]
    assert made.styled("Source") == ["Bron: CBS."]


def test_notes_on_a_heading_a_caption_and_a_cell_are_notes(word):
    made = word(
        '<h2 id="a">Een<span class="footnote">Bij de kop.</span></h2>' + EXHIBIT.format(TABLE)
    )
    assert made.notes == ["Bij de kop.", "Voorlopig.", "Geschat."]
    for style in ("Heading2", "Caption", "TableText"):
        path = f".//w:p[w:pPr/w:pStyle/@w:val='{style}']//w:footnoteReference"
        assert len(every(made.body, path)) == 1


def test_a_table_repeats_its_head_and_splits_no_row(word):
    table = every(word(EXHIBIT.format(TABLE)).body, ".//w:tbl[w:tblPr/w:tblCaption]")[0]
    assert len(every(table, "./w:tr[w:trPr/w:tblHeader]")) == 1
    assert len(every(table, "./w:tr[w:trPr/w:cantSplit]")) == 3
    assert every(table, "./w:tr/w:tc[2]/w:p/w:pPr/w:jc/@w:val") == ["right"] * 3
    assert every(table, "./w:tblPr/w:tblCaption/@w:val") == ["Tabel 1.1 Banen"]


def test_what_only_holds_the_place_of_a_decimal_becomes_space(word):
    cell = word(EXHIBIT.format(TABLE)).tables()[0][1][1]
    assert cell == "7\u2008\u2007\u2007"


def test_nothing_that_only_holds_a_place_can_be_read(word):
    table = TABLE.replace('class="pad">,00<', 'class="pad"> + PM<')
    cell = word(EXHIBIT.format(table)).tables()[0][1][1]
    assert cell.strip() == "7"
    assert len(cell) == len("7 + PM")


def test_cells_span_columns_and_rows(word):
    made = word(
        "<table><tr><th rowspan='2'>a</th><td colspan='2'>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr></table>"
    )
    assert made.tables() == [[["a", "b"], ["", "c", "d"]]]
    table = every(made.body, ".//w:tbl[w:tblPr/w:tblStyle/@w:val='ReportTable']")[0]
    assert every(table, ".//w:gridSpan/@w:val") == ["2"]
    assert every(table, ".//w:vMerge/@w:val") == ["restart", "continue"]


def test_a_box_is_a_frame_with_its_lists_and_notes(word):
    made = word(
        '<aside class="box"><div class="box-head"><p class="box-label">Kader 1.1</p>'
        '<p class="box-title">Wat is dat?</p></div><div class="box-body"><p>Dit'
        '<span class="footnote">Of dat.</span></p><ul><li>een</li></ul></div></aside>'
    )
    cell = every(made.body, ".//w:tbl/w:tr/w:tc[w:tcPr/w:shd]")[0]
    assert text_of(cell).split("\n") == ["Kader\u00a01.1", "Wat is dat?", "Dit", "een"]
    assert made.notes == ["Of dat."]


def test_links_lead_to_bookmarks_and_out_of_the_file(word):
    made = word(
        '<h2 id="sec-een">Een</h2><p>Zie <a href="#sec-een">hier</a> en '
        '<a href="https://example.org/a?b=1&amp;c=2">daar</a>.</p>'
    )
    assert every(made.body, ".//w:p[w:hyperlink/@w:anchor='sec_een']")
    assert every(made.body, ".//w:bookmarkStart[@w:name='sec_een']")
    assert b"https://example.org/a?b=1&amp;c=2" in made.files["word/_rels/document.xml.rels"]


def test_a_figure_is_a_picture_with_its_alternative_text(word):
    made = word(
        '<figure class="exhibit figure" id="fig-een"><figcaption><span class="exhibit-label">Figuur'
        f' 1.1</span> Een vlak</figcaption><div class="drawing">{SVG}</div></figure>'
    )
    assert every(made.body, ".//wp:docPr/@descr") == ["Een vlak."]
    pictures = [name for name in made.files if name.endswith(".png")]
    assert len(pictures) == 1
    width = int.from_bytes(made.files[pictures[0]][16:20], "big")
    assert width == round(40 / 25.4 * 240)


def test_a_drawing_that_occurs_twice_is_one_picture(word):
    made = word(f"<p>{SVG}</p><p>{SVG}</p>")
    assert len([name for name in made.files if name.endswith(".png")]) == 1
    assert len(every(made.body, ".//pic:pic")) == 2


def test_an_element_that_is_not_known_gives_its_text(word):
    made = word("<nova>los</nova><section><p>Een <wiebel>b<sub>2</sub></wiebel>.</p></section>")
    assert [text for text in made.styled("Normal") if text] == ["los", "Een b2."]


def test_stages_have_their_number_and_parts_in_order(word):
    disc = SVG.replace("<rect", "<text>2</text><rect")
    made = word(
        f'<div class="stage"><div class="stage-head"><span class="stage-number">{disc}</span>'
        '<h3>Output</h3></div><div class="stage-body"><p>Veel.</p></div></div>'
    )
    assert made.styled("Heading3") == ["2.\u00a0Output"]


def test_facts_stand_side_by_side(word):
    fact = '<div class="fact"><p class="fact-label">{}</p><p class="fact-value">{}</p></div>'
    facts = fact.format("Jaar", "2020") + fact.format("Soort", "subsidie")
    made = word(f'<div class="facts-column">{facts}</div>')
    row = next(row for row in made.body.iter(qn("w:tr")) if "2020" in text_of(row))
    assert [text_of(cell) for cell in row.findall(qn("w:tc"))] == ["Jaar\n2020", "Soort\nsubsidie"]


def test_a_wide_table_lies_on_its_side_with_the_header_of_the_others(word):
    made = word(
        f"<p>voor</p>{EXHIBIT.format(TABLE).replace('exhibit table', 'exhibit landscape')}<p>na</p>"
    )
    turned = [bool(one) for one in map(_turned, every(made.body, ".//w:sectPr"))]
    assert turned == [False, False, False, True, False]  # cover, colophon, text, table, text
    headers = [every(one, "./w:headerReference/@r:id") for one in every(made.body, ".//w:sectPr")]
    assert headers[:2] == [[], []]
    assert headers[2] == headers[3] == headers[4] != []
    assert made.tables()[0][0] == ["Jaar", "Banen"]
    assert every(made.body, ".//w:bookmarkStart[@w:name='tbl_een']")


def _turned(section):
    return every(section, "./w:pgSz[@w:orient='landscape' and number(@w:w) > number(@w:h)]")


def test_a_soft_hyphen_is_one_of_word_and_no_sign(word):
    made = word("<p>beleids\u00adtheorie</p>")
    assert every(made.body, ".//w:softHyphen")
    assert "\u00ad" not in made.files["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p>Een", "<p> is not closed"),
        ("<p><b>Een</p></b>", "</p> closes <b>"),
        ('<p><img src="a.png"></p>', "a picture"),
        ("<table>los<tr><td>a</td></tr></table>", "text stands directly in <table>"),
        ("<table><tr><p>los</p></tr></table>", "<p> stands in <tr>"),
        ("<dl>los<dt>a</dt></dl>", "text stands directly in <dl>"),
        ('<p><a href="#nergens">a</a></p>', "'nergens', which stands nowhere"),
        ('<p id="a">a</p><p id="a">b</p>', "'a' stands twice"),
        ("<p>\ue0021\ue003</p>", "not finished"),
        ("<p><svg><rect/></svg></p>", "does not give its size"),
    ],
)
def test_what_cannot_be_written_is_an_error(word, html, message):
    with pytest.raises(RenderError, match=message.replace("(", r"\(")):
        word(html)
