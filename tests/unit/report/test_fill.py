"""Pages that are almost empty: drawn in, or named."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from evalkit.errors import GateError
from evalkit.evaluation import Evaluation, evaluate
from evalkit.model import Case
from evalkit.report.assemble import assemble
from evalkit.report.pages.fill import Fill, almost_empty, fills, moved, tighter, tightest
from evalkit.report.pages.fitting import Fitting
from evalkit.report.pages.layout import Layout, lay_out
from evalkit.report.render import render
from evalkit.report.style.style import load_style

LINE = "Dit is een regel tekst die ongeveer zo breed is als de kolom waarin zij staat, en wat meer."


def evaluated(case: Case, text: str) -> Evaluation:
    return evaluate(case.model_copy(update={"chapters": {"01": f"# Mix {{#sec-mix}}\n\n{text}"}}))


def laid_out(case: Case, text: str, draft: bool = False) -> Layout:
    document, edition = assemble(evaluated(case, text), load_style("seo"), "nl", draft=draft)
    return lay_out(document, edition, lambda _: None)


def paragraphs(number: int) -> str:
    return "\n\n".join([LINE * 3] * number)


def last_page_of(layout: Layout) -> Fill:
    return [page for page in fills(layout.pages.pages) if page.section == "sec-mix"][-1]


def test_lines_that_run_over_are_drawn_in(case: Case) -> None:
    drawn = []
    for number in range(9, 14):
        layout = laid_out(case, paragraphs(number))
        tail = last_page_of(layout)
        assert not tail.sparse, number
        drawn.append("data-fit" in layout.html)
    assert any(drawn), "no number of paragraphs ran over by a little"
    assert not all(drawn)


def test_abbreviations_that_run_over_are_drawn_in(case: Case) -> None:
    drawn = []
    for number in range(29, 34):
        many = {f"A{at}": "een afkorting" for at in range(number)}
        layout = laid_out(case.model_copy(update={"abbreviations": many}), "::: abbreviations\n:::")
        assert not last_page_of(layout).sparse, number
        drawn.append("data-fit" in layout.html)
    assert any(drawn), "no number of abbreviations ran over by a little"


def test_what_cannot_be_drawn_in_is_named() -> None:
    pages = [Fill(1, "sec-a", True, 60, 243), Fill(2, "sec-a", False, 20, 243)]
    (found,) = almost_empty(pages)
    assert found.startswith("page 2: almost empty, about 4 lines")
    assert "'sec-a'" in found


@pytest.mark.parametrize(
    "page",
    [
        Fill(2, "sec-a", True, 20, 243),  # a short chapter may be short
        Fill(2, "sec-a", False, 80, 243),
        Fill(2, "", False, 0, 297),  # the cover
    ],
)
def test_what_is_not_almost_empty(page: Fill) -> None:
    assert list(almost_empty([page])) == []


def test_numbers_are_foretold() -> None:
    pages = [
        Fill(1, "a", True, 240, 243),
        Fill(2, "a", False, 10, 243),
        Fill(3, "b", True, 200, 243),
    ]
    assert moved({"a": 1, "b": 3}, pages, {"a"}) == {"a": 1, "b": 2}
    assert moved({"a": 1, "b": 3}, pages, set()) == {"a": 1, "b": 3}


def test_what_stays_wrong_is_set_as_tight_as_may_be() -> None:
    pages = [Fill(1, "a", True, 240, 243), Fill(2, "a", False, 10, 243), Fill(3, "b", True, 9, 243)]
    assert tightest(pages, (), {"c": 1}) == {"c": 1, "a": 2}
    assert tightest(pages, {3}, {}) == {"a": 2, "b": 2}


def test_a_draft_is_stamped_and_written_with_its_faults(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.report.render.failures", lambda *_: ["page 2: iets"])
    whole = evaluated(case, "Tekst.")
    with pytest.raises(GateError):
        render(whole, tmp_path / "r.pdf")
    with pytest.warns(UserWarning, match="page 2: iets"):
        made = render(whole, tmp_path / "r.pdf", draft=True)
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]
    assert all("concept" in text.lower() for text in texts[2:])
    assert "concept" in texts[0].lower()


@pytest.mark.parametrize(("used", "expected"), [(135, {"a": 2}), (160, {})])
def test_what_did_not_fit_under_the_white_before_it_is_drawn_in(
    used: float, expected: dict[str, int]
) -> None:
    pages = [
        Fill(1, "a", True, 240, 243),
        Fill(2, "a", False, 114, 243),
        Fill(3, "a", False, used, 243),
        Fill(4, "b", True, 200, 243),
    ]
    assert tighter(pages) == expected
    assert moved({"a": 1, "b": 4}, pages, expected) == {"a": 1, "b": 3 if expected else 4}


@pytest.mark.parametrize(
    ("section", "tail", "expected"),
    [
        ("a", 5, {"a": 1}),
        ("a", 30, {"a": 2}),
        ("a", 35, {"a": 3}),  # a gate would stop it
        ("a", 40, {}),  # too much for a setting that nobody sees
        ("contents", 49, {"contents": 2}),
        ("contents", 60, {}),
    ],
)
def test_a_last_page_is_drawn_in_no_tighter_than_it_takes(
    section: str, tail: float, expected: dict[str, int]
) -> None:
    pages = [Fill(n, section, n == 1, 240, 243) for n in (1, 2)]
    assert tighter([*pages, Fill(3, section, False, tail, 243)]) == expected


def test_each_step_of_tightness_builds_on_the_one_before() -> None:
    html = '<section data-section="a"><section data-section="b">'
    made = Fitting({"a": 1, "b": 3}).applied(html)
    assert made == (
        '<section data-section="a" data-fit="1"><section data-section="b" data-fit="1 2 3">'
    )


def test_a_section_is_not_tightened_in_the_round_that_eases_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [Fill(1, "a", True, 240, 243), Fill(2, "a", False, 9, 243), Fill(3, "b", False, 9, 243)]
    for name, found in (
        ("fills", pages),
        ("strays", []),
        ("eased", {"a": {"fig-x": 4}, "b": {"fig-y": 1}}),
    ):
        monkeypatch.setattr(
            f"evalkit.report.pages.fitting.{name}", lambda *_, found=found, **__: found
        )
    before = Fitting({"a": 1, "b": 1}, {"a": {"fig-x": 2}, "b": {"fig-y": 1}})
    assert before.improved([], first=False).tight == {"a": 1, "b": 2}


def test_letters_keep_their_size_however_tight_a_section_is() -> None:
    sheet = (load_style("seo").folder / "fit.css").read_text(encoding="utf-8")
    assert "line-height" in sheet
    assert not re.search(r"font(-size)?:", sheet)


@pytest.mark.parametrize("name", ["seo", "kaal"])
def test_titles_stand_at_one_height_however_tight_a_chapter_is(name: str) -> None:
    """What is above a title may not depend on `data-fit`, or titles would jump between chapters."""
    for folder in load_style(name).folders:
        sheet = folder / "fit.css"
        rules = re.findall(r"([^{}]+)\{([^}]*)\}", sheet.read_text()) if sheet.is_file() else []
        above = [
            rule
            for rule, body in rules
            if re.search(r"\.opening|h1", rule) and re.search(r"(margin|padding)(-top)?:", body)
        ]
        assert above == []
