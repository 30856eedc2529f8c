"""Arguments that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

from evalkit.cli import completion

CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="A case folder, or the name of a shipped case.",
        autocompletion=completion.cases,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Write one JSON document to stdout and nothing else.")
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="nl|en",
        help="Language of labels and numbers.",
        autocompletion=completion.languages,
    ),
]
StyleOption = Annotated[
    str | None,
    typer.Option(
        "--style",
        help="A shipped house style, or a folder of your own.",
        autocompletion=completion.styles,
    ),
]
