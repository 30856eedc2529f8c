"""What a writer reads when analyses.yaml is wrong: file, line, what and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.analysis.bonnen import ANALYSIS, firms

BROKEN = [
    ("design: group_time", "design: grouptime", ":6: 'grouptime' is not one of", "group_time"),
    ("data/bedrijven.csv", "data/bedrijf.csv", ":4: data/bedrijf.csv: there is no", "add it"),
    ("data/bedrijven.csv", "../x.csv", ":4: ../x.csv: the file is not read", "inside its folder"),
    ("data/bedrijven.csv", "case.yaml", ":4: 'case.yaml' is no data file", ".csv or .parquet"),
    ("column: uren", "column: ureen", ":7: no column 'ureen'", "did you mean 'uren'"),
    ("unit: bedrijf\n", "unit: bedrijff\n", ":8: no column 'bedrijff'", "'bedrijf'"),
    ("intended: higher", "intended: up", ":7: 'up' is not one of", "higher"),
    (", intended: higher", "", ":7: evidence needs to know", "intended"),
    ("[pretrends, honest]", "[pretrend]", ":12: 'pretrend' is not one of", "'pretrends'"),
    ("[pretrends, honest]", "[overlap]", ":12: 'overlap' is about covariates", "name covariates"),
    ("bon.outcome.scholing", "bonn.outcome.scholing", ":13: no instrument 'bonn'", "'bon'"),
    ("bon.outcome.scholing", "bon.outcome.school", ":13: 'bon' has no 'school'", "'scholing'"),
    ("bon.outcome.scholing", "bon.output.geven", ":13: 'bon.output.geven' names no", "outcome"),
    ("source: bedrijven", "source: bedrijf", ":5: no source 'bedrijf'", "'bedrijven'"),
    ("  time: jaar", "  time: jaar\n  method: ols", ":11: 'ols' is not one of", "dr"),
    ("group_time", "twfe\n  control: not_yet", ":7: 'twfe' does not use 'control'", "leave it"),
    ("column: uren", "column: jaar", ":10: 'jaar' is the outcome already", "another column"),
    ("column: uren", "column: bedrijf", ":8: 'bedrijf' is the outcome already", "another column"),
    ("column: uren", "column: start", ":11: 'start' is the outcome already", "another column"),
    ("cohort: start", "cohort: jaar", ":11: 'jaar' is the time already", "another column"),
    ("  checks", "  covariates: uren\n  checks", ":12: 'uren' is the outcome already", "take it"),
    ("  checks", "  covariates: start\n  checks", ":12: 'start' is the cohort already", "take it"),
    ("  checks", "  covariates: [omvang, omvang]\n  checks", ":12: 'omvang' stands here again", ""),
    ("  checks", "  weights: uren\n  checks", ":12: 'uren' is the outcome already", "another"),
    ("  checks", "  cluster: uren\n  checks", ":12: 'uren' is the outcome already", "another"),
    ("  checks", f"  anticipation: {10**26}\n  checks", f":12: '{10**26}' is too large", "1000"),
    ("bon.outcome.scholing", "bon.outcome.", ":13: 'bon.outcome.' names no result", "node"),
    ("bon.outcome.scholing", ".outcome.scholing", ":13: '.outcome.scholing' names no", "node"),
    ("group_time", "imputation", ":12: 'imputation' cannot be checked by 'honest'", "group_time"),
    (
        "data/bedrijven.csv",
        "data",
        ":4: data: the file is not read: it is a folder",
        "a file in it",
    ),
    ("intended: higher", "intended: higher, relevant: 0", ":7: '0' is too small", "above 0"),
]


@pytest.mark.parametrize(("old", "new", "message", "hint"), BROKEN)
def test_one_thing_broken(
    folder: Path, problems: Callable[[Path], list[str]], old: str, new: str, message: str, hint: str
) -> None:
    assert old in ANALYSIS
    (folder / "analyses.yaml").write_text(ANALYSIS.replace(old, new, 1), encoding="utf-8")
    found = problems(folder)
    assert [one for one in found if f"analyses.yaml{message}" in one and hint in one], found
    assert all("analyses.yaml" in one for one in found)


def test_data_that_make_no_panel_are_found_by_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from evalkit.errors import CaseError
    from evalkit.report.text.proofread import proofread

    frame = firms()
    frame.loc[5, "start"] = 2019
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    with pytest.raises(CaseError) as caught:
        proofread(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("analyses.yaml", 4)  # the key `data`
    assert "start" in problem.message


def test_a_case_without_analyses_needs_no_file(
    folder: Path,
) -> None:
    from evalkit.io.case import load_case

    (folder / "analyses.yaml").unlink()
    assert load_case(folder).analyses == {}


@pytest.mark.parametrize("new", ["bon.outcome.school", "bonn.outcome.scholing"])
def test_check_gives_the_same_problem_and_no_traceback(folder: Path, new: str) -> None:
    from evalkit.errors import CaseError
    from evalkit.report.text.proofread import proofread

    text = ANALYSIS.replace("bon.outcome.scholing", new)
    (folder / "analyses.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"analyses\.yaml:13") as caught:
        proofread(folder)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("check", ["placebo", "placebo_groups", "randomisation", "power"])
def test_a_check_that_needs_errors_is_refused_where_there_are_none(
    folder: Path, problems: Callable[[Path], list[str]], check: str
) -> None:
    text = ANALYSIS.replace("group_time", "synthetic_control")
    text = text.replace("[pretrends, honest]", f"[{check}]")
    (folder / "analyses.yaml").write_text(text, encoding="utf-8")
    (found,) = problems(folder)
    assert f"'synthetic_control' cannot be checked by '{check}'" in found
    assert "synthetic_did takes this check" in found


@pytest.mark.parametrize("key", ["cluster: bedrijf", "cluster: start", "weights: omvang"])
def test_a_column_may_have_two_roles_that_go_together(folder: Path, key: str) -> None:
    from evalkit.io.case import load_case

    text = ANALYSIS.replace("  checks", f"  covariates: omvang\n  {key}\n  checks")
    (folder / "analyses.yaml").write_text(text, encoding="utf-8")
    assert load_case(folder).analyses["uren"].covariates == ("omvang",)
