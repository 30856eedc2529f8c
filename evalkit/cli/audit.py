"""``evalkit audit``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from evalkit.cli import completion
from evalkit.cli.arguments import JsonOption, LanguageOption

NAME = "audit"


def run(
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="CASE",
            help="A case folder, or the slug of a shipped case.",
            autocompletion=completion.cases,
        ),
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(
            "--text", metavar="FILE", help="A finished text: plain text, Markdown or PDF."
        ),
    ] = None,
    statements: Annotated[
        bool, typer.Option("--statements", help="List every numeric statement of the text as well.")
    ] = False,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find what a careful referee finds in a case, or in the numbers of a finished text.

    Of a case: contradictions, sums, claims beyond their evidence, and how it meets the regimes
    that it names. Each finding names its places; exit code 1 when something cannot be so.
    """
    if (case is None) == (text is None):
        raise typer.BadParameter("name what to audit: a CASE, or --text FILE")
    if case is not None and statements:
        raise typer.BadParameter("--statements goes with --text")
    if text is not None:
        _audit_text(text, lang, statements=statements, as_json=as_json)
    elif case is not None:
        _audit_case(case, lang, as_json=as_json)


def _audit_case(name: str, lang: str | None, *, as_json: bool) -> None:
    from evalkit.audit.case.telling import as_text
    from evalkit.cli.language import case_in, language
    from evalkit.evaluation import evaluate

    loaded = case_in(name, lang)
    found = evaluate(loaded)
    words = language(lang, loaded.language)
    if as_json:
        document = {
            "case": loaded.slug,
            "findings": [one.as_json(words) for one in found.audit],
            "compliance": {key: one.as_json(words) for key, one in found.compliance.items()},
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(found.audit, found.compliance.values(), words))
    if any(one.severity == "error" for one in found.audit):
        raise typer.Exit(1)


def _audit_text(text: Path, lang: str | None, *, statements: bool, as_json: bool) -> None:
    from rich.console import Console

    from evalkit.audit.text.audit import audit_text
    from evalkit.cli.language import language

    with Console(stderr=True).status(f"{text.name}: reading") as status:
        found = audit_text(
            text,
            progress=lambda page, pages: status.update(f"{text.name}: page {page} of {pages}"),
        )
    words = language(lang, found.language)
    if as_json:
        document = found.as_json(words, statements=statements)
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(found.summary(words, statements=statements))
    if found.failed:
        raise typer.Exit(1)
