"""Difference-in-differences and its neighbours, one estimator a file.

Functions are imported here at once and not lazily: a module that is imported later would stand in
the place of the function of the same name.
"""

from evalkit.did.bacon import bacon
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
    "Effect",
    "Inference",
    "Method",
    "bacon",
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
