"""What the diagnostic of overlap says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="overlap",
    title="Overlap of treated cohorts and comparison units",
    question="Are there comparison units like the treated ones, in what is known of them?",
    estimand="the propensity of being in a treated cohort rather than never treated",
    equation=r"p_g(x) = P(G = g \mid X = x,\ G \in \{g, 0\})",
    assumptions=("the propensity is a logit in the covariates, as in the estimator",),
    standard_errors="none: the check describes; weights p/(1-p) give the effective comparison size",
    edge_cases=(
        (
            "covariates that tell a cohort apart without error, or a propensity of 0.999 or more: "
            "failed"
        ),
        (
            "more than 10% of a cohort above every comparison unit's propensity: failed; not "
            "decisive when by lot alone so many of its n units would be the highest of all N in "
            "more than 5% of cases (of five treated and fifteen others, the highest is a treated "
            "one in 25%)"
        ),
        (
            "passed when it is at most 5%, the effective comparison size at least half the "
            "cohort's or 100, and no weighted difference in means exceeds a quarter of a standard "
            "deviation; otherwise not decisive"
        ),
        "covariates that are constant or follow from others: an error that names them",
        "without never-treated units, those of later cohorts compare",
    ),
    differs=(
        (
            "R's did gives no estimate, with a warning, where a propensity is 0.999 or more, and "
            "says nothing below that; here the share outside the range of the comparison units and "
            "their effective number count as well"
        ),
    ),
    reference=(
        "Imbens & Rubin (2015), Causal Inference, chapter 14; Crump, Hotz, Imbens & Mitnik (2009), "
        "Biometrika 96(1), 187-199"
    ),
)
