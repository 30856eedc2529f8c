"""House styles: what `style.toml` decides, what is wrong with one, and how one is made."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from evalkit.errors import EvalkitError
from evalkit.evaluation import Evaluation, evaluate
from evalkit.model import Case
from evalkit.report.assemble import assemble
from evalkit.report.pages.layout import lay_out, markup
from evalkit.report.render import render
from evalkit.report.style.colours import contrast, flaws_of_colours
from evalkit.report.style.style import load_style

CHAPTERS = {
    "00": "# Samenvatting {#samenvatting}\n\nKort.",
    "01": "# Mix {#sec-mix}\n\n### Klein kopje\n\nTekst.[^a]\n\n[^a]: De noot.\n\n"
    '::: figure theory {#fig-t caption="Theorie"}\n:::\n\n::: instruments\n:::',
    "02": "# Bronnen {#bijlage .appendix}\n\n::: sources\n:::",
}


@pytest.fixture
def whole(case: Case) -> Evaluation:
    return evaluate(case.model_copy(update={"chapters": CHAPTERS}))


def changed(folder: Path, old: str, new: str, style: str = "seo") -> Path:
    """Copy a style and change its style.toml, as an office would."""
    shutil.copytree(load_style(style).folder, folder)
    file = folder / "style.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def words(path: Path) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]


def colours_of(path: Path) -> set[tuple[int, int, int]]:
    """Gather every colour of every page, seen at a low resolution."""
    found: set[tuple[int, int, int]] = set()
    for page in pypdfium2.PdfDocument(path):
        found |= {rgb[:3] for _, rgb in page.render(scale=0.5).to_pil().getcolors(1 << 20)}
    return found


def test_the_plain_style_passes_every_gate_and_has_no_colour(
    whole: Evaluation, tmp_path: Path
) -> None:
    made = render(whole, tmp_path / "r.pdf", style="kaal")
    assert all(max(rgb) - min(rgb) <= 2 for rgb in colours_of(made))
    fonts = {
        part.get_font().get_base_name().rpartition("+")[2]
        for page in pypdfium2.PdfDocument(made)
        for part in page.get_objects(max_depth=15)
        if isinstance(part, pypdfium2.PdfTextObj)
    }
    assert fonts
    assert all("Serif" not in name for name in fonts)


def test_the_style_of_the_house_has_colour(whole: Evaluation, tmp_path: Path) -> None:
    found = colours_of(render(whole, tmp_path / "r.pdf", style="seo"))
    assert any(max(rgb) - min(rgb) > 40 for rgb in found)


def test_the_order_of_the_parts_is_that_of_the_style(whole: Evaluation, tmp_path: Path) -> None:
    style = changed(
        tmp_path / "eigen",
        '"summary", "contents", "chapters"',
        '"contents", "chapters", "summary"',
    )
    texts = words(render(whole, tmp_path / "r.pdf", style=style))
    first = {
        word: next(at for at, text in enumerate(texts) if word in text)
        for word in ("Kort.", "De noot.")
    }
    assert first["Kort."] > first["De noot."]


def test_a_colour_of_the_style_reaches_text_and_drawings(whole: Evaluation, tmp_path: Path) -> None:
    folder = changed(tmp_path / "eigen", 'petrol-700 = "#14536B"', 'petrol-700 = "#5A1A6B"')
    style = load_style(folder, folders=True)
    document, edition = assemble(whole, style, "nl")
    html = markup(document, edition)
    assert "#5A1A6B" in html
    assert not re.search("#14536b", html, re.IGNORECASE)
    assert "#5A1A6B" in style.sheet("a { color: var(--petrol-700); }", "x.css")


def test_a_logo_stands_on_the_cover(whole: Evaluation, tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "eigen", 'name = "kaal"', 'name = "eigen"\nlogo = "beeld.svg"', "kaal"
    )
    square = '<rect width="60" height="20"/>'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">{square}</svg>'
    (folder / "beeld.svg").write_text(drawn)
    cover = pypdfium2.PdfDocument(render(whole, tmp_path / "r.pdf", style=folder))[0]
    corner = cover.render(scale=1).to_pil().convert("L").crop((60, 60, 240, 120))
    assert corner.getextrema()[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('grey-600 = "#54626A"', 'grey-600 = "#B4B4B4"', "'grey-600' (#B4B4B4) on 'white'"),
        ('ink = "#1A2428"', 'ink = "zwart"', "'ink' is no colour: 'zwart'"),
        ('ink = "#1A2428"', "", "'ink' is missing"),
        ('petrol-300 = "#97BFCC"', 'petrol-300 = "#FFFFFF"', "'petrol-300' is not darker"),
        ('"chapters", "appendices"', '"chapters"', "'appendices' is missing"),
        ('"cover", ', '"cover", "omslag", ', "there is no"),
        ('"cover", ', '"cover", "cover", ', "parts: 'cover' stands there twice; name it once"),
        ("SourceSans3-It.ttf", "Ander.ttf", "fonts: there is no file"),
        (
            'serif = "Source Serif 4"',
            'serif = "Times"',
            "'serif' names 'Times', and no [[fonts]] has that family",
        ),
        ('name = "seo"', 'logo = "weg.svg"', "logo: there is no file weg.svg"),
        ("[colours]", "[kleuren]", "kleuren: there is no such key"),
        ("[colours]", "[colours", "this is not TOML"),
        ('name = "seo"', 'extends = "geen"', "geen"),
    ],
)
def test_what_is_wrong_with_a_style_is_told(old: str, new: str, says: str, tmp_path: Path) -> None:
    folder = changed(tmp_path / "eigen", old, new)
    with pytest.raises(EvalkitError, match=re.escape(says)):
        load_style(folder, folders=True)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("l.png", b"geen beeld", "l.png is no picture that can be read"),
        ("l.png", "half", "l.png is broken: "),
        ("l.svg", b"<svg", "l.svg is broken: "),
        ("l.svg", b"<svg width='1' height='1'/>", "l.svg is no SVG"),
        ("l.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "does not say how large"),
        ("l.svg", SVG.format("<foreignObject/>").encode(), "holds a foreignObject"),
        ("l.svg", SVG.format('<image href="https://a.nl/x.png"/>').encode(), "reads https://a.nl"),
        ("l.svg", SVG.format('<rect fill="url(https://a.nl/x)"/>').encode(), "reads https://a.nl"),
        (
            "l.svg",
            SVG.format("<style>@import url(https://a.nl/x.css);</style>").encode(),
            "reads https://a.nl",
        ),
        ("l.svg", SVG.replace("0 0 9 9", "a b").encode(), 'has viewBox="a b"; write four numbers'),
        ("l.svg", SVG.replace("0 0 9 9", "0 0 0 9").encode(), "write four numbers, the last two"),
        ("l.svg", f'<?xml version="1.0" encoding="onzin"?>{SVG}'.encode(), "l.svg is broken: "),
    ],
)
def test_a_broken_logo_is_told_before_any_format_is_made(
    name: str, data: bytes | str, says: str, whole: Evaluation, tmp_path: Path
) -> None:
    folder = changed(tmp_path / "eigen", 'name = "kaal"', f'name = "a"\nlogo = "{name}"', "kaal")
    if data == "half":
        picture = io.BytesIO()
        Image.effect_noise((40, 40), 90).save(picture, "PNG")
        data = picture.getvalue()[:400]
    (folder / name).write_bytes(data)  # type: ignore[arg-type]
    at = 1 + (folder / "style.toml").read_text("utf-8").split("logo")[0].count("\n")
    for kind in ("html", "docx", "pdf"):
        with pytest.raises(EvalkitError, match=re.escape(f"style.toml:{at}: logo: ")) as told:
            render(whole, tmp_path / f"r.{kind}", style=folder)
        assert says in str(told.value)
    assert not list(tmp_path.glob("r.*"))


@pytest.mark.parametrize(
    ("sheet", "text", "says"),
    [
        ("x.css", "a {\n  color: var(--petrol-701) }", "x.css:2: var(--petrol-701) is not in"),
        ("type.css", "/* var(--weg) */\n\na { color: var(--weg) }", "type.css:3: var(--weg)"),
        ("x.css", "a { color: var( --ink) }", "x.css:1: write var(--ink) and nothing else"),
        ("web/web.css", "a { color: var(--paars, red) }", "web.css:1: var(--paars) is not in"),
        ("x.css", b"a { content: '\xff' }", "x.css: this is no text in UTF-8"),
        (
            "x.css",
            '\n@import url("https://a.nl/a.css");',
            "x.css:2: a report reads nothing outside",
        ),
        ("x.css", "@import 'https://a.nl/a.css';", "and this reads https://a.nl/a.css; put"),
        ("web/web.css", "a { background: url(//a.nl/x.png) }", "web.css:1: a report reads nothing"),
        ("x.css", "a { background: url(../geheim.png) }", "and this reads ../geheim.png; put"),
        ("x.css", "a { background: url('web/%2e%2e/../x.png') }", "x.css:1: a report reads noth"),
        ("x.css", "\n@import url(/etc/x.css);", "x.css:2: a report reads nothing outside"),
        ("web/web.css", "a { background: url(../../x.png) }", "web.css:1: a report reads noth"),
    ],
)
def test_a_colour_that_is_not_there_is_told_with_its_line(
    sheet: str, text: str | bytes, says: str, tmp_path: Path
) -> None:
    folder = changed(tmp_path / "eigen", 'name = "kaal"', 'name = "eigen"', "kaal")
    (folder / sheet).parent.mkdir(exist_ok=True)
    (folder / sheet).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(EvalkitError, match=re.escape(says)):
        load_style(folder, folders=True)


@pytest.mark.parametrize("data", [b"wOF2rest", b"wOF2" + bytes(60)])
def test_a_damaged_packed_font_is_told(data: bytes, tmp_path: Path) -> None:
    folder = changed(tmp_path / "eigen", "fonts/SourceSans3-It.ttf", "fonts/eigen.woff2")
    (folder / "fonts/eigen.woff2").write_bytes(data)
    with pytest.raises(EvalkitError, match=r"fonts: .*eigen\.woff2 is .*; fetch it anew"):
        load_style(folder, folders=True)


def test_a_sheet_may_hold_a_picture_and_read_a_file_of_the_style(tmp_path: Path) -> None:
    folder = changed(tmp_path / "eigen", 'name = "kaal"', 'name = "eigen"', "kaal")
    text = "a { background: url(beeld.png) } b { background: url('data:image/png;base64,AA') }"
    text += " i { background: url(web/../beeld.png?a=../../b#../../c) }"
    (folder / "x.css").write_text(text)
    assert load_style(folder, folders=True).folder == folder


def test_properties_of_the_page_itself_are_known(tmp_path: Path) -> None:
    folder = changed(tmp_path / "eigen", 'name = "kaal"', 'name = "eigen"', "kaal")
    (folder / "web").mkdir()
    text = ":root { --gap: 1em } a { margin: var(--gap); color: var(--paper) }"
    (folder / "web" / "web.css").write_text(text)
    assert load_style(folder, folders=True).settings["name"] == "eigen"


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    folder = changed(tmp_path / "eigen", 'name = "seo"', 'name = "eigen"')
    (folder / "fonts" / "SourceSans3-It.ttf").write_bytes(b"geen letters")
    with pytest.raises(EvalkitError, match=r"SourceSans3-It.ttf is no font"):
        load_style(folder, folders=True)


def test_a_wrong_colour_is_told_with_its_line(tmp_path: Path) -> None:
    folder = changed(tmp_path / "eigen", 'ink = "#1A2428"', 'ink = "zwart"')
    at = 1 + (folder / "style.toml").read_text("utf-8").split('ink = "zwart"')[0].count("\n")
    with pytest.raises(EvalkitError, match=rf"style.toml:{at}: colours: 'ink' is no colour"):
        load_style(folder, folders=True)


def test_a_folder_without_style_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvalkitError, match=r"holds no style.toml"):
        load_style(tmp_path, folders=True)


def test_an_unknown_colour_in_a_sheet_is_told() -> None:
    with pytest.raises(EvalkitError, match=r"var\(--paars\) is not in style.toml"):
        load_style("seo").sheet("a { color: var(--paars) }", "x.css")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert contrast("#FFFFFF", "#14536B") == pytest.approx(8.5, abs=0.05)


@pytest.mark.parametrize("name", ["seo", "kaal"])
def test_the_shipped_styles_can_be_read(name: str) -> None:
    assert list(flaws_of_colours(load_style(name).settings["colours"])) == []


def test_a_small_heading_below_a_title_is_of_the_second_level(whole: Evaluation) -> None:
    document, edition = assemble(whole, load_style("seo"), "nl")
    assert '<h2 class="as-h3"' in markup(document, edition)
    assert lay_out(document, edition, lambda _: None).pages


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("extends = 3", "extends: write a name between quotes"),
        ('parts = "cover"', "parts: write a list of names"),
        ("logo = 3", "logo: write a name between quotes"),
        ('logo = "logo.txt"', "logo: 'logo.txt' is no picture"),
        ('fonts = "x"', "fonts: begin each font with a line [[fonts]]"),
        ("colours = 3", "[colours]: write names with a value"),
        ('[[fonts]]\nfamily = "X"', "fonts: font 1 has no proper weight, style, file"),
        (
            '[[fonts]]\nfamily = "X"\nweight = 400\nstyle = "normal"\nfile = "x.toml"',
            "fonts: 'x.toml' is no font",
        ),
        ('[word]\nwidth = "x"', "word: 'width' is no length in millimetres: 'x'"),
        ('[word]\nink = "black"', "word: 'ink' is no colour: 'black'"),
        ("word = 3", "word: begin it with a line [word]"),
    ],
)
def test_a_key_of_another_kind_is_told(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(EvalkitError, match=re.escape(says)):
        load_style(tmp_path, folders=True)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{% if %}", "Expected an expression"),
        ("{{ doc.nothing_here }}", "has no attribute 'nothing_here'"),
        ('{% include "nowhere.j2" %}', "nowhere.j2"),
    ],
)
@pytest.mark.parametrize("made", ["pdf", "html"])
def test_a_mistake_in_a_template_is_told_with_its_line(
    written: str, says: str, made: str, whole: Evaluation, tmp_path: Path
) -> None:
    folder = changed(tmp_path / "eigen", "kaal", "eigen", "kaal")
    name = {"pdf": "sections/cover.html.j2", "html": "web/web.html.j2"}[made]
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"\n{written}\n", encoding="utf-8")
    with pytest.raises(EvalkitError, match=re.escape(says)) as told:
        render(whole, tmp_path / f"r.{made}", style=folder)
    assert f"{file}:2: " in str(told.value)


def test_code_is_set_in_letters_of_the_style(case: Case, tmp_path: Path) -> None:
    text = "Typ `evalkit check`.\n\n    een regel\n    en nog een\n\n"
    chapters = {**CHAPTERS, "01": CHAPTERS["01"].replace("Tekst.", f"{text}Tekst.")}
    made = render(evaluate(case.model_copy(update={"chapters": chapters})), tmp_path / "r.pdf")
    assert "evalkit check" in " ".join(words(made))
