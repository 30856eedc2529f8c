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
from evalkit.model.finding import CheckFinding, Estimate
from evalkit.report.assemble import assemble
from evalkit.report.figures.axis import axis_for
from evalkit.report.figures.event_study import Words, event_study
from evalkit.report.figures.instrument_chain import instrument_chain
from evalkit.report.figures.palette import PETROL_700
from evalkit.report.figures.text import SANS_BOLD, width
from evalkit.report.render import render
from evalkit.report.style.style import load_style
from evalkit.report.text.proofread import proofread


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
                 "schatting", "alt", ("t", "e", "i", "u"), "start", "jaren")  # fmt: skip
    drawn = event_study(path, said, "nl")
    assert len(drawn.data) == 2 * periods + 1
    places = [float(x) for x in re.findall(r'(?:cx|cy|x1|y1|x|y)="(-?[\d.]+)"', drawn.markup)]
    assert min(places) >= 0
    assert max(places) <= 168


STARTS = (
    "de start",
    "de inwerkingtreding van de nieuwe regeling",
    (
        "de inwerkingtreding van de Wet verbetering arbeidsongeschiktheidsverzekeringen en "
        "loondoorbetalingsverplichtingen voor zelfstandigen zonder personeel"
    ),
)


def drawn(start: str, before: int, after: int) -> str:
    path = [
        Estimate(term=str(t), estimate=1.0, conf_low=0.5, conf_high=1.5, event_time=t)
        for t in range(-before, after)
    ]
    said = Words(start, f"Jaren sinds {start}", "referentie", "band", "interval", "schatting",
                 "alt", ("t", "e", "i", "u"), "de start", "Jaren sinds de start")  # fmt: skip
    return event_study(path, said, "nl").markup


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("before", "after"), [(3, 4), (2, 20), (30, 1)])
def test_the_name_of_the_start_stays_inside_the_plot(start: str, before: int, after: int) -> None:
    markup = drawn(start, before, after)
    found = re.findall(r'<text x="([\d.]+)"[^>]*font-weight="700"[^>]*>([^<]+)<', markup)
    lines = [(float(x), said) for x, said in found if said != "schatting"]
    assert lines
    assert len(lines) <= 2
    for x, said in lines:
        wide = width(said, SANS_BOLD, 8)
        anchored = re.search(rf'text-anchor="end"[^>]*>{re.escape(said)}<', markup)
        low, high = (x - wide, x) if anchored else (x, x + wide)
        assert low >= 10
        assert high <= 134
    frame = re.search(r'viewBox="0 0 168 ([\d.]+)"', markup)
    assert frame is not None
    assert max(float(y) for y in re.findall(r'<text [^>]*\by="([\d.]+)"', markup)) < float(frame[1])


def test_a_start_that_fits_on_two_lines_is_not_shortened() -> None:
    said = re.sub(r"<[^>]+>", " ", drawn(STARTS[1], 3, 9))
    assert "de inwerkingtreding van" in said
    assert "nieuwe regeling" in said
    assert "de start" not in said
    assert "de start" in re.sub(r"<[^>]+>", " ", drawn(STARTS[2], 3, 9))


def changed(folder: Path, **update: object) -> str:
    """The page of a record in which the finding says something else."""
    evaluation = evaluate(load_case(folder))
    finding = evaluation.findings["uren"].model_copy(update=update)
    evaluation = evaluation.model_copy(update={"findings": {"uren": finding}})
    document, edition = assemble(evaluation, load_style("seo"), "nl")
    return words(edition.finish("".join(chapter.html for chapter in document.chapters)))


def check(name: str, outcome: str, **figures: float) -> CheckFinding:
    return CheckFinding.model_validate(
        {"name": name, "outcome": outcome, "says": "zo", "figures": figures}
    )


@pytest.mark.parametrize(
    ("checks", "why"),
    [
        ([check("placebo_groups", "failed")], "vindt ook te vaak een effect bij groepen"),
        (
            [check("wild_bootstrap", "failed")],
            "ook bij weinig clusters geldt, bevestigt het niet: toets voor weinig clusters",
        ),
        ([check("jackknife", "not decisive")], "gaf geen uitsluitsel: telkens één cluster"),
    ],
)
def test_figures_that_do_not_count_are_said_not_to_count(
    folder: Path, checks: list[CheckFinding], why: str
) -> None:
    text = changed(folder, told_apart=False, checks=tuple(checks))
    assert "is niet aangetoond" in text
    assert "Op zichzelf zouden deze cijfers een verschil aantonen" in text
    assert why in text
    assert "blijft daarmee overeind" not in text
    assert "Op zichzelf" not in changed(folder, checks=tuple(checks))


def test_only_a_finding_that_passed_every_check_stands(folder: Path) -> None:
    passed = (check("pretrends", "passed", p_value=0.5), check("honest", "passed"))
    assert "blijft daarmee overeind" in changed(folder, checks=passed)
    for update in (
        {"checks": (passed[0], check("honest", "not decisive"))},
        {"checks": (passed[0], check("honest", "failed"))},
        {"checks": ()},
        {"checks": passed, "told_apart": False, "direction": "unknown"},
    ):
        text = changed(folder, **update)
        assert "blijft daarmee overeind" not in text
        assert "Het instrument staat op trede" in text


@pytest.mark.parametrize(
    ("breakdown", "told"),
    [
        (0.0, "het effect is ook bij gelijke trends niet van nul te onderscheiden"),
        (0.004, "al bij minder dan 0,01 maal de afwijking"),
        (0.42, "houdt stand tot 0,42 maal"),
    ],
)
def test_the_sensitivity_is_said_for_what_it_is(folder: Path, breakdown: float, told: str) -> None:
    found = check("honest", "failed", breakdown_mbar=breakdown)
    assert told in changed(folder, checks=(found,))


def bare(path: range) -> dict[str, object]:
    """A path without errors, as synthetic designs give it."""
    estimates = [Estimate(term=str(t), estimate=0.00012 * 7**t, event_time=t) for t in path]
    return {
        "path": tuple(estimates),
        "average": Estimate(term="average", estimate=1.23456),
        "checks": (),
    }


def test_a_table_without_errors_has_no_columns_for_them(folder: Path) -> None:
    text = changed(folder, **bare(range(5)))
    assert "Standaardfout" not in text
    assert "95%-interval" not in text
    assert "Gemiddeld sinds de start 1,23 " in f"{text} "
    assert not re.search(r"\d,\d{4}", text)


def test_a_long_path_is_printed_in_part_and_says_so(folder: Path) -> None:
    update = bare(range(24))
    update["path"] = tuple(Estimate(term=str(t), estimate=1.0, event_time=t) for t in range(24))
    text = changed(folder, **update)
    assert "Afgedrukt zijn 10 van de 24 jaren" in text
    assert "20 jaar later" in text
    assert "19 jaar later" not in text
    assert "Afgedrukt" not in changed(folder, **bare(range(12)))


def test_the_table_has_a_label_like_every_table(folder: Path) -> None:
    chapter = folder / "chapters/01-effect.md"
    chapter.write_text("# Effect\n\nZie @tbl-analysis-uren.\n\n::: analysis uren\n:::\n")
    assert "Zie tabel 1.1" in words(page(folder))


def test_one_is_a_word(folder: Path) -> None:
    sample = evaluate(load_case(folder)).findings["uren"].sample
    text = changed(folder, sample=sample.model_copy(update={"treated": 1}))
    assert "maakte er één de start van het instrument in die tijd mee" in text


def test_the_ladder_is_called_by_its_name(folder: Path) -> None:
    with (folder / "case.yaml").open("a") as file:
        file.write("ladder: nesta\n")
    text = words(page(folder))
    assert "van de Nesta Standards of Evidence" in text
    assert "effectladder" not in text.lower()


def test_the_chain_shows_the_effect_with_its_unit_and_source(folder: Path) -> None:
    (folder / "chapters/02-bon.md").write_text("# Bon\n\n::: instruments\n:::\n")
    html = page(folder)
    figure = html[html.index('id="fig-bon-chain"') :]
    figure = figure[: figure.index("</figure>")]
    assert "uur Scholing (effect)" in " ".join(re.findall(r">([^<>]+)</text>", figure))
    assert "CBS (2021)" in words(figure)


def test_a_link_to_an_analysis_that_gave_no_evidence_is_an_assumption(folder: Path) -> None:
    case = load_case(folder)
    instrument = case.instruments["bon"]
    links = {
        key: link.model_copy(update={"evidence": ("elders",)})
        for key, link in instrument.links.items()
    }
    _, edition = assemble(evaluate(case), load_style("seo"), "nl")
    drawing = instrument_chain(instrument.model_copy(update={"links": links}), edition)
    assert edition.label("theory.compared") not in {row[-1] for row in drawing.data}


@pytest.mark.parametrize(("says", "strong"), [("evidence: uren", True), ("risks: geen", False)])
def test_an_effect_beside_a_comparison_stands_out(folder: Path, says: str, strong: bool) -> None:
    file = folder / "instruments/bon.yaml"
    why = "    because: een bon maakt scholing goedkoper\n"
    assert why in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(why, f"{why}    {says}\n"), encoding="utf-8")
    evaluation = evaluate(load_case(folder))
    _, edition = assemble(evaluation, load_style("seo"), "nl")
    drawing = instrument_chain(evaluation.case.instruments["bon"], edition)
    assert (f'fill="{PETROL_700}"/>' in drawing.markup) is strong
