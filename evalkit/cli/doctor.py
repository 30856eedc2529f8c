"""``evalkit doctor``."""

from __future__ import annotations

import json

import typer

from evalkit.cli.arguments import JsonOption

NAME = "doctor"


def run(as_json: JsonOption = False) -> None:
    """See whether everything that evalkit needs is on this machine, and how to mend what is not.

    Looks at Python, the packages and their versions, Pango, the fonts of the house styles, whether
    a report can be written here, the extras, and the programs that some checks use. Exit code 1
    when something is missing that evalkit cannot do without.
    """
    from evalkit.health import examine

    found = examine()
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(found.summary())
    if not found.healthy:
        raise typer.Exit(1)
