"""``evalkit check``."""

from __future__ import annotations

import typer

from evalkit.cli.arguments import CaseArgument

NAME = "check"


def run(case: CaseArgument) -> None:
    """Validate a case folder.

    Every problem is printed as `file:line: message` with a hint; exit code 1 when there is one.
    """
    from evalkit.report.proofread import proofread

    found = proofread(case)
    counts = (
        f"{len(found.instruments)} instruments, {len(found.sources)} sources, "
        f"{len(found.chapters)} chapters, {len(found.recommendations)} recommendations"
    )
    typer.echo(f"{found.slug}: no problems ({counts})")
