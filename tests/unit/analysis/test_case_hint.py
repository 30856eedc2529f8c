"""Hints for who writes analyses.yaml: keys of that file, and no Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import evalkit
from evalkit.analysis.case_hint import case_hint
from evalkit.analysis.run import try_analyses
from evalkit.io.case import load_case
from tests.unit.analysis.bonnen import ANALYSIS, firms

SOURCE = Path(evalkit.__file__).parent


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("use balanced=False", "write `balanced: false`"),
        ("use `control='not_yet'`, or wait", "write `control: not_yet`, or wait"),
        ('estimate with base_period="universal"', "estimate with `base_period: universal`"),
        ("cluster by the unit (cluster=None)", "cluster by the unit (leave `cluster` out)"),
        ("give anticipation=1", "write `anticipation: 1`"),
        ("give earlier periods", "give earlier periods"),
        (
            'read it with `pd.read_csv(..., decimal=",")`',
            'read it with `pd.read_csv(..., decimal=",")`',
        ),
        ("", ""),
    ],
)
def test_an_option_is_said_as_its_key(hint: str, said: str) -> None:
    assert case_hint(hint) == said


def hints() -> Iterator[str]:
    """Give every hint that stands in the source as it is."""
    for room in ("panel", "did", "checks"):
        for path in (SOURCE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                hint = node.value if isinstance(node, ast.keyword) and node.arg == "hint" else None
                if isinstance(hint, ast.Constant) and isinstance(hint.value, str):
                    yield hint.value


def test_no_hint_of_the_library_leaves_a_call_of_python_in_a_case() -> None:
    found = list(hints())
    assert len(found) > 50
    for hint in found:
        said = case_hint(hint)
        left = re.search(r"(?<!\w)[a-z_]+=\S", re.sub(r"`[^`]*`", "", said))
        assert left is None or "from Python" in said, said


def problem(folder: Path, analysis: str = ANALYSIS) -> str:
    (folder / "analyses.yaml").write_text(analysis, encoding="utf-8")
    found, problems = try_analyses(load_case(folder))
    assert not found
    return str(problems[0])


def test_a_problem_names_the_data_and_says_which_key_to_write(folder: Path) -> None:
    data = folder / "data/bedrijven.csv"
    firms().assign(start=lambda frame: frame["start"].replace(0, 2019)).to_csv(data, index=False)
    said = problem(folder)
    assert said.startswith("analyses.yaml:4: uren: data/bedrijven.csv: no unit is never treated")
    assert "write `control: not_yet`" in said


def test_two_rows_for_a_unit_say_to_leave_the_key_out(folder: Path) -> None:
    frame = firms()
    frame.loc[1, "jaar"] = 2015
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    said = problem(folder)
    assert "more than one row, the first in rows 2, 3" in said
    assert "leave `unit` out" in said
    assert "unit=None" not in said


def test_a_line_of_the_data_is_named_by_its_path_in_the_case(folder: Path) -> None:
    data = folder / "data/bedrijven.csv"
    lines = data.read_text(encoding="utf-8").splitlines()
    lines[9] += ",7"
    data.write_text("\n".join(lines), encoding="utf-8")
    said = problem(folder)
    assert said.startswith("analyses.yaml:4: uren: data/bedrijven.csv:10: 6 cells, and the head")
    assert str(folder) not in said


def test_a_case_counts_clusters_that_are_gone_and_names_no_unit(folder: Path) -> None:
    frame = firms()
    frame["groep"] = frame["bedrijf"] // 3
    frame = frame[(frame["bedrijf"] > 2) | (frame["jaar"] != 2016)]
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    text = ANALYSIS.replace("  checks:", "  cluster: groep\n  checks:")
    (folder / "analyses.yaml").write_text(text, encoding="utf-8")
    found, problems = try_analyses(load_case(folder))
    assert not problems
    (left,) = found["uren"].sample.dropped
    assert (left.units, left.rows) == (3, 15)
    assert "1 cluster" in left.reason
    assert "(0, 1" not in left.reason
    assert not [note for note in found["uren"].notes if "15" in note]
