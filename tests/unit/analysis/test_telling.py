"""What an analysis says is said in the language of its case."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from evalkit.analysis.run import run_analyses
from evalkit.analysis.telling import as_text
from evalkit.io.case import load_case
from evalkit.model.finding import Finding
from tests.unit.analysis.bonnen import ANALYSIS, firms

# Words that English sentences of diagnostics and estimators can hardly do without.
ENGLISH = re.compile(r"\b(the|and|with|are|standard error|nought|left out)\b")


def found(folder: Path, lang: str = "nl", **change: str) -> tuple[Finding, str]:
    text = ANALYSIS
    for name, value in change.items():
        text = re.sub(rf"^  {name}: .*\n", "", text, flags=re.MULTILINE) + f"  {name}: {value}\n"
    (folder / "analyses.yaml").write_text(text)
    case = (folder / "case.yaml").read_text().replace("language: nl", f"language: {lang}")
    (folder / "case.yaml").write_text(case)
    loaded = load_case(folder)
    finding = run_analyses(loaded)["uren"]
    return finding, as_text(finding, loaded.analyses["uren"], loaded.language)


ALL = (
    "[pretrends, honest, placebo, placebo_groups, leave_one_out, wild_bootstrap, jackknife, "
    "overlap, composition, power]"
)


@pytest.fixture
def few(folder: Path) -> Path:
    """The case with so few firms that there is much to say, and some that lack a year."""
    frame = firms(units=12).drop(index=[3, 16])
    frame.loc[[30, 31], "uren"] = float("nan")
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    return folder


def test_a_dutch_case_is_told_in_dutch(few: Path) -> None:
    finding, text = found(few, checks=ALL, covariates="omvang")
    assert finding.notes
    assert finding.sample.dropped
    said = [check.says for check in finding.checks]
    said += [note for check in finding.checks for note in check.notes]
    said += [*finding.notes, *(one.reason for one in finding.sample.dropped), text]
    for one in said:
        without_errors = re.sub(r"in het Engels: .*", "", one)
        assert not ENGLISH.search(without_errors), one
        assert not re.search(r"\d\.\d{1,2}\b", without_errors), f"English decimals: {one}"


def test_the_same_in_english(few: Path) -> None:
    finding, text = found(few, "en", checks="[pretrends, power]")
    assert any("Few units in cohort" in note for note in finding.notes)
    assert "Power: not decisive." in text
    assert "average: 2" in text
    assert "left out: 2 rows, the outcome is missing" in text


def test_notes_are_sentences(few: Path) -> None:
    finding, _ = found(few, checks="[jackknife, placebo]")
    for note in (*finding.notes, *(note for check in finding.checks for note in check.notes)):
        assert note[0] == note[0].upper()
        assert note.endswith(".")
    assert finding.sample.dropped[0].reason == "de uitkomst ontbreekt"
    assert not [note for note in finding.notes if "weggelaten" in note]  # the sample counts them


def test_no_note_names_a_unit(few: Path) -> None:
    frame = pd.read_csv(few / "data/bedrijven.csv")
    frame["bedrijf"] = "Bakkerij " + frame["bedrijf"].astype(str)
    frame.to_csv(few / "data/bedrijven.csv", index=False)
    finding, _ = found(few, checks="[placebo, placebo_groups, leave_one_out]")
    record = finding.model_dump_json()
    assert "weggelaten: niet in elke periode gemeten" in record
    assert "Bakkerij" not in record


def test_the_head_of_a_dutch_text(folder: Path) -> None:
    _, text = found(folder)
    lines = text.splitlines()
    assert lines[1] == (
        "groep-tijdeffecten (Callaway en Sant'Anna, 2021): "
        "90 bedrijven waarvan 60 behandeld, 2015–2020"
    )
    assert lines[2] == "standaardfouten: analytisch, geclusterd per bedrijf (90 clusters)"
    assert re.match(r"gemiddeld: 2,\d+ \[1,\d+; 2,\d+\] uur$", lines[4])
    assert lines[6].split("  ")[0].strip() == "tijd sinds start"
    assert "Gelijke ontwikkeling vooraf: geslaagd. Gelijke trends vooraf zijn niet" in text


def test_what_is_not_possible_says_so_and_keeps_its_reason(folder: Path) -> None:
    firms(units=9).to_csv(folder / "data/bedrijven.csv", index=False)
    finding, text = found(folder, checks="placebo_groups")
    check = finding.checks[0]
    assert (check.outcome, check.possible) == ("not decisive", False)
    assert check.says == "Niet mogelijk met deze gegevens."
    reason = "Schijngroepen komen uit nooit behandelde eenheden, en daarvan zijn er 3."
    assert check.notes[0] == reason
    assert check.notes[0] in text


def test_columns_have_their_names(folder: Path) -> None:
    frame = firms()
    frame["omvang"] += frame["jaar"] / 10
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    options = {"covariates": "omvang", "names": "{omvang: de omvang}", "checks": "composition"}
    finding, _ = found(folder, **options)
    assert any("covariaat de omvang verandert in de tijd" in n.lower() for n in finding.notes)
    assert not [note for note in finding.notes if "‘omvang’" in note]


def test_a_series_has_no_clusters_to_tell(folder: Path) -> None:
    frame = firms(units=1).assign(start=2018)
    long = [frame.assign(jaar=frame["jaar"] + 6 * k, uren=frame["uren"] + k) for k in (-1, 0, 1)]
    pd.concat(long).to_csv(folder / "data/bedrijven.csv", index=False)
    _, text = found(folder, design="interrupted_series", checks="power")
    assert "standaardfouten: van een autoregressief proces\n" in text
    assert "sprong in het niveau" in text
    assert "opmerking: Zwakke opzet: er is geen vergelijkingsgroep" in text
