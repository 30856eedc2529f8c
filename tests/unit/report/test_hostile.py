"""A case is untrusted input: what it may not reach, and what it may not break."""

from __future__ import annotations

import pickle
import shutil
import time
from pathlib import Path

import pytest

from evalkit.errors import CaseError, EvalkitError, GateError, Problem
from evalkit.evaluation import Evaluation, evaluate
from evalkit.io.case import load_case
from evalkit.io.shipped import style_dir
from evalkit.model import Case
from evalkit.report.edition import Edition
from evalkit.report.pages.attachments import _harmless
from evalkit.report.render import render
from evalkit.report.style.style import load_style
from evalkit.report.text.markdown import without_comments
from evalkit.report.text.prose import Prose


def html(text: str, edition: Edition) -> str:
    return edition.finish(Prose(edition, "chapters/a.md").html(text))


def problems(text: str, edition: Edition) -> str:
    html(text, edition)
    return "\n".join(map(str, [*edition.problems, *edition.values.problems]))


class TestStyle:
    @pytest.fixture
    def evil(self, tmp_path: Path) -> Path:
        """A style whose template would write a file."""
        style = tmp_path / "evil"
        shutil.copytree(style_dir("seo"), style)
        base = style / "base.html.j2"
        call = f"{{{{ cycler.__init__.__globals__.os.mkdir('{tmp_path}/pwned') }}}}"
        base.write_text(call + base.read_text())
        return style

    def test_a_case_cannot_bring_its_own_templates(self, evil: Path, case: Case) -> None:
        named = evaluate(case.model_copy(update={"style": str(evil)}))
        with pytest.raises(EvalkitError):
            render(named, evil.parent / "r.pdf")
        assert not (evil.parent / "pwned").exists()

    def test_a_folder_called_seo_is_not_taken_for_the_style(
        self, evil: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        evil.rename(evil.parent / "seo")
        monkeypatch.chdir(evil.parent)
        assert load_style("seo", folders=True).folder == style_dir("seo").resolve()

    def test_who_runs_evalkit_may_name_a_folder(self, evil: Path) -> None:
        assert load_style(evil, folders=True).folder == evil.resolve()


@pytest.mark.parametrize(
    "expression",
    [
        '"a".ljust(1500000000)',
        "case.title.upper()",
        "(" * 150 + "1" + ")" * 150,
        "case" + ".a" * 200,
        "case.title" + "|lower" * 90,
        '"\\ud800"',
        '"\\ue000"',
    ],
)
def test_an_expression_that_would_break_something_is_a_problem(
    expression: str, edition: Edition
) -> None:
    assert "chapters/a.md:1" in problems(f"{{{{ {expression} }}}}", edition)


def test_braces_that_stand_alone_are_a_problem(edition: Edition) -> None:
    assert "stands alone" in problems("{{ case.title }", edition)


@pytest.mark.parametrize("text", ["{{" * 60_000, "<!--" * 60_000, "{%" * 60_000])
def test_many_openings_take_no_time(text: str, edition: Edition) -> None:
    start = time.process_time()
    edition.values.fill(without_comments(text), edition.names, "a.md")
    assert time.process_time() - start < 5


def test_a_footnote_that_calls_itself_is_a_problem(edition: Edition) -> None:
    assert "calls itself" in problems("x[^a]\n\n[^a]: y [^a]", edition)


def test_deep_lists_keep_their_text(edition: Edition) -> None:
    text = "\n".join(f"{'  ' * depth}- laag {depth}" for depth in range(30))
    assert "laag 29" in html(text, edition)


@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "fonts.css", "javascript:x"])
def test_a_link_leads_to_the_web_or_nowhere(url: str, edition: Edition) -> None:
    assert "href" not in html(f"[tekst]({url})", edition)
    assert 'href="https://a.nl"' in html("[tekst](https://a.nl)", edition)


def test_private_signs_are_refused_where_they_are_read(small_case: Path) -> None:
    chapter = small_case / "chapters" / "01.md"
    chapter.parent.mkdir(exist_ok=True)
    chapter.write_text("# Titel\n\n\ue0000\ue001\n", encoding="utf-8")
    with pytest.raises(CaseError, match="no meaning"):
        load_case(small_case)


@pytest.mark.parametrize(
    "error",
    [
        EvalkitError("wat", hint="doe dit"),
        CaseError([Problem("a.md", 1, "x", "y")]),
        GateError(["page 1: x"]),
    ],
)
def test_an_error_survives_the_way_from_another_process(error: EvalkitError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
    assert (type(again), str(again)) == (type(error), str(error))


@pytest.mark.parametrize("text", ["{", '{"case": 1}', "geen/bestand.json"])
def test_what_is_no_evaluation_is_told_so(text: str) -> None:
    with pytest.raises(EvalkitError):
        Evaluation.from_json(text)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("=1+1", "'=1+1"), ("-2+3", "'-2+3"), ("-2|x", "'-2|x"), ("-0,5%", "-0,5%")],
)
def test_a_spreadsheet_reads_no_formula_in_an_enclosed_table(cell: str, kept: str) -> None:
    assert _harmless(cell) == kept
