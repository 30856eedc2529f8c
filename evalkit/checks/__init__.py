"""Diagnostics of an estimate, one a file.

Each is imported when it is first asked for: a table of power in a report needs no estimator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalkit.did.lazy_room import lazily

if TYPE_CHECKING:
    from evalkit.checks.composition import composition
    from evalkit.checks.honest import honest, honest_from
    from evalkit.checks.jackknife import jackknife
    from evalkit.checks.leave_one_out import leave_one_out
    from evalkit.checks.overlap import overlap
    from evalkit.checks.placebo import placebo
    from evalkit.checks.placebo_groups import placebo_groups
    from evalkit.checks.power import power, power_of_design
    from evalkit.checks.pretrends import pretrends
    from evalkit.checks.randomisation import randomisation
    from evalkit.checks.result import CheckResult
    from evalkit.checks.wild_bootstrap import wild_bootstrap

__all__ = [
    "CheckResult",
    "composition",
    "honest",
    "honest_from",
    "jackknife",
    "leave_one_out",
    "overlap",
    "placebo",
    "placebo_groups",
    "power",
    "power_of_design",
    "pretrends",
    "randomisation",
    "wild_bootstrap",
]

if not TYPE_CHECKING:  # a misspelt name stays a fault to a type checker
    __getattr__ = lazily(
        __name__, CheckResult="result", honest_from="honest", power_of_design="power"
    )
