"""``evalkit estimate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from evalkit.cli.arguments import CaseArgument, JsonOption, LanguageOption
from evalkit.errors import CaseError

NAME = "estimate"


def run(
    case: CaseArgument,
    only: Annotated[
        str | None, typer.Option("--only", metavar="ANALYSIS", help="Carry out this one only.")
    ] = None,
    cells: Annotated[
        bool, typer.Option("--cells", help="Print every estimate, not only those by event time.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FOLDER", help="Write each as CSV there as well."),
    ] = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Carry out the analyses of a case and print their estimates and diagnostics.

    The analyses stand in analyses.yaml. Those that can be carried out are printed; what keeps the
    others goes to stderr as `file:line: message`, and then the exit code is 1.
    """
    from rich.console import Console

    from evalkit.analysis.run import only_these, try_analyses
    from evalkit.analysis.telling import as_text, refuse_file, write_csv
    from evalkit.cli.language import case_in, language

    loaded = only_these(case_in(case, lang), only)
    words = language(lang, loaded.language)
    if output is not None:
        refuse_file(output)  # before the estimates are made, which may take long
    with Console(stderr=True).status(f"{loaded.slug}: reading") as status:
        found, problems = try_analyses(loaded, status.update)
    if output is not None:
        write_csv(found, output, words)
    if as_json:
        analyses = {key: finding.model_dump(mode="json") for key, finding in found.items()}
        failed = [str(problem) for problem in problems]
        document = {"case": loaded.slug, "analyses": analyses, "failed": failed}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif found:
        texts = (
            as_text(one, loaded.analyses[key], words, cells=cells) for key, one in found.items()
        )
        typer.echo("\n\n\n".join(texts))
    elif not problems:
        typer.echo(f"{loaded.slug}: no analyses (they stand in analyses.yaml)", err=True)
    if problems:
        raise CaseError(problems)
