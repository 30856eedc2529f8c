"""``evalkit report``."""

from __future__ import annotations

import warnings
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, cast

import typer

from evalkit.cli import completion
from evalkit.cli.arguments import LanguageOption, StyleOption
from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.language.numbers import Language
from evalkit.report.formats import parse_formats, targets

NAME = "report"


@dataclass(frozen=True, slots=True)
class _Job:
    """One case to report, and how."""

    case: str
    target: Path
    formats: tuple[str, ...]
    style: str | None
    lang: str | None
    draft: bool


def run(
    cases: Annotated[
        list[str],
        typer.Argument(
            metavar="CASE…",
            help="Case folders, or names of shipped cases.",
            autocompletion=completion.cases,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|FOLDER",
            help="Where to. A name without an ending is a folder. Several formats stand beside "
            "each other: -o x.pdf --format pdf,html writes x.pdf and x.html.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="pdf|html|docx|json|all",
            help="What to write; several with commas between them. By default a PDF.",
            autocompletion=completion.formats,
        ),
    ] = None,
    lang: LanguageOption = None,
    style: StyleOption = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Write it also when a check fails, stamped as a draft.")
    ] = False,
) -> None:
    """Write the report of a case, or of several side by side.

    Without -o it is written to reports/ in the current folder, as CASE.pdf. The record of the
    evaluation always goes along as JSON, under the same name. Nothing is written when a check
    fails, and then the exit code is 1; with --draft what is wrong is told and it is written.
    """
    if len(cases) != len(set(cases)):
        raise EvalkitError("a case is named twice", hint="name each once")
    formats = parse_formats(kind) if kind else ()
    jobs = [
        _Job(case, _target(case, cases, output, formats), formats, style, lang, draft)
        for case in cases
    ]
    places = [job.target for job in jobs]
    if len(places) != len(set(places)):
        raise EvalkitError("two cases would be written to one file", hint="report them one by one")
    if len(jobs) == 1:
        _tell(*_one(jobs[0], quiet=False))
        return
    failed = list(_side_by_side(jobs))
    if failed:
        raise EvalkitError("\n".join(failed))


def _target(case: str, cases: list[str], output: Path | None, formats: tuple[str, ...]) -> Path:
    slug = Path(case).resolve().name if Path(case).is_dir() else case
    name = f"{slug}.{formats[0] if formats else 'pdf'}"
    if output is None:
        return Path("reports") / name
    folder = output.is_dir() or not output.suffix
    if len(cases) > 1 and not folder:
        raise EvalkitError(
            f"{output} is one file for {len(cases)} cases", hint="give a folder with -o"
        )
    if folder:
        return output / name
    if formats and output.suffix.removeprefix(".") not in formats:
        asked = " or ".join(f".{one}" for one in formats)
        names = " or ".join(str(output.with_suffix(f".{one}")) for one in formats)
        raise EvalkitError(f"{output} is not a {asked} file", hint=f"write -o {names}, or a folder")
    return output


def _side_by_side(jobs: list[_Job]) -> list[str]:
    """Render each case in a process of its own; one that fails does not stop the others."""
    failed = []
    with ProcessPoolExecutor() as pool:
        running = {pool.submit(_one, job, quiet=True): job.case for job in jobs}
        for done, future in enumerate(as_completed(running), start=1):
            case = running[future]
            try:
                _tell(*future.result())
            except EvalkitError as error:
                failed.append(f"{case}:\n{error}")
            typer.echo(f"{done} of {len(jobs)}: {case}", err=True)
    return failed


def _tell(files: list[str], warned: list[str]) -> None:
    for line in warned:
        typer.echo(line, err=True)
    for file in files:
        typer.echo(file)


def _one(job: _Job, *, quiet: bool) -> tuple[list[str], list[str]]:
    """Report one case; gives the files that were written, and what is wrong with a draft."""
    from rich.console import Console

    from evalkit.cli.language import case_in
    from evalkit.evaluation import evaluate
    from evalkit.report.render import render
    from evalkit.report.style.style import style_of

    with Console(stderr=True, quiet=quiet).status(f"{job.case}: reading") as status:
        case = case_in(job.case, job.lang)
        if job.style is None:
            style_of(case)  # before anything is estimated, and while its line is known
        evaluation = evaluate(case, progress=lambda step: status.update(f"{job.case}: {step}"))
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always", EvalkitWarning)
            render(
                evaluation,
                job.target,
                formats=job.formats,
                style=job.style,
                lang=cast("Language | None", job.lang),
                draft=job.draft,
                progress=lambda step: status.update(f"{job.case}: {step}"),
            )
    files = [str(file) for file in targets(job.target, job.formats).values()]
    return files, [f"{job.case}: {one.message}" for one in found]
