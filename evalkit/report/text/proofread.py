"""Check a case in full: its files, and the prose that its report would print."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

from evalkit.errors import CaseError, EvalkitWarning, Problem
from evalkit.evaluation import evaluate
from evalkit.io.case import read_case
from evalkit.model.case import Case
from evalkit.model.finding import Finding
from evalkit.report.assemble import assemble
from evalkit.report.style.style import style_of
from evalkit.report.text.loose import loose_problems
from evalkit.report.text.loose_values import value_problems

_LISTED = re.compile(r"^:{3,}\s*sources\b", re.MULTILINE)
_SHOWN = 3  # sources that a warning names


def proofread(name: str | Path) -> Case:
    """Read a case and compose its report without laying it out.

    Analyses are estimated, since prose prints what they find; their diagnostics are not run.

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

    Warns
    -----
    EvalkitWarning
        The text cites sources, and no chapter lists them.
    """
    case, problems = read_case(name)
    if problems or case is None:
        raise CaseError([*problems, *(_of_prose(case) if case is not None else ())])
    findings = _findings(case, diagnostics=False)
    try:
        _compose(name, case, findings)
    except CaseError as error:
        if not (findings and any(map(_of_diagnostics, error.problems))):
            raise
        _compose(name, case, _findings(case, diagnostics=True))
    return case


def _findings(case: Case, *, diagnostics: bool) -> dict[str, Finding]:
    """Estimate; diagnostics take most of the time, and prose can hardly refer to what they find."""
    if not case.analyses:
        return {}
    from evalkit.analysis.run import try_analyses  # loads the estimators

    found, problems = try_analyses(case, diagnostics=diagnostics)
    if problems:
        raise CaseError([*problems, *_of_prose(case)])
    return found


def _of_prose(case: Case) -> list[Problem]:
    """Say what is wrong with the prose of a case from which no report can be made yet."""
    return [*loose_problems(case), *value_problems(case)]


def _of_diagnostics(problem: Problem) -> bool:
    """Whether a value that prose lacks may be there once the diagnostics have been run."""
    return re.match("'(analyses|scores)[.']", problem.message) is not None


def _tell_unlisted(case: Case, cited: Iterable[str]) -> None:
    """Warn of sources that the text cites and no chapter lists: no reader could find them."""
    keys = sorted(cited)
    if keys and not any(map(_LISTED.search, case.chapters.values())):
        shown = ", ".join(keys[:_SHOWN]) + (" …" if len(keys) > _SHOWN else "")
        what = f"chapters/: sources are cited ({shown}) and the report does not list them"
        hint = "add a chapter with `::: sources` and `:::`, such as an appendix"
        warnings.warn(f"{what}\n    hint: {hint}", EvalkitWarning, stacklevel=4)


def _compose(name: str | Path, case: Case, findings: Mapping[str, Finding]) -> None:
    """Compose the report in every language; estimates are the same in each."""
    _, edition = assemble(evaluate(case, findings=findings), style_of(case), case.language)
    _tell_unlisted(case, edition.cited)
    for lang in case.translations:
        translated, problems = read_case(name, lang=lang)
        if problems or translated is None:
            raise CaseError(problems)
        assemble(evaluate(translated, findings=findings), style_of(case), lang)
