"""Check a case in full: its files, and the prose that its report would print."""

from __future__ import annotations

from pathlib import Path

from evalkit.errors import CaseError
from evalkit.evaluation import Evaluation, evaluate
from evalkit.io.case import read_case
from evalkit.language.numbers import Language
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
    if case.analyses:
        from evalkit.analysis.run import data_problems  # loads the estimators

        problems = data_problems(case)
        if problems:
            raise CaseError([*problems, *loose_problems(case)])
    evaluation = evaluate(case)
    assemble(evaluation, load_style(case.style), case.language)
    for lang in case.translations:
        _proofread_translation(name, lang, evaluation)
    return case


def _proofread_translation(name: str | Path, lang: Language, evaluation: Evaluation) -> None:
    """Compose the report in another language; estimates are the same in every language."""
    case, problems = read_case(name, lang=lang)
    if problems or case is None:
        raise CaseError(problems)
    translated = evaluate(case, findings=evaluation.findings)
    assemble(translated, load_style(case.style), lang)
