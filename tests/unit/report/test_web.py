"""The HTML report: one file, the same text as the PDF, every number with its origin."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from evalkit.evaluation import Evaluation, evaluate
from evalkit.io.case import load_case
from evalkit.io.shipped import style_dir
from evalkit.model import Case
from evalkit.report.assemble import assemble
from evalkit.report.document import Document
from evalkit.report.edition import Edition
from evalkit.report.finished import finished
from evalkit.report.pages.layout import markup
from evalkit.report.sections.trail import origin_told
from evalkit.report.style.colours import contrast
from evalkit.report.style.style import load_style
from evalkit.report.web.dark import dark
from evalkit.report.web.fragment import Shared, web_markup
from evalkit.report.web.gates import faults
from evalkit.report.web.notes import Notes
from evalkit.report.web.origins import Origins
from evalkit.report.web.page import web_page

VOID = {"br", "col", "hr", "img", "input", "link", "meta"}
CHAPTERS = {
    "00": "# Samenvatting {#samenvatting}\n\n::: lead\nKort.\n:::\n\n@fig-t laat het zien.",
    "01": "# Mix & zo {#sec-mix}\n\n"
    "Er gingen {{ instruments.bon_regeling.activities.bonnen.actual }} uit.[^a] Trede "
    "{{ instruments | length }} van `< 2`.[^b]\n\n"
    "[^a]: De noot kent er {{ instruments.bon_regeling.activities.bonnen.actual | number }}.\n"
    "[^b]: De tweede *noot*.\n\n"
    '::: figure theory {#fig-t caption="Theorie & werking"}\n:::\n\n'
    "Na de figuur.[^c]\n\n[^c]: Bij de figuur.\n\n"
    "::: instruments\n:::",
    "03": "# Bronnen {#bijlage .appendix}\n\n::: sources\n:::\n\n"
    "::: workings\n:::\n\n::: trail\n:::",
}


class Reader(HTMLParser):
    """Text by part of a page, without what only a browser adds."""

    ADDED = ("figure-data", "origin", "noteref", "back", "pad")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str, bool]] = []
        self.texts: dict[str, list[str]] = {"flow": [], "note": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        into, hidden = self.open[-1][1:] if self.open else ("", False)
        if "flow" in classes and "instrument" not in classes:
            into = "flow"
        if {"footnote", "note-text"} & set(classes):
            into = "note"
            self.texts["note"].append("\n")
        self.open.append((tag, into, hidden or bool(set(self.ADDED) & set(classes))))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        into, hidden = self.open[-1][1:] if self.open else ("", False)
        if into and not hidden:
            self.texts[into].append(data)

    def text(self, name: str) -> list[str]:
        found = "".join(self.texts[name]).split("\n" if name == "note" else "\0")
        return [" ".join(one.split()) for one in found if one.strip()]


def read(html: str) -> Reader:
    found = Reader()
    found.feed(html)
    found.close()
    return found


def made(evaluation: Evaluation, lang: str | None = None) -> tuple[Document, Edition, str]:
    case = evaluation.case
    document, edition = assemble(evaluation, load_style(case.style), lang or case.language)  # type: ignore[arg-type]
    data, wrong = web_page(document, edition)
    assert wrong == ()
    return document, edition, data.decode()


@pytest.fixture
def small(case: Case) -> Evaluation:
    return evaluate(case.model_copy(update={"chapters": CHAPTERS}))


@pytest.fixture(scope="module", params=["minimumloon", "menselijk-kapitaal"])
def shipped(request: pytest.FixtureRequest) -> tuple[Document, Edition, str]:
    return made(evaluate(load_case(request.param)))


def test_the_page_holds_the_text_of_the_pages(shipped: tuple[Document, Edition, str]) -> None:
    document, edition, html = shipped
    paper, page = read(markup(document, edition)), read(html)
    assert len("".join(paper.text("flow"))) > 10_000
    assert page.text("flow") == paper.text("flow")
    assert page.text("note") == paper.text("note")


def test_every_printed_number_tells_its_origin(shipped: tuple[Document, Edition, str]) -> None:
    _, edition, html = shipped
    found = re.findall(
        r'<span class="value"[^>]*aria-describedby="(origin-\d+)">'
        r'((?:[^<]|<span class="together">[^<]*</span>)+)</span>'
        r'<span class="origin" role="tooltip" id="\1">([^<]+)</span>',
        html,
    )
    shown = [" ".join(re.sub(r"<[^>]+>", "", text).split()) for _, text, _ in found]
    for one in edition.values.printed:
        told, _ = origin_told(one, edition)
        if told:
            assert " ".join(one.text.split()).replace("&", "&amp;") in shown
    assert len(found) == html.count('class="value"')


def test_figures_carry_their_data(shipped: tuple[Document, Edition, str]) -> None:
    _, edition, html = shipped
    with_data = [e for e in edition.exhibits if e.kind == "figure" and len(e.drawing.data) > 1]
    assert with_data
    assert html.count('<details class="figure-data">') == len(with_data)
    for exhibit in with_data:
        figure = html.split(f'id="{exhibit.id}"')[1].split("</figure>")[0]
        assert figure.count("<tr") >= len(exhibit.drawing.data)


def test_the_page_asks_nothing_of_the_network(shipped: tuple[Document, Edition, str]) -> None:
    html = shipped[2]
    assert re.findall(r'\s(?:src|srcset|action|data|poster)="', html) == []
    assert re.findall(r"@import|<link|<iframe|<object", html) == []
    urls = re.findall(r"url\(([^)]{0,40})", html)
    assert urls
    assert all(url.startswith("data:") for url in urls)
    assert "default-src &#39;none&#39;" in html
    assert 'style="' not in html


def test_the_same_input_gives_the_same_bytes(small: Evaluation) -> None:
    assert made(small)[2] == made(Evaluation.from_json(small.to_json()))[2]


def test_footnotes_are_numbered_and_lead_back(small: Evaluation) -> None:
    html = made(small)[2]
    assert re.findall(r'id="noteref-(\d+)" href="#note-(\d+)"', html) == [
        ("1", "1"), ("2", "2"), ("3", "3")
    ]  # fmt: skip
    notes = re.findall(r'<li id="note-(\d)" value="\1"><span class="note-text">(.*?)</li>', html)
    assert [number for number, _ in notes] == ["1", "2", "3"]
    assert "De noot kent er" in notes[0][1]
    assert "De tweede <em>noot</em>." in notes[1][1]
    assert 'href="#noteref-1"' in notes[0][1]


def test_a_number_is_told_where_it_stands_and_in_notes(small: Evaluation) -> None:
    html = made(small)[2]
    assert html.count(">1.337\N{NO-BREAK SPACE}bonnen</span>") == 1
    assert html.count(">1.337</span>") == 1
    assert "Bonnen. Bron: CBS &amp; UWV (2021)." in html
    assert "Trede\N{NO-BREAK SPACE}" in html


def test_text_of_a_case_is_never_markup(small: Evaluation) -> None:
    html = made(small)[2]
    assert "<code>&lt; 2</code>" in html
    assert "Bon &lt;regeling&gt;" in html
    assert "<regeling" not in html


def test_the_english_page_speaks_english(small: Evaluation) -> None:
    html = made(small, "en")[2]
    assert '<html lang="en">' in html
    for expected in ("Skip to the text", "Data of figure 1.1", "back to the text at note 1"):
        assert expected in html
    for foreign in ("Naar de tekst", "Gegevens bij", "Inhoud"):
        assert foreign not in html


def test_a_finished_document_has_no_marks_left(small: Evaluation) -> None:
    document, edition = assemble(small, load_style("seo"), "nl")
    whole = finished(document, edition)
    html = "".join(chapter.html for chapter in whole.chapters)
    assert not re.search("[\ue000-\uf8ff]", f"{whole}{html}")
    assert "1.337\N{NO-BREAK SPACE}bonnen" in html
    assert [one.id for one in whole.exhibits] == [one.id for one in edition.exhibits]


def rewritten(html: str, edition: Edition) -> str:
    return web_markup(html, Shared(edition, {}, Notes("nl"), Origins(edition)))


@pytest.mark.parametrize(
    ("paper", "page"),
    [
        ("<h2>A</h2><h3>B</h3>", '<h3 class="head-3">A</h3><h4 class="head-4">B</h4>'),
        ('<h2 class="as-h3">B</h2>', '<h3 class="head-4 as-h3">B</h3>'),
        ("<th></th>", "<td></td>"),
        ('<p style="width: 9mm">x</p>', '<p class="w-1">x</p>'),
        ('<svg alt="x" viewBox="0 0 1 1"><g/></svg>', '<svg viewBox="0 0 1 1"><g/></svg>'),
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        ("<br>", "<br>"),
    ],
)
def test_markup_is_rewritten_for_the_browser(paper: str, page: str, edition: Edition) -> None:
    assert rewritten(paper, edition) == page


@pytest.mark.parametrize("html", ["<p>open", "</p>", "<p><b>x</p></b>"])
def test_markup_that_does_not_close_is_a_fault(html: str, edition: Edition) -> None:
    from evalkit.errors import RenderError

    with pytest.raises(RenderError, match="the markup of the report"):
        rewritten(html, edition)


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ('<p id="a"></p><p id="a"></p>', "the label 'a' stands 2 times"),
        ('<a href="#b">x</a>', "a link leads to 'b'"),
        ('<p aria-describedby="c">x</p>', "a link leads to 'c'"),
        ('<img src="https://example.org/x.png">', "from elsewhere"),
        ('<link href="x.css">', "from elsewhere"),
        ('<a href="file:///etc/passwd">x</a>', "from elsewhere"),
        ("<h1>a</h1><h3>b</h3>", "level 3 follows one of level 1"),
        ("<svg></svg>", "neither a description"),
        ("<p>\ue000</p>", "without meaning"),
    ],
)
def test_each_check_finds_its_fault(html: str, says: str, small: Evaluation) -> None:
    document, _ = assemble(small, load_style("seo"), "nl")
    (found,) = faults(html, document)
    assert says in found


def test_a_lost_figure_is_found(small: Evaluation) -> None:
    document, edition, html = made(small)
    lost = html.replace('id="fig-t"', 'id="fig-x"').replace('href="#fig-t"', 'href="#fig-x"')
    assert "Figuur 1.1 is missing from the page" in list(faults(lost, finished(document, edition)))


TEXT = [
    (text, ground)
    for text in ("ink", "petrol-900", "petrol-700", "copper-700", "grey-600")
    for ground in ("paper", "petrol-50")
]
TEXT += [("ink", "petrol-100"), ("ink", "petrol-300"), ("petrol-900", "petrol-400")]
TEXT += [("ink", "copper-100"), ("copper-700", "copper-100"), ("paper", "petrol-500")]
TEXT += [("paper", "petrol-700"), ("paper", "petrol-900")]


@pytest.mark.parametrize("name", ["seo", "kaal"])
def test_text_can_be_told_from_its_ground_on_a_dark_screen(name: str) -> None:
    light = load_style(name).settings["colours"]
    colours = dark(light)
    assert light.keys() - colours.keys() == {"cover-highlight"}  # the cover is always dark
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT}
    assert {pair: value for pair, value in found.items() if value < 4.5} == {}
    assert contrast(colours["petrol-500"], colours["paper"]) >= 3
    assert contrast(colours["grey-400"], colours["paper"]) >= 3


def test_drawings_follow_the_dark_screen(shipped: tuple[Document, Edition, str]) -> None:
    html = shipped[2]
    main = html.split("<main")[1].split("</main>")[0]
    drawn = set(re.findall(r'(fill|stroke)="(#[0-9A-F]{6})"', main))
    assert len(drawn) > 10
    for kind, colour in drawn:
        (new,) = re.findall(rf'\[{kind}="{colour}" i\]\{{{kind}:([^}}]+)\}}', html)
        assert new.startswith(("var(--", "#"))
        assert new != colour


def test_a_logo_is_in_the_page(small: Evaluation, tmp_path: Path) -> None:
    folder = tmp_path / "eigen"
    shutil.copytree(style_dir("seo"), folder)
    toml = folder / "style.toml"
    toml.write_text(f'logo = "logo.svg"\n{toml.read_text()}')
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    (folder / "logo.svg").write_text(logo)
    document, edition = assemble(small, load_style(folder, folders=True), "nl")
    data, wrong = web_page(document, edition)
    assert wrong == ()
    assert b'<img class="cover-logo" src="data:image/svg+xml;base64,PHN2Z' in data


def test_packed_fonts_are_the_whole_fonts() -> None:
    for file in (style_dir("seo") / "fonts").glob("*.ttf"):
        with TTFont(file, lazy=True) as whole, TTFont(file.with_suffix(".woff2")) as packed:
            assert packed.getGlyphOrder() == whole.getGlyphOrder()
            assert packed.getBestCmap() == whole.getBestCmap()
            assert packed["head"].fontRevision == whole["head"].fontRevision


def test_a_style_without_a_web_folder_borrows_it(small: Evaluation, tmp_path: Path) -> None:
    folder = tmp_path / "eigen"
    shutil.copytree(style_dir("seo"), folder, ignore=shutil.ignore_patterns("web", "*.woff2"))
    toml = folder / "style.toml"
    toml.write_text(toml.read_text().replace("#14536B", "#5A2D6B"))
    document, edition = assemble(small, load_style(folder, folders=True), "nl")
    data, wrong = web_page(document, edition)
    html = data.decode()
    assert wrong == ()
    assert "--petrol-700:#5A2D6B" in html
    assert 'fill="#5A2D6B"' in html
    assert "data:font/ttf;base64," in html
