"""``evalkit new``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

NAME = "new"


def run(
    slug: Annotated[
        str,
        typer.Argument(
            metavar="SLUG", help="Name of the folder: lower case letters, digits and hyphens."
        ),
    ],
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="nl|en", help="Language of the content and its numbers; else nl."
        ),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="Where to make it.")
    ] = Path(),
) -> None:
    """Make a starter case, small but whole, to change into your own.

    Its files explain the format in their comments. A folder that is there is never overwritten.
    """
    from evalkit.cli.language import language
    from evalkit.io.new_case import new_case

    folder = shlex.quote(str(new_case(slug, into, lang=language(lang, "nl"))))
    typer.echo(f"made {folder}; now try")
    typer.echo(f"  evalkit check {folder}")
    typer.echo(f"  evalkit report {folder}")
