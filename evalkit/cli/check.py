"""``evalkit check``."""

from __future__ import annotations

import typer

from evalkit.cli.arguments import CaseArgument
from evalkit.cli.warned import told_plainly

NAME = "check"


def run(case: CaseArgument) -> None:
    """Validate a case folder.

    Every problem is printed as `file:line: message` with a hint; exit code 1 when there is one.
    What is no problem and yet worth a look follows as a warning.
    """
    from evalkit.model.counts import told
    from evalkit.report.text.proofread import proofread

    with told_plainly():
        found = proofread(case)
    typer.echo(f"{found.slug}: no problems ({told(found)})")
