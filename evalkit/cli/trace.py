"""``evalkit trace``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evalkit.cli.arguments import JsonOption, LanguageOption

NAME = "trace"


def run(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="An instrument of the register, such as slim.")
    ],
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases", help="A folder of case folders with a register.yaml; else the shipped cases."
        ),
    ] = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what each document says of one instrument, through the years.

    Status, period, numbers and milestones as each case records them, with the place where it
    stands; and what changed from one document to the next.
    """
    from evalkit.cli.language import language
    from evalkit.register.trace import trace

    found = trace(name, cases, lang=language(lang, "nl") if lang else None)
    typer.echo(found.to_json() if as_json else found.summary())
