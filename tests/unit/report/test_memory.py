"""What a build remembers saves a round, and never decides what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.report.pages import memory
from evalkit.report.pages.fill import Fill
from evalkit.report.pages.fitting import Fitting
from evalkit.report.pages.memory import Known, Part, foretell, parts, recall
from evalkit.report.render import render


def rounds(case: Path, file: Path) -> int:
    """Render, and count the rounds of layout."""
    steps: list[str] = []
    render(evaluate(load_case(case)), file, progress=steps.append)
    return sum("ronde" in step for step in steps)


def page(number: int, section: str, *, opens: bool) -> Fill:
    return Fill(number, section, opens, 200, 243)


PAGES = [
    page(1, "", opens=False),
    page(2, "contents", opens=True),
    page(3, "sec-a", opens=True),
    page(4, "sec-a", opens=False),
    page(5, "sec-b", opens=True),
]
PARTS = [Part("", "m0"), Part("contents", "m1"), Part("sec-a", "m2"), Part("sec-b", "m3")]
PRINTED = {"sec-a": 3, "sec-a-1": 4, "sec-b": 5}


def test_what_was_noted_is_foretold() -> None:
    fitting = Fitting({"sec-a": 2}, {"sec-a": {"fig-x": 1, "tbl-y": 0}})
    text = memory.note(PARTS, PAGES, PRINTED, fitting)
    known = {mark: Known(**one) for mark, one in json.loads(text).items()}
    ahead = foretell(PARTS, known)
    assert ahead == (PRINTED, fitting)
    moved = foretell([*PARTS[:2], PARTS[3], PARTS[2]], known)
    assert moved is not None
    assert moved.printed == {"sec-b": 3, "sec-a": 4, "sec-a-1": 5}
    assert foretell([*PARTS, Part("sec-c", "new")], known) is None


def test_pages_that_do_not_add_up_are_not_noted() -> None:
    assert memory.note(PARTS[:-1], PAGES, PRINTED, Fitting()) == ""


def test_a_section_is_marked_by_its_text_and_by_the_style() -> None:
    html = '<body>voor<section data-section="a">een</section><section data-section="b">twee'
    first = parts(html, "stijl")
    assert [one.name for one in first] == ["", "a", "b"]
    changed = parts(html.replace("twee", "drie"), "stijl")
    assert [a == b for a, b in zip(first, changed, strict=True)] == [True, True, False]
    assert all(a != b for a, b in zip(first, parts(html, "andere stijl"), strict=True))
    tenth = html.replace("voor", 'voor<span class="footnote">x</span>' * 12)
    assert parts(tenth, "stijl")[1] != first[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The case `minimumloon` with its report."""
    import shutil

    from evalkit.io.shipped import shipped_case_dir

    folder = tmp_path_factory.mktemp("memory")
    case = folder / "minimumloon"
    shutil.copytree(shipped_case_dir("minimumloon"), case)
    file = folder / "report.pdf"
    assert rounds(case, file) > 1
    return case, file


def test_the_second_build_takes_one_round_and_gives_the_same_bytes(
    built: tuple[Path, Path],
) -> None:
    case, file = built
    first = file.read_bytes()
    assert rounds(case, file) == 1
    assert file.read_bytes() == first


def test_a_changed_chapter_gives_what_a_first_build_gives(built: tuple[Path, Path]) -> None:
    case, file = built
    chapter = min((case / "chapters").glob("*.md"))
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(f"{text}\nNog een zin die er eerst niet stond.\n", encoding="utf-8")
    fresh = file.with_name("fresh.pdf")
    rounds(case, fresh)
    rounds(case, file)
    chapter.write_text(text, encoding="utf-8")
    assert file.read_bytes() == fresh.read_bytes()


@pytest.mark.parametrize("shift", [1, -1])
def test_a_note_that_lies_is_found_out(built: tuple[Path, Path], shift: int) -> None:
    case, file = built
    rounds(case, file)
    true = file.read_bytes()
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        own = pdf.Root.PieceInfo[f"/{memory.NAME}"]
        told = json.loads(str(own.Private))
        for one in told.values():
            one["pages"] = max(0, one["pages"] + shift)
        own.Private = pikepdf.String(json.dumps(told))
        pdf.save(file)
    assert recall(file)
    rounds(case, file)
    assert file.read_bytes() == true


@pytest.mark.parametrize(
    "note", ["", "[]", "nonsense", '{"m": {"pages": -1, "fit": 0, "anchors": {}}}', '{"m": 3}']
)
def test_a_note_that_cannot_be_read_is_no_note(tmp_path: Path, note: str) -> None:
    file = tmp_path / "x.pdf"
    with pikepdf.new() as pdf:
        own = pikepdf.Dictionary(Private=pikepdf.String(note))
        pdf.Root.PieceInfo = pikepdf.Dictionary({f"/{memory.NAME}": own})
        pdf.add_blank_page()
        pdf.save(file)
    assert recall(file) == {}
    file.write_bytes(b"no pdf at all")
    assert recall(file) == {}
    assert recall(tmp_path / "absent.pdf") == {}
