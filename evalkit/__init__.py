"""Policy evaluation: from a case folder to judgement and report.

Examples
--------
>>> import evalkit as ek
>>> case = ek.load_case("menselijk-kapitaal")
>>> evaluation = ek.evaluate(case)
>>> evaluation.scores["mkb-idee"].level
1
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evalkit import checks, did
    from evalkit.audit.text.audit import audit_text
    from evalkit.errors import (
        CaseError,
        EvalkitError,
        EvalkitWarning,
        GateError,
        Problem,
        RenderError,
    )
    from evalkit.evaluation import Evaluation, evaluate
    from evalkit.io.case import load_case
    from evalkit.judgement.contribution.build import contribution_of
    from evalkit.judgement.profile import load_ladder
    from evalkit.judgement.score import score, score_case
    from evalkit.model import Case, Instrument, Period, Quantity, Source, Stage
    from evalkit.panel import DuckDB, Panel, PanelError, PanelWarning
    from evalkit.register.trace import trace
    from evalkit.report.render import render
    from evalkit.version import VERSION as __version__  # noqa: N811  the name that Python asks for

# Where each public name stands. It is imported when it is first asked for, so that `import
# evalkit` is quick and the command line does not load what it does not use.
_HOMES = {
    "Case": "evalkit.model",
    "CaseError": "evalkit.errors",
    "DuckDB": "evalkit.panel",
    "EvalkitError": "evalkit.errors",
    "EvalkitWarning": "evalkit.errors",
    "Evaluation": "evalkit.evaluation",
    "GateError": "evalkit.errors",
    "Instrument": "evalkit.model",
    "Panel": "evalkit.panel",
    "PanelError": "evalkit.panel",
    "PanelWarning": "evalkit.panel",
    "Period": "evalkit.model",
    "Problem": "evalkit.errors",
    "Quantity": "evalkit.model",
    "RenderError": "evalkit.errors",
    "Source": "evalkit.model",
    "Stage": "evalkit.model",
    "audit_text": "evalkit.audit.text.audit",
    "contribution_of": "evalkit.judgement.contribution.build",
    "evaluate": "evalkit.evaluation",
    "load_case": "evalkit.io.case",
    "load_ladder": "evalkit.judgement.profile",
    "render": "evalkit.report.render",
    "score": "evalkit.judgement.score",
    "score_case": "evalkit.judgement.score",
    "trace": "evalkit.register.trace",
}

_ROOMS = ("checks", "did")  # subpackages that are reached as `ek.did.group_time`

__all__ = [
    "Case",
    "CaseError",
    "DuckDB",
    "EvalkitError",
    "EvalkitWarning",
    "Evaluation",
    "GateError",
    "Instrument",
    "Panel",
    "PanelError",
    "PanelWarning",
    "Period",
    "Problem",
    "Quantity",
    "RenderError",
    "Source",
    "Stage",
    "__version__",
    "audit_text",
    "checks",
    "contribution_of",
    "did",
    "evaluate",
    "load_case",
    "load_ladder",
    "render",
    "score",
    "score_case",
    "trace",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("evalkit.version").VERSION
    if name in _ROOMS:
        return import_module(f"evalkit.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'evalkit' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
