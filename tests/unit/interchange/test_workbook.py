"""A case as a workbook and back: nothing is lost, and what is wrong is named by its cell."""

# ruff: noqa: DTZ001  a workbook knows no time zones
from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from evalkit.errors import EvalkitError
from evalkit.interchange.cell_problem import WorkbookError
from evalkit.interchange.column import Column
from evalkit.interchange.from_workbook import read_workbook, workbook_into
from evalkit.interchange.loaded import Loaded
from evalkit.interchange.typed import text_of
from evalkit.interchange.workbook import to_workbook
from evalkit.interchange.written import read_written
from evalkit.io.case import load_case
from evalkit.io.shipped import cases_dir, shipped_cases
from evalkit.model import Case

Change = Callable[[Any], None]


def load(folder: Path, change: Change = lambda _: None) -> Loaded:
    """Export a case, change the workbook as somebody in Excel would, and read it back."""
    book = load_workbook(io.BytesIO(to_workbook(folder)))
    change(book)
    kept = io.BytesIO()
    book.save(kept)
    return workbook_into(kept.getvalue(), "case.xlsx", folder.resolve(), folder.name)


def problems(folder: Path, change: Change) -> list[str]:
    with pytest.raises(WorkbookError) as caught:
        load(folder, change)
    return [str(one).replace("\n    hint: ", " | ") for one in caught.value.problems]


def put(sheet: str, head: str, row: int, value: Any, form: str = "@") -> Change:
    def change(book: Any) -> None:
        heads = [cell.value for cell in book[sheet][1]]
        cell = book[sheet].cell(row, heads.index(head) + 1)
        cell.value, cell.number_format = value, form

    return change


@pytest.mark.parametrize("slug", shipped_cases())
def test_shipped_cases_come_back_as_they_were(slug: str) -> None:
    folder = (cases_dir() / slug).resolve()
    data = to_workbook(slug)
    loaded = workbook_into(data, f"{slug}.xlsx", folder, slug)
    assert loaded.changes() == {}
    case = load_case(slug)
    assert loaded.case.model_copy(update={"hashes": case.hashes}) == case
    assert Case.from_json(loaded.case.to_json()) == loaded.case.without_folder()
    assert to_workbook(slug) == data  # the same bytes


def test_a_changed_cell_changes_its_key_alone(small_case: Path) -> None:
    path = small_case / "instruments/premie.yaml"
    text = path.read_text("utf-8").replace(
        "    measured: register\n", "    # geteld door CBS\n    measured: register  # streng\n"
    )
    path.write_text(text, "utf-8")
    changes = load(small_case, put("knopen", "measured", 4, "survey")).changes()
    assert changes == {"instruments/premie.yaml": text.replace("d: register ", "d: survey ")}


def test_a_new_row_becomes_a_record(small_case: Path) -> None:
    def change(book: Any) -> None:
        book["bewijs"].append(["premie", "peiling"])
        for head, value in (("source", "cbs2021, p. 9"), ("design", "survey"), ("about", "output")):
            put("bewijs", head, book["bewijs"].max_row, value)(book)

    loaded = load(small_case, change)
    loaded.write(small_case)
    case = load_case(small_case)
    assert case.instruments["premie"].evidence["peiling"].design == "survey"
    text = (small_case / "instruments/premie.yaml").read_text("utf-8")
    assert text.endswith(
        "  peiling:\n    source: cbs2021, p. 9\n    design: survey\n    about: [output]\n"
    )


def test_a_row_taken_out_takes_its_record_out(small_case: Path) -> None:
    def change(book: Any) -> None:
        book["bewijs"].delete_rows(2)
        put("relaties", "evidence", 3, None)(book)
        book["relaties"].cell(2, 7).value = None

    found = problems(small_case, lambda book: book["bewijs"].delete_rows(2))
    assert found == ["relaties!G2: no evidence 'telling' in this instrument"]
    assert load(small_case, change).case.instruments["premie"].evidence == {}


def test_numbers_that_excel_made_are_understood(small_case: Path) -> None:
    found = load(small_case, put("knopen", "actual", 4, 0.575, "0.0%")).case
    plekken = found.instruments["premie"].output["plekken"]
    assert plekken.actual is not None
    assert str(plekken.actual.value) == "57,5\N{NO-BREAK SPACE}procent"


@pytest.mark.parametrize(
    ("value", "form", "kind", "name", "text"),
    [
        (1234.5, "General", "quantity", "total", "1234,5"),
        (0.1 + 0.2, "General", "quantity", "total", "0,3"),
        (10, "0.0", "quantity", "total", "10,0"),
        (0.81, "0%", "observation", "actual", "81%"),
        (2500, '"€" #,##0', "quantity", "budget", "2500 euro"),
        (2021, "General", "number", "year", "2021"),
        (2021.0, "0", "period", "period", "2021"),
        (datetime(2023, 2, 3), "d-m-yyyy", "period", "when", "2023-02-03"),
        (datetime(2019, 12, 1), "mmm-yy", "period", "when", "2019-12"),
        (datetime(2019, 1, 1), "yyyy", "number", "year", "2019"),
        (datetime(2025, 11, 1), "mmm-yy", "text", "date", "2025-11"),
        (True, "General", "flag", "headline", "true"),
        (" een\r\ntwee ", "@", "list", "aims", "een\ntwee"),
    ],
)
def test_what_was_typed_is_told(value: Any, form: str, kind: Any, name: str, text: str) -> None:
    assert text_of(value, form, Column(name, (name,), kind), "nl") == text


@pytest.mark.parametrize(
    ("value", "form", "kind", "said"),
    [
        (datetime(2026, 5, 4), "d-mmm", "quantity", "Excel made the date 2026-05-04 of this"),
        (datetime(2026, 5, 4, 12), "d-m h:mm", "period", "Excel made the date"),
        (True, "General", "text", "Excel made a truth value of this"),
        (float("inf"), "General", "quantity", "no number"),
    ],
)
def test_what_cannot_be_told_is_refused(value: Any, form: str, kind: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        text_of(value, form, Column("x", ("x",), kind), "nl")


def test_every_problem_is_named_by_its_cell(small_case: Path) -> None:
    def change(book: Any) -> None:
        put("instrumenten", "type", 2, "subsidee")(book)
        put("knopen", "2018", 2, "veel geld")(book)
        put("knopen", "target", 4, datetime(2026, 5, 4), "d-mmm")(book)
        book["relaties"]["A2"] = "premy"
        book["bewijs"].append(["premie", "leeg"])
        book["mijlpalen"]["D2"] = "los"
        book["bronnen"]["D2"] = "Banen -- en {meer}"
        book["dossier"]["B12"] = "2018-"
        book["doelen"]["B1"] = "naam"
        book.create_sheet("Blad1")

    found = problems(small_case, change)
    at = {one.partition(": ")[0]: one.partition(": ")[2] for one in found}
    assert "did you mean 'subsidie'" in at["instrumenten!D2"]
    assert any(at.startswith("knopen!") and "not a quantity" in what for at, what in at.items())
    assert "Excel made the date 2026-05-04" in at["knopen!G4"]
    assert at["relaties!A2"].endswith("did you mean 'premie'?")
    assert at["bewijs!C3"].endswith("is missing | fill the cell in: it is required")
    assert "does not say what it belongs to" in at["mijlpalen!A2"]
    assert "BibTeX cannot hold this" in at["bronnen!D2"]
    assert at["doelen!B1"] == "unknown column 'naam' | did you mean 'name'?"
    assert "not read" in at["Blad1"]
    assert not [one for one in found if "premy" in one and "relaties" not in one]


def test_a_hint_speaks_of_cells_and_sheets(small_case: Path) -> None:
    (found,) = problems(small_case, put("bewijs", "source", 2, "elders2020"))

    assert found.endswith("| add a row for it on the sheet of the sources")


def test_an_id_stands_once_on_a_sheet(small_case: Path) -> None:
    def change(book: Any) -> None:
        book["bronnen"].append(["cbs2021", "report"])

    assert problems(small_case, change) == [
        "bronnen!A3: 'cbs2021' stands on this sheet again | give it another id, or keep one row"
    ]


def test_a_formula_counts_for_its_outcome_only(small_case: Path) -> None:
    (found,) = problems(small_case, put("knopen", "total", 2, "=1+1", "General"))
    assert "this formula has no outcome" in found


def test_what_a_workbook_lacks_stays(small_case: Path) -> None:
    def change(book: Any) -> None:
        del book["bewijs"], book["overig"], book["tabellen"]
        heads = [cell.value for cell in book["knopen"][1]]
        book["knopen"].delete_cols(heads.index("measured") + 1)
        book["dossier"].delete_rows(3, 30)

    assert load(small_case, change).changes() == {}


def test_a_workbook_makes_a_case_of_its_own(small_case: Path, tmp_path: Path) -> None:
    file = tmp_path / "nieuw.xlsx"
    book = load_workbook(io.BytesIO(to_workbook(small_case)))
    del book["tabellen"]
    book.save(file)
    made = read_workbook(file, tmp_path / "nieuwe-casus")
    made.write(tmp_path / "nieuwe-casus")
    old, new = load_case(small_case), load_case(tmp_path / "nieuwe-casus")
    assert new.sources == old.sources
    assert new.theory == old.theory
    premie = old.instruments["premie"]
    assert new.instruments["premie"] == premie.model_copy(update={"prose": ""})


def test_heads_have_notes_and_cells_take_text(small_case: Path) -> None:
    book = load_workbook(io.BytesIO(to_workbook(small_case)))
    sheet = book["instrumenten"]
    assert sheet.freeze_panes == "B2"
    assert sheet["B1"].comment.text.startswith("Required. Its name in full.")
    assert sheet["D2"].number_format == "@"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["D2:D502"].startswith('"subsidie,fiscaal')
    assert book["knopen"]["A4"].value == "premie"


def test_rows_show_all_their_text_and_grow_with_it(small_case: Path) -> None:
    path = small_case / "case.yaml"
    path.write_text(path.read_text("utf-8") + f"subtitle: {'woord ' * 60}\n", "utf-8")
    data = to_workbook(small_case)
    book = load_workbook(io.BytesIO(data))
    (number,) = (cell.row for cell in book["dossier"]["A"] if cell.value == "subtitle")
    assert book["dossier"].row_dimensions[number].height == 5 * 15
    assert book["dossier"].row_dimensions[2].height == 15
    with ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if b"customHeight" in parts.read(name)]


def test_sheets_are_ready_for_paper(small_case: Path) -> None:
    book = load_workbook(io.BytesIO(to_workbook(small_case)))
    sheet = book["knopen"]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$C")
    assert sheet.auto_filter.ref == sheet.dimensions


def test_what_people_do_to_a_sheet_changes_nothing(small_case: Path) -> None:
    def sort(book: Any) -> None:
        rows = [[cell.value for cell in row] for row in book["relaties"].iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                book["relaties"].cell(number, column).value = value

    def note(book: Any) -> None:
        book["instrumenten"].insert_cols(2)
        book["instrumenten"]["B1"], book["instrumenten"]["B2"] = "_notitie", "navragen bij DUO"

    def hide(book: Any) -> None:
        book["knopen"].auto_filter.add_filter_column(0, ["(theory)"])
        for number in range(2, book["knopen"].max_row):
            book["knopen"].row_dimensions[number].hidden = True

    for change in (sort, note, hide, lambda book: book["bewijs"].insert_rows(2, 3)):
        assert load(small_case, change).case == load(small_case).case


def test_a_title_above_the_heads_is_passed_over(small_case: Path) -> None:
    def change(book: Any) -> None:
        book["instrumenten"].insert_rows(1, 2)
        book["instrumenten"]["A1"] = "Instrumenten, stand mei"

    assert load(small_case, change).changes() == {}

    def wrong(book: Any) -> None:
        change(book)
        book["instrumenten"]["D4"] = "subsidee"

    (found,) = problems(small_case, wrong)
    assert found.startswith("instrumenten!D4: 'subsidee' is not one of the words")


def test_a_cell_that_cannot_be_read_is_told_once(small_case: Path) -> None:
    def merge(book: Any) -> None:
        book["doelen"].append(["welvaart", "Meer welvaart", None, "outcome"])
        book["doelen"].merge_cells(f"B2:B{book['doelen'].max_row}")

    (found,) = problems(small_case, merge)
    assert "this cell is part of the merged cells B2:B3 | split them" in found
    (found,) = problems(small_case, put("instrumenten", "name", 2, "#REF!", "General"))
    assert found == "instrumenten!B2: this cell holds the error #REF! | mend the formula"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_gives_it_back_as_it_was(small_case: Path, tmp_path: Path) -> None:
    kept = tmp_path / "case.xlsx"
    kept.write_bytes(to_workbook(small_case))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = f"soffice {profile} --headless --convert-to xlsx --outdir saved case.xlsx"
    subprocess.run(asked.split(), cwd=tmp_path, check=True, capture_output=True, timeout=300)
    saved = (tmp_path / "saved" / "case.xlsx").read_bytes()
    assert workbook_into(saved, "case.xlsx", small_case, small_case.name).changes() == {}


def test_text_that_begins_like_a_formula_stays_text(small_case: Path) -> None:
    path = small_case / "case.yaml"
    path.write_text(path.read_text("utf-8") + "subtitle: '=1+1'\n", "utf-8")
    assert load(small_case).changes() == {}
    assert load(small_case).case.subtitle == "=1+1"


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    for name, data in (("a.xlsx", b"PK\3\4 no"), ("b.xlsx", b"x;y\n"), ("c.xlsx", b"")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(EvalkitError, match="not an xlsx workbook"):
            read_workbook(tmp_path / name)
    with pytest.raises(EvalkitError, match="cannot be read"):
        read_workbook(tmp_path / "nergens.xlsx")
    Workbook().save(tmp_path / "d.xlsx")
    with pytest.raises(EvalkitError, match="no sheet that evalkit knows"):
        read_workbook(tmp_path / "d.xlsx")


def test_both_languages_come_back(small_case: Path) -> None:
    folder = cases_dir() / "minimumloon"
    written, _ = read_written(folder)
    assert written.translations
    change = put("vertalingen", "value", 2, "Another text")
    (file,) = load(folder, change).changes()
    assert file == "case.yaml"
