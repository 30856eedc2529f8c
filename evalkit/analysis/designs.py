"""From the name of a design and its options to an estimator."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evalkit import did
from evalkit.did import Effect
from evalkit.model.analysis import Analysis, DesignName
from evalkit.panel import Panel

Estimator = Callable[[Panel], Effect]


def estimator_of(analysis: Analysis) -> Estimator:
    """Give the design of an analysis, with its options, as a function of a panel."""
    return _DESIGNS[analysis.design](analysis)


def _group_time(of: Analysis) -> Estimator:
    return lambda panel: did.group_time(
        panel,
        method=of.method,
        control=of.control,
        covariates=of.covariates or None,
        anticipation=of.anticipation,
        base_period=of.base_period,
        panel_data=of.unit is not None,
        balanced=of.balanced,
    )


def _two_by_two(of: Analysis) -> Estimator:
    return lambda panel: did.two_by_two(panel, of.method, of.covariates or None)


def _twfe(of: Analysis) -> Estimator:
    return lambda panel: did.twfe(panel, of.covariates or None)


def _event_study(of: Analysis) -> Estimator:
    return lambda panel: did.event_study(panel, covariates=of.covariates or None)


def _sun_abraham(of: Analysis) -> Estimator:
    return lambda panel: did.sun_abraham(panel, covariates=of.covariates or None)


def _imputation(of: Analysis) -> Estimator:
    # The variance that holds with few units too: docs/benchmarks/coverage.md.
    return lambda panel: did.imputation(panel, of.covariates or None, leave_one_out=True)


def _synthetic_did(of: Analysis) -> Estimator:
    return lambda panel: did.synthetic_did(panel, seed=of.seed)


def _synthetic_control(of: Analysis) -> Estimator:
    return lambda panel: did.synthetic_control(panel, seed=of.seed)


def _interrupted_series(_: Analysis) -> Estimator:
    # Newey-West errors are far too small for series as short as those of evaluations.
    return lambda panel: did.interrupted_series(panel, errors="ar1")


_DESIGNS: Mapping[DesignName, Callable[[Analysis], Estimator]] = {
    "two_by_two": _two_by_two,
    "twfe": _twfe,
    "event_study": _event_study,
    "group_time": _group_time,
    "sun_abraham": _sun_abraham,
    "imputation": _imputation,
    "synthetic_did": _synthetic_did,
    "synthetic_control": _synthetic_control,
    "interrupted_series": _interrupted_series,
}
