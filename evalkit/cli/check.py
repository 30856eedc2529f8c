"""``evalkit check``."""

from __future__ import annotations

import typer

from evalkit.cli.arguments import CaseArgument

NAME = "check"


def run(case: CaseArgument) -> None:
    """Validate a case folder.

    Every problem is printed as `file:line: message` with a hint; exit code 1 when there is one.
    """
    from evalkit.model.counts import told
    from evalkit.report.text.proofread import proofread

    found = proofread(case)
    typer.echo(f"{found.slug}: no problems ({told(found)})")
