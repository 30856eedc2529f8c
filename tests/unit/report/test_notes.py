"""Footnotes in captions, headings and cells: rendered, kept on every format, or refused."""

from __future__ import annotations

import html as markup
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from evalkit.evaluation import evaluate
from evalkit.io.tables import read_rows
from evalkit.model import Case
from evalkit.model.cell_notes import bare, calls_in
from evalkit.report.assemble import assemble
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.render import render
from evalkit.report.style.style import load_style
from evalkit.report.text.notes import BETWEEN, in_cell, without_notes
from evalkit.report.text.prose import Prose

SHEET = "jaar[^kop];2019;2020^[Kop.]\nbanen^[Rij.];1,5;2^[Getal.]\nloon;12,25[^cel];3"
BUDGET = (
    "post^[Kop.];toelichting^[Toel.];2020^[Jaar.]\nA^[Groep.];;\n"
    "een^[Regel.];uit^[Uit.];1,5\ntwee;;2^[Getal.]\nTotaal^[Totaal.];;3,5^[Som.]"
)
Made = Callable[..., tuple[str, list[str], Edition]]


@pytest.fixture
def made(edition_of: Callable[..., Edition]) -> Made:
    """Render prose with a table `x`: its markup, and what is wrong."""

    def make(text: str, sheet: str = SHEET, lang: str = "nl") -> tuple[str, list[str], Edition]:
        table = {"file": "tables/x.csv", "rows": read_rows(sheet)}
        fields = {"slug": "p", "title": "P", "period": "2020", "tables": {"x": table}}
        edition = edition_of(Case.model_validate(fields), lang)
        found = edition.finish(Prose(edition, "chapters/a.md", handlers=HANDLERS).html(text))
        return found, [f"{one.line}: {one.message}" for one in edition.problems], edition

    return make


def notes(html: str) -> list[str]:
    return re.findall(r'<span class="footnote">(.*?)</span>', html)


TABLE = '::: table {kind} x {{#tbl-x caption="{caption}"}}\n:::\n\n{below}'
BELOW = "[^kop]: Noot kop.\n[^cel]: Noot cel.\n"


def test_a_caption_calls_a_note_of_its_chapter_and_holds_one_of_its_own(made: Made) -> None:
    caption = "Banen[^a] en loon^[Met *nadruk*.]"
    text = TABLE.format(kind="csv", caption=caption, below="[^a]: Noot a.")
    html, wrong, _ = made(text, "jaar;2020\nbanen;1")
    assert not wrong
    head = html[html.index("<figcaption>") : html.index("</figcaption>")]
    assert notes(head) == ["Noot a.", "Met <em>nadruk</em>."]


def test_the_title_of_a_box_and_a_source_call_notes(made: Made) -> None:
    text = (
        "::: box Kader[^a]\nTekst.\n:::\n\n"
        '::: table csv x {#tbl-x caption="Kop" source="CBS^[Bron.]"}\n:::\n\n[^a]: Noot a.'
    )
    html, wrong, _ = made(text, "jaar;2020\nbanen;1")
    assert not wrong
    assert notes(html) == ["Noot a.", "Bron."]


def test_cells_of_a_file_call_notes_and_stay_numbers(made: Made) -> None:
    html, wrong, edition = made(TABLE.format(kind="csv", caption="Kop", below=BELOW))
    assert not wrong
    assert notes(html) == ["Noot kop.", "Kop.", "Rij.", "Getal.", "Noot cel."]
    # Decimals are aligned as if the notes were not there.
    pad = '1,5<span class="pad">0</span>'
    assert f'<td class="num">{pad}</td>' in html
    assert '<td class="num">12,25<span class="footnote">' in html
    data = edition.exhibits[0].drawing.data
    assert data == (("jaar", "2019", "2020"), ("banen", "1,5", "2"), ("loon", "12,25", "3"))


def test_numbers_with_notes_are_printed_in_the_language_of_the_report(made: Made) -> None:
    html, wrong, _ = made(TABLE.format(kind="csv", caption="Kop", below=BELOW), lang="en")
    assert not wrong
    assert '12.25<span class="footnote">Noot cel.</span>' in html


def test_two_notes_in_a_row_are_told_apart(made: Made) -> None:
    below = "\n\n[^a]: Een.\n[^b]: Twee."
    html, wrong, _ = made(f"Zin.[^a][^b] En[^a] nog[^b].{below}")
    assert not wrong
    assert html.count(BETWEEN) == 1
    assert f'Een.</span>{BETWEEN}<span class="footnote">Twee.' in html
    html, wrong, edition = made(
        TABLE.format(kind="csv", caption="Kop", below=below),
        "naam;n\nb;39,5[^a][^b]\nc;1,25^[Los.]",
    )
    assert not wrong
    assert html.count(BETWEEN) == 1
    assert '<span class="pad">0</span><span class="calls"><span class="footnote">Een.' in html
    assert edition.exhibits[0].drawing.data[1] == ("b", "39,5")
    assert in_cell("a[^x] b[^y]", lambda call: call) == "a[^x] b[^y]"
    assert without_notes(f'a<span class="footnote">x</span>{BETWEEN}b') == "ab"


@pytest.mark.parametrize("kind", ["scenarios", "comparison", "perspectives"])
def test_tables_of_words_call_notes(kind: str, made: Made) -> None:
    html, wrong, _ = made(TABLE.format(kind=kind, caption="Kop", below=BELOW))
    assert not wrong
    assert notes(html) == ["Noot kop.", "Kop.", "Rij.", "Getal.", "Noot cel."]


def test_a_budget_calls_notes_in_every_cell(made: Made) -> None:
    html, wrong, _ = made(TABLE.format(kind="budget", caption="Kop", below=""), BUDGET)
    assert not wrong
    expected = "Kop. Toel. Jaar. Groep. Regel. Uit. Getal. Totaal. Som."
    assert notes(html) == expected.split(" ")


def test_a_figure_is_drawn_from_a_table_with_notes(made: Made) -> None:
    sheet = "jaar;a\n2019;1[^a]\n2020;2"
    figure = '::: figure lines x {#fig-x caption="Kop"}\n:::\n\n'
    table = '::: table csv x {#tbl-x caption="Kop"}\n:::\n\n[^a]: Noot a.'
    html, wrong, _ = made(f"{figure}{table}", sheet)
    assert not wrong
    assert notes(html) == ["Noot a."]


def test_a_note_that_only_a_figure_would_hold_is_refused(made: Made) -> None:
    figure = '::: figure lines x {#fig-x caption="Kop"}\n:::\n\n'
    _, wrong, edition = made(figure, "jaar;a\n2019;1^[Weg.]\n2020;2")
    assert len(wrong) == 1
    assert "a figure prints no footnotes" in wrong[0]
    assert (edition.problems[0].file, edition.problems[0].line) == ("tables/x.csv", 2)
    _, wrong, _ = made(f"{figure}[^a]: Noot.", "jaar;a\n2019;1[^a]\n2020;2")
    assert wrong == ["4: the footnote 'a' is never called"]


def test_cells_of_markdown_call_notes(made: Made) -> None:
    html, wrong, _ = made("| a[^a] | b |\n|---|---|\n| c | 1,5^[Cel.] |\n\n[^a]: Noot a.")
    assert not wrong
    assert notes(html) == ["Noot a.", "Cel."]
    assert '<table class="data">' in html


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x[^a]\n\n[^a]: een\n\n[^a]: twee", "5: the footnote 'a' stands here again"),
        ("x[^a]\n\n[^a]: een\n\n        code", "3: the footnote 'a' holds more than words"),
        ("x[^a]\n\n[^a]: een[^b]\n[^b]: twee", "3: a footnote calls another"),
        ("x^[een ^[twee]]", "1: a footnote calls another"),
        ("[x^[een]](https://a.nl)", "1: a footnote stands within a link"),
        ('tekst\n\n::: figure theory {#fig-a caption="b[^z]"}\n:::', "3: the footnote 'z' has"),
    ],
)
def test_a_note_that_would_be_lost_is_told(text: str, says: str, made: Made) -> None:
    _, wrong, _ = made(text)
    assert says in "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"een \[^a] x", "<p>een [^a] x</p>"),
        (r"een \^[a] x", "<p>een ^[a] x</p>"),
        (r"een \[a](b) x", "<p>een [a](b) x</p>"),
        (r"een^[a \* b]", '<p>een<span class="footnote">a * b</span></p>'),
    ],
)
def test_escaped_signs_are_signs(text: str, printed: str, made: Made) -> None:
    html, wrong, _ = made(text)
    assert wrong == []
    assert html == f"{printed}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("een^[]", "1: a footnote is empty"),
        ("een[^a]\n\n[^a]:\n\ntwee", "1: the footnote 'a' is empty"),
        ("een\ntwee ^[drie *vier*", "2: a footnote is not closed"),
        ("een [^a", "1: a footnote is not closed"),
    ],
)
def test_a_note_without_text_or_end_is_told(text: str, says: str, made: Made) -> None:
    assert made(text)[1] == [says]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("12,5[^a]0", "digits stand behind a footnote in '12,5[^a]0'"),
        ("1[^a]4", "digits stand behind a footnote in '1[^a]4'"),
        ("^[Een.]13", "digits stand behind a footnote in '^[Een.]13'"),
        ("24,5[^a", "a footnote is not closed in '24,5[^a'"),
        ("27,0^[x", "a footnote is not closed in '27,0^[x'"),
        ("28,5[^ a]", "a footnote is not closed in '28,5[^ a]'"),
        ("3^[ ]", "a footnote is empty in '3^[ ]'"),
        ("3[^q]", "the footnote 'q' has no text"),
    ],
)
def test_a_note_of_a_cell_is_told_where_the_cell_stands(cell: str, says: str, made: Made) -> None:
    text = TABLE.format(kind="csv", caption="Kop[^a]", below="[^a]: Noot.")
    _, wrong, edition = made(text, f"naam;n\nb;1\nc;{cell}")
    assert wrong == [f"3: column 2 'n': {says}"]
    assert edition.problems[0].file == "tables/x.csv"


@pytest.mark.parametrize("cell", ["12,5[^a]0", "^[Een.]13", "1[^a] .4"])
def test_digits_behind_a_note_in_a_table_of_the_text_are_told(cell: str, made: Made) -> None:
    text = f"Zie[^a].\n\n| naam | n |\n|---|---|\n| b | 1 |\n| c | {cell} |\n\n[^a]: Noot."
    assert made(text)[1] == [f"6: digits stand behind a footnote in '{cell}'"]


def test_words_behind_a_note_in_a_table_of_the_text_are_words(made: Made) -> None:
    text = "| regeling^[Een.] 2019 | n |\n|---|---|\n| b^[Twee.] 3 | 12,5^[Drie.] |"
    assert made(text)[1] == []


def test_words_behind_a_note_of_a_cell_are_words(made: Made) -> None:
    sheet = "naam;n\nregeling[^a] 2019;1^[Een.] PM\ngroei ^[Twee.] 3;2"
    text = TABLE.format(kind="csv", caption="Kop", below="[^a]: Noot.")
    assert made(text, sheet)[1] == []


def test_a_directive_that_is_refused_does_not_make_its_notes_seem_lost(made: Made) -> None:
    _, wrong, _ = made('::: figur theory {#fig-a caption="b[^a]"}\n:::\n\n[^a]: Noot.')
    assert wrong == ["1: no directive 'figur'"]


def test_a_value_in_a_caption_and_a_problem_there_have_their_line(made: Made) -> None:
    _, wrong, _ = made(
        'tekst\n\ntekst\n\n::: table csv x {#tbl-x caption="[@wie]"}\n:::', "a;b\nc;1"
    )
    assert wrong == ["5: no source 'wie' in sources.bib"]


def test_parts_of_a_cell() -> None:
    cell = "Rijk^[Zie [@seo].] en < gemeente[^a]"
    assert bare(cell) == "Rijk en < gemeente"
    assert calls_in(cell) == "^[Zie [@seo].][^a]"
    assert in_cell(cell, lambda _: "!") == "Rijk! en &lt; gemeente!"
    assert without_notes('a<span class="footnote">b</span>c') == "ac"


CHAPTER = f"""# Titel[^t]

Tekst.

## Kop^[Bij de kop.] {{#sec-kop}}

{TABLE.format(kind="csv", caption="Kop^[Bij het bijschrift.]", below=BELOW)}
[^t]: Bij de titel.
"""
TOLD = ["Bij de titel.", "Bij de kop.", "Bij het bijschrift.", "Noot kop.", "Kop.", "Rij.",
        "Getal.", "Noot cel."]  # fmt: skip


@pytest.fixture
def noted(case: Case) -> Case:
    table = {"file": "tables/x.csv", "rows": read_rows(SHEET)}
    return Case.model_validate(
        {**case.model_dump(exclude_unset=True), "tables": {"x": table}, "chapters": {"01": CHAPTER}}
    )


def test_a_title_keeps_its_note_and_the_contents_do_not(noted: Case) -> None:
    document, _ = assemble(evaluate(noted), load_style("seo"), "nl")
    assert document.chapters[0].title == "Titel"
    assert document.chapters[0].heading == 'Titel<span class="footnote">Bij de titel.</span>'


def test_every_format_holds_every_note(noted: Case, tmp_path: Path) -> None:
    render(evaluate(noted), tmp_path / "r.pdf", formats="all")
    pages = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    printed = " ".join("".join(p.get_textpage().get_text_bounded() for p in pages).split())
    web = (tmp_path / "r.html").read_text(encoding="utf-8")
    listed = re.findall(r'<span class="note-text">(.*?)</span> <a', web, re.DOTALL)
    found = [" ".join(markup.unescape(re.sub("<[^>]+>", " ", one)).split()) for one in listed]
    with zipfile.ZipFile(tmp_path / "r.docx") as file:
        word = file.read("word/footnotes.xml").decode()
    assert len(found) == len(TOLD)
    for at, text in enumerate(TOLD, 1):
        assert f"{at} {text}" in printed
        assert found[at - 1].startswith(text)
        assert text in re.sub("<[^>]+>", "", word)
