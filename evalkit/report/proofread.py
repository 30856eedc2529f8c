"""Check a case in full: its files, and the prose that its report would print."""

from __future__ import annotations

from pathlib import Path

from evalkit.errors import CaseError
from evalkit.evaluation import evaluate
from evalkit.io.case import read_case
from evalkit.model.case import Case
from evalkit.report.assemble import assemble
from evalkit.report.loose import loose_problems
from evalkit.report.style import load_style


def proofread(name: str | Path) -> Case:
    """Read a case and compose its report without laying it out.

    Parameters
    ----------
    name
        A folder, or the slug of a shipped case.

    Returns
    -------
    Case
        The case, without a problem.

    Raises
    ------
    CaseError
        Anything is wrong; it lists all of it, with file and line.
    EvalkitError
        There is no such case, ladder or style.
    """
    case, problems = read_case(name)
    if problems or case is None:
        raise CaseError([*problems, *(loose_problems(case) if case is not None else ())])
    assemble(evaluate(case), load_style(case.style), case.language)
    return case
