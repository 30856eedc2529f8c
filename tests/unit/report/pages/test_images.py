"""What the comparison of pages sees, and what it lets pass."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.report.render import render
from evalkit.report.style.style import load_style
from tests.unit.report.conftest import CASE
from tests.unit.report.pages import images
from tests.unit.report.pages.shipped import compare

TEXT = (
    "# Mix {#sec-mix}\n\n## Een kop\n\n" + "Tekst die een paar regels vult. " * 30 +
    '\n\n::: figure theory {#fig-t caption="Theorie" source="SEO"}\n:::\n\n'
    "Slot van het hoofdstuk.\n"
)  # fmt: skip


def rendered(case: Case, folder: Path, text: str = TEXT, css: str = "") -> Path:
    style = folder / "eigen"
    shutil.copytree(load_style("seo").folder, style)
    with (style / "print.css").open("a", encoding="utf-8") as sheet:
        sheet.write(css)
    whole = evaluate(case.model_copy(update={"chapters": {"01": text}}))
    return render(whole, folder / "r.pdf", style=style)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[images.Page, ...]:
    case = Case.model_validate(CASE)
    return images.pages_of(rendered(case, tmp_path_factory.mktemp("before")))


@pytest.mark.parametrize(
    ("css", "text"),
    [
        (".exhibit { margin-top: 6.5mm; }", TEXT),  # a block 1,5 mm down
        (".flow > p { margin-left: 48.5mm; }", TEXT),  # text 2,5 mm to the right
        ("p { font-family: 'Source Serif 4'; }", TEXT),
        ("p { font-size: 10.5pt; }", TEXT),
        (".drawing > svg { visibility: hidden; }", TEXT),
        ("h2 { color: #C2CBCF; }", TEXT),
        ("", TEXT.replace("Slot van het hoofdstuk.", "")),
    ],
)
def test_what_a_reader_would_see_is_seen(
    css: str, text: str, before: tuple[images.Page, ...], case: Case, tmp_path: Path
) -> None:
    now = images.pages_of(rendered(case, tmp_path, text, css))
    (found,) = images.differences(before, now)
    with pytest.raises(pytest.fail.Exception) as caught:
        compare("proef", before, now, tmp_path / "different")
    told = str(caught.value)
    assert f"proef, page {found.number}: most at " in told
    shown = re.search(r"\S+\.png", told)
    assert shown is not None
    assert Path(shown[0]).read_bytes().startswith(b"\x89PNG")


def test_the_smoothing_of_letters_is_not(case: Case, tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(rendered(case, tmp_path))
    coarse, fine = ([images.small(page, dots) for page in pdf] for dots in (images.FINE, 12))
    assert any(np.any(one != other) for one, other in zip(coarse, fine, strict=True))
    assert list(images.differences(coarse, fine)) == []


def test_a_page_more_is_seen(before: tuple[images.Page, ...], tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="there are 1 pages, and there were"):
        compare("proef", before, before[:1], tmp_path)


def test_the_same_pages_pass_and_old_pictures_go(
    before: tuple[images.Page, ...], tmp_path: Path
) -> None:
    (tmp_path / "proef-p001.png").write_bytes(b"old")
    compare("proef", before, before, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_read_back(before: tuple[images.Page, ...], tmp_path: Path) -> None:
    pages = (*before, np.zeros((images.SHORT, images.LONG), dtype="uint8"))  # one on its side
    images.write(tmp_path / "kept" / "proef.png", images.Kept(pages, '{"x":1}'))
    kept = images.read(tmp_path / "kept" / "proef.png")
    assert kept.note == '{"x":1}'
    assert all(np.array_equal(one, other) for one, other in zip(kept.pages, pages, strict=True))


def test_known_page_numbers_are_handed_on(case: Case, tmp_path: Path) -> None:
    pdf = rendered(case, tmp_path)
    note = images.note_of(pdf)
    images.write_noted(tmp_path / "n.pdf", note)
    assert images.note_of(tmp_path / "n.pdf") == note != ""
