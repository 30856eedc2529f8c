"""A workbook that was filled in, back into a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evalkit.interchange.bibtex import edited_bibtex, lost_in
from evalkit.interchange.cell_hint import for_cells
from evalkit.interchange.cell_problem import CellProblem, WorkbookError
from evalkit.interchange.checked import KeyProblem, checked
from evalkit.interchange.gather import Gathered, gather
from evalkit.interchange.incoming import incoming
from evalkit.interchange.loaded import Loaded
from evalkit.interchange.merged import merged
from evalkit.interchange.table import Row, Table, Tables
from evalkit.interchange.tabulate import tabulate
from evalkit.interchange.workbook_reader import Book, read_book
from evalkit.interchange.written import Translated, Written, with_translations, written_in
from evalkit.model.case import Case
from evalkit.model.record import Loc


def read_workbook(path: str | Path, into: str | Path | None = None) -> Loaded:
    """Read a workbook and check it as a case is checked.

    Parameters
    ----------
    path
        An xlsx file.
    into
        The case folder that it belongs to; what has no place in a workbook, such as prose, is
        taken from there. By default the workbook stands for itself.

    Returns
    -------
    Loaded
        The case, and the files that loading it changes; nothing is written yet.

    Raises
    ------
    WorkbookError
        Anything in it is wrong; it lists all of it, with the cell.
    EvalkitError
        It is no workbook.
    """
    return workbook_into(*incoming(path, into))


def workbook_into(data: bytes, name: str, beside: Path | None, slug: str) -> Loaded:
    """Read the bytes of a workbook, to be laid over a folder."""
    old = written_in(beside) if beside is not None else Written({})
    before = tabulate(old)
    book = read_book(data, name)
    _keep_absent(book, before)
    found = gather(book.tables)
    for one in found.misplaced:
        book.report(one.spot, one.message, one.hint)
    main = merged(old.data, gather(before).data, found.data)
    language = str(main.get("language", "nl"))
    before_texts = {one.loc: one.texts for one in gather(before).translations}
    translations = tuple(
        _as_written(one, before_texts.get(one.loc), old) for one in found.translations
    )
    for loc in found.orphans:
        main.get(loc[0], {}).pop(loc[1], None)  # it is reported; what it lacks is no news
    whole, lost = with_translations(main, translations, language)
    for loc in lost:
        spot = next((s for at, s in found.spots.items() if at[: len(loc)] == loc), None)
        what = f"nothing stands at {'/'.join(map(str, loc))} in the first language"
        book.report(spot or ("vertalingen", 0, "key"), what, "take this row out, or fill that in")
    case, problems = checked(whole, beside, slug)
    seen = {(problem.place, problem.message) for problem in book.problems}
    for problem in problems:
        place = _placed(problem, found, book)
        if place.place not in book.unread and (place.place, place.message) not in seen:
            book.problems.append(place)
    book.problems += _not_bibtex(whole, found, book)
    if book.problems or case is None:
        raise WorkbookError(book.problems)
    before_whole, _ = with_translations(old.data, old.translations, old.language)
    return Loaded(case, whole, before_whole, old.files)


def _as_written(one: Translated, before: Any, old: Written) -> Translated:
    """Keep the translations that did not change as their writer wrote them."""
    if before != one.texts:
        return one
    return next(kept for kept in old.translations if kept.loc == one.loc)


def case_of(tables: Tables, slug: str = "case") -> tuple[Case | None, list[KeyProblem]]:
    """Make a case of tables alone, without a folder."""
    found = gather(tables)
    whole, _ = with_translations(found.data, found.translations, tables.language)
    return checked(whole, None, slug)


def _not_bibtex(data: dict[str, Any], found: Gathered, book: Book) -> list[CellProblem]:
    sources = data.get("sources", {})
    if not isinstance(sources, dict) or not all(isinstance(one, dict) for one in sources.values()):
        return []
    wrong = []
    for key, name in lost_in(sources, edited_bibtex("", {}, sources)):
        what = f"BibTeX cannot hold this {name} as it stands"
        hint = "leave out braces and backslashes, and type – instead of --"
        wrong.append(_cell(("sources", key, name), "sources.bib", what, hint, found, book))
    return wrong


def _placed(problem: KeyProblem, found: Gathered, book: Book) -> CellProblem:
    loc = problem.loc
    if loc is None:
        return CellProblem((999, 0, 0), problem.place, problem.message, problem.hint)
    return _cell(loc, problem.place, problem.message, problem.hint, found, book)


def _cell(
    loc: Loc, place: str, message: str, hint: str, found: Gathered, book: Book
) -> CellProblem:
    """Place a problem at the cell of its key, or of what it stands in."""
    for size in range(len(loc), 0, -1):
        spot = found.spots.get(loc[:size])
        address = book.address(spot) if spot is not None else None
        if address is not None:
            return CellProblem(*address, message, for_cells(hint))
    key = "/".join(map(str, loc))
    return CellProblem((998, 0, 0), key or place.replace("\x1f", ""), message, for_cells(hint))


def _keep_absent(book: Book, before: Tables) -> None:
    """Let what a workbook has no sheet, column or line for stay as it is."""
    old = {table.plan.nl: table for table in before.tables}
    there = {table.plan.nl for table in book.tables.tables}
    tables = [_with_columns(table, old, book) for table in book.tables.tables]
    book.tables.tables = [*tables, *(table for key, table in old.items() if key not in there)]
    if "overig" in book.absent:
        book.tables.other = before.other
    if "vertalingen" in book.absent:
        book.tables.translations = before.translations
    shown = book.columns.get("dossier", set())
    for name, text in before.case.items():
        if name not in shown:
            book.tables.case[name] = text


def _with_columns(table: Table, old: dict[str, Table], book: Book) -> Table:
    shown = book.columns[table.plan.nl]
    before = old[table.plan.nl]
    lacking = [column for column in before.columns if column.name not in shown]
    if not lacking:
        return table
    kept = {row.heads: row.cells for row in before.rows}
    rows = []
    for row in table.rows:
        more = {
            c.name: kept[row.heads][c.name] for c in lacking if c.name in kept.get(row.heads, {})
        }
        rows.append(Row(row.heads, row.cells | more))
    return Table(table.plan, (*table.columns, *lacking), tuple(rows))
