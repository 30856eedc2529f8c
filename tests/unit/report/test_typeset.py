"""What stays on one line, brackets within brackets, and addresses, in every format."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.report.render import render
from evalkit.report.text.ties import last_tied, tied
from evalkit.report.text.typeset import typeset

HARD = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("nr. 1270", ["nr. 1270"]),
        ("nr. XIII-100", ["nr. XIII-100"]),
        ("Kamerstukken II 2024/25, 29 544, nr. 12", ["Kamerstukken II", "29 544,", "nr. 12"]),
        ("van 12 maart 2026 af", ["12 maart 2026"]),
        ("in mei 2026", ["mei 2026"]),
        ("§ 3.2 en art. 4 en p. 5", ["§ 3.2", "art. 4", "p. 5"]),
        ("zie Tabel 3.1\nen bijlage A", ["Tabel 3.1", "bijlage A"]),
        ("12 procent of € 4 miljoen", ["12 procent", "€ 4 miljoen"]),
        ("Jansen e.a. schrijven", ["Jansen e.a."]),
        ("een streep – zo", ["streep –"]),
    ],
)
def test_what_belongs_together_is_tied(written: str, kept: list[str]) -> None:
    assert {one for one in re.split("[ \n]", tied(written)) if HARD in one} == {
        one.replace(" ", HARD) for one in kept
    }


@pytest.mark.parametrize(
    "written", ["in 2024 steeg", "de p. Die", "stap. Een", "120 544", "maart en 2026", "snr. 5"]
)
def test_what_does_not_belong_together_is_not(written: str) -> None:
    assert tied(written) == written


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("(Kabinet (2026), § 3)", f"(Kabinet, 2026, §{HARD}3)"),
        ("(zie <em>SEO (2020a)</em> en CBS (z.d.-b))", "(zie <em>SEO, 2020a</em> en CBS, z.d.-b)"),
        ("Kabinet (2026) zegt (nu)", "Kabinet (2026) zegt (nu)"),
        ("a) Kabinet (2026)", "a) Kabinet (2026)"),
        (
            '(a<span class="footnote">SEO (2020).</span> b (2021))',
            '(a<span class="footnote">SEO (2020).</span> b, 2021)',
        ),
    ],
)
def test_no_year_stands_in_brackets_within_brackets(written: str, printed: str) -> None:
    assert typeset(f"<p>{written}</p>") == f"<p>{printed}</p>"


def test_an_open_bracket_is_forgotten_at_the_end_of_its_block() -> None:
    assert typeset("<p>(a</p><p>SEO (2020)</p>") == "<p>(a</p><p>SEO (2020)</p>"


INTERVAL = (
    "De verdeling ligt in het interval (0, 1] en dat bleek volgens SEO (2020) in de jaren (2010) "
    "en later."
)


@pytest.mark.parametrize(
    "written",
    [
        INTERVAL,
        "Het ligt in [0, 1) en dat bleek volgens SEO (2020) en later (zo).",
        "Het ligt in (f(x), 1] volgens SEO (2020) en later (zo).",
        "Dat viel tegen :( maar volgens SEO (2020) was het (zo).",
        "(zie bijlage 1 en volgens SEO (2020) is dat zo, en later (zo).",
        "(zie bijlage 1. Volgens SEO (2020) gaat het om: a) dit.",
        '(open<span class="footnote">SEO (2020).)</span> volgens CBS (2021).',
        'Zo.<span class="footnote">(open SEO (2020).</span> Volgens CBS (2021) (zo).',
        "(open <em>SEO (2020)</em> en <code>f)</code>",
    ],
)
def test_a_bracket_that_is_never_closed_holds_no_years(written: str) -> None:
    assert typeset(f"<p>{written}</p>").replace(HARD, " ") == f"<p>{written}</p>"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("(in [0, 1) volgens SEO (2020))", "(in [0, 1) volgens SEO, 2020)"),
        ("(in (0, 1] volgens SEO (2020))", "(in (0, 1] volgens SEO, 2020)"),
        ("(zie [SEO (2020)] en CBS (2021))", "(zie [SEO, 2020] en CBS, 2021)"),
        ("(jammer :( vond SEO (2020))", "(jammer :( vond SEO, 2020)"),
        ("(a (b SEO (2020)) c (2021))", "(a (b SEO, 2020) c, 2021)"),
        ("(open (b SEO (2020)) c (2021)", "(open (b SEO, 2020) c (2021)"),
        ("(vgl. Kabinet (2026))", "(vgl. Kabinet, 2026)"),
        ("(o.a. J. Jansen (2020))", "(o.a. J. Jansen, 2020)"),
        ("(Zie SEO (2020). Ook CBS (2021).) Zo.", "(Zie SEO, 2020. Ook CBS, 2021.) Zo."),
        (
            '(a<span class="footnote">(SEO (2020) b :(</span> CBS (2021))',
            '(a<span class="footnote">(SEO (2020) b :(</span> CBS, 2021)',
        ),
    ],
)
def test_a_bracket_that_is_closed_further_on_does(written: str, printed: str) -> None:
    assert typeset(f"<p>{written}</p>") == f"<p>{printed}</p>"


LONG = "Van de regeling maakten veel minder bedrijven gebruik dan vooraf door het kabinet was"


def test_no_short_word_stands_alone_on_the_last_line() -> None:
    assert typeset(f"<p>{LONG} gedacht.</p>") == f"<p>{LONG}{HARD}gedacht.</p>"
    noted = f'<li>{LONG} zo.<span class="footnote">Kort.</span></li>'
    assert typeset(noted) == noted.replace(" zo.", f"{HARD}zo.")
    assert typeset(f"<p>{LONG} uitvoeringskosten.</p>") == f"<p>{LONG} uitvoeringskosten.</p>"
    assert typeset("<p>Dat is zo.</p>") == "<p>Dat is zo.</p>"
    assert typeset(f"<table><tr><td><p>{LONG} zo.</p></td></tr></table>").count(HARD) == 0
    assert last_tied("zo.") == "zo."


def test_no_short_word_stands_alone_on_the_last_line_of_a_heading() -> None:
    for name in ("h1", "h2", "h3"):
        head = f'<{name}><span class="secno">2.1</span> Nieuw stelsel van de opvang</{name}>'
        assert typeset(head) == head.replace(" opvang", f"{HARD}opvang")
    assert typeset("<h2>Wat en hoe</h2><p>Een nieuw stelsel van de opvang</p>").count(HARD) == 0


def test_an_address_is_marked_without_the_stop_behind_it() -> None:
    made = typeset("<p>Zie https://a.nl/b-c. En (https://d.nl), zo.</p>")
    for host, path in (("https://a.nl/", "b-c"), ("https://d.nl", "")):
        whole = f'<span class="together">{host}</span>'
        assert f'<span class="url">{whole}{path}</span>' in made
    assert typeset(made) == made


def test_a_double_sign_and_half_a_word_are_kept_whole() -> None:
    made = typeset("<p>een bank of -instelling, \u2212\u2212 weerlegt, 3 -4, mbo-scholen</p>")
    whole = re.findall(r'<span class="together">(.*?)</span>', made)
    assert whole == ["-instelling", "\u2212\u2212"]


def test_a_range_of_years_is_kept_whole_outside_tables() -> None:
    made = typeset(f"<p>{LONG} in 2020–2025, 2020–21 en (2019–2021) zo.</p>")
    assert re.findall(r'<span class="together">(.*?)</span>', made) == ["2020–2025", "2019–2021"]
    cell = "<table><tr><td>2020–2025</td></tr></table>"
    assert typeset(cell) == cell


def test_a_short_ending_stays_with_its_word() -> None:
    made = typeset("<p>NGF Opschaling PPS-en. De mkb-route, een doe-het-zelver en een ICT-er</p>")
    assert re.findall(r'<span class="together">(.*?)</span>', made) == ["PPS-en", "ICT-er"]


def test_plain_text_and_titles_take_no_markup() -> None:
    plain = "Bank of -instelling, zie https://a.nl"
    assert typeset(plain) == plain
    assert typeset(f"<head><title>{plain}</title></head>") == f"<head><title>{plain}</title></head>"


def test_code_and_drawings_keep_their_spaces() -> None:
    kept = "<pre>nr. 5</pre><svg><text>nr. 5</text></svg>"
    assert typeset(kept) == kept


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = f"# Vraag\n\n{LONG} gedacht (Kabinet (2026), nr. 12), en dat valt op.\n"
    case = Case.model_validate(
        {"slug": "p", "title": "P", "period": "2020", "date": "2026-11", "chapters": {"01-a": text}}
    )
    path = tmp_path_factory.mktemp("set") / "p.pdf"
    render(evaluate(case), path, formats="all", draft=True)
    return path


def test_every_format_is_set_alike(files: Path) -> None:
    wanted = f"(Kabinet, 2026, nr.{HARD}12), en dat valt{HARD}op."
    assert wanted in files.with_suffix(".html").read_text(encoding="utf-8")
    with zipfile.ZipFile(files.with_suffix(".docx")) as word:
        assert wanted in re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode())
    pages = "".join(page.get_textpage().get_text_range() for page in PdfDocument(files))
    assert HARD not in pages, "a reader of the PDF would find no two words in a row"
    assert wanted.replace(HARD, " ") in " ".join(pages.split())
