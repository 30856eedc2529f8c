"""Variants of an analysis: a grid in analyses.yaml, in one table and figure of the report."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from evalkit import did
from evalkit.analysis.telling import as_text
from evalkit.errors import CaseError
from evalkit.evaluation import Evaluation, evaluate
from evalkit.io.case import load_case
from evalkit.panel import Panel
from evalkit.report.figures.specification_curve import CurveRun, CurveWords, specification_curve
from tests.unit.analysis.bonnen import firms
from tests.unit.analysis.test_section import page, words

VARIANTS = """\
  variants:
    outcomes: [{column: loon, name: het loon, unit: uur}]
    subgroups: regio
    name: dubbel robuust
    specifications:
      imputatie: {design: imputation}
      met omvang:
        covariates: omvang
"""


@pytest.fixture
def grid(folder: Path) -> Path:
    """A case of which the analysis has two outcomes, two regions and three approaches."""
    frame = firms()
    frame["loon"] = frame["uren"] * 0.5 + np.random.default_rng(1).normal(size=len(frame))
    frame["regio"] = np.where(frame["bedrijf"] % 2, "noord", "zuid")
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    write(folder, VARIANTS)
    return folder


def write(folder: Path, variants: str) -> None:
    path = folder / "analyses.yaml"
    text = path.read_text()
    cut = text.find("  variants:")
    path.write_text((text if cut < 0 else text[:cut]) + variants)


def test_every_combination_is_a_run(grid: Path) -> None:
    found = evaluate(load_case(grid)).findings["uren"]
    assert found.varied is not None
    runs = found.varied.runs
    assert len(runs) == found.varied.tests == 2 * 3 * 3
    assert [one.subgroup for one in runs[::3]] == ["", "noord", "zuid"] * 2
    assert runs[0].estimate is not None
    assert runs[0].estimate.estimate == found.average.estimate
    assert runs[0].estimate.n_units == 60
    frame = firms()
    panel = Panel(frame, unit="bedrijf", time="jaar", outcome="uren", cohort="start")
    imputed = did.imputation(panel, leave_one_out=True).tidy()
    assert runs[1].specification == "imputatie"
    assert runs[1].estimate is not None
    assert runs[1].estimate.estimate == imputed.loc[0, "estimate"]


def test_the_record_keeps_the_runs(grid: Path) -> None:
    evaluation = evaluate(load_case(grid))
    again = Evaluation.model_validate_json(evaluation.model_dump_json())
    assert again.findings["uren"].varied == evaluation.findings["uren"].varied


def test_the_report_has_one_table_and_one_figure(grid: Path) -> None:
    html = page(grid)
    text = words(html)
    assert "18 schattingen van dezelfde vraag" in text
    assert "het effect bij andere keuzes" in text
    assert "Uitkomst Deelgroep Aanpak Effect 95%-interval p, gecorrigeerd" in text
    assert "het loon (uur) noord imputatie" in text
    assert "alle bedrijven dubbel robuust" in text
    assert "volgens Holm (1979) gecorrigeerd voor 18 toetsen" in text
    assert 'id="tbl-variants-uren"' in html
    figure = html[html.index('id="fig-variants-uren"') :]
    assert figure.count("<circle") >= 18
    english = words(page(grid, "en"))
    assert "adjusted for 18 tests by Holm (1979)" in english


def test_a_terminal_has_a_line_for_each_run(grid: Path) -> None:
    case = load_case(grid)
    said = as_text(evaluate(case).findings["uren"], case.analyses["uren"], "nl").splitlines()
    lines = [line for line in said if line.startswith("het loon, noord")]
    assert len(lines) == 3
    assert re.fullmatch(
        r"het loon, noord, imputatie: \d,\d+ \[.*; .*\] uur, p [<=] 0,\d+", lines[1]
    )
    assert "De p-waarden zijn volgens Holm (1979) gecorrigeerd voor 18 toetsen" in said


def test_what_does_not_differ_has_no_column(grid: Path) -> None:
    write(grid, "  variants:\n    specifications:\n      imputatie: {design: imputation}\n")
    text = words(page(grid))
    assert "Aanpak Effect (uur) 95%-interval p, gecorrigeerd" in text
    assert "zoals hierboven" in text
    assert "Deelgroep" not in text


def test_the_correction_is_named(grid: Path) -> None:
    write(grid, VARIANTS + "    correction: benjamini-hochberg\n")
    assert "Benjamini en Hochberg (1995)" in words(page(grid))
    write(grid, VARIANTS + "    correction: none\n")
    assert "niet gecorrigeerd voor het aantal toetsen (18)" in words(page(grid))


def test_a_small_subgroup_is_not_printed(grid: Path) -> None:
    frame = firms()
    frame["regio"] = np.select([frame["bedrijf"] < 9, frame["bedrijf"] < 40], ["a", "b"], "c")
    frame.to_csv(grid / "data/bedrijven.csv", index=False)
    write(grid, "  variants:\n    subgroups: regio\n")
    plain = evaluate(load_case(grid)).findings["uren"].varied
    assert plain is not None
    few = [one.estimate.estimate for one in plain.runs if one.subgroup in "ab" and one.estimate]
    path = grid / "analyses.yaml"
    path.write_text(
        path.read_text().replace("  time: jaar\n", "  time: jaar\n  minimum_cell: 10\n")
    )
    evaluation = evaluate(load_case(grid))
    varied = evaluation.findings["uren"].varied
    assert varied is not None
    assert [one.estimate is None for one in varied.runs] == [False, True, True, False]
    said = evaluation.model_dump_json() + page(grid)
    for number in few[1:]:
        assert repr(number) not in said
    assert "x: minder dan 10 eenheden: onderdrukt" in words(page(grid))


@pytest.mark.parametrize(
    ("variants", "why"),
    [
        ("    outcomes: [lonen]\n", r"analyses.yaml:15: no column 'lonen' in data/bedrijven.csv"),
        ("    outcomes: [uren]\n", r"analyses.yaml:15: 'uren' has a role in the analysis already"),
        ("    subgroups: [regios]\n", r"analyses.yaml:15: no column 'regios'"),
        ("    subgroups: [start]\n", r"analyses.yaml:15: 'start' has a role"),
        ("    subgroups: [regio, regio]\n", r"analyses.yaml:15: 'regio' stands here again"),
        ("    subgroup: [regio]\n", r"analyses.yaml:15: .*subgroup"),
        ("    specifications:\n      a: {design: imputatie}\n", r"analyses.yaml:16: .*imputatie"),
        (
            "    specifications:\n      a: {design: imputation, control: not_yet}\n",
            r"analyses.yaml:16: 'imputation' does not use 'control'",
        ),
        (
            "    specifications:\n      a: {covariates: omvangen}\n",
            r"analyses.yaml:16: no column 'omvangen'",
        ),
    ],
)
def test_what_is_wrong_is_named_at_its_line(grid: Path, variants: str, why: str) -> None:
    write(grid, f"  variants:\n{variants}")
    with pytest.raises(CaseError, match=why):
        load_case(grid)


@pytest.mark.parametrize(
    ("variants", "why"),
    [("    correction: holm\n", "no variants"),
     ("    specifications:\n      a: {}\n", "'a' is the analysis itself")],
)  # fmt: skip
def test_variants_are_other_choices(grid: Path, variants: str, why: str) -> None:
    write(grid, f"  variants:\n{variants}")
    with pytest.raises(CaseError, match=rf"analyses.yaml:14: uren: .*{why}"):
        evaluate(load_case(grid))


def test_a_column_that_makes_no_subgroups_is_a_problem_of_the_variants(grid: Path) -> None:
    write(grid, "  variants:\n    subgroups: loon\n")
    with pytest.raises(CaseError, match=r"analyses.yaml:14: uren: .*'loon' varies within a unit"):
        evaluate(load_case(grid))


def test_the_curve_stands_in_order_and_names_every_choice() -> None:
    runs = [
        CurveRun(value, value - 1, value + 1, value > 2, value == 2, (choice,))
        for value, choice in ((3.0, "a"), (1.0, "b"), (2.0, "een heel lange naam van een aanpak"))
    ]
    drawn = specification_curve(runs, CurveWords(("Aanpak",), "ja", "nee", "zelf", "alt"), "nl")
    heights = [float(one) for one in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', drawn.markup)]
    assert heights == sorted(heights, reverse=True)  # low values stand low on the page
    assert all(f">{one}</text>" in drawn.markup for one in ("Aanpak", "a", "b"))
    assert drawn.legend.count('class="key"') == 3
