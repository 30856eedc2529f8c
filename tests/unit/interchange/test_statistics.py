"""Statistical tables into indicators: SDMX-CSV, CBS OData and StatLine."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app
from evalkit.errors import CaseError, EvalkitError
from evalkit.interchange.indicators import series_into
from evalkit.interchange.statistics import Asked, series_of
from evalkit.interchange.to_sdmx import to_sdmx
from evalkit.io.case import load_case

STATLINE = """\
"Arbeidsdeelname; kerncijfers"
"Geslacht";"Perioden";"Werkloosheid";"Werkenden"
"";"";"%";"x 1 000"
"Totaal";"2021";"4,2";"9 200"
"Totaal";"2022 1e kwartaal";"3,4";"9 300"
"Totaal";"2022";"3,5";"9 500"
"Totaal";"2023*";"3,6";"9 700"
"Totaal";"2024**";".";"x"
"Mannen";"2021";"4,0";"4 800"
"Bron: CBS"
"""
SDMX = """\
DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS
ESTAT:X(1.0),A,NL,2020,2.29,PC,0,A
ESTAT:X(1.0),A,NL,2021,2.27,PC,0,P
ESTAT:X(1.0),A,NL,2022,,PC,0,M
ESTAT:X(1.0),A,BE,2020,3.4,PC,0,E
ESTAT:X(1.0),A,NL,2023,1234.5,PC,0,E
"""
TOTAL = {"Geslacht": "Totaal"}


def test_statline() -> None:
    found = series_of(STATLINE, "cbs.csv", Asked("Werkloosheid", where=TOTAL))
    assert found.per_year == {"2021": "4,2 procent", "2022": "3,5 procent", "2023": "3,6 procent"}
    assert found.note == "Voorlopig: 2023. Nader voorlopig: 2024. Onbekend: 2024."
    assert found.left_out == 1


def test_statline_in_thousands() -> None:
    found = series_of(STATLINE, "cbs.csv", Asked("Werkenden", where=TOTAL, unit=None))
    assert found.per_year["2021"] == "9.200 duizend"
    assert "Geheim: 2024." in found.note


def test_odata_codes_and_points() -> None:
    table = (
        '"ID";"Perioden";"Werkloosheid_1"\n'
        '0;"2021KW01";"     4.4"\n1;"2021JJ00";"     4.2"\n2;"2022JJ00";"       ."\n'
    )
    found = series_of(table, "cbs.csv", Asked("Werkloosheid_1", unit="procent"), "nl")
    assert (found.per_year, found.left_out) == ({"2021": "4,2 procent"}, 1)
    assert found.note == "Onbekend: 2022."


def test_sdmx() -> None:
    found = series_of(SDMX, "x.csv", Asked(where={"GEO": "NL"}))
    assert found.per_year == {
        "2020": "2,29 procent", "2021": "2,27 procent", "2023": "1.234,5 procent",
    }  # fmt: skip
    assert found.note == "Voorlopig: 2021. Geschat: 2023."
    english = series_of(SDMX, "x.csv", Asked(where={"GEO": "NL"}), "en")
    assert english.per_year["2023"] == "1,234.5 per cent"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("Werkloos"), "no column 'Werkloos'\n    hint: did you mean 'Werkloosheid'?"),
        (Asked("Werkloosheid"), "2021 has more than one number\n    hint: choose with --where"),
        (Asked(), "which column holds the numbers is not said"),
        (Asked("Werkloosheid", where={"Geslacht": "Totaa"}), "did you mean 'Totaal'?"),
        (Asked("Geslacht", where=TOTAL), "cbs.csv:4: 'Totaal' is no number"),
    ],
)
def test_what_is_wrong_is_said(asked: Asked, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        series_of(STATLINE, "cbs.csv", asked)
    assert said in str(caught.value)


def test_a_scale_without_a_word() -> None:
    with pytest.raises(CaseError, match=r"the scale 10\^2 has no word"):
        series_of(SDMX.replace("PC,0,A", "PC,2,A"), "x.csv", Asked(where={"GEO": "NL"}))


def test_a_series_makes_and_renews_an_indicator(small_case: Path, tmp_path: Path) -> None:
    file = tmp_path / "cbs.csv"
    file.write_text(STATLINE, "utf-8")
    asked = Asked("Werkloosheid", where=TOTAL, unit="procent")
    with pytest.raises(EvalkitError, match="a new indicator without a name"):
        series_into(file, small_case, "werkloosheid", asked)
    before = (small_case / "case.yaml").read_text("utf-8")
    series_into(file, small_case, "werkloosheid", asked, text="Werkloosheid", source="cbs2021")[
        0
    ].write(small_case)
    after = (small_case / "case.yaml").read_text("utf-8")
    assert after.startswith(before)
    assert "      2023: 3,6 procent\n" in after
    file.write_text(STATLINE.replace('2023*";"3,6', '2023";"3,7'), "utf-8")
    loaded, _ = series_into(file, small_case, "werkloosheid", asked)
    node = loaded.case.indicators["werkloosheid"]
    assert str(node.per_year[2023]) == "3,7\N{NO-BREAK SPACE}procent"
    assert node.note == "Nader voorlopig: 2024. Onbekend: 2024."


def test_a_series_for_a_node_of_an_instrument(small_case: Path, tmp_path: Path) -> None:
    file = tmp_path / "cbs.csv"
    file.write_text(STATLINE, "utf-8")
    asked = Asked("Werkloosheid", where=TOTAL, unit="procent")
    loaded, _ = series_into(file, small_case, "premie.output.plekken", asked)
    assert list(loaded.changes()) == ["instruments/premie.yaml"]
    for node, said in (("premi.output.x", "did you mean 'premie'"), ("premie.uit.x", "no stage")):
        with pytest.raises(EvalkitError, match=said):
            series_into(file, small_case, node, asked)


def test_sdmx_out_and_in() -> None:
    case = load_case("menselijk-kapitaal")
    made = to_sdmx("menselijk-kapitaal")
    where = {"OWNER": "_CASE", "INDICATOR": "spanning-ict", "MEASURE": "per_year"}
    found = series_of(made.text, "x.csv", Asked(where=where, unit=""))
    series = case.indicators["spanning-ict"].per_year
    assert found.per_year == {str(year): str(value.number()) for year, value in series.items()}
    assert {loss.loc[-1] for loss in made.losses} >= {"actual", "total"}


def test_the_commands(small_case: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    for kind, ending in (("xlsx", "xlsx"), ("iati", "xml")):
        file = tmp_path / f"case.{ending}"
        done = run(app, ["export", str(small_case), "--format", kind, "-o", str(file)])
        assert done.exit_code == 0, done.output
        done = run(app, ["import", str(file), "--into", str(small_case)])
        assert done.exit_code == 0, done.output
        assert "nothing changes" in done.output
    file = tmp_path / "x.csv"
    file.write_text(SDMX, "utf-8")
    order = ["import", str(file), "--into", str(small_case), "--indicator", "rd"]
    done = run(app, [*order, "--where", "GEO=NL", "--text", "R&D", "--dry-run"])
    assert done.output.strip().endswith("case.yaml")
    assert "rd:" not in (small_case / "case.yaml").read_text("utf-8")
    for wrong, said in ((["--where", "GEO"], "names no column"), ([], "more than one number")):
        done = run(app, [*order, *wrong])
        assert done.exit_code == 1
        assert said in str(done.exception)
