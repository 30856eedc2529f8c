"""Diagnostics of an estimate, one a file.

Functions are imported here at once and not lazily: a module that is imported later would stand in
the place of the function of the same name.
"""

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
