"""What stays together on a page, what turns it, and where words are broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyphen
import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.model.datatable import DataTable
from evalkit.model.theme import Theme
from evalkit.report.assemble import assemble
from evalkit.report.pages.gates import _parted_exhibits
from evalkit.report.pages.layout import Layout, lay_out
from evalkit.report.style.style import load_style
from evalkit.report.text.hyphens import Hyphenator, own_hyphens


def laid_out(case: Case, text: str, style: str | Path = "seo", **changes: object) -> Layout:
    update = {"chapters": {"01": f"# Mix {{#sec-mix}}\n\n{text}"}, **changes}
    whole = evaluate(case.model_copy(update=update))
    document, edition = assemble(whole, load_style(style, folders=True), "nl")
    return lay_out(document, edition, lambda _: None)


def table(columns: int) -> DataTable:
    heads = tuple(f"Jaar {at}" for at in range(columns))
    return DataTable(file="tables/breed.csv", rows=(heads, tuple(str(at) for at in range(columns))))


@pytest.mark.parametrize(("columns", "turned"), [(8, False), (12, True)])
def test_a_table_of_many_columns_turns_its_page(columns: int, turned: bool, case: Case) -> None:
    text = 'Voor.\n\n::: table csv breed {#tbl-b caption="Breed"}\n:::\n\nNa.'
    pages = laid_out(case, text, tables={"breed": table(columns)}).pages.pages
    assert any(page.width > page.height for page in pages) == turned
    assert pages[-1].width < pages[-1].height


@pytest.mark.parametrize(
    ("before", "words", "pages"),
    [
        (7, "Wat er is of ontbreekt bij dit onderdeel", 1),  # 800 characters: moves as a whole
        (6, "Een lange cel, " * 20, 2),  # would leave half a page white: breaks between rows
    ],
)
def test_a_short_table_is_not_broken(before: int, words: str, pages: int, case: Case) -> None:
    rows = (("Onderdeel", "Stand"), *((f"Een onderdeel van de opzet, nummer {at}", words)
            for at in range(10)))  # fmt: skip
    short = {"kort": DataTable(file="tables/kort.csv", rows=rows)}
    filler = "Een alinea die de bladzijde vult. " * 9
    text = "\n\n".join([filler] * before) + '\n\n::: table csv kort {#tbl-k caption="Kort"}\n:::'
    found = laid_out(case, text, tables=short).pages.pages
    assert sum("tbl-k" in page.anchors for page in found) == pages


@pytest.mark.parametrize(
    ("css", "says"),
    [
        ("", []),
        (".exhibit .source { break-before: page; }", ["a source line is parted"]),
        (".exhibit .drawing { break-before: page; }", ["a caption is parted"]),
    ],
)
def test_what_is_parted_from_its_figure_is_named(
    css: str, says: list[str], case: Case, tmp_path: Path
) -> None:
    folder = tmp_path / "eigen"
    shutil.copytree(load_style("seo").folder, folder)
    with (folder / "print.css").open("a", encoding="utf-8") as sheet:
        sheet.write(css)
    text = '::: figure theory {#fig-t caption="Theorie" source="SEO"}\n:::'
    found = list(_parted_exhibits(laid_out(case, text, folder)))
    assert len(found) == len(says)
    assert all(said in one for one, said in zip(found, says, strict=True))


def test_a_source_line_below_a_theme_belongs_to_no_table(case: Case) -> None:
    """A table without a source, and overleaf a line of sources that is not its own."""
    rows = (("Onderdeel", "Stand"), ("opzet", "af"))
    tables = {"kort": DataTable(file="tables/kort.csv", rows=rows)}
    theme = Theme.model_validate({"name": "A", "problem": "Krap.", "source": "seo, p. 2"})
    chapters = {
        "01": '# Een\n\n::: table csv kort {#tbl-k caption="Kort"}\n:::',
        "02": "# Twee\n\n::: theme a\n:::",
    }
    layout = laid_out(case, "", chapters=chapters, tables=tables, themes={"a": theme})
    assert list(_parted_exhibits(layout)) == []


@pytest.mark.parametrize(
    ("word", "joint"),
    [
        ("beleidsevaluaties", "beleids"),
        ("Arbeidsmarktbeleid", "Arbeids"),
        ("omscholingsregeling", "omscholings"),
    ],
)
def test_long_words_are_broken_between_their_parts(word: str, joint: str) -> None:
    found = [first for first, _ in Hyphenator(lang="nl", left=5, right=5).iterate(word)]
    assert joint in found
    assert joint[:-1] not in found
    assert all(first + second == word for first, second in Hyphenator(lang="nl").iterate(word))


def test_english_words_and_others_follow_the_patterns() -> None:
    for lang, word in (("en", "beleidsevaluatie"), ("nl", "ondernemerschap")):
        theirs = list(pyphen.Pyphen(lang=lang).iterate(word))
        assert list(Hyphenator(lang=lang).iterate(word)) == theirs


def test_text_beside_a_float_stands_beside_it() -> None:
    """With soft hyphens in the text WeasyPrint set it below the float."""
    text = "<p>In deze kleine pilot maakten bedrijven een plan voor de arbeidsmarkt</p>"
    aside = '<div style="float: left; width: 60mm; height: 50mm"></div>'
    with own_hyphens():
        page = HTML(string=f'<html lang="nl">{aside}{text}').render().pages[0]._page_box
    lines = [box for box in page.descendants() if isinstance(box, boxes.LineBox)]
    assert lines[0].position_y < 200
