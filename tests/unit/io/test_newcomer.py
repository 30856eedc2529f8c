"""Slips of who writes a first case: what is wrong stands apart from what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import evalkit as ek
from evalkit.cli import app
from evalkit.errors import CaseError, EvalkitError, EvalkitWarning, MisreadError, Problem
from evalkit.io.case import find_case, load_case
from evalkit.io.new_case import new_case
from evalkit.io.schema import all_schemas, as_text
from evalkit.language.meant import MEANT
from evalkit.report.style.style import style_of
from evalkit.report.text.proofread import proofread

BONUS = "instruments/leerbonus.yaml"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case("mijn-evaluatie", tmp_path)


def change(case: Path, file: str, old: str, new: str) -> None:
    text = (case / file).read_text(encoding="utf-8")
    assert old in text
    (case / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(case: Path) -> tuple[Problem, ...]:
    with pytest.raises(CaseError) as caught:
        load_case(case)
    return caught.value.problems


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "hint"),
    [
        (BONUS, "2019: 1,2 mln. euro", "2019: € 400.000", "not a quantity", "'400.000 euro'"),
        (BONUS, "2019: 1,2 mln. euro", "2019: € 400.000,-", "not a quantity", "'400.000 euro'"),
        (BONUS, "640 aanvragen", "3 120 aanvragen", "a second number", "as in 1.337"),
        (BONUS, "640 aanvragen", "n.v.t.", "not a quantity", "leave the key out"),
        (BONUS, "640 aanvragen", "6.40 aanvragen", "two ways", "write 6,40, or"),
        (BONUS, "31 procent in 2018", "31 procent in 20188", "'20188' is not a year", "in 2024"),
        (BONUS, "640 aanvragen", "640 x 1.000 aanvragen", "is not a unit", "write a number"),
        (BONUS, "2019: 1,2 mln. euro", "2019: 1.200.000", "(euro and no unit)", "'1.200.000'"),
        (BONUS, "period: 2019–2021", "period: 2021–2019", "before it begins", "earlier end first"),
        (BONUS, "period: 2019–2021", "period: 1 mei 2019", "not a moment", "2018–2021"),
        (BONUS, "period: 2019–2021", "period: 2019-02-31", "not a moment that exists", "2018–2021"),
        (BONUS, "executor:", "uitvoerder:", "unknown key 'uitvoerder'", "'executor'"),
        (BONUS, "finds: positive", "finds: positief", "not one of the words", "'positive'"),
        ("case.yaml", "commissioner:", "opdrachtgever:", "unknown key", "'commissioner'"),
        ("sources.bib", "{{Dienst Voorbeeld}}", "{Dienst Voorbeeld}", "by its last word",
         "{{Dienst Voorbeeld}}"),
    ],
)  # fmt: skip
def test_message_and_hint(
    case: Path, file: str, old: str, new: str, message: str, hint: str
) -> None:
    change(case, file, old, new)

    (found, *_) = [one for one in problems_of(case) if message in one.message]

    assert hint in found.hint
    assert hint not in found.message


def test_every_unit_of_a_total_that_is_asked_for_is_one(case: Path) -> None:
    change(case, BONUS, "total: 5,0 mln. euro", "total: sum")
    change(case, BONUS, "2019: 1,2 mln. euro", "2019: 1.200.000")

    (found,) = problems_of(case)

    assert found.message.startswith("the years cannot be added up: they have different units")
    assert "'1.200.000'" in found.hint


@pytest.mark.parametrize(
    ("author", "fine"),
    [("{Jan Bank}", True), ("{Sociaal, Jan}", True), ("{Gemeente}", True), ("{Raad X}", False)],
)
def test_persons_are_no_institutions(case: Path, author: str, fine: bool) -> None:
    change(case, "sources.bib", "{{Dienst Voorbeeld}}", author)

    if fine:
        load_case(case)
    else:
        assert "would be cited by its last word" in problems_of(case)[0].message


def test_a_case_file_with_the_other_ending_is_named(case: Path) -> None:
    (case / "case.yaml").rename(case / "case.yml")

    assert problems_of(case)[0].hint == "rename case.yml to case.yaml"


@pytest.mark.parametrize("ending", [".txt", ".docx"])
def test_a_chapter_that_is_no_markdown_is_not_passed_over(case: Path, ending: str) -> None:
    (case / f"chapters/09-extra{ending}").write_text("tekst", encoding="utf-8")

    (found,) = problems_of(case)

    assert (found.file, found.message) == (f"chapters/09-extra{ending}", "this file is not read")
    assert ".md" in found.hint


def test_a_missing_theory_says_where_to_find_one(case: Path) -> None:
    (case / "theory.yaml").unlink()

    found = [one for one in problems_of(case) if one.file == "theory.yaml"]

    assert [one.message for one in found] == ["there is no such file"]
    assert "evalkit new" in found[0].hint


def test_an_instrument_that_is_named_and_nowhere_is_to_be_added(case: Path) -> None:
    for file in (case / "instruments").iterdir():
        file.unlink()

    hints = {one.hint for one in problems_of(case) if "no instrument 'leerbonus'" in one.message}

    assert hints == {"add instruments/leerbonus.yaml"}


def test_a_rival_without_reason_and_evidence_is_told_both_at_once(case: Path) -> None:
    rival = "leerbonus: {rivals: {x: {text: X, type: direct rival, status: ruled out}}}\n"
    (case / "contribution.yaml").write_text(rival, encoding="utf-8")

    said = [one.message for one in problems_of(case)]

    assert said == ["'ruled out' without a reason", "'ruled out' without evidence or a source"]


def test_a_slip_in_the_name_of_a_folder(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.parent)

    with pytest.raises(EvalkitError, match="did you mean 'mijn-evaluatie'"):
        find_case("mijn-evalautie")


def test_a_case_without_chapters_gives_no_empty_report(case: Path, tmp_path: Path) -> None:
    for file in (case / "chapters").iterdir():
        file.unlink()
    change(case, "case.yaml", "because: [fig-ladder, fig-analysis-scholing]", "because: []")
    change(case, "case.yaml", "because: [tbl-treden]", "because: []")
    (case / "analyses.yaml").unlink()
    evaluation = ek.evaluate(load_case(case))

    with pytest.raises(EvalkitError, match="has no chapters") as caught:
        ek.render(evaluation, tmp_path / "x.pdf")

    assert "::: verdicts" in str(caught.value.hint)
    assert not (tmp_path / "x.pdf").exists()


def test_words_that_are_meant_are_words_of_evalkit() -> None:
    known = as_text(all_schemas())
    of_estimators = {"cohort", "dr", "event", "never", "not_yet", "reg", "time", "universal"}

    meant = {word for words in MEANT.values() for word in words}

    assert [one for one in sorted(meant - of_estimators) if f'"{one}"' not in known] == []


def test_a_misread_text_survives_the_way_between_processes() -> None:
    made: Callable[..., MisreadError]
    made, args = MisreadError("what", "how").__reduce__()

    assert (made(*args).message, made(*args).hint) == ("what", "how")


def test_a_style_that_is_not_there_is_told_at_its_line(case: Path) -> None:
    change(case, "case.yaml", "style: seo", "style: sep")
    line = (case / "case.yaml").read_text("utf-8").split("style: sep")[0].count("\n") + 1

    with pytest.raises(CaseError) as caught:
        style_of(load_case(case))

    (found,) = caught.value.problems
    assert (found.file, found.line, found.message) == ("case.yaml", line, "no style 'sep'")
    assert found.hint == "did you mean 'seo'? (a folder of your own: `--style FOLDER`)"


def test_conclusions_without_the_stories_ask_for_the_appendix(case: Path) -> None:
    rival = "leerbonus: {rivals: {x: {text: X, type: direct rival}}}\n"
    (case / "contribution.yaml").write_text(rival, encoding="utf-8")
    with (case / "chapters/04-evaluatie.md").open("a", encoding="utf-8") as file:
        file.write("\n::: contribution conclusions\n:::\n")

    with pytest.raises(CaseError) as caught:
        proofread(case)

    assert {one.hint for one in caught.value.problems} == {
        "add an appendix with `::: contribution`: the conclusions refer to the stories in it"
    }


def test_a_year_that_cannot_be_read_is_one_problem(case: Path) -> None:
    change(case, BONUS, "2020: 2,0 mln. euro", "20l0: 2,0 mln. euro")

    with pytest.raises(CaseError) as caught:
        proofread(case)

    (found,) = caught.value.problems
    assert (found.file, found.message) == (BONUS, "'20l0' is not a whole number")


def test_a_year_that_nobody_wrote_is_told_beside_it(case: Path) -> None:
    change(case, BONUS, "2020: 2,0 mln. euro", "20l0: 2,0 mln. euro")
    change(case, "instruments/leerbonus.md", "per_year[2020]", "per_year[2017]")

    with pytest.raises(CaseError) as caught:
        proofread(case)

    assert [one.message for one in caught.value.problems] == [
        "'input.budget.per_year' has no '2017'", "'20l0' is not a whole number",
    ]  # fmt: skip


def test_sources_that_no_chapter_lists_are_told(case: Path) -> None:
    (case / "chapters/06-bijlage-bronnen.md").write_text("# Bronnen {#bijlage-bronnen .appendix}\n")
    change(case, "chapters/01-inleiding.md", "@bijlage-bronnen", "de bijlage")

    with pytest.warns(EvalkitWarning) as told:
        proofread(case)

    said = str(told[0].message)
    assert "sources are cited (" in said
    assert "the report does not list them" in said
    assert "`::: sources`" in said


def test_sources_that_are_listed_need_no_word(case: Path, recwarn: pytest.WarningsRecorder) -> None:
    proofread(case)

    assert not recwarn.list


def test_check_prints_a_warning_in_plain_words(case: Path) -> None:
    (case / "chapters/06-bijlage-bronnen.md").write_text("# Bronnen {#bijlage-bronnen .appendix}\n")
    change(case, "chapters/01-inleiding.md", "@bijlage-bronnen", "de bijlage")

    done = CliRunner().invoke(app, ["check", str(case)])

    assert done.exit_code == 0
    assert done.stderr.startswith("warning: chapters/: sources are cited (")
    assert ".py" not in done.stderr


def test_a_folder_of_ones_own_under_style_is_given_back_as_what_to_type(case: Path) -> None:
    change(case, "case.yaml", "style: seo", "style: ../huis")
    folder = case.parent / "huis"
    folder.mkdir()
    (folder / "style.toml").write_text('extends = "seo"\n')

    done = CliRunner().invoke(app, ["report", str(case), "-o", str(case.parent / "uit")])

    said = str(done.exception)
    assert re.match(r"case\.yaml:\d+: no style '\.\./huis'\n", said)
    assert f"a folder of your own: `--style {case / '../huis'}`" in said


def test_words_of_ones_own_for_missing_stand_in_an_analysis(case: Path) -> None:
    (file,) = (case / "data").glob("*.csv")
    head, first, *rest = file.read_text("utf-8").splitlines()
    odd = f"{first.rsplit(';', 1)[0]};n.b."
    file.write_text("\n".join([head, odd, *rest, ""]), "utf-8")
    with pytest.raises(CaseError, match=r"'n\.b\.'.* `na_values: \[…\]` in analyses\.yaml"):
        proofread(case)
    start = "  time: jaar"

    change(case, "analyses.yaml", start, f"  na_values: n.b.\n{start}")

    assert proofread(case).analyses["scholing"].na_values == ("n.b.",)
