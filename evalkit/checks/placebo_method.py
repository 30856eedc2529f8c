"""What placebo dates and placebo groups say of themselves."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="placebo",
    title="Placebo dates and placebo groups",
    question="Does the estimator find an effect where there is none?",
    estimand="the effect of a treatment that did not take place, which is nought",
    equation=r"\hat\tau^{placebo} = \hat\tau(Y, \tilde G), \quad \tilde G \ne G",
    assumptions=(
        "dates: the treatment is not anticipated as far back as the pretended date",
        "groups: never-treated units are not touched by the treatment of others",
    ),
    standard_errors=(
        "those of the estimator; p-values of dates are adjusted for their number by Holm's method"
    ),
    edge_cases=(
        "dates: a cohort without enough periods before the pretended date is named in a note",
        (
            "dates: failed when any adjusted p-value is below alpha, not decisive without "
            "estimates that have an error"
        ),
        "dates: without never-treated units, later cohorts before their treatment compare",
        (
            "dates: an error that rests on fewer than five treated or untreated clusters is far "
            "too small; the estimate is shown, with a note, and not tested"
        ),
        (
            "groups: failed when more placebos reject than chance explains (binomial, 1%), not "
            "decisive with fewer than five"
        ),
        (
            "groups: the figure `error_ratio`, the spread of the placebo estimates over their mean "
            "standard error, is well above 1 when stated errors are too small; fewer than four "
            "never-treated units: an error"
        ),
    ),
    differs=(
        (
            "each cohort is taken by itself with its comparison units, so that the panel stays "
            "balanced and any estimator will do"
        ),
    ),
    reference=(
        "Bertrand, Duflo & Mullainathan (2004), How Much Should We Trust "
        "Differences-in-Differences Estimates?, QJE 119(1), 249-275"
    ),
)
