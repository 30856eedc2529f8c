"""The structure of the PDF is that of the document, not that of its pages."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest

from evalkit.report.tagging.check import tag_failures
from evalkit.report.tagging.tree import Element

Make = Callable[..., tuple[bytes, Element]]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" {}>'
    '<rect width="9" height="9"/></svg>'
)


def roles(element: Element) -> str:
    """Write a tree as `H1 P(Link)`, alike neighbours once."""
    parts = [
        f"{kid.role}({inside})" if (inside := roles(kid)) else kid.role for kid in element.kids
    ]
    return " ".join(key for key, _ in groupby(parts))


def one(element: Element, role: str) -> Element:
    (found,) = (part for part in element.walk() if part.role == role)
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>A</h1><p>b <b>c</b> d</p>", "H1 P"),
        ("<section><h1>A</h1><div>los <em>woord</em></div></section>", "Sect(H1 P)"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "L(LI(Lbl LBody(L(LI(Lbl LBody)))))"),
        ("<ol><li><p>a</p></li></ol>", "L(LI(Lbl LBody(P)))"),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>", "L(LI(Lbl LBody))"),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "L(LI(Lbl LBody))"),
        (
            (
                "<table><thead><tr><th>a</th><td></td></tr></thead>"
                "<tbody><tr><th scope=row>b</th><td>1</td></tr></tbody></table>"
            ),
            "Table(THead(TR(TH TD)) TBody(TR(TH TD)))",
        ),
        (
            "<figure><figcaption>T</figcaption><table><tr><th>a</th></tr></table></figure>",
            "Div(Table(Caption TBody(TR(TH))))",
        ),
        (
            f"<figure><figcaption>F</figcaption>{SVG.format('alt=dot')}</figure>",
            "Div(Caption P(Figure))",
        ),
        (f"<p>a {SVG.format('aria-hidden=true')} b</p>", "P"),
        ("<p><abbr title='Economische Zaken'>EZ</abbr></p>", "P(Span)"),
        (
            (
                '<table data-tag="TOC"><tbody data-tag="group"><tr data-tag="TOCI">'
                '<td data-tag="Lbl">1</td><td data-tag="Reference"><a href="#a">A</a></td>'
                '</tr></tbody></table><h1 id="a">A</h1>'
            ),
            "TOC(TOCI(Lbl Reference(Link))) H1",
        ),
    ],
)
def test_each_kind_of_element(body: str, expected: str, tagged: Make) -> None:
    assert roles(tagged(body)[1]) == expected


def test_a_footnote_is_read_after_its_number(tagged: Make) -> None:
    body = '<p>Voor<span class="footnote">De <i>noot</i>.</span> en na.</p><p>Slot.</p>'
    pdf, tree = tagged(body)
    paragraph = tree.kids[0]
    assert [kid.role for kid in paragraph.kids] == ["Reference", "Note"]
    note = one(tree, "Note")
    assert note.entry("/ID") == "note-0001"
    assert [kid.role for kid in note.kids] == ["Lbl"]
    assert len(note.marks) == 3  # "De ", "noot" and "."
    assert tag_failures(pdf) == []


def test_a_table_over_pages_is_one_with_one_head(tagged: Make) -> None:
    rows = "".join(f"<tr><th scope='row'>rij {at}</th><td>{at}</td></tr>" for at in range(40))
    head = "<thead><tr><th scope='col'>Kop</th><th scope='col'>Getal</th></tr></thead>"
    pdf, tree = tagged(f"<table>{head}<tbody>{rows}</tbody></table>")
    table = one(tree, "Table")
    assert len([part for part in table.walk() if part.role == "TR"]) == 41
    assert {page for part in table.walk() for page, _ in part.marks} >= {1, 2, 3}
    assert len(one(table, "THead").kids) == 1
    assert tag_failures(pdf) == []


def test_a_paragraph_over_pages_is_one(tagged: Make) -> None:
    _, tree = tagged(f"<p>{'woord ' * 400}</p>")
    (paragraph,) = tree.kids
    assert {page for page, _ in paragraph.marks} >= {1, 2}


def test_heads_of_rows_and_columns_say_so(tagged: Make) -> None:
    _, tree = tagged(
        "<table><thead><tr><th>a</th></tr></thead><tr><th scope='row'>b</th></tr>"
        "<tr><th scope='colgroup' colspan='2'>c</th></tr></table>"
    )
    heads = [part.attributes for part in tree.walk() if part.role == "TH"]
    assert [str(head["/Scope"]) for head in heads] == ["/Column", "/Row", "/Column"]
    assert int(heads[2]["/ColSpan"]) == 2


def test_a_link_says_where_it_leads(tagged: Make) -> None:
    _, tree = tagged('<p>Zie <a href="#a">de <b>bijlage</b></a>.</p><h1 id="a">Bijlage</h1>')
    assert one(tree, "Link").annotations == ["de bijlage"]


@pytest.mark.parametrize(
    "words", ["een <em>twee</em>", '<bdi dir="rtl">שלום</bdi>', "<b>een <i>twee</i></b> drie"]
)
def test_words_set_apart_within_a_link_are_of_that_link(words: str, tagged: Make) -> None:
    pdf, tree = tagged(f'<h1>Kop</h1><p>Zie <a href="https://x.nl/a">{words}</a>.</p>')
    assert len(one(tree, "Link").annotations) == 1
    assert tag_failures(pdf) == []


def test_a_drawing_has_its_words_and_place(tagged: Make) -> None:
    drawn = SVG.format('aria-label="Een vierkant"')
    _, tree = tagged(f"<p>x {drawn}</p>")
    figure = one(tree, "Figure")
    assert figure.entry("/Alt") == "Een vierkant"
    left, bottom, right, top = (float(at) for at in figure.attributes["/BBox"])
    assert 28 < left < right < 90
    assert 100 < bottom < top < 142  # points from the foot of the page


def test_running_heads_are_no_content(tagged: Make) -> None:
    pdf, tree = tagged("<p>a</p>")
    assert len([mark for part in tree.walk() for mark in part.marks]) == 1
    assert tag_failures(pdf) == []
