"""``evalkit score``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from evalkit.cli.arguments import CaseArgument, JsonOption, LanguageOption

NAME = "score"


def run(
    case: CaseArgument,
    ladder: Annotated[
        str | None, typer.Option("--ladder", help="The ladder to score on; else the case's own.")
    ] = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Place every instrument on the ladder of evidence, with the reasons.

    Prints per instrument its level, direction, reasons, caps and the cheapest step up, which
    evidence the level hangs on, and what is known of its execution, output and efficiency.
    """
    from evalkit.cli.language import case_in, language
    from evalkit.evaluation import evaluate

    loaded = case_in(case, lang)
    scores = evaluate(loaded, ladder=ladder).scores
    words = language(lang, loaded.language)
    if as_json:
        document = {"case": loaded.slug, **scores.as_json(words)}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(scores.summary(words))
