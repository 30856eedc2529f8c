"""The diagnostics that an analysis asks for, each run on its study."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from evalkit import checks
from evalkit.analysis.case_hint import case_hint
from evalkit.analysis.study import Study
from evalkit.checks import CheckResult
from evalkit.did import Effect
from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.language.numbers import Language
from evalkit.language.told import Told, spoken, told
from evalkit.model.analysis import CheckName
from evalkit.model.finding import CheckFinding

Diagnostic = Callable[[Study], CheckResult]


def diagnose(name: CheckName, study: Study, lang: Language) -> CheckFinding:
    """Run one diagnostic; one that these data do not allow is not decisive, and says why.

    So is one that fails by a fault of its own: the estimate stands without it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", EvalkitWarning)  # the result notes them too
            found = _DIAGNOSTICS[name](study)
    except EvalkitError as error:
        return _impossible(name, _refusal(error), study, lang)
    except Exception as error:  # noqa: BLE001  the estimate stands, and its reader is no programmer
        return _impossible(name, _fault(name, error), study, lang)
    return CheckFinding(
        name=name,
        outcome=found.outcome,
        says=spoken(found.says, lang, study.analysis.names),
        figures={key: float(value) for key, value in found.figures.items() if _finite(value)},
        notes=study.sentences(found.notes, lang),
    )


def not_run(name: CheckName, lang: Language) -> CheckFinding:
    """Stand in for a diagnostic where only what a report refers to matters, as in `check`."""
    says = told("diagnostic.impossible").into(lang)
    return CheckFinding(name=name, outcome="not decisive", possible=False, says=says)


def _impossible(name: CheckName, why: list[Told], study: Study, lang: Language) -> CheckFinding:
    """Say that a diagnostic could not be run: why stands with it, unless that is in English."""
    says = [told("diagnostic.impossible").into(lang)]
    if why[0].key != "diagnostic.reason":
        says += study.sentences(why[:1], lang)
        why = why[1:]
    return CheckFinding(
        name=name,
        outcome="not decisive",
        possible=False,
        says=" ".join(says),
        notes=study.sentences(why, lang),
    )


def _fault(name: CheckName, error: Exception) -> list[Told]:
    """Say that evalkit itself failed, with what its makers need to find out why."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"  # its message may name a unit
    message = f"a fault of evalkit in {name} ({type(error).__name__} at {where})"
    hint = "leave this check out, and report it with made-up data that show it"
    return [told("diagnostic.reason", message=message), told("diagnostic.hint", hint=hint)]


def _refusal(error: EvalkitError) -> list[Told]:
    """Say why a diagnostic is not possible, and what to do; errors are in English."""
    message = error.message
    why = message if isinstance(message, Told) else told("diagnostic.reason", message=message)
    if error.hint is None:
        return [why]
    return [why, told("diagnostic.hint", hint=case_hint(error.hint))]


def _finite(value: float) -> bool:
    return value == value and abs(value) != float("inf")


def _average(study: Study) -> Effect:
    """The result with one number, which is what power is about."""
    effect = study.effect
    return effect.aggregate("simple") if hasattr(effect, "aggregate") else effect


def _relevant(study: Study) -> float | None:
    relevant = study.analysis.outcome.relevant
    return None if relevant is None else float(relevant)


_DIAGNOSTICS: Mapping[CheckName, Diagnostic] = {
    "pretrends": lambda study: checks.pretrends(study.effect, relevant=_relevant(study)),
    "honest": lambda study: checks.honest(study.effect),
    "placebo": lambda study: checks.placebo(study.panel, study.estimator),
    "placebo_groups": lambda study: checks.placebo_groups(
        study.panel, study.estimator, seed=study.analysis.seed
    ),
    "leave_one_out": lambda study: checks.leave_one_out(study.panel, study.estimator),
    "wild_bootstrap": lambda study: checks.wild_bootstrap(study.panel, seed=study.analysis.seed),
    "randomisation": lambda study: checks.randomisation(
        study.panel, study.estimator, seed=study.analysis.seed
    ),
    "jackknife": lambda study: checks.jackknife(study.panel, study.estimator),
    "overlap": lambda study: checks.overlap(study.panel, study.analysis.covariates),
    "composition": lambda study: checks.composition(study.panel),
    "power": lambda study: checks.power(_average(study), relevant=_relevant(study)),
}
