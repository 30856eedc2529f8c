"""``evalkit new``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from evalkit.cli import completion

NAME = "new"
_HOLDS = """\
  case.yaml               title, period, tables and recommendations
  theory.yaml             the goals, and how the policy should reach them
  instruments/            two instruments: facts, chain, evidence, text
  analyses.yaml, data/    an analysis of example data
  sources.bib, tables/    the sources, and a table for the text
  chapters/               the text of the report"""


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
            "--lang",
            metavar="nl|en",
            help="Language of the content and its numbers; else nl.",
            autocompletion=completion.languages,
        ),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="Where to make it.")
    ] = Path(),
) -> None:
    """Make a starter case, small but whole, to change into your own.

    It holds two instruments with their sources, an analysis of a small data
    set, and the chapters of a report. Comments in the files explain every key.
    All content is made up, and every page of its report says so.

    Then run `evalkit check`, `evalkit estimate` and `evalkit report` on it,
    and change the files in the order that its README.md gives. A folder that
    is there is never overwritten.
    """
    from evalkit.cli.language import language
    from evalkit.io.new_case import new_case

    folder = shlex.quote(str(new_case(slug, into, lang=language(lang, "nl"))))
    typer.echo(f"made {folder}, with made-up content:\n{_HOLDS}\nnow try")
    for command in ("check", "estimate", "report"):
        typer.echo(f"  evalkit {command} {folder}")
    typer.echo(f"and change the files, in the order of {folder}/README.md")
