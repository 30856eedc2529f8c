"""A least number of units in analyses.yaml: no file of the report holds a number of fewer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pypdfium2
import pytest

from evalkit.analysis.telling import as_text, write_csv
from evalkit.errors import CaseError
from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.report.render import render
from tests.unit.analysis.bonnen import firms


def few_in_2018(folder: Path) -> None:
    """Leave seven firms in the cohort of 2018, and write down a least number of units."""
    frame = firms(150)
    ids = frame.loc[frame["start"] == 2018, "bedrijf"].unique()
    frame[~frame["bedrijf"].isin(ids[7:])].to_csv(folder / "data/bedrijven.csv", index=False)


def set_minimum(folder: Path, text: str = "minimum_cell: 10") -> None:
    path = folder / "analyses.yaml"
    path.write_text(path.read_text().replace("  cohort: start\n", f"  cohort: start\n  {text}\n"))


@pytest.fixture
def numbers(folder: Path) -> list[str]:
    """The estimates on seven firms, as a report and a file would write them."""
    few_in_2018(folder)
    finding = evaluate(load_case(folder)).findings["uren"]
    found = [one for one in finding.cells if one.cohort == "2018" and not one.reference]
    assert len(found) == 5
    assert all(one.n_units == 57 for one in found)
    assert finding.sample.cohorts == {"2018": 7, "2019": 50}
    exact = [repr(one.estimate) for one in found] + [repr(one.std_error) for one in found]
    return exact


def test_no_file_of_the_report_holds_a_suppressed_number(
    folder: Path, numbers: list[str], tmp_path: Path
) -> None:
    set_minimum(folder)
    before = evaluate(load_case(folder))
    finding = before.findings["uren"]
    assert finding.suppressed is not None
    assert finding.suppressed.minimum == 10
    assert finding.sample.cohorts == {"2018 en 2019": 57}
    assert not [one for one in finding.cells if one.cohort == "2018"]
    write_csv(before.findings, tmp_path / "csv", "en")
    said = as_text(finding, before.case.analyses["uren"], "en", cells=True)
    pdf = tmp_path / "bonnen.pdf"
    render(before, pdf, formats="all")
    files = [one for one in tmp_path.rglob("bonnen*") if one.is_file()]
    files += list((tmp_path / "csv").iterdir())
    texts = [said, before.model_dump_json(), *map(whole, files)]
    assert {file.suffix for file in files} == {".pdf", ".html", ".docx", ".json", ".csv"}
    for text in texts:
        for number in numbers:
            assert number not in text
            assert number[:8] not in text
            assert number[:8].replace(".", ",") not in text
    told = " ".join(whole(pdf).split())
    assert "Minder dan 10 eenheden" in told
    assert "57 in 2018 en 2019" in told
    assert "7 in 2018" not in told.replace("57 in 2018", "")


def whole(file: Path) -> str:
    """Read all that a file holds: the text of its pages, and what is attached to it."""
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as parts:
            found = [parts.read(name) for name in parts.namelist()]
        return "\n".join(part.decode("utf-8", errors="ignore") for part in found)
    if file.suffix != ".pdf":
        return file.read_bytes().decode("utf-8", errors="ignore")
    document = pypdfium2.PdfDocument(file)
    pages = [page.get_textpage().get_text_range() for page in document]
    attached = [
        bytes(document.get_attachment(at).get_data()).decode("utf-8", errors="ignore")
        for at in range(document.count_attachments())
    ]
    assert attached
    return "\n".join([*pages, *attached])


def test_the_average_stays_what_it_is(folder: Path, numbers: list[str]) -> None:
    plain = evaluate(load_case(folder)).findings["uren"].average
    set_minimum(folder)
    assert evaluate(load_case(folder)).findings["uren"].average == plain


def test_a_period_without_a_number_has_a_row_that_says_so(folder: Path) -> None:
    few_in_2018(folder)
    set_minimum(folder)
    finding = evaluate(load_case(folder)).findings["uren"]
    assert finding.suppressed is not None
    assert finding.suppressed.times  # only seven firms are seen two years after
    assert {one.event_time for one in finding.path}.isdisjoint(finding.suppressed.times)
    from tests.unit.analysis.test_section import page, words

    text = words(page(folder))
    assert "2 jaar later x x x x x" in text
    assert "x: niet afgedrukt, omdat er minder dan 10 eenheden achter zitten" in text


def test_an_effect_on_few_is_no_effect_to_print(folder: Path) -> None:
    frame = firms()
    gone = (frame["start"] > 0) & (frame["bedrijf"] > 10)
    frame[~gone].to_csv(folder / "data/bedrijven.csv", index=False)
    set_minimum(folder)
    with pytest.raises(CaseError, match=r"analyses.yaml:4: uren: .*fewer than 10 units") as caught:
        evaluate(load_case(folder))
    assert "`minimum_cell`" in str(caught.value.problems[0].hint)


def test_few_others_are_told_by_no_total(folder: Path) -> None:
    frame = firms()
    never = frame.loc[frame["start"] == 0, "bedrijf"].unique()
    frame = frame[~frame["bedrijf"].isin(never[6:])]
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    path = folder / "analyses.yaml"
    path.write_text(path.read_text().replace("cohort: start", "cohort: start\n  control: not_yet"))
    set_minimum(folder)
    with pytest.raises(CaseError, match="fewer than 10 units are never treated"):
        evaluate(load_case(folder))


@pytest.mark.parametrize("wrong", ["1", "tien", "0"])
def test_a_minimum_is_a_number_of_two_or_more(folder: Path, wrong: str) -> None:
    set_minimum(folder, f"minimum_cell: {wrong}")
    with pytest.raises(CaseError, match=r"analyses.yaml:12: "):
        load_case(folder)


def test_what_was_left_out_is_told_without_few(folder: Path) -> None:
    frame = firms()
    frame.loc[frame["bedrijf"] == 4, "uren"] = np.nan
    frame.to_csv(folder / "data/bedrijven.csv", index=False)
    set_minimum(folder)
    finding = evaluate(load_case(folder)).findings["uren"]
    assert [(one.fewer, one.rows, one.units) for one in finding.sample.dropped] == [(10, 0, 0)]
    said = as_text(finding, load_case(folder).analyses["uren"], "nl")
    assert "weggelaten: minder dan 10, de uitkomst ontbreekt" in said
    assert pd.notna(finding.average.estimate)
