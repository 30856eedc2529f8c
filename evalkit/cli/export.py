"""``evalkit export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evalkit.cli import completion
from evalkit.cli.arguments import CaseArgument
from evalkit.errors import EvalkitError
from evalkit.language.suggest import did_you_mean

NAME = "export"
_ENDINGS = {"xlsx": "xlsx", "iati": "xml", "sdmx": "csv"}


def run(
    case: CaseArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="xlsx|iati|sdmx",
            help="What to write.",
            autocompletion=completion.exports,
        ),
    ] = "xlsx",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to; else in this folder."),
    ] = None,
    reporter: Annotated[
        str,
        typer.Option("--reporting-org", metavar="REF", help="IATI: who publishes the file."),
    ] = "XM-EVALKIT",
) -> None:
    """Write a case in a format of others: a workbook, IATI 2.03 activities or SDMX-CSV.

    The workbook can be filled in and loaded back with `evalkit import`. What a format cannot hold
    is listed on stderr.
    """
    from evalkit.interchange.save import save
    from evalkit.io.case import find_case
    from evalkit.io.reader import slug_of

    if kind not in _ENDINGS:
        hint = did_you_mean(kind, _ENDINGS)
        raise EvalkitError(f"'{kind}' is no format that evalkit exports", hint=hint)
    slug = slug_of(find_case(case).resolve().name)
    target = output if output is not None else Path(f"{slug}.{_ENDINGS[kind]}")
    for line in save(case, kind, target, reporter):
        typer.echo(line, err=True)
    typer.echo(target)
