"""``evalkit report``."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Annotated, cast

import typer

from evalkit.cli.arguments import LanguageOption
from evalkit.errors import EvalkitError
from evalkit.language.numbers import Language

NAME = "report"


def run(
    cases: Annotated[
        list[str],
        typer.Argument(metavar="CASE…", help="Case folders, or names of shipped cases."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File to write, or a folder for several cases."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--format", metavar="pdf|json", help="What to write.")
    ] = None,
    lang: LanguageOption = None,
    style: Annotated[
        str | None, typer.Option("--style", help="A shipped house style, or a folder of your own.")
    ] = None,
) -> None:
    """Write the report of a case, or of several side by side.

    Without -o it is written to reports/ in the current folder. Nothing is written when a check
    fails, and then the exit code is 1.
    """
    if len(cases) != len(set(cases)):
        raise EvalkitError("a case is named twice", hint="name each once")
    jobs = [(case, _target(case, cases, output, kind), style, lang) for case in cases]
    targets = [job[1] for job in jobs]
    if len(targets) != len(set(targets)):
        raise EvalkitError("two cases would be written to one file", hint="report them one by one")
    if len(jobs) == 1:
        typer.echo(_one(*jobs[0], quiet=False))
        return
    failed = list(_side_by_side(jobs))
    if failed:
        raise EvalkitError("\n".join(failed))


def _target(case: str, cases: list[str], output: Path | None, kind: str | None) -> Path:
    slug = Path(case).resolve().name if Path(case).is_dir() else case
    if output is None:
        return Path("reports") / f"{slug}.{kind or 'pdf'}"
    folder = output.is_dir() or not output.suffix
    if len(cases) > 1 and not folder:
        raise EvalkitError(
            f"{output} is one file for {len(cases)} cases", hint="give a folder with -o"
        )
    if folder:
        return output / f"{slug}.{kind or 'pdf'}"
    if kind is not None and output.suffix != f".{kind}":
        raise EvalkitError(f"{output} is not a .{kind} file", hint="leave out --format, or rename")
    return output


def _side_by_side(jobs: list[tuple[str, Path, str | None, str | None]]) -> list[str]:
    """Render each case in a process of its own; one that fails does not stop the others."""
    failed = []
    with ProcessPoolExecutor() as pool:
        running = {pool.submit(_one, *job, quiet=True): job[0] for job in jobs}
        for done, future in enumerate(as_completed(running), start=1):
            case = running[future]
            try:
                typer.echo(future.result())
            except EvalkitError as error:
                failed.append(f"{case}:\n{error}")
            typer.echo(f"{done} of {len(jobs)}: {case}", err=True)
    return failed


def _one(case: str, target: Path, style: str | None, lang: str | None, *, quiet: bool) -> str:
    from rich.console import Console

    from evalkit.cli.language import case_in
    from evalkit.evaluation import evaluate
    from evalkit.report.render import render

    with Console(stderr=True, quiet=quiet).status(f"{case}: reading") as status:
        evaluation = evaluate(
            case_in(case, lang), progress=lambda step: status.update(f"{case}: {step}")
        )
        made = render(
            evaluation,
            target,
            style=style,
            lang=cast("Language | None", lang),
            progress=lambda step: status.update(f"{case}: {step}"),
        )
    return str(made)
