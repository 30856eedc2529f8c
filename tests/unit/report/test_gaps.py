"""White in front of a figure or table: filled with the text behind it, or by breaking the table."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.report.assemble import assemble
from evalkit.report.pages.fill import Fill, fills
from evalkit.report.pages.fitting import Fitting
from evalkit.report.pages.gaps import VERDICT, eased
from evalkit.report.pages.layout import Layout, lay_out
from evalkit.report.render import render
from evalkit.report.style.style import load_style
from evalkit.report.text.footnotes import strays

LINE = "Dit is een regel tekst die ongeveer zo breed is als de kolom waarin zij staat, en wat meer."
BEFORE = "\n\n".join([LINE * 3] * 6)
BEHIND = "\n\n".join(f"Alinea {number}. {LINE * 3}" for number in range(1, 9))
FIGURE = '::: figure bars hoog {#fig-x caption="Een hoge figuur"}\n:::'
TABLE = '::: table csv kort {#fig-x caption="Een tabel"}\n:::'


def tall(case: Case, text: str) -> Case:
    """The case with this chapter, a figure of half a page and a table of a few long rows."""
    many = [["Wat", "Aantal"], *([f"Een staaf met een naam {n}", str(n + 1)] for n in range(20))]
    few = [["Wat", "Aantal"], *([f"Een regel {n} " * 7, str(n)] for n in range(10))]
    tables = {
        "hoog": {"file": "tables/hoog.csv", "unit": "banen", "rows": many},
        "kort": {"file": "tables/kort.csv", "rows": few},
    }
    made = {**case.model_dump(exclude_defaults=True), "tables": tables}
    return Case.model_validate({**made, "chapters": {"01": f"# Mix {{#sec-mix}}\n\n{text}"}})


def laid_out(case: Case) -> Layout:
    document, edition = assemble(evaluate(case), load_style("seo"), "nl")
    return lay_out(document, edition, lambda _: None)


def white(layout: Layout) -> float:
    """The white of the first page of the chapter, as a part of its room."""
    first = next(page for page in fills(layout.pages.pages) if page.section == "sec-mix")
    assert isinstance(first, Fill)
    return first.white / first.room


def order(layout: Layout) -> str:
    """F for the figure, and the numbers of the paragraphs that were written behind it."""
    found = re.findall(r'id="(f)ig-x"|<p>Alinea (\d)|<h2 id="(h)', layout.html)
    return "".join(one.upper() for parts in found for one in parts)


def test_text_behind_a_figure_fills_the_white_before_it(case: Case) -> None:
    layout = laid_out(tall(case, f"{BEFORE}\n\n{FIGURE}\n\n{BEHIND}"))
    there = order(layout)
    assert there.replace("F", "") == "12345678"
    assert 1 <= there.index("F") <= 7
    assert white(layout) < 0.12  # less than a paragraph
    assert strays(layout.pages.pages) == []


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (f"{BEHIND.partition('Alinea 2')[0]}\n\n## Kop {{#h-kop}}\n\nEinde.", "1FH"),
        ("## Kop {#h-kop}\n\n### Deel {#h-deel}\n\nAlinea 1.\n\nAlinea 2.", "FH12"),
        ("Alinea 1 leidt in:\n\n- een\n- twee\n\nAlinea 2.", "F12"),
        ("Alinea 1, zie hierboven.\n\nAlinea 2.", "F12"),
        ("Alinea 1 gaat over de balken onder de figuur.\n\nAlinea 2.", "F12"),
    ],
)
def test_what_stays_behind_a_figure(case: Case, behind: str, expected: str) -> None:
    assert order(laid_out(tall(case, f"{BEFORE}\n\n{FIGURE}\n\n{behind}"))) == expected


def test_a_section_goes_on_past_its_heading_before_a_figure(case: Case) -> None:
    layout = laid_out(tall(case, f"{BEFORE}\n\n{FIGURE}\n\n## Kop {{#h-kop}}\n\n{BEHIND}"))
    there = order(layout)
    assert there.replace("F", "") == "H12345678"
    assert 2 <= there.index("F") <= 8  # below the text of that heading, not right below itself
    assert white(layout) < 0.1


def test_a_long_table_begins_before_a_figure_that_leaves_white(case: Case) -> None:
    made = tall(case, f"{BEFORE}\n\n{FIGURE}\n\n{TABLE.replace('fig-x', 'tbl-y')}\n\nEinde.")
    rows = (("Wat", "Aantal"), *((f"Een regel {n} " * 7, str(n)) for n in range(16)))
    longer = made.tables["kort"].model_copy(update={"rows": rows})
    layout = laid_out(made.model_copy(update={"tables": {**made.tables, "kort": longer}}))
    ids = re.findall(r'<figure class="[^"]*" id="([^"]*)"', layout.html)
    assert ids[:2] == ["tbl-y", "fig-x"]
    assert white(layout) < 0.2


@pytest.mark.parametrize(
    ("pointing", "expected"),
    [("Twee.", "1F2"), ("Zie hieronder.", "12F"), ("Zie @fig-x.", "12F")],
)
def test_a_figure_goes_before_its_own_text_where_nothing_can_stand_before_it(
    pointing: str, expected: str, case: Case
) -> None:
    own = f"Alinea 1. {LINE}\n\nAlinea 2. {LINE * 16} {pointing}"
    layout = laid_out(tall(case, f"## Kop {{#h-kop}}\n\n{own}\n\n{FIGURE}\n"))
    assert order(layout) == f"H{expected}"


def test_a_figure_stays_behind_the_first_paragraph_under_its_heading(case: Case) -> None:
    text = f"## Kop {{#h-kop}}\n\nAlinea 1. {LINE * 16}\n\n{FIGURE}\n"
    assert order(laid_out(tall(case, text))) == "H1F"


def test_a_figure_with_a_note_keeps_the_order_of_the_notes(case: Case) -> None:
    noted = FIGURE.replace("hoge figuur", "hoge figuur^[Een noot.]")
    there = order(laid_out(tall(case, f"{BEFORE}\n\n{noted}\n\n{BEHIND}")))
    assert there == "F12345678"


def test_a_figure_that_leaves_little_white_stays(case: Case) -> None:
    text = f"{FIGURE}\n\n{BEHIND}"
    assert order(laid_out(tall(case, text))) == "F12345678"


def test_a_table_of_a_few_rows_breaks_rather_than_leave_a_quarter_of_a_page(case: Case) -> None:

    behind = BEHIND.partition("Alinea 5")[0]
    layout = laid_out(tall(case, f"{BEFORE}\n\n{TABLE}\n\n{behind}"))
    assert order(layout) == "F1234"
    assert white(layout) < 0.15
    pages = [number for number, page in enumerate(layout.pages.pages) if _holds_rows(page)]
    assert len(pages) == 2


def _holds_rows(page: object) -> bool:
    found = page._page_box.descendants()  # type: ignore[attr-defined]
    return any(box.element_tag == "tr" and "regel" in _words(box) for box in found)


def _words(box: object) -> str:
    return " ".join(box.element.itertext())  # type: ignore[attr-defined]


def as_written(case: Case, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Lay out without setting anything otherwise than it was written."""
    with monkeypatch.context() as held:
        held.setattr(Fitting, "improved", lambda self, *_, **__: self)
        return laid_out(case)


def test_a_figure_goes_back_among_what_it_let_pass_when_it_leaves_white_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "\n\n".join(f"Alinea {number}. {LINE * 6}" for number in range(1, 6))
    made = as_written(tall(case, f"{long}\n\nAlinea 6. {LINE * 24}\n\n{FIGURE}\n"), monkeypatch)
    pages = made.pages.pages
    filled = fills(pages)
    left = max(one.white / one.room for one, after in pairwise(filled) if not after.opens)
    assert left > 0.35  # nothing behind the figure fills that
    assert eased(pages, filled, {"sec-mix": {"fig-x": 3}}, first=False) == {"sec-mix": {"fig-x": 2}}


def test_a_verdict_breaks_where_it_leaves_much_white_and_nothing_else_helps(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WIDE", "_GAPING"):  # this verdict is two inches high
        monkeypatch.setattr(f"evalkit.report.pages.gaps.{name}", 0.12)
    for name in ("tighter", "tightest"):  # it breaks only where these do not help
        monkeypatch.setattr(f"evalkit.report.pages.fitting.{name}", lambda *_: {})
    (key, instrument), loose = *case.instruments.items(), {VERDICT: 0}
    for number in range(8, 14):
        longer = instrument.model_copy(update={"description": "\n\n".join([LINE * 3] * number)})
        chapters = {"01": "# Mix {#sec-mix}\n\n::: instruments\n:::"}
        made = case.model_copy(update={"instruments": {key: longer}, "chapters": chapters})
        plain = as_written(made, monkeypatch)
        found = eased(plain.pages.pages, fills(plain.pages.pages), first=False)
        if loose in found.values():
            break
    else:
        pytest.fail("no length of text made the verdict leave white")
    assert loose not in eased(plain.pages.pages, fills(plain.pages.pages)).values()
    layout = laid_out(made)
    assert 'data-verdict="loose"' in layout.html
    holding = [page for page in layout.pages.pages if _holds_verdict(page)]
    assert len(holding) == 2


def _holds_verdict(page: object) -> bool:
    found = page._page_box.descendants()  # type: ignore[attr-defined]
    parts = (box.element.get("class", "") for box in found if box.element is not None)
    return any("verdict" in part.split() for part in parts)


def test_a_second_build_gives_the_same_bytes(case: Case, tmp_path: Path) -> None:
    behind = BEHIND.partition("Alinea 6")[0]
    evaluation = evaluate(tall(case, f"{BEFORE}\n\n{FIGURE}\n\n{behind}"))
    steps: list[str] = []
    first = render(evaluation, tmp_path / "x.pdf").read_bytes()
    again = render(evaluation, tmp_path / "x.pdf", progress=steps.append).read_bytes()
    assert again == first
    assert sum("ronde" in step for step in steps) == 1
