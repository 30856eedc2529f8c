"""Difference-in-differences and its neighbours, one estimator a file.

Each is imported when it is first asked for: a table of power in a report needs no estimator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalkit.did.lazy_room import lazily

if TYPE_CHECKING:
    from evalkit.did.bacon import bacon
    from evalkit.did.batch import batch
    from evalkit.did.batch_result import Batch
    from evalkit.did.effect import Effect
    from evalkit.did.event_study import event_study
    from evalkit.did.group_time import group_time
    from evalkit.did.imputation import imputation
    from evalkit.did.inference import Inference
    from evalkit.did.interrupted_series import interrupted_series
    from evalkit.did.method import Method
    from evalkit.did.sun_abraham import sun_abraham
    from evalkit.did.synthetic_control import synthetic_control
    from evalkit.did.synthetic_did import synthetic_did
    from evalkit.did.twfe import twfe
    from evalkit.did.two_by_two import two_by_two

__all__ = [
    "Batch",
    "Effect",
    "Inference",
    "Method",
    "bacon",
    "batch",
    "event_study",
    "group_time",
    "imputation",
    "interrupted_series",
    "sun_abraham",
    "synthetic_control",
    "synthetic_did",
    "twfe",
    "two_by_two",
]

if not TYPE_CHECKING:  # a misspelt name stays a fault to a type checker
    __getattr__ = lazily(
        __name__,
        Batch="batch_result",
        Effect="effect",
        Inference="inference",
        Method="method",
    )
