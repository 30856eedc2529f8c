"""``evalkit schema``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evalkit.cli import completion

NAME = "schema"


def run(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="case|theory|instrument|analyses|contribution|compliance",
            help="Which file to describe; else all.",
            autocompletion=completion.kinds,
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FOLDER", help="Write case.schema.json and so on there instead."
        ),
    ] = None,
) -> None:
    """Print JSON Schema of the case files, for editors.

    An editor with yaml-language-server (VS Code: the YAML extension of Red Hat) completes keys,
    explains them and underlines mistakes.

    Run `evalkit schema --into schemas` in the case folder, and let each file begin with the line
    that names its schema, as seen from that file:

    `# yaml-language-server: $schema=schemas/case.schema.json`

    `# yaml-language-server: $schema=schemas/theory.schema.json`

    `# yaml-language-server: $schema=schemas/analyses.schema.json`

    `# yaml-language-server: $schema=schemas/contribution.schema.json`

    `# yaml-language-server: $schema=schemas/compliance.schema.json`

    `# yaml-language-server: $schema=../schemas/instrument.schema.json`
    """
    from evalkit.io.schema import KINDS, all_schemas, as_text, schema, write_schemas

    if into is not None:
        for path in write_schemas(into, KINDS if kind is None else (kind,)):
            typer.echo(path)
    else:
        typer.echo(as_text(all_schemas() if kind is None else schema(kind)))
