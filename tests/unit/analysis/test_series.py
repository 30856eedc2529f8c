"""The series that a finding keeps, of designs that give one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from evalkit.analysis.run import run_analyses
from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.model.finding import Finding
from evalkit.report.assemble import assemble
from evalkit.report.style.style import load_style
from tests.unit.analysis.bonnen import firms


def finding(folder: Path, design: str, frame: pd.DataFrame) -> Finding:
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    text = (folder / "analyses.yaml").read_text()
    text = text.replace("design: group_time", f"design: {design}")
    (folder / "analyses.yaml").write_text(text.replace("  checks: [pretrends, honest]\n", ""))
    return run_analyses(load_case(folder))["uren"]


def one_start() -> pd.DataFrame:
    frame = firms(units=24)
    frame.loc[frame["bedrijf"] > 0, "start"] = 0
    frame.loc[frame["bedrijf"] == 0, "start"] = 2018
    frame.loc[(frame["bedrijf"] == 0) & (frame["jaar"] >= 2018), "uren"] += 2
    return frame


@pytest.mark.parametrize("design", ["synthetic_control", "synthetic_did"])
def test_a_synthetic_design_keeps_the_treated_and_the_synthetic(folder: Path, design: str) -> None:
    frame = one_start()
    found = finding(folder, design, frame)
    treated = frame[frame["bedrijf"] == 0].sort_values("jaar")["uren"]
    assert [one.observed for one in found.series] == pytest.approx(list(treated))
    assert [one.after for one in found.series] == [False] * 3 + [True] * 3
    gaps = [one.observed - one.expected for one in found.series if one.after]
    assert sum(gaps) / len(gaps) == pytest.approx(found.average.estimate)
    assert Finding.model_validate_json(found.model_dump_json()) == found


def test_an_interrupted_series_keeps_the_line_of_before(folder: Path) -> None:
    years = pd.DataFrame(
        {"bedrijf": 0, "jaar": range(2005, 2021), "start": 2015,
         "uren": [0.5 * at + (at % 3) / 10 + 3 * (at >= 10) for at in range(16)]}
    )  # fmt: skip
    found = finding(folder, "interrupted_series", years.assign(omvang=1.0))
    assert len(found.series) == 16
    expected = [one.expected for one in found.series]
    steps = [two - one for one, two in pairwise(expected)]
    assert steps == pytest.approx([steps[0]] * 15)
    gaps = [one.observed - one.expected for one in found.series if one.after]
    # The line is fitted by weights of an autoregression, so the gaps average it nearly.
    assert sum(gaps) / len(gaps) == pytest.approx(found.average.estimate, abs=0.01)


def test_several_starts_have_no_single_series(folder: Path) -> None:
    frame = one_start()
    frame.loc[frame["bedrijf"] == 1, "start"] = 2019
    assert finding(folder, "synthetic_did", frame).series == ()


def test_a_design_without_paths_has_no_series(folder: Path) -> None:
    assert run_analyses(load_case(folder))["uren"].series == ()


def test_the_section_draws_the_series_instead_of_the_bare_effects(folder: Path) -> None:
    finding(folder, "synthetic_control", one_start())
    document, edition = assemble(evaluate(load_case(folder)), load_style("seo"), "nl")
    html = edition.finish("".join(chapter.html for chapter in document.chapters))
    assert "Uren scholing: gemeten en verwacht verloop" in html
    figure = html[html.index('id="fig-analysis-uren"') :]
    assert "gewogen" in figure[: figure.index("</figure>")]
