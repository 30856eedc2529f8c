"""Prose: Markdown, footnotes, citations, references and what goes wrong with them."""

from __future__ import annotations

import pytest

from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.text.prose import Prose, plain_text


def html(text: str, edition: Edition) -> str:
    return edition.finish(Prose(edition, "chapters/a.md", handlers=HANDLERS).html(text))


def problems(text: str, edition: Edition) -> list[tuple[int, str]]:
    html(text, edition)
    found = [*edition.problems, *edition.values.problems, *edition.references.dangling()]
    return [(problem.line, f"{problem.message} | {problem.hint}") for problem in sorted(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een *twee* **drie**", "<p>een <em>twee</em> <strong>drie</strong></p>\n"),
        ("[@seo, p. 9]", "<p>(SEO, 2020, p.\N{NO-BREAK SPACE}9)</p>\n"),
        (
            "zie [@seo; @cbs, tabel 1]",
            "<p>zie (SEO, 2020; CBS &amp; UWV, 2021, tabel\N{NO-BREAK SPACE}1)</p>\n",
        ),
        ("Volgens @seo is het zo", "<p>Volgens SEO (2020) is het zo</p>\n"),
        ("post@seo.nl", "<p>post@seo.nl</p>\n"),
        ("{{ case.title }}", "<p>Proef &amp; co</p>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("::: lead\nKort.\n:::", '<div class="lead"><p>Kort.</p>\n</div>'),
        ("### Kop", "<h3>Kop</h3>"),
    ],
)
def test_markdown_becomes_markup(text: str, expected: str, edition: Edition) -> None:
    assert html(text, edition) == expected
    assert problems(text, edition) == []


def test_a_footnote_stands_where_it_is_called(edition: Edition) -> None:
    found = html("Een zin.[^a]\n\n[^a]: Met *nadruk* en [@seo].", edition)
    note = '<span class="footnote">Met <em>nadruk</em> en (SEO, 2020).</span>'
    assert found == f"<p>Een zin.{note}</p>\n"


def test_a_footnote_on_a_heading_stays_out_of_the_contents(edition: Edition) -> None:
    found = html("## Kop[^a] {#sec-kop}\n\n[^a]: noot", edition)
    assert 'id="sec-kop"' in found
    assert '<span class="footnote">noot</span>' in found
    assert edition.sections[0].title == "Kop"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Het *nieuwe* beleid {#sec-a}", "Het nieuwe beleid"),
        ("## Inleiding^[a] met^[b] noot {#sec-a}", "Inleiding met noot"),
        ("## Het *nieuwe* {#sec-a}", "Het nieuwe"),
        ("## Beleid^[a] {#sec-a}", "Beleid"),
    ],
)
def test_a_heading_with_a_label_keeps_its_spaces(text: str, title: str, edition: Edition) -> None:
    html(text, edition)
    assert edition.sections[0].title == title


def test_a_reference_may_point_forwards_and_opens_a_sentence_with_a_capital(
    edition: Edition,
) -> None:
    edition.numbering.chapter()
    found = html("@sec-b en zie @sec-b. @sec-b\n\n## Twee {#sec-b}\n\ntekst", edition)
    nbsp = "\N{NO-BREAK SPACE}"
    assert found.count(f">Paragraaf{nbsp}1.1</a>") == 2
    assert found.count(f">paragraaf{nbsp}1.1</a>") == 1
    assert '<a class="ref" href="#sec-b">' in found


def test_the_matrix_prints_its_own_finding(edition: Edition) -> None:
    edition.numbering.chapter()
    found = html('::: figure matrix {#fig-m caption="Wie doet wat"}\n:::', edition)
    assert "Figuur 1.1" in found
    assert "Wie doet wat" in found
    assert edition.evaluation.coverage.finding["nl"].split(".")[0] in plain_text(found)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("een\ntwee @fig-x", 2, "@fig-x refers to nothing"),
        ("een\n\n[@seoo]", 3, "no source 'seoo' in sources.bib | did you mean 'seo'?"),
        ("zin[^a]", 1, "the footnote 'a' has no text"),
        ("zin\n\n[^a]: tekst", 3, "the footnote 'a' is never called"),
        ("::: leed\nx\n:::", 1, "no directive 'leed' | did you mean 'lead'?"),
        ("::: lead\nx", 1, "`::: lead` is not closed"),
        ('::: figure theori {#fig-a caption="b"}\n:::', 1, "no figure 'theori'"),
        ("::: figure theory\n:::", 1, "a figure needs a label and a caption"),
        ('::: figure theory {#fig-a caption="b" bron="c"}\n:::', 1, "'bron' is not read here"),
        ("::: figure theory {#fig-a caption=b}\n:::", 1, "'caption=b' is not read here"),
        ('::: table csv x {#tbl-a caption="b"}\n:::', 1, "no table 'x' in case.yaml"),
        ("![plaatje](x.png)", 1, "a picture cannot be placed here"),
        ("## A {#sec-a}\n\n## B {#sec-a}", 3, "the label 'sec-a' is already in use"),
        ("tekst\n\n# Nog een titel", 3, "a second title in one chapter"),
        ("1. een\n   a. twee", 2, "'a.' begins no list here | number the inner list 1. and 2."),
    ],
)
def test_what_is_wrong_is_said_at_its_line(
    text: str, line: int, says: str, edition: Edition
) -> None:
    found = problems(text, edition)
    assert len(found) == 1
    assert found[0][0] == line
    assert says in found[0][1]


def test_everything_wrong_is_said_at_once(edition: Edition) -> None:
    found = problems("@fig-x\n\n{{ nope }}\n\n[@wie]\n\nx[^z]", edition)
    assert [line for line, _ in found] == [1, 3, 5, 7]
