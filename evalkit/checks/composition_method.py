"""What the diagnostic of composition says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="composition",
    title="Change of composition",
    question="Did who is observed change with treatment, so that an effect may be other people?",
    estimand=(
        "the effect of treatment on being observed, and on covariates that treatment should not "
        "move, in a regression with cohort and period effects"
    ),
    equation=r"x_{it} = \alpha_{G_i} + \lambda_t + \gamma\, 1\{t \ge G_i\} + e_{it}",
    assumptions=(
        "treatment does not itself move the covariates",
        "without treatment the covariates (and presence) of all cohorts would have moved alike",
        "clusters are independent of each other, and not few",
    ),
    standard_errors=(
        "cluster-robust by unit (or the panel's cluster) with the factor G/(G-1), t "
        "distribution with G-1 degrees of freedom; p-values adjusted for their number by Holm's "
        "method"
    ),
    edge_cases=(
        (
            "failed when an adjusted p-value is below alpha and the change above a tenth of a "
            "standard deviation; passed when every interval lies within a quarter; otherwise not "
            "decisive"
        ),
        (
            "presence is measured in halves, the largest standard deviation of a share: 0.1 is 5 "
            "percentage points"
        ),
        "a balanced panel: presence does not vary, and says so",
        "repeated cross-sections: the share of each treated cohort's rows takes presence's place",
        (
            "a covariate that does not vary, or is fixed in time of units that all stay, is named "
            "in a note"
        ),
        (
            "sampling weights count; for presence a unit weighs its mean weight. Without "
            "a cohort that starts within the panel nothing can be compared: not decisive"
        ),
        (
            "fewer than five treated or untreated clusters: not decisive, whatever the test says; "
            "a single cluster has no standard error"
        ),
        (
            "all units treated at once: an error, since treatment cannot be told from the period "
            "effects"
        ),
    ),
    differs=(
        (
            "fixest::feols(x ~ D | cohort + time, cluster = ~unit) gives the same coefficient; its "
            "clustered error also has the factor (n-1)/(n-K)"
        ),
    ),
    reference=(
        "Hong (2013), Measuring the Effect of Napster on Recorded Music Sales, J. Applied "
        "Econometrics 28(2), 297-324; Sant'Anna & Xu (2023), Difference-in-Differences with "
        "Compositional Changes"
    ),
)
