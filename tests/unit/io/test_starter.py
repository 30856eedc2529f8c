import os
import re
from pathlib import Path

import pypdfium2
import pytest

from evalkit.errors import EvalkitError
from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.io.new_case import new_case
from evalkit.io.yamltree import read_tree
from evalkit.language.numbers import LANGUAGES
from evalkit.report.directives import FIGURES, HANDLERS, TABLES
from evalkit.report.render import render
from evalkit.report.text.proofread import proofread

TITLES = {"nl": "Voorbeeldevaluatie", "en": "Example evaluation"}


@pytest.fixture(params=LANGUAGES)
def made(request, tmp_path) -> Path:
    return new_case("mijn-evaluatie", tmp_path, lang=request.param)


def chapters(folder: Path) -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(folder.glob("*/*.md")))


def test_starter_is_a_case_without_problems(made):
    case = load_case(made)

    assert case.slug == "mijn-evaluatie"
    assert case.title.startswith(TITLES[case.language])
    assert len(case.instruments) == 2
    assert proofread(made) == case


def test_starter_shows_a_subsidy_and_its_successor(made):
    subsidy, follower = load_case(made).instruments.values()

    assert (subsidy.type, follower.type) == ("subsidie", "flankerend")
    assert subsidy.input["budget"].per_year
    roles = {r for node in subsidy.output.values() for r in node.observations}
    assert roles == {"baseline", "target", "actual"}
    assert {piece.design for piece in subsidy.evidence.values()} >= {"survey"}
    assert follower.predecessor


def test_starter_uses_every_directive_and_every_kind_of_reference(made):
    text = chapters(made)

    for name in HANDLERS.keys() - LARGER:
        assert f"::: {name}" in text
    for kind in FIGURES:
        assert f"::: figure {kind} " in text
    for kind in (*(TABLES.keys() - LARGER), "csv"):
        assert f"::: table {kind} " in text
    assert re.search(r"\[@\w+, ", text)
    assert {"@fig-", "@tbl-", "@sec-"} <= set(re.findall(r"@(?:fig|tbl|sec)-", text))
    assert re.search(r"\[\^\w+\]: ", text)
    assert {"words", "number"} <= set(re.findall(r"\| (\w+) \}\}", text))
    assert "{{ share(" in text


def test_starter_cites_every_source(made):
    case = load_case(made)
    everything = chapters(made) + "".join(
        path.read_text(encoding="utf-8") for path in made.rglob("*.yaml")
    )

    assert [key for key in case.sources if key not in everything] == []


def test_both_languages_teach_the_same(tmp_path):
    dutch, english = (load_case(new_case(lang, tmp_path, lang=lang)) for lang in LANGUAGES)

    assert len(dutch.chapters) == len(english.chapters)
    assert len(dutch.sources) == len(english.sources)
    for one, other in zip(dutch.instruments.values(), english.instruments.values(), strict=True):
        assert list(one.stages.values()) == list(other.stages.values())
        assert (one.budget is None) == (other.budget is None)
        assert one.model_fields_set == other.model_fields_set


def test_english_numbers_are_english(tmp_path):
    case = load_case(new_case("case", tmp_path, lang="en"))
    budget = next(iter(case.instruments.values())).budget

    assert budget is not None
    assert budget.prose("en") == "5.0\xa0million\xa0euros"


def test_every_key_of_the_analysis_is_explained(made):
    """A newcomer learns the format from the comments."""
    text = (made / "analyses.yaml").read_text(encoding="utf-8")
    lines = ["", *text.splitlines()]
    places = read_tree(text, "analyses.yaml").lines

    assert len(places) > 20
    assert [
        loc
        for loc, at in places.items()
        if loc and "#" not in lines[at] and not lines[at - 1].lstrip().startswith("#")
    ] == []


def test_example_data_are_written_as_the_language_writes_them(tmp_path):
    dutch, english = (
        (new_case(lang, tmp_path, lang=lang) / name).read_text(encoding="utf-8")
        for lang, name in (("nl", "data/voorbeeld.csv"), ("en", "data/example.csv"))
    )

    assert dutch.splitlines()[0] == "bedrijf;jaar;eerste_bezoek;uren"
    assert english.splitlines()[0] == "firm,year,first_visit,hours"
    told = [line.replace(",", ".").replace(";", ",") for line in dutch.splitlines()[1:]]
    assert told == english.splitlines()[1:]


def test_analysis_is_sound_and_shows_how_a_rung_is_reached(made):
    """An example with a failed check would teach that they may fail."""
    case = load_case(made)
    evaluation = evaluate(case)
    (finding,) = evaluation.findings.values()
    levels = {verdict.id: verdict.level for verdict in evaluation.scores.instruments}

    assert {check.outcome for check in finding.checks} == {"passed"}
    assert finding.average.estimate == pytest.approx(1.96, abs=0.01)
    assert finding.direction == "positive"
    assert finding.notes == ()
    assert sorted(levels.values()) == [1, 4]
    assert levels[finding.instrument] == 4


def test_made_up_data_are_called_made_up_wherever_they_are_named(made):
    word = {"nl": "erzonnen", "en": "ade-up"}
    case = load_case(made)
    (analysis,) = case.analyses.values()
    source = case.sources[analysis.source[0].keys[0]]

    assert word[case.language] in source.title
    assert word[case.language] in source.short
    assert "zonnen" in analysis.text or "made up" in analysis.text
    assert word[case.language] in case.running_title


def test_readme_is_short(made):
    lines = (made / "README.md").read_text(encoding="utf-8").splitlines()

    assert len([line for line in lines if line.strip()]) <= 10


AGENDA = {
    "commitments", "evaluability", "explanations", "investments", "measures", "milestones",
    "responses", "theme",
}  # fmt: skip
LARGER = {"compliance", "contribution", "crosswalk", "mix", "stages", "theory", "trail"} | AGENDA
"""Directives and tables of larger reports, with files or facts that a starter does not have, or
that another directive of it holds (`theory` stands in `workings`)."""


@pytest.mark.slow
def test_starter_renders(made, tmp_path):
    case = load_case(made)

    path = render(evaluate(case), tmp_path / "starter.pdf")

    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]
    assert TITLES[case.language] in " ".join(pages[0].split())
    # Nobody publishes a page of it by mistake.
    marked = re.compile("verzonnen|made[ -]up", re.IGNORECASE)
    assert [number for number, text in enumerate(pages, 1) if not marked.search(text)] == []


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("Mijn Evaluatie", "'mijn-evaluatie'"),
        ("café_2025", "'cafe-2025'"),
        ("../elders", "'elders'"),
        ("a/b", "'a-b'"),
        ("-streep", "'streep'"),
        ("regel\n", "'regel'"),
        ("…", "hyphens"),
        ("", "hyphens"),
    ],
)
def test_odd_slug_is_an_error_with_a_hint(slug, hint, tmp_path):
    with pytest.raises(EvalkitError, match="no name for a case") as raised:
        new_case(slug, tmp_path)

    assert hint in str(raised.value.hint)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["folder", "empty folder", "file", "broken link"])
def test_what_is_there_is_never_overwritten(what, tmp_path):
    target = tmp_path / "case"
    if what == "file":
        target.write_text("kept", encoding="utf-8")
    elif what == "broken link":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.mkdir()
        if what == "folder":
            (target / "case.yaml").write_text("kept", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(EvalkitError, match="already there"):
        new_case("case", tmp_path)

    assert sorted(tmp_path.rglob("*")) == before
    if what == "folder":
        assert (target / "case.yaml").read_text(encoding="utf-8") == "kept"


def test_folder_that_is_not_there_is_made(tmp_path):
    assert new_case("case", tmp_path / "a" / "b") == tmp_path / "a" / "b" / "case"


def test_file_instead_of_a_folder_is_an_error(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(EvalkitError, match="is a file"):
        new_case("case", tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_unwritable_folder_is_an_error(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(EvalkitError, match="cannot be made"):
            new_case("case", tmp_path)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("step", ["open", "rename"])
def test_nothing_is_left_when_writing_fails(step, tmp_path, monkeypatch):
    def fails(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, step, fails)
    with pytest.raises(EvalkitError, match="No space left"):
        new_case("case", tmp_path)
    monkeypatch.undo()

    assert list(tmp_path.iterdir()) == []


def test_case_can_be_read_by_others(tmp_path):
    plain = tmp_path / "plain"
    plain.mkdir()
    made = new_case("case", tmp_path)

    # A temporary folder is closed to others; what is made from it should not be.
    assert made.stat().st_mode == plain.stat().st_mode
