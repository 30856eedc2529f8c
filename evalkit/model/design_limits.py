"""What a design of an analysis has no use for: options, and checks that can never decide."""

from __future__ import annotations

# The options that each design takes.
OPTIONS: dict[str, tuple[str, ...]] = {
    "two_by_two": ("covariates", "method", "weights"),
    "twfe": ("covariates", "weights"),
    "event_study": ("covariates", "weights"),
    "group_time": (
        "covariates", "method", "control", "anticipation", "base_period", "balanced", "weights",
    ),
    "sun_abraham": ("covariates", "weights"),
    "imputation": ("covariates", "weights"),
    "synthetic_did": (),
    "synthetic_control": (),
    "interrupted_series": (),
}  # fmt: skip
EVERY_OPTION = tuple(dict.fromkeys(name for names in OPTIONS.values() for name in names))
# A single series, or one treated unit, leaves these checks nothing to work on; so do designs
# without estimates before the start, or without standard errors.
NO_CHECKS: dict[str, tuple[str, ...]] = {
    "synthetic_did": (
        "pretrends", "honest", "overlap", "wild_bootstrap", "leave_one_out", "jackknife",
    ),
    "synthetic_control": (
        "pretrends", "honest", "overlap", "wild_bootstrap", "leave_one_out", "randomisation",
        "jackknife", "power", "placebo", "placebo_groups",
    ),
    "interrupted_series": (
        "pretrends", "honest", "overlap", "wild_bootstrap", "leave_one_out", "randomisation",
        "jackknife",
        "placebo", "placebo_groups", "composition",
    ),
    "two_by_two": ("pretrends", "honest"),
    "twfe": ("pretrends", "honest"),
    "imputation": ("pretrends", "honest"),
}  # fmt: skip
# What to do instead, where leaving the check out is not all that can be done.
_NO_PATH = (
    "leave it out, or take group_time or event_study, which estimate periods before the start"
)
_NO_ERRORS = (
    "leave it out: this design has no standard errors, and tests itself by reassigning the start; "
    "synthetic_did takes this check"
)
INSTEAD: dict[tuple[str, str], str] = {
    **{
        (design, check): _NO_PATH
        for design in ("two_by_two", "twfe", "imputation")
        for check in ("pretrends", "honest")
    },
    ("synthetic_control", "placebo"): _NO_ERRORS,
    ("synthetic_control", "placebo_groups"): _NO_ERRORS,
    ("synthetic_control", "randomisation"): _NO_ERRORS,
    ("synthetic_control", "power"): _NO_ERRORS,
}
