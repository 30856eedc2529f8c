"""Carrying out the analyses of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from evalkit.analysis.case_hint import case_hint
from evalkit.analysis.diagnostics import diagnose, not_run
from evalkit.analysis.grade import direction_of, evidence_of, threats_of, told_apart
from evalkit.analysis.record import average_of, cells_of, path_of, series_of, suppressed_of
from evalkit.analysis.study import Study, carry_out
from evalkit.analysis.varied import VariantsError, varied
from evalkit.did.period_name import name_at
from evalkit.did.small_cohorts import merged
from evalkit.did.units_behind import units_behind
from evalkit.errors import CaseError, EvalkitError, Problem
from evalkit.language.estimate import with_interval
from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.language.told import spoken, told
from evalkit.model.analysis import Analysis
from evalkit.model.case import Case
from evalkit.model.finding import Errors, Estimate, Finding, LeftOut, Sample
from evalkit.panel import Panel

FILE = "analyses.yaml"
Progress = Callable[[str], None]


def run_analyses(
    case: Case, progress: Progress = lambda _: None, *, diagnostics: bool = True
) -> dict[str, Finding]:
    """Carry out every analysis of a case.

    Parameters
    ----------
    case
        As :func:`~evalkit.io.case.load_case` gives it.
    progress
        Is told of each step.
    diagnostics
        Whether to run the diagnostics too; they take most of the time. Without them each one that
        is asked for stands as not decisive, so the findings are fit to proofread and not to judge.

    Returns
    -------
    dict
        A finding by the id of its analysis, in the order of the case.

    Raises
    ------
    CaseError
        An analysis fails; it lists all that do, each at its line.
    """
    found, problems = try_analyses(case, progress, diagnostics=diagnostics)
    if problems:
        raise CaseError(problems)
    return found


def try_analyses(
    case: Case, progress: Progress = lambda _: None, *, diagnostics: bool = True
) -> tuple[dict[str, Finding], list[Problem]]:
    """Carry out every analysis that can be, and tell what keeps the others.

    Raises
    ------
    EvalkitError
        The case was not read from a folder, so its data are out of reach.
    """
    found: dict[str, Finding] = {}
    problems: list[Problem] = []
    for key, analysis in case.analyses.items():
        try:
            found[key] = _finding(key, analysis, case, progress, diagnostics=diagnostics)
        except EvalkitError as error:
            problems.append(_problem(key, error, case))
    return found, problems


def only_these(case: Case, name: str | None) -> Case:
    """Give the case with one analysis only; all of them when none is named.

    Raises
    ------
    EvalkitError
        The case has no such analysis.
    """
    if name is None:
        return case
    if name not in case.analyses:
        hint = did_you_mean(name, case.analyses, "name one of analyses.yaml")
        raise EvalkitError(f"no analysis '{name}' in {case.slug}", hint=hint)
    return case.model_copy(update={"analyses": {name: case.analyses[name]}})


def _finding(
    key: str, analysis: Analysis, case: Case, progress: Progress, *, diagnostics: bool
) -> Finding:
    progress(f"{key}: {analysis.design}")
    study = carry_out(analysis, _folder(case))
    checks = []
    for name in analysis.checks:
        if not diagnostics:
            checks.append(not_run(name, case.language))
            continue
        progress(f"{key}: {name}")
        checks.append(diagnose(name, study, case.language))
    method, errors = study.effect.method, _errors(study)
    sample = _sample(study, case)
    average = average_of(study.effect, units_behind(study.effect, study.panel)[1])
    direction = direction_of(analysis, average, checks, errors)
    evidence = instrument = None
    if analysis.goal is not None:
        instrument, stage, _ = analysis.goal
        evidence = evidence_of(
            key, analysis, stage,
            direction=direction,
            threats=threats_of(analysis, checks, errors, sample),
            sample=sample,
            text=_told(analysis, average, case),
            lang=case.language,
        )  # fmt: skip
    dropped = {str(one) for one in study.effect.dropped}  # these warn as well
    notes = dict.fromkeys(note for note in (*study.warned, *study.effect.notes)
                          if note not in dropped)  # fmt: skip
    return Finding(
        id=key,
        design=analysis.design,
        title=method.title,
        estimand=method.estimand,
        assumptions=method.assumptions,
        reference=method.reference,
        average=average,
        percent=average.in_percent() if analysis.outcome.scale == "log" else None,
        path=path_of(study.effect, analysis.seed),
        series=series_of(study.effect),
        cells=cells_of(study.effect),
        errors=errors,
        sample=sample,
        checks=tuple(checks),
        told_apart=told_apart(average, checks, errors),
        direction=direction,
        instrument=instrument,
        evidence=evidence,
        notes=study.sentences(notes, case.language),
        varied=varied(study, case.language),
        suppressed=suppressed_of(study.effect),
    )


def _told(analysis: Analysis, average: Estimate, case: Case) -> str:
    number = with_interval(average, case.language)
    return f"{analysis.outcome.words}: {number} {analysis.outcome.unit}".strip()


def _errors(study: Study) -> Errors:
    used = study.effect.inference
    return Errors(
        kind=used.kind, cluster=used.cluster, clusters=used.clusters, alpha=used.alpha,
        df=used.df, factor=used.factor,
    )  # fmt: skip


def _sample(study: Study, case: Case) -> Sample:
    """Count what the estimate rests on."""
    panel, clock = study.panel, study.panel.clock
    sizes = {cohort: size for cohort, size in panel.cohort_sizes.items() if cohort != 0}
    values = list(clock.values)
    before = max((sum(value < cohort for value in values) for cohort in sizes), default=0)
    _refuse_few_others(panel, sum(sizes.values()))
    return Sample(
        units=panel.n_units,
        treated=sum(sizes.values()),
        rows=panel.n_rows,
        cohorts=_cohorts(study, sizes, case.language),
        starts=len(sizes),
        first=name_at(clock, values[0]),
        last=name_at(clock, values[-1]),
        before=before,
        dropped=tuple(
            LeftOut(
                reason=spoken(one.why, case.language, study.analysis.names),
                rows=one.rows,
                units=one.units,
                kind=getattr(one.reason, "key", "").rpartition(".")[2],
                fewer=one.fewer,
            )
            for one in study.effect.dropped
        ),
        sha256=case.hashes.get(study.analysis.data, ""),
    )


def _cohorts(study: Study, sizes: Mapping[int, int], lang: Language) -> dict[str, int]:
    """Count the units of each cohort by its name; those with few units together."""
    clock, minimum = study.panel.clock, study.panel.minimum_cell
    named = [(name_at(clock, cohort), size) for cohort, size in sorted(sizes.items())]
    if minimum is None:
        return dict(named)
    return {
        told("cohort.together", cohorts=names).into(lang): size
        for names, size in merged(named, minimum)
    }


def _refuse_few_others(panel: Panel, treated: int) -> None:
    """Refuse to print how many of all units are treated, where that tells of few others."""
    minimum, others = panel.minimum_cell, panel.n_units - treated
    if minimum is not None and 0 < others < minimum:
        raise EvalkitError(
            f"fewer than {minimum} units are never treated, which the numbers of all units and of "
            "the treated ones would show",
            hint="leave them out of the data, or give a lower `minimum_cell`",
        )


def _folder(case: Case) -> Path:
    if case.folder is None:
        raise EvalkitError(
            "this case was read back from a record, so its data are out of reach",
            hint="read the case from its folder with `load_case`",
        )
    return case.folder


def _problem(key: str, error: EvalkitError, case: Case) -> Problem:
    """Place an error at the key that names the data, and name the analysis and its data."""
    at = "variants" if isinstance(error, VariantsError) else "data"
    file, colon, line = case.place("analyses", key, at).rpartition(":")
    message = f"{key}: {_with_file(error.message, case.analyses[key].data)}"
    hint = case_hint(error.hint or "")
    return Problem(file, int(line), message, hint) if colon else Problem(FILE, 0, message, hint)


def _with_file(message: str, data: str) -> str:
    """Begin a message with the data file, by its path in the case.

    One about a line of the file begins with its name already: ``firms.csv:17: 3 cells, …``.
    """
    name = Path(data).name
    return (
        data + message.removeprefix(name)
        if message.startswith(f"{name}:")
        else f"{data}: {message}"
    )
