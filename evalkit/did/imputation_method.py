"""What imputation says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="imputation",
    title="Imputation estimator",
    question=(
        "What did the treatment do to those who had it, compared with what the untreated "
        "observations predict for them?"
    ),
    estimand=(
        "the average effect on treated observations, over all of them and by time since treatment, "
        "each observation counting equally (or by its sampling weight)"
    ),
    equation=(
        r"\hat\tau_w = \sum_{it \in \Omega_1} w_{it} \left(Y_{it} - \hat\alpha_i - \hat\beta_t - "
        r"X_{it}'\hat\delta\right), \quad (\hat\alpha, \hat\beta, \hat\delta) = \arg\min \sum_{it "
        r"\in \Omega_0} (Y_{it} - \alpha_i - \beta_t - X_{it}'\delta)^2"
    ),
    assumptions=(
        (
            "parallel trends: without treatment every outcome is a unit effect plus a period "
            "effect (plus the covariates' part), in all periods, not only around treatment"
        ),
        "no anticipation: before treatment the outcome is the untreated one",
        "no spillovers: the treatment of some leaves the outcome of the others untouched",
        "covariates are not themselves moved by the treatment",
        "clusters are independent of each other",
    ),
    standard_errors=(
        "conservative, clustered by unit or above it (Theorem 3 of the paper): the squared sum "
        "over each cluster of weight times residual, where the residual of a treated observation "
        "is its effect less the weighted average of its cohort and period. No small-sample factor; "
        "normal distribution. `leave_one_out=True` leaves each cluster out of its own average. The "
        "pre-trend coefficients are least squares on untreated observations, clustered likewise "
        "times G/(G-1), with F(k, G-1) for the joint test."
    ),
    edge_cases=(
        (
            "a period in which everyone is treated cannot be imputed: its observations leave the "
            "estimand, and a note counts them"
        ),
        "units treated from the first period on, or never seen untreated, leave and are counted",
        (
            "in a cohort of one cluster the effect equals its own average, the residual is nought "
            "and the standard error too small: a warning says so; the leave-one-out error is then "
            "missing"
        ),
        (
            "a single cluster has no standard error; fewer than five treated or untreated ones "
            "have a warning"
        ),
        "residuals that are nought up to rounding leave no standard error, with a warning",
        (
            "with 50 clusters or fewer a note says that intervals are too short: simulated "
            "coverage of the 95% interval is 95% with 200 units, 92% with 50 and 90% with 20 "
            "(leave-one-out 95%, 95% and 93%: docs/benchmarks/coverage.md)"
        ),
        "covariates that the unit and period effects explain are refused by name",
        (
            "one period before treatment gives effects, and no pre-trend to test: asking for one "
            "is an error, and so are negative horizons or a negative number of leads"
        ),
        "missing rows leave one by one; repeated cross-sections are refused",
    ),
    differs=(
        (
            "did_imputation in Stata and didimputation in R are of the same formulas; their "
            "pre-trend errors follow the small-sample factors of reghdfe and fixest, which also "
            "count regressors"
        ),
        (
            "did_imputation stops when an observation cannot be imputed, unless autosample is "
            "given; here that is what happens, with a note"
        ),
    ),
    reference=(
        "Borusyak, K., Jaravel, X. and Spiess, J. (2024). Revisiting Event-Study Designs: Robust "
        "and Efficient Estimation. Review of Economic Studies 91(6), 3253-3285."
    ),
)
