"""``evalkit score``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from evalkit.cli import completion
from evalkit.cli.arguments import CaseArgument, JsonOption, LanguageOption

NAME = "score"


def run(
    case: CaseArgument,
    ladder: Annotated[
        str | None,
        typer.Option(
            "--ladder",
            metavar="NAME|FILE",
            help="A shipped ladder, or the YAML file of one of your own; else the case's own.",
            autocompletion=completion.ladders,
        ),
    ] = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Place every instrument on the ladder of evidence, with the reasons.

    Prints per instrument its level, direction, reasons, caps and the first step up, which
    evidence the level hangs on, and what is known of its execution, output and efficiency.
    """
    from evalkit.cli.language import case_in, language
    from evalkit.evaluation import evaluate
    from evalkit.judgement.profile import find_ladder
    from evalkit.judgement.score import score_case

    chosen = None if ladder is None else find_ladder(ladder)  # a mistake in it is told at once
    loaded = case_in(case, lang)
    evaluation = evaluate(loaded)
    scores = evaluation.scores if chosen is None else score_case(evaluation.case, chosen)
    words = language(lang, loaded.language)
    if as_json:
        document = {"case": loaded.slug, **scores.as_json(words)}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(scores.summary(words))
