"""Tables of numbers: what is read, and every fault at its cell."""

from __future__ import annotations

from evalkit.io.tables import read_rows
from evalkit.model.datatable import DataTable
from evalkit.model.record import all_flaws
from evalkit.model.sheet import read_sheet


def table(text: str, **keys: object) -> DataTable:
    return DataTable.model_validate({"file": "tables/x.csv", "rows": read_rows(text), **keys})


def test_groups_words_and_totals_are_told_apart() -> None:
    text = "Nr;regel;2026;2027\nEen;;;\n1;wegen;1,5;PM\nTwee;;;\n2;water;2;–\nTotaal;;3,5;PM"
    sheet, faults = read_sheet(table(text), "nl", ("regel",))
    assert faults == []
    assert sheet.columns == ("2026", "2027")
    assert sheet.places == (2, 3)
    assert [(row.group, row.label, row.words) for row in sheet.parts] == [
        ("Een", "1", ("wegen",)),
        ("Twee", "2", ("water",)),
    ]
    assert [row.label for row in sheet.rows if row.total] == ["Totaal"]


def test_every_fault_is_found_at_once() -> None:
    _, faults = read_sheet(table("jaar;a;a;\n2020;1;hoog;3\n;1;2;3\n2020;1;2;3"), "nl")
    found = {(fault.row, fault.column): fault.message for fault in faults}
    assert found[0, 2] == "two columns are called 'a'"
    assert found[0, 3] == "this column has no head"
    assert "'hoog' is not a number" in found[1, 2]
    assert found[2, 0] == "this row has no label"
    assert "stands in the table already" in found[3, 0]


def test_a_table_without_numbers_says_so() -> None:
    _, faults = read_sheet(table("jaar;a\nGroep;"), "nl")
    assert [fault.message for fault in faults] == ["no row holds a number"]


def test_a_break_at_no_row_and_a_target_that_is_no_number_are_flaws() -> None:
    found = table("jaar;a\n2020;1", breaks={"2021": "anders"}, target="2-3 in 2030")
    messages = " ".join(flaw.message for flaw in all_flaws(found))
    assert "no row '2021'" in messages
    assert "one number" in messages


def test_a_target_with_a_scale_is_a_flaw() -> None:
    (flaw,) = all_flaws(table("jaar;a\n2020;1", target="3 mln. in 2030"))
    assert "scale" in flaw.message
