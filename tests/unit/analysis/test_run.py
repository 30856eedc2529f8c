"""From analyses.yaml to findings, and from findings to the ladder."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

import evalkit as ek
from evalkit.analysis.run import run_analyses, try_analyses
from evalkit.evaluation import Evaluation, evaluate
from evalkit.io.case import load_case
from evalkit.model.analysis import CheckName, DesignName
from tests.unit.analysis.bonnen import ANALYSIS, firms


def write(folder: Path, text: str) -> None:
    (folder / "analyses.yaml").write_text(text, encoding="utf-8")


def test_the_finding_is_what_the_estimator_gives(folder: Path) -> None:
    finding = evaluate(load_case(folder)).findings["uren"]
    panel = ek.Panel(firms(), unit="bedrijf", time="jaar", outcome="uren", cohort="start")
    fit = ek.did.group_time(panel, base_period="universal")
    simple, event = fit.aggregate("simple"), fit.aggregate("event")
    assert finding.average.estimate == simple.overall.estimate
    assert finding.average.std_error == simple.overall.std_error
    drawn = [one for one in finding.path if not one.reference]
    wanted = event.tidy().dropna(subset=["std_error"])
    assert [one.estimate for one in drawn] == wanted["estimate"].tolist()
    assert [one.event_time for one in finding.path if one.reference] == [-1]
    assert all(one.uniform_low < one.conf_low for one in drawn)
    assert (
        finding.check("pretrends").figures["p_value"] == ek.checks.pretrends(fit).figures["p_value"]
    )


def test_an_evaluation_with_findings_survives_json(folder: Path) -> None:
    evaluation = evaluate(load_case(folder))
    assert Evaluation.from_json(evaluation.to_json()) == evaluation
    assert "folder" not in evaluation.to_json()


def test_a_sound_finding_carries_the_causal_rung(folder: Path) -> None:
    evaluation = evaluate(load_case(folder))
    finding, verdict = evaluation.findings["uren"], evaluation.scores["bon"]
    assert {check.outcome for check in finding.checks} == {"passed"}
    assert (verdict.level, verdict.direction) == (4, "positive")
    assert any("analyse ‘Uren scholing’" in reason.prose() for reason in verdict.reasons)


def test_without_a_test_of_the_trends_the_rung_does_not_hold(folder: Path) -> None:
    write(folder, ANALYSIS.replace("[pretrends, honest]", "[honest]"))
    verdict = evaluate(load_case(folder)).scores["bon"]
    assert verdict.level == 3
    assert "pre-trends" in [cap.rule for cap in verdict.caps]


def test_different_trends_before_the_start_keep_it_from_the_rung(folder: Path) -> None:
    frame = firms()
    reached = frame["start"] > 0
    frame["uren"] += reached * 0.8 * (frame["jaar"] - 2015)
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    evaluation = evaluate(load_case(folder))
    assert evaluation.findings["uren"].check("pretrends").outcome == "failed"
    assert evaluation.scores["bon"].level == 3


def test_what_is_intended_decides_the_direction(folder: Path) -> None:
    write(folder, ANALYSIS.replace("higher", "lower"))
    assert evaluate(load_case(folder)).scores["bon"].direction == "negative"


def test_no_effect_is_a_finding_only_when_it_is_measured_finely(folder: Path) -> None:
    firms(effect=0.0, seed=5).to_csv(folder / "data/bedrijven.csv", index=False)
    assert evaluate(load_case(folder)).findings["uren"].direction == "unknown"
    write(folder, ANALYSIS.replace("intended: higher", "intended: higher, relevant: '1,5'"))
    assert evaluate(load_case(folder)).findings["uren"].direction == "none"


def test_dutch_spreadsheets_are_read(folder: Path) -> None:
    before = evaluate(load_case(folder)).findings["uren"].average
    firms().to_csv(folder / "data/bedrijven.csv", index=False, sep=";", decimal=",")
    assert evaluate(load_case(folder)).findings["uren"].average == before


def test_findings_can_be_scored_again(folder: Path) -> None:
    first = evaluate(load_case(folder))
    again = evaluate(first.case, findings=first.findings)
    assert (again.scores, again.findings) == (first.scores, first.findings)
    assert again.mix.prose("nl") == first.mix.prose("nl")  # its facts have lost their lines
    with pytest.raises(ek.EvalkitError, match="read back from a record"):
        evaluate(first.case)


def test_all_failures_come_at_once_with_their_lines(folder: Path) -> None:
    frame = firms()
    double = pd.concat([frame, frame.head(2)])
    double.to_csv(folder / "data/bedrijven.csv", index=False)
    second = ANALYSIS.replace("uren:\n  title", "nog-eens:\n  title")
    write(folder, ANALYSIS + second.replace("data/bedrijven.csv", "data/anders.csv"))
    frame.assign(uren="veel").to_csv(folder / "data/anders.csv", index=False)
    found, problems = try_analyses(load_case(folder))
    assert not found
    assert [(p.file, p.line) for p in problems] == [("analyses.yaml", 4), ("analyses.yaml", 17)]
    assert "more than one row" in problems[0].message
    assert "2, 542" in problems[0].message  # as a spreadsheet counts them
    with pytest.raises(ek.CaseError):
        evaluate(load_case(folder))


def test_rows_that_are_left_out_are_counted(folder: Path) -> None:
    frame = firms()
    frame.loc[[3, 40], "uren"] = float("nan")
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    finding = evaluate(load_case(folder)).findings["uren"]
    assert finding.sample.dropped[0].rows == 2
    assert not [note for note in finding.notes if "left out" in note]


OPTIONS = {
    "two_by_two": ("checks: composition",),
    "twfe": ("checks: [placebo, wild_bootstrap, power]",),
    "event_study": ("checks: [pretrends, honest]",),
    "group_time": ("covariates: omvang", "checks: [overlap, leave_one_out]"),
    "sun_abraham": ("checks: [pretrends, honest]",),
    "imputation": ("checks: [placebo]",),
    "synthetic_did": ("checks: [placebo]",),
    "synthetic_control": ("checks: []",),
    "interrupted_series": ("checks: []",),
}


@pytest.mark.parametrize("design", get_args(DesignName))
def test_every_design_runs_from_a_case(folder: Path, design: str) -> None:
    frame = firms()
    if design == "two_by_two":
        frame = frame[frame["jaar"].isin([2017, 2018]) & frame["start"].isin([0, 2018])]
    if design.startswith("synthetic"):
        frame = frame[(frame["start"] == 0) | (frame["bedrijf"] == 1)]
    if design == "interrupted_series":
        # One series, long enough for a trend before and after.
        frame = pd.DataFrame({"bedrijf": 1, "jaar": range(2000, 2021), "start": 2010})
        frame["uren"] = 10 + 0.1 * (frame["jaar"] % 3) + 2.0 * (frame["jaar"] >= 2010)
        frame["omvang"] = 1.0
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    text = ANALYSIS.replace("group_time", design)
    text = text.replace("checks: [pretrends, honest]", "\n  ".join(OPTIONS[design]))
    write(folder, text)
    finding = evaluate(load_case(folder)).findings["uren"]
    assert finding.average.estimate == pytest.approx(2.0, abs=0.9)
    assert finding.evidence is not None
    assert finding.sample.units > 0


def test_every_check_has_a_name_in_both_languages() -> None:
    from evalkit.language.catalogue import label

    for lang in ("nl", "en"):
        assert all(label(f"check.{name}", lang) for name in get_args(CheckName))
        for design in get_args(DesignName):
            assert label(f"method.{design}", lang)
            assert label(f"design-told.{design}", lang)


def test_designs_and_checks_are_those_of_the_library() -> None:
    estimators = {name for name in ek.did.__all__ if name.islower()}
    # A decomposition, which is no estimate, and what runs estimators.
    assert set(get_args(DesignName)) == estimators - {"bacon", "batch"}
    known = set(get_args(CheckName))
    assert known <= set(ek.checks.__all__)


def test_imputation_stops_where_group_time_without_honest_does(folder: Path) -> None:
    levels = {}
    for design in ("imputation", "twfe", "group_time"):
        text = ANALYSIS.replace("group_time", design).replace("[pretrends, honest]", "[placebo]")
        write(folder, text)
        verdict = evaluate(load_case(folder)).scores["bon"]
        levels[design] = verdict.level, [cap.rule for cap in verdict.caps]
    assert set(map(str, levels.values())) == {str((3, ["sensitivity"]))}


def test_a_fault_in_a_diagnostic_is_told_and_takes_nothing_along(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise IndexError("unit Bakkerij Jansen")

    monkeypatch.setattr("evalkit.checks.pretrends", fails)
    finding = evaluate(load_case(folder)).findings["uren"]
    broken, sound = finding.checks
    assert (broken.outcome, broken.possible, sound.outcome) == ("not decisive", False, "passed")
    assert "fault of evalkit in pretrends (IndexError at test_run.py:" in broken.notes[0]
    assert "Jansen" not in finding.model_dump_json()
    assert finding.evidence is not None
    assert finding.evidence.threats["pre-trends"] == "not handled"


def test_without_diagnostics_the_estimate_is_the_same_and_nothing_is_decided(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = load_case(folder)
    whole = run_analyses(case)["uren"]
    monkeypatch.setattr("evalkit.analysis.run.diagnose", lambda *_: pytest.fail("it ran"))
    bare = run_analyses(case, diagnostics=False)["uren"]
    assert (bare.average, bare.path, bare.cells) == (whole.average, whole.path, whole.cells)
    assert [check.name for check in bare.checks] == [check.name for check in whole.checks]
    assert {check.outcome for check in bare.checks} == {"not decisive"}


@pytest.mark.parametrize(("effect", "direction"), [(4.0, "positive"), (0.0, "unknown")])
def test_a_synthetic_control_needs_no_check_to_tell_its_effect_apart(
    folder: Path, effect: float, direction: str
) -> None:
    frame = firms(effect=effect)
    frame = frame[(frame["start"] == 0) | (frame["bedrijf"] == 4)]
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    text = ANALYSIS.replace("group_time", "synthetic_control")
    write(folder, text.replace("[pretrends, honest]", "[]"))
    evaluation = evaluate(load_case(folder))
    finding = evaluation.findings["uren"]
    assert finding.average.conf_low is None
    assert finding.average.p_value is not None
    assert finding.told_apart is (finding.average.p_value < 0.05)
    assert finding.direction == direction
    assert evaluation.scores["bon"].level == 3
    assert "pre-trends" in [cap.rule for cap in evaluation.scores["bon"].caps]
