"""What an analysis says is said in the language of its case."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.analysis.run import run_analyses
from evalkit.analysis.telling import as_text, write_csv
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
        "groep-tijdeffecten (Callaway en Sant’Anna, 2021): "
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
    reason = "Schijngroepen komen uit nooit behandelde eenheden, en daarvan zijn er 3."
    assert check.says == f"Niet mogelijk met deze gegevens. {reason}"  # the report prints this
    assert check.notes == ("Wat eraan te doen is, in het Engels: use placebo dates.",)
    assert f"geen uitsluitsel. {check.says}" in text
    assert text.count(reason) == 1


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


def test_more_quarters_than_clusters_say_so(folder: Path) -> None:
    quarters = [f"{year}Q{quarter}" for year in range(2005, 2020) for quarter in (1, 2, 3, 4)]
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"bedrijf": np.repeat(range(40), 60), "i": [*range(60)] * 40})
    start = np.array([-1, 30, 36])[frame["bedrijf"] % 3]
    frame["jaar"] = [quarters[i] for i in frame["i"]]
    frame["start"] = [quarters[i] if i > 0 else "" for i in start]
    frame["uren"] = rng.normal(size=2400) + 2 * ((start > 0) & (frame["i"] >= start))
    frame.drop(columns="i").to_csv(folder / "data/bedrijven.csv", index=False)
    finding, text = found(folder, checks="honest")
    assert "Niet mogelijk met deze gegevens. De covariantie van de schattingen is niet" in text
    assert "40 clusters cannot tell 65 estimates apart" in text
    assert "longer periods" in finding.checks[0].notes[0]


def test_a_dutch_spreadsheet_opens_the_estimates_in_columns(folder: Path) -> None:
    finding, _ = found(folder)
    write_csv({"uren": finding}, folder / "uit", "nl")
    raw = (folder / "uit/uren.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfterm;cohort;")
    read = pd.read_csv(folder / "uit/uren.csv", sep=";", decimal=",", encoding="utf-8-sig")
    assert len(read) == 1 + len(finding.path) + len(finding.cells)
    assert read["estimate"][0] == finding.average.estimate
    assert read["conf_low"][0] == finding.average.conf_low
    write_csv({"uren": finding}, folder / "out", "en")
    english = pd.read_csv(folder / "out/uren.csv")
    assert english["estimate"].tolist() == read["estimate"].tolist()
    assert (folder / "out/uren.csv").read_text(encoding="utf-8").startswith("term,cohort,")
