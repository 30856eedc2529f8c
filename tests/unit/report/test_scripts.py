"""Words from right to left, and signs that no font of the style has."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import matplotlib as mpl
import pytest

from evalkit.errors import GateError
from evalkit.evaluation import evaluate
from evalkit.io.shipped import style_dir
from evalkit.model import Case
from evalkit.report.edition import Edition
from evalkit.report.render import render
from evalkit.report.style.style import load_style
from evalkit.report.text.prose import Prose
from evalkit.report.text.scripts import apart, as_drawn, directed, in_short, isolated, lacking

HELLO = "שלום עולם"
ARABIC = "السلام عليكم"
CHAPTERS = {
    "01": f"# Door {HELLO} (2020)\n\nDe heer {HELLO} schreef „{ARABIC}!”.^[Noot over {HELLO}.]\n\n"
    f"{HELLO}, EZ (2020).\n\n| Naam {HELLO} | Getal |\n|---|---|\n| {ARABIC} | 1,5 |\n"
}


def html(text: str, edition: Edition) -> str:
    return edition.finish(Prose(edition, "chapters/a.md").html(text))


def test_a_name_within_a_sentence_stands_apart(edition: Edition) -> None:
    found = html(f"De heer {HELLO}, (2020)", edition)
    assert found == f'<p>De heer <bdi dir="rtl">{HELLO}</bdi>, (2020)</p>\n'


def test_a_paragraph_that_begins_so_runs_from_right_to_left(edition: Edition) -> None:
    assert html(f"{HELLO} EZ", edition).startswith('<p dir="rtl"><bdi dir="rtl">')
    assert html(f"EZ {HELLO}", edition).startswith("<p>EZ")


@pytest.mark.parametrize("parted", ["\n", "\n\n"])
def test_an_item_of_a_list_stays_behind_its_sign(parted: str, edition: Edition) -> None:
    second = f"\n\n  {HELLO}, EZ.\n\n  - {HELLO}"
    listed = html(f"- {HELLO}: een{second}{parted}- `{HELLO}` code{parted}- twee", edition)
    assert f'<bdi dir="rtl">{HELLO}</bdi>: een' in listed
    assert re.search(r"<(li|p) dir", listed) is None


def test_a_title_in_the_contents_keeps_its_order(edition: Edition) -> None:
    html(f"## Door {HELLO} (2020) {{#sec-a}}", edition)
    assert edition.sections[0].title == f"Door {HELLO}\N{LEFT-TO-RIGHT MARK} (2020)"


def test_other_text_is_left_as_it_is() -> None:
    plain = '<p>Één „zin” met <a href="#x">ö</a></p>'
    assert isolated(plain) == directed(plain) == plain
    assert isolated(f'<a title="{HELLO}">a</a>') == f'<a title="{HELLO}">a</a>'


def test_words_in_a_drawing_are_turned_for_the_pages() -> None:
    shin, lamed, dagesh = "\u05e9", "\u05dc", "\u05bc"
    word = f"{shin}{dagesh}{lamed} (12) {shin}"
    turned = f"{shin} (12) {lamed}{shin}{dagesh}"
    drawn = '<svg aria-label="{0}"><text x="1">Door {1} 1,5</text></svg><p>{0}</p>'
    assert as_drawn(drawn.format(word, word)) == drawn.format(word, turned)
    half, as_half = f"({lamed}{shin}) {lamed}{shin}", f"({shin}{lamed}) {shin}{lamed}"
    assert as_drawn(f"<text>{half}</text>") == f"<text>{as_half}</text>"
    assert as_drawn("<text>Door wie</text>") == "<text>Door wie</text>"


def test_letters_that_join_do_so_in_a_drawing_too() -> None:
    fonts = [Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"]
    # seen begins, lam and alif are one and end, meem stands alone; beh with a mark in the middle.
    assert (
        as_drawn("<text>\u0633\u0644\u0627\u0645</text>", fonts)
        == "<text>\ufee1\ufefc\ufeb3</text>"
    )
    marked = "\u0628\u064e\u0628\u0628"
    assert as_drawn(f"<text>{marked}</text>", fonts) == "<text>\ufe90\ufe92\ufe91\u064e</text>"
    assert as_drawn(f"<text>{marked}</text>") == "<text>\u0628\u0628\u0628\u064e</text>"


def test_words_are_found_whatever_the_order_of_their_letters() -> None:
    rest, words = apart(f"a {HELLO} b")
    assert rest == "a   b"
    assert words == apart(" ".join(word[::-1] for word in reversed(HELLO.split())))[1]


def test_a_sign_without_font_is_named_once() -> None:
    fonts = [Path(font["file"]) for font in load_style("seo").settings["fonts"]]
    assert not list(lacking("gewoon – e\u0301é ● € 1\N{NARROW NO-BREAK SPACE}000", fonts))
    (found,) = lacking("een 😀 en nog een 😀", fonts)
    assert "no font of the style has 😀 (U+1F600, grinning face): …een 😀 en" in found
    *_, last = in_short([str(n) for n in range(15)])
    assert last == "and 3 more signs that no font of the style has"


def test_a_report_whose_style_lacks_the_letters_is_refused(case: Case, tmp_path: Path) -> None:
    evaluation = evaluate(case.model_copy(update={"chapters": CHAPTERS}))
    with pytest.raises(GateError, match=r"no font of the style has ש \(U\+05E9, hebrew letter sh"):
        render(evaluation, tmp_path / "r.pdf")


def test_a_style_with_such_a_font_prints_them(case: Case, tmp_path: Path) -> None:
    style = Path(shutil.copytree(style_dir("seo"), tmp_path / "eigen"))
    letters = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    shutil.copy(letters, style / "fonts")
    font = '[[fonts]]\nfamily = "DejaVu Sans"\nweight = {}\nstyle = "normal"\nfile = "fonts/{}"\n'
    shutil.copy(letters.with_name("DejaVuSans-Bold.ttf"), style / "fonts")
    with (style / "style.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + font.format(400, "DejaVuSans.ttf"))
        file.write("\n" + font.format(700, "DejaVuSans-Bold.ttf"))
    evaluation = evaluate(case.model_copy(update={"chapters": CHAPTERS}))
    made = render(evaluation, tmp_path / "r.pdf", formats="all", style=style)
    assert made.is_file()
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f'<bdi dir="rtl">{HELLO}</bdi>' in page
    assert '--sans:"Source Sans 3", "DejaVu Sans"' in page
    with zipfile.ZipFile(tmp_path / "r.docx") as word:
        text = word.read("word/document.xml").decode()
    assert text.count("<w:bidi/>") == 1
    assert re.search(rf"<w:rPr>[^/]*<w:rtl/></w:rPr><w:t[^>]*>{HELLO}</w:t>", text)
