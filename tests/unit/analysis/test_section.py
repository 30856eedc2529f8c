"""The section of an analysis in the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.errors import CaseError, EvalkitError
from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.model.finding import Estimate
from evalkit.report.assemble import assemble
from evalkit.report.figures.axis import axis_for
from evalkit.report.figures.event_study import Words, event_study
from evalkit.report.proofread import proofread
from evalkit.report.render import render
from evalkit.report.style import load_style


def page(folder: Path, lang: str = "nl") -> str:
    case = load_case(folder)
    document, edition = assemble(evaluate(case), load_style("seo"), lang)
    return edition.finish("".join(chapter.html for chapter in document.chapters))


def words(html: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def test_the_section_answers_the_question(folder: Path) -> None:
    html = page(folder)
    text = words(html)
    finding = evaluate(load_case(folder)).findings["uren"]
    assert "Leidt de bon tot meer scholing?" in text
    assert "30 in 2018 en 30 in 2019" in text
    assert f"{finding.average.estimate:.2f}".replace(".", ",") in text
    assert "Gelijke ontwikkeling vooraf p = " in text
    assert "Alle controles zijn geslaagd" in text
    assert "draagt trede 4 van de effectladder" in text
    assert 'role="img"' in html


def test_values_of_a_finding_can_be_told_in_prose(folder: Path) -> None:
    chapter = folder / "chapters/01-effect.md"
    chapter.write_text(
        "# Effect\n\nHet effect is {{ analyses.uren.average }} uur, of "
        "{{ analyses.uren.average | number }}, bij {{ analyses.uren.sample.units }} bedrijven.\n\n"
        "::: analysis uren\n:::\n",
        encoding="utf-8",
    )
    text = words(page(folder))
    assert re.search(r"Het effect is 2,\d\d \[1,\d\d; 2,\d\d\] uur, of 2,\d\d, bij 90 bed", text)


def test_an_unknown_analysis_is_a_problem_at_its_line(folder: Path) -> None:
    chapter = folder / "chapters/01-effect.md"
    chapter.write_text("# Effect\n\n::: analysis uuren\n:::\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"01-effect.md:3: no analysis 'uuren'"):
        proofread(folder)


def test_what_was_left_out_is_told_in_the_language_of_the_report(folder: Path) -> None:
    data = folder / "data/bedrijven.csv"
    lines = data.read_text().splitlines()
    lines[3] = lines[3].rsplit(",", 1)[0] + ","
    data.write_text("\n".join(lines))
    text = words(page(folder))
    assert "Weggelaten: 1 rij, de uitkomst ontbreekt" in text
    assert "1 van de bedrijven (5 rijen), niet in elke periode gemeten" in text


def test_a_failed_check_is_named_with_the_rule_that_it_fires(folder: Path) -> None:
    text = (folder / "analyses.yaml").read_text().replace("[pretrends, honest]", "[honest, power]")
    (folder / "analyses.yaml").write_text(text)
    told = words(page(folder))
    assert "niet getoetst, of doorstond de toets niet" in told
    assert "Het instrument staat op trede 3 van de effectladder" in told


def test_a_translated_case_is_not_rendered_half(folder: Path, tmp_path: Path) -> None:
    text = (folder / "case.yaml").read_text() + "translations: en\n"
    (folder / "case.yaml").write_text(text)
    with pytest.raises(EvalkitError, match="holds the nl texts"):
        render(evaluate(load_case(folder)), tmp_path / "x.pdf", lang="en")


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_an_axis_holds_everything_at_round_values(values: list[float]) -> None:
    axis = axis_for(values)
    slack = 1e-6 * (axis.ticks[-1] - axis.ticks[0])
    assert axis.ticks[0] <= min(0.0, *values) + slack
    assert axis.ticks[-1] >= max(0.0, *values) - slack
    assert 0.0 in axis.ticks
    assert 2 <= len(axis.ticks) <= 7
    assert len({axis.label(tick, "nl") for tick in axis.ticks}) == len(axis.ticks)


@pytest.mark.parametrize("periods", [1, 2, 9, 40])
def test_a_path_of_any_length_stays_inside_its_frame(periods: int) -> None:
    path = [
        Estimate(term=str(t), estimate=0.1 * t, conf_low=0.1 * t - 1, conf_high=0.1 * t + 1,
                 uniform_low=0.1 * t - 2, uniform_high=0.1 * t + 2, event_time=t)
        for t in range(-periods, periods)
    ]  # fmt: skip
    said = Words("start", "jaren", "referentie", "uniforme band, 95%", "puntsgewijs, 95%",
                 "schatting", "alt", ("t", "e", "i", "u"))  # fmt: skip
    drawn = event_study(path, said, "nl")
    assert len(drawn.data) == 2 * periods + 1
    places = [float(x) for x in re.findall(r'(?:cx|cy|x1|y1|x|y)="(-?[\d.]+)"', drawn.markup)]
    assert min(places) >= 0
    assert max(places) <= 168
