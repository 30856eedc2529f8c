"""What ``evalkit check`` says: numbers as the writer of the case types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app
from evalkit.io.new_case import new_case
from evalkit.language.written import language_of_numbers

SUM = {
    "en": ("total: 5.0 million", "total: 5.1 million", "total 5.1 million euros is not the sum"),
    "nl": ("total: 5,0 mln.", "total: 5,1 mln.", "total 5,1 mln. euro is not the sum"),
}


def checked(folder: Path) -> str:
    found = CliRunner().invoke(app, ["check", str(folder)])
    assert found.exit_code == 1
    return str(found.exception).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("lang", SUM)
def test_a_wrong_sum_is_told_in_the_numbers_of_the_case(lang: str, tmp_path: Path) -> None:
    old, new, wanted = SUM[lang]
    folder = new_case("proef", into=tmp_path, lang=lang)
    file = next(one for one in folder.glob("instruments/*.yaml") if old in one.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    assert wanted in checked(folder)
    assert language_of_numbers() == "nl"  # and it is forgotten afterwards


SMALL = {
    "case.yaml": "title: Cycling\nlanguage: en\nperiod: 2020–2024\n",
    "theory.yaml": "goals:\n  cycling: {name: More cycling}\n",
    "instruments/grant.yaml": "name: Grant\ntype: subsidie\nperiod: 2020–2024\n"
    "input:\n  budget: {text: Budget, total: 2.5 euros, source: a}\n",
    "sources.bib": "@report{a, author = {{Office}}, title = {Plan}, year = {2024}}\n",
    "chapters/01-grant.md": "# Grant {#sec-grant}\n\n"
    "It cost {{ instruments.grant.input.budget.total | words }}.\n",
}


def test_prose_that_cannot_be_printed_is_told_in_the_numbers_of_the_case(tmp_path: Path) -> None:
    for name, text in SMALL.items():
        file = tmp_path / "proef" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert "'2.5 euros' cannot be written as a word" in checked(tmp_path / "proef")
