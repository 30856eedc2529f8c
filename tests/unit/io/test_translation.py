"""Cases whose texts stand in two languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import EvalkitError
from evalkit.io.case import load_case

FILES = {
    "case.yaml": (
        "title:\n  nl: Proef\n  en: Trial\nlanguage: nl\ntranslations: en\nperiod: 2018–2021\n"
        "authors:\n  - nl: De makers\n    en: The makers\n"
    ),
    "instruments/bon.yaml": (
        "name:\n  nl: Bon\n  en: Voucher\ntype: subsidie\nperiod: 2019\n"
        "aims:\n  nl: [meer, beter]\n  en: [more, better]\n"
        "input:\n  budget:\n    text: Budget\n    actual: 2,5 mln. euro\n"
    ),
    "instruments/bon.md": "# Input\n\nEr was {{ input.budget.actual }}.\n",
    "instruments/bon.en.md": "# Input\n\nThere was {{ input.budget.actual }}.\n",
    "chapters/01-begin.md": "# Begin\n\nTekst.\n",
    "chapters/01-begin.en.md": "# Beginning\n\nText.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "proef" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "proef"


def test_the_same_files_give_both_languages(folder: Path) -> None:
    dutch, english = load_case(folder), load_case(folder, lang="en")
    assert (dutch.title, english.title) == ("Proef", "Trial")
    assert english.authors == ("The makers",)
    assert english.instruments["bon"].aims == ("more", "better")
    assert english.instruments["bon"].prose.startswith("# Input\n\nThere was")
    assert list(english.chapters) == ["01-begin.en"]
    assert (english.language, english.original, english.translations) == ("en", "nl", ("nl",))


def test_numbers_are_written_once(folder: Path) -> None:
    dutch, english = load_case(folder), load_case(folder, lang="en")
    assert dutch.instruments["bon"].budget == english.instruments["bon"].budget
    assert english.instruments["bon"].budget.prose("en") == "2.5\xa0million\xa0euros"


def test_a_language_that_is_not_written_is_refused(folder: Path) -> None:
    text = FILES["case.yaml"].replace("translations: en\n", "")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EvalkitError, match="not written in en"):
        load_case(folder, lang="en")


def test_a_text_in_one_language_is_a_problem_at_its_line(
    folder: Path, problems: Callable[[Path], list[str]]
) -> None:
    text = FILES["instruments/bon.yaml"].replace("  en: Voucher\n", "")
    (folder / "instruments/bon.yaml").write_text(text, encoding="utf-8")
    (found,) = problems(folder)
    assert found.startswith("instruments/bon.yaml:1: this text is missing in English | write it in")


def test_files_without_their_other_half_are_problems(
    folder: Path, problems: Callable[[Path], list[str]]
) -> None:
    (folder / "chapters/02-slot.en.md").write_text("# End\n\nText.\n", encoding="utf-8")
    (found,) = problems(folder)
    assert found.startswith("chapters/02-slot.en.md: there is no chapters/02-slot.md beside it")


def test_a_chapter_that_is_not_translated_is_a_problem(folder: Path) -> None:
    (folder / "chapters/01-begin.en.md").unlink()
    assert load_case(folder).title == "Proef"
    with pytest.raises(EvalkitError, match=r"chapters/01-begin.md has no version in this language"):
        load_case(folder, lang="en")


def test_a_translation_that_the_case_does_not_announce_is_a_problem(
    folder: Path, problems: Callable[[Path], list[str]]
) -> None:
    text = FILES["case.yaml"].replace("translations: en\n", "")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    found = problems(folder)
    assert any("01-begin.en.md: this file is not read | add `translations: en`" in p for p in found)


def test_an_unknown_language_is_a_problem_at_its_line(
    folder: Path, problems: Callable[[Path], list[str]]
) -> None:
    text = FILES["case.yaml"].replace("translations: en", "translations: de")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    assert any(p.startswith("case.yaml:5: no language 'de'") for p in problems(folder))


ANALYSIS = """\
nl:
  title:
    nl: Uren
    en: Hours
  question: Werkt de bon?
  data: data/uren.csv
  source: bron
  design: twfe
  outcome:
    column: uren
    unit:
      nl: uur
      en: hours
  unit: bedrijf
  time: jaar
  cohort: start
  covariates: nl
  names:
    nl:
      nl: uit Nederland
      en: from the Netherlands
"""


@pytest.fixture
def analysed(folder: Path) -> Path:
    (folder / "analyses.yaml").write_text(ANALYSIS, encoding="utf-8")
    (folder / "sources.bib").write_text(
        "@dataset{bron, author = {{CBS}}, title = {Uren}, year = {2021}}\n", encoding="utf-8"
    )
    (folder / "data").mkdir()
    head = "bedrijf,jaar,start,nl,uren\n"
    (folder / "data/uren.csv").write_text(head, encoding="utf-8")
    return folder


def test_ids_and_columns_may_be_called_as_a_language(analysed: Path) -> None:
    dutch, english = (load_case(analysed, lang=lang).analyses["nl"] for lang in ("nl", "en"))
    assert (dutch.title, english.title) == ("Uren", "Hours")
    assert (dutch.named("nl"), english.named("nl")) == ("uit Nederland", "from the Netherlands")
    assert (dutch.outcome.unit, english.outcome.unit) == ("uur", "hours")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("data: data/uren.csv", "data: {nl: data/uren.csv, en: data/x.csv}", ":6: 'data' cannot"),
        ("design: twfe", "design: {nl: twfe, en: event_study}", ":8: 'design' cannot"),
        ("column: uren", "column: {nl: uren, en: start}", ":10: 'column' cannot"),
        ("  unit: bedrijf", "  unit: {nl: bedrijf, en: nl}", ":14: 'unit' cannot"),
        ("covariates: nl", "checks: [{nl: power, en: placebo}]", ":17: 'checks' cannot"),
    ],
)
def test_an_analysis_does_the_same_in_every_language(
    analysed: Path, problems: Callable[[Path], list[str]], old: str, new: str, said: str
) -> None:
    assert old in ANALYSIS
    (analysed / "analyses.yaml").write_text(ANALYSIS.replace(old, new, 1), encoding="utf-8")
    found = problems(analysed)
    assert any(
        one.startswith(f"analyses.yaml{said}") and "without `nl:` and `en:`" in one for one in found
    ), found


def test_a_case_in_one_language_is_not_told_in_another(
    folder: Path, problems: Callable[[Path], list[str]]
) -> None:
    for name in ("instruments/bon.en.md", "chapters/01-begin.en.md"):
        (folder / name).unlink()
    alone = FILES["case.yaml"].replace("translations: en\n", "")
    (folder / "case.yaml").write_text(alone, encoding="utf-8")
    assert load_case(folder).title == "Proef"  # what is not needed does no harm
    text = FILES["instruments/bon.yaml"].replace("  nl: Bon\n", "")
    (folder / "instruments/bon.yaml").write_text(text, encoding="utf-8")
    (found,) = problems(folder)
    assert found.startswith("instruments/bon.yaml:1: this text is missing in Dutch | write it in D")
