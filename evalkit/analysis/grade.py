"""How a finding counts as evidence: what its diagnostics leave standing, and which way it points.

The rules of a ladder ask about threats. A diagnostic that passed has handled its threat; one that
failed, or that could not decide, has not; one that was not run leaves the threat untested.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from evalkit.language.catalogue import label
from evalkit.language.numbers import Language
from evalkit.model.analysis import Analysis, CheckName, DesignName
from evalkit.model.evidence import Design, Direction, Evidence, Threat
from evalkit.model.finding import CheckFinding, Errors, Estimate, Sample
from evalkit.model.stage import Stage

FEW_CLUSTERS = 30
"""Below this number clustered errors are too small: docs/benchmarks/coverage.md."""
FEW_PERIODS = 2
"""With fewer periods before the start there is no trend to compare."""

_THREATS: Mapping[CheckName, Threat] = {
    "pretrends": "pre-trends",
    "placebo": "pre-trends",
    "honest": "sensitivity",
    "composition": "attrition",
    "overlap": "selection",
}
# These disprove; that they pass proves nothing of the threat, which has a check of its own.
_HARMS: Mapping[CheckName, Threat] = {"leave_one_out": "sensitivity"}
# Designs that can weigh the comparison group by covariates.
_WEIGHED: tuple[DesignName, ...] = ("group_time", "two_by_two")
# Inference that holds with few clusters.
_FEW: tuple[CheckName, ...] = ("wild_bootstrap", "randomisation", "jackknife")
_DESIGNS: Mapping[DesignName, Design] = {
    "synthetic_did": "synthetic control",
    "synthetic_control": "synthetic control",
    "interrupted_series": "interrupted series",
}
LITTLE_ATTRITION = 0.05
"""Up to this share of units may be left out because they were not seen in every period."""

Handled = Literal["handled", "not handled"]


def threats_of(
    analysis: Analysis, checks: Sequence[CheckFinding], errors: Errors, sample: Sample
) -> dict[Threat, Handled]:
    """Tell which threats the diagnostics handled, and which they did not.

    Several diagnostics of one threat must all pass. Few periods before the start, few clusters,
    attrition where more than a little of the units was left out, selection where covariates weigh
    the comparison group and sensitivity of a difference-in-differences are threats whether or not
    the case asks about them: else a check would be left out to climb. A design of which the
    sensitivity cannot be told does not climb either, past those of which it can.
    """
    found: dict[Threat, Handled] = {}
    design = analysis.design
    for check in checks:
        threat = _THREATS.get(check.name)
        if threat is not None:
            passed = check.outcome == "passed" and found.get(threat) != "not handled"
            found[threat] = "handled" if passed else "not handled"
        elif check.name in _HARMS and check.outcome == "failed":
            found[_HARMS[check.name]] = "not handled"
    differences = _DESIGNS.get(design, "did") == "did"
    if differences:
        found.setdefault("sensitivity", "not handled")
    if design in _WEIGHED and analysis.covariates and analysis.method != "reg":
        found.setdefault("selection", "not handled")
    gone = sum(one.units for one in sample.dropped if one.kind == "period")
    if gone > LITTLE_ATTRITION * (sample.units + gone):
        found.setdefault("attrition", "not handled")
    if _DESIGNS.get(design) == "synthetic control":
        found.setdefault("pre-trends", "not handled")  # of a difference-in-differences rules ask it
    if design != "interrupted_series" and sample.before < FEW_PERIODS:
        found["few pre-periods"] = "not handled"
    if differences and errors.clusters < FEW_CLUSTERS:
        exact = {check.outcome for check in checks if check.name in _FEW}
        found["few clusters"] = "handled" if exact == {"passed"} else "not handled"
    return found


def direction_of(
    analysis: Analysis, average: Estimate, checks: Sequence[CheckFinding], errors: Errors
) -> Direction:
    """Tell whether a finding is favourable.

    What matters comes first: an effect whose whole interval is smaller than the smallest effect
    that matters is none, however exactly it is known. An effect that cannot be told from nought
    says nothing.
    """
    intended = analysis.outcome.intended
    if intended is None:
        return "unknown"
    small = _too_small(analysis, average)
    if small is not None:
        return small
    if told_apart(average, checks, errors):
        rises = average.estimate > 0
        return "positive" if rises == (intended in ("higher", "not lower")) else "negative"
    return "unknown"


def told_apart(average: Estimate, checks: Sequence[CheckFinding], errors: Errors) -> bool:
    """Whether the average differs from nought by its own test and by those that check that test."""
    exact = [check.outcome for check in checks if check.name in _FEW]
    if "failed" in exact or (errors.clusters < FEW_CLUSTERS and "not decisive" in exact):
        return False
    if any(check.name == "placebo_groups" and check.outcome == "failed" for check in checks):
        return False  # the test finds effects too often where there are none
    if average.conf_low is not None and average.conf_high is not None:
        return average.conf_low > 0 or average.conf_high < 0
    return average.p_value is not None and average.p_value < errors.alpha


def _too_small(analysis: Analysis, average: Estimate) -> Direction | None:
    """Tell what an interval within the margins says; None when it reaches beyond them."""
    low, high, relevant = average.conf_low, average.conf_high, analysis.outcome.relevant
    if relevant is None or low is None or high is None:
        return None
    match analysis.outcome.intended:
        case "not lower":
            return "positive" if low > -relevant else None
        case "not higher":
            return "positive" if high < relevant else None
        case _:
            return "none" if -relevant < low and high < relevant else None


def evidence_of(
    key: str,
    analysis: Analysis,
    stage: Stage,
    *,
    direction: Direction,
    threats: Mapping[Threat, Handled],
    sample: Sample,
    text: str,
    lang: Language,
) -> Evidence:
    """Give the evidence that a finding is, for the rules of a ladder."""
    year = sample.last if sample.last.isdigit() and len(sample.last) == 4 else None
    return Evidence.model_validate(
        {
            "source": analysis.source,
            "design": _DESIGNS.get(analysis.design, "did"),
            "about": (stage,),
            "comparison": comparison(analysis, lang),
            "before": True,
            "after": True,
            "author": analysis.author,
            "finds": direction,
            "execution": "carried out",
            "threats": dict(threats),
            "sample": _sample(analysis, sample, lang),
            "year": year,
            "text": text,
            "analysis": key,
        }
    )


def comparison(analysis: Analysis, lang: Language) -> str:
    """Say with whom or what was compared; nothing where there is no comparison group."""
    if analysis.design == "interrupted_series":
        return ""
    units = analysis.units or label("analysis.units", lang)
    given = analysis.compared
    return given or label(f"compared.{analysis.control}", lang).format(units=units)


def _sample(analysis: Analysis, sample: Sample, lang: Language) -> str:
    units = analysis.units or label("analysis.units", lang)
    return f"{sample.units} {units}, {sample.first}–{sample.last}"
