"""``evalkit import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evalkit.errors import EvalkitError

if TYPE_CHECKING:
    from evalkit.interchange.loaded import Loaded

NAME = "import"


def run(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A workbook, IATI XML, or a statistical CSV.")
    ],
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="The case folder; it may be new.")
    ],
    indicator: Annotated[
        str | None,
        typer.Option("--indicator", metavar="ID", help="CSV: where to, `id` or `slim.output.id`."),
    ] = None,
    value: Annotated[
        str, typer.Option("--value", metavar="COLUMN", help="CSV: the column of the numbers.")
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="COLUMN", help="CSV: the column of the period.")
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="COLUMN=WORD", help="CSV: take only these rows."),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="CSV: what the numbers count, such as procent.")
    ] = None,
    text: Annotated[str, typer.Option("--text", help="CSV: what a new indicator measures.")] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="KEY", help="CSV: where it stands.")
    ] = "",
    kind: Annotated[
        str | None,
        typer.Option("--type", metavar="TYPE", help="IATI: the type of instruments, if unsaid."),
    ] = None,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="Check it and name what would change.")
    ] = False,
) -> None:
    """Load a workbook, IATI activities or a series of a statistical table into a case.

    It is checked as case files are, and everything that is wrong is told at once, with its cell or
    line. Then nothing is written. Otherwise only the keys that differ are changed.
    """
    ending = file.suffix.lower()
    if ending == ".csv":
        if indicator is None:
            raise EvalkitError("where should the series go?", hint="say it with --indicator")
        loaded = _series(file, into, indicator, (value, period, where or [], unit), text, source)
    elif ending in (".xlsx", ".xlsm"):
        from evalkit.interchange.from_workbook import read_workbook

        loaded = read_workbook(file, into)
    elif ending == ".xml":
        from evalkit.interchange.iati_case import read_iati

        loaded, unread = read_iati(file, into, kind)
        for tag, number in sorted(unread.items()):
            typer.echo(f"left out, a case has no place for it: <{tag}> ({number})", err=True)
    else:
        hint = "give an .xlsx, an .xml of IATI, or a .csv"
        raise EvalkitError(f"'{file.name}' is no file that evalkit imports", hint=hint)
    _write(loaded, into, dry=dry)


def _series(
    file: Path,
    into: Path,
    indicator: str,
    asked: tuple[str, str, list[str], str | None],
    text: str,
    source: str,
) -> Loaded:
    from evalkit.interchange.indicators import series_into
    from evalkit.interchange.statistics import Asked

    value, period, where, unit = asked
    pairs = dict(_pair(one) for one in where)
    loaded, series = series_into(
        file, into, indicator, Asked(value, period, pairs, unit), text=text, source=source
    )
    if series.left_out:
        typer.echo(f"left out: {series.left_out} periods that are no year", err=True)
    return loaded


def _pair(text: str) -> tuple[str, str]:
    name, equals, word = text.partition("=")
    if not equals:
        raise EvalkitError(f"'{text}' names no column and word", hint="write COLUMN=WORD")
    return name.strip(), word.strip()


def _write(loaded: Loaded, into: Path, *, dry: bool) -> None:
    changed = tuple(loaded.changes()) if dry else loaded.write(into)
    for name in changed:
        typer.echo(into / name)
    if not changed:
        typer.echo(f"{into}: nothing changes", err=True)
