"""A note that comes again is short, and numbered alike in every format; curled apostrophes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.report.render import render
from evalkit.report.text.repeats import with_short_repeats

LONG = "Zonder de zelfstandigen zonder personeel, die de bron niet telt."
TEXT = f"""# Regio's {{#sec-a}}

Een.^[Eerst.] Twee.[^a]

| naam | n |
|---|---|
| agenda's[^a] | 1[^a] |
| b | 2^[Kort.] |
| c | 3^[Kort.] |

[^a]: {LONG}
"""


def noted(text: str) -> str:
    return f'<span class="footnote">{text}</span>'


def test_a_note_may_hold_spans_and_is_known_by_its_words() -> None:
    held = 'Zie <span class="url">https://www.seo.nl/een/lang/adres</span>, <b>p. 3</b>.'
    texts = [f"{noted(held)} en {noted(LONG)}", f"{noted(held)} {noted(LONG)}<span>x</span>"]
    made = with_short_repeats(texts, "Zie noot {number}.")
    assert made[0] == texts[0]
    assert made[1] == f"{noted('Zie noot 1.')} {noted('Zie noot 2.')}<span>x</span>"


@pytest.mark.parametrize("style", ["seo", "kaal"])
def test_a_note_that_comes_again_refers_to_the_first(
    case: Case, tmp_path: Path, style: str
) -> None:
    made = {"chapters": {"01": TEXT}, "colophon": f"Let op.^[{LONG}]", "title": "Foto's"}
    evaluation = evaluate(case.model_copy(update=made))
    file = render(evaluation, tmp_path / "r.pdf", formats="pdf,html,docx", style=style)
    # The colophon of the plain style stands last, and its note too.
    again = {"seo": "Zie noot 1.", "kaal": "Zie noot 2."}[style]
    pages = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file))
    page = re.sub(r"<[^>]+>", "", (tmp_path / "r.html").read_text(encoding="utf-8"))
    with zipfile.ZipFile(tmp_path / "r.docx") as word:
        notes = re.sub(r"<[^>]+>", "", word.read("word/footnotes.xml").decode())
        told = re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode())
    for text in (pages, page, notes):
        flat = " ".join(text.split())
        assert flat.count(LONG) == 1
        assert flat.count(again) == 3
        assert flat.count("Kort.") == 2
    for text in (pages, page, told):
        assert "agenda’s" in text
        assert "Regio’s" in text
        assert "Foto’s" in text
        assert "agenda's" not in text
