"""Writing a report: whole or not at all, the same bytes, nothing read from elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from weasyprint.urls import FatalURLFetchingError

from evalkit.errors import CaseError, EvalkitError, GateError
from evalkit.evaluation import Evaluation, evaluate
from evalkit.model import Case
from evalkit.report.edition import Edition
from evalkit.report.pages.gates import failures
from evalkit.report.pages.layout import Layout, _StyleOnly, lay_out, markup
from evalkit.report.pages.pdf import pdf_bytes
from evalkit.report.render import render
from evalkit.report.style.style import load_style

CHAPTERS = {
    "00": "# Samenvatting {#samenvatting}\n\n::: lead\nKort.\n:::\n\n@fig-t laat het zien.",
    "01": "# Mix {#sec-mix}\n\nTekst.[^a]\n\n[^a]: De noot van de proef.\n\n"
    '::: figure theory {#fig-t caption="Theorie & werking"}\n:::\n\n::: instruments\n:::',
    "02": "# Leeg\n\n<!-- volgt later -->",
    "03": "# Bronnen {#bijlage .appendix}\n\n::: sources\n:::\n\n::: workings\n:::",
}


@pytest.fixture
def whole(case: Case) -> Evaluation:
    return evaluate(case.model_copy(update={"chapters": CHAPTERS}))


def pages(path: Path) -> str:
    return "\n".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(path))


def test_a_report_is_written_with_its_record(whole: Evaluation, tmp_path: Path) -> None:
    made = render(whole, tmp_path / "r.pdf")
    text = pages(made).replace("\N{NO-BREAK SPACE}", " ")
    for expected in ("Proef & co", "Theorie & werking", "De noot van de proef", "Bon <regeling>"):
        assert expected in text
    assert "Het hoofdstuk ‘Leeg’ is niet opgenomen" in " ".join(text.split())
    assert Evaluation.from_json(tmp_path / "r.json") == whole
    attached = pypdfium2.PdfDocument(made).get_attachment(0)
    assert Evaluation.from_json(bytes(attached.get_data()).decode()) == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "r.pdf"]


def test_the_same_input_gives_the_same_bytes(whole: Evaluation, tmp_path: Path) -> None:
    first = render(whole, tmp_path / "a.pdf").read_bytes()
    again = render(Evaluation.from_json(whole.to_json()), tmp_path / "b.pdf").read_bytes()
    assert first == again


def test_an_english_report_speaks_english(whole: Evaluation, tmp_path: Path) -> None:
    text = pages(render(whole, tmp_path / "r.pdf", lang="en"))
    for expected in ("Contents", "Figure 1.1", "1,337", "3.5 million euros", "Appendix"):
        assert expected in " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")
    for foreign in ("Inhoud", "Bijlage", "Bron:"):
        assert foreign not in text


def test_nothing_is_written_when_prose_is_wrong(case: Case, tmp_path: Path) -> None:
    broken = case.model_copy(update={"chapters": {"01": "# A\n\n@fig-x"}})
    with pytest.raises(CaseError) as caught:
        render(evaluate(broken), tmp_path / "r.pdf")
    assert [str(problem).split(" ")[0] for problem in caught.value.problems] == [
        "chapters/01.md:3:"
    ]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_when_a_gate_fails(
    whole: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.report.render.failures", lambda *_: ["page 2: something"])
    with pytest.raises(GateError, match="page 2: something"):
        render(whole, tmp_path / "r.pdf")
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_stays_when_the_new_one_fails(case: Case, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(b"old")
    broken = case.model_copy(update={"chapters": {"01": "no title"}})
    with pytest.raises(CaseError):
        render(evaluate(broken), tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("r.doc", {}, "'r.doc' is no format"),
        ("r", {}, "'r' is no format"),
        ("r.pdf", {"lang": "fr"}, "no language 'fr'"),
        ("r.pdf", {"style": "seoo"}, "seoo"),
    ],
)
def test_a_wrong_wish_is_told_so(
    name: str, options: dict[str, str], says: str, whole: Evaluation, tmp_path: Path
) -> None:
    with pytest.raises(EvalkitError, match=says):
        render(whole, tmp_path / name, **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_so(whole: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EvalkitError, match="cannot be written"):
        render(whole, tmp_path / "file" / "r.json")


@pytest.mark.parametrize(
    "url",
    ["https://example.org/x.css", "http://127.0.0.1/x", "file:///etc/passwd", "ftp://a/b"],
)
def test_the_renderer_reads_nothing_outside_its_style(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        _StyleOnly(load_style("seo")).fetch(url)


def test_a_path_out_of_the_style_is_refused() -> None:
    style = load_style("seo")
    with pytest.raises(FatalURLFetchingError):
        _StyleOnly(style).fetch(f"{style.folder.as_uri()}/../../pyproject.toml")


class TestGates:
    """Each gate stops a report with the fault that it is there for."""

    @pytest.fixture
    def laid_out(self, whole: Evaluation) -> tuple[Layout, Edition, bytes]:
        from evalkit.report.assemble import assemble

        document, edition = assemble(whole, load_style("seo"), "nl")
        layout = lay_out(document, edition, lambda _: None)
        return layout, edition, pdf_bytes(layout, "proef", b"{}")[0]

    def test_a_good_report_passes(self, laid_out: tuple[Layout, Edition, bytes]) -> None:
        layout, edition, pdf = laid_out
        assert failures(pdf, layout, edition) == []

    def changed(self, laid_out: tuple[Layout, Edition, bytes], **changes: object) -> list[str]:
        from dataclasses import replace

        layout, edition, pdf = laid_out
        return failures(pdf, replace(layout, **changes), edition)

    def test_a_lost_footnote(self, laid_out: tuple[Layout, Edition, bytes]) -> None:
        html = laid_out[0].html + '<p>x<span class="footnote">Deze noot verdween.</span></p>'
        (found,) = self.changed(laid_out, html=html)
        assert found == "a footnote is missing from the pages: Deze noot verdween."

    def test_a_lost_cell(self, laid_out: tuple[Layout, Edition, bytes]) -> None:
        html = laid_out[0].html + "<table><tr><td>verdwenen cel</td></tr></table>"
        (found,) = self.changed(laid_out, html=html)
        assert "table cell is missing" in found

    def test_a_wrong_page_number(self, laid_out: tuple[Layout, Edition, bytes]) -> None:
        printed = {**laid_out[0].printed, "sec-mix": 99}
        (found,) = self.changed(laid_out, printed=printed)
        assert "the contents give page 99 for 'sec-mix'" in found

    def test_a_complaint_of_the_renderer(self, laid_out: tuple[Layout, Edition, bytes]) -> None:
        assert "complained: x" in self.changed(laid_out, complaints=("x",))[0]

    def test_a_lost_caption(self, laid_out: tuple[Layout, Edition, bytes]) -> None:
        from dataclasses import replace

        layout, edition, pdf = laid_out
        edition.exhibits.append(replace(edition.exhibits[0], label="Figuur 9.9"))
        assert any("Figuur 9.9 has no caption" in one for one in failures(pdf, layout, edition))

    def test_a_character_that_no_font_of_the_style_has(self, whole: Evaluation) -> None:
        from evalkit.report.assemble import assemble

        chapters = {"01": "# Titel\n\nEen teken dat ontbreekt: \N{CJK UNIFIED IDEOGRAPH-4E2D}"}
        changed = evaluate(whole.case.model_copy(update={"chapters": chapters}))
        document, edition = assemble(changed, load_style("seo"), "nl")
        layout = lay_out(document, edition, lambda _: None)
        pdf, complaints = pdf_bytes(layout, "x", b"{}")
        assert any(
            "4E2D" in one or "of the style" in one
            for one in failures(pdf, layout, edition, complaints)
        )

    def test_text_off_the_page(self, whole: Evaluation, tmp_path: Path) -> None:
        style = tmp_path / "wide"
        shutil.copytree(load_style("seo").folder, style)
        with (style / "print.css").open("a") as css:
            css.write("\n.flow > p { white-space: nowrap; }\n")
        chapters = {"01": "# Titel\n\n" + "heel lang " * 60}
        changed = evaluate(whole.case.model_copy(update={"chapters": chapters}))
        with pytest.raises(GateError, match="runs off the page"):
            render(changed, tmp_path / "r.pdf", style=style)


def test_the_markup_needs_no_second_look_for_values(
    whole: Evaluation, edition_of: Callable[..., Edition]
) -> None:
    from evalkit.report.assemble import assemble

    document, edition = assemble(whole, load_style("seo"), "nl")
    private = [char for char in markup(document, edition) if "\ue000" <= char <= "\uf8ff"]
    assert private == []
