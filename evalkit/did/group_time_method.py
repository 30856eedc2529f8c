"""What group-time estimation says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="group_time",
    title="Group-time average treatment effects",
    question=(
        "What did the treatment do to those who were treated from a given period on, in each "
        "period?"
    ),
    estimand=(
        "the average effect on the cohort first treated in period g, in period t: ATT(g,t); before "
        "g it is a placebo, nought under the assumptions. Aggregates are means of it: `simple` "
        "over all treated cells by cohort share; `cohort` over the treated periods of each cohort, "
        "taken together by cohort share; `calendar` over the treated cohorts in each period, and "
        "`event` over cohorts at each time since treatment, both by cohort share and then taken "
        "together as a plain mean over periods, or over the event times from nought on"
    ),
    equation=(
        r"ATT(g,t) = E\left[\left(\frac{G_g}{E[G_g]} - \frac{\frac{p_g(X) C}{1 - "
        r"p_g(X)}}{E\left[\frac{p_g(X) C}{1 - p_g(X)}\right]}\right)\left(Y_t - Y_{g-\delta-1} - "
        r"m_{g,t}(X)\right)\right], \quad m_{g,t}(X) = E[Y_t - Y_{g-\delta-1} \mid X, C = 1], "
        r"\quad \theta_{simple} = \frac{\sum_g \sum_{t \geq g} \Pr(G = g)\, ATT(g,t)}{\sum_g "
        r"\sum_{t \geq g} \Pr(G = g)}, \quad \theta_{event}(e) = \sum_g \Pr(G = g \mid g + e \leq "
        r"T)\, ATT(g, g + e)"
    ),
    assumptions=(
        (
            "parallel trends: without treatment the cohort's outcome would have moved as that of "
            "the comparison units (C = 1: never treated, or not treated by the later of the two "
            "periods and its anticipation) with the same covariates did"
        ),
        "no anticipation before the stated number of periods (delta)",
        "no spillovers: the treatment of some leaves the outcome of the others untouched",
        "treatment starts once and does not end",
        "overlap: for each treated unit there are comparison units with the same covariates",
        (
            "reg: the outcome model is right; ipw: the model of treatment is right; dr: one of the "
            "two is"
        ),
        "covariates are not themselves moved by the treatment",
        (
            "units (or clusters) are independent of each other; repeated cross-sections: the "
            "make-up of the cohorts does not change"
        ),
    ),
    standard_errors=(
        "from influence functions, summed within units or, when the panel has a cluster column, "
        "within clusters; the square root of the sum of squares, with no small-sample factor (as "
        "R's did). Cohort shares in the aggregates are estimated and count. `bootstrap`: "
        "Rademacher signs per unit or cluster, standard error from the interquartile range of the "
        "draws over that of the normal distribution. Normal distribution. Uniform bands from "
        "bootstrap draws, or from normal draws with the analytic covariance."
    ),
    edge_cases=(
        (
            "no never-treated unit: control='never' is refused; 'not_yet' leaves out the periods "
            "from which the last cohort is treated (or anticipates) and only compares with it"
        ),
        "a cohort without a period before (anticipated) treatment has no effects; a note names it",
        "one period before treatment: effects, and no placebo cell",
        (
            "no overlap (a fitted probability of 0.999 or more), or covariates that are collinear "
            "among the units of a cell: the cell has no estimate, a warning says why and "
            "aggregates are without it; reg fits no probability, and a warning names cohort and "
            "covariate when more than 10% of the treated lie outside its range among the "
            "comparison units, and more than chance explains: the regression then extrapolates"
        ),
        (
            "a covariate that is the same in all rows is refused by name; rows with a missing one "
            "leave, counted"
        ),
        (
            "a cohort (or a never-treated group) of fewer than 5 units plus one per covariate: a "
            "warning, since its standard errors rest on almost no units"
        ),
        (
            "one cluster: refused, since nothing can be said of the variation between clusters; "
            "50 or fewer: a note, since intervals are then too short (with 20 units they hold the "
            "truth in some 90% of cases: docs/benchmarks/coverage.md), and those of the check "
            "`jackknife` hold"
        ),
        (
            "fewer than five treated or untreated clusters above the unit: a warning, since "
            "standard errors are then far too small"
        ),
        (
            "residuals that are nought up to rounding: the standard error is missing, not nought, "
            "with a warning; so is that of an aggregate of such cells"
        ),
        (
            "units treated from the first period on leave; so do units that lack a period, unless "
            "balanced=False, which compares the rows of two periods as cross-sections: nobody "
            "leaves, and gains of following the same unit are lost"
        ),
    ),
    differs=(
        (
            "R's did 2.1.2 prints a wrong overall standard error for the cohort aggregate (type = "
            '"group"), because it takes a wrong vector of cohorts: in the 134 cases of our '
            "reference data it is between 3% too small and 40% too large (state homicide panel), "
            "in half of them within 0.1%; 0.2% in its own example of minimum wages; did 2.5, "
            "csdid, moderndid and this agree"
        ),
        (
            "R's DRDID (1.0.7 to 1.2.3) has the wrong sign for a term of the influence function of "
            "its doubly robust estimator for repeated cross-sections, which did uses for "
            "unbalanced panels too: with covariates its standard errors are off by up to 4% a cell "
            "and up to 10% when clustered; estimates are right"
        ),
        (
            "diff-diff 3.13 divides the weights of controls by the number of treated units; here, "
            "as in R's did, by their sum: its doubly robust estimates with covariates differ by up "
            "to 1e-3 in our reference data. Its clustered errors have the factor G/(G-1), which "
            "did and this have not"
        ),
        (
            "R's did clusters by bootstrap only; clustered errors here are analytic, as in csdid "
            "and moderndid"
        ),
        (
            "after anticipation of one period diff-diff counts period g-1 as treated in the "
            "aggregates; here, as in did, treated periods start at g"
        ),
        (
            "covariates that move in time are taken in the earlier period of each comparison, as "
            "in R's did"
        ),
        (
            "with repeated cross-sections and unbalanced panels `dr` is the locally efficient "
            "estimator (drdid_rc), as in R's did"
        ),
    ),
    reference=(
        "Callaway, B. & Sant'Anna, P. H. C. (2021). Difference-in-differences with multiple time "
        "periods. Journal of Econometrics 225(2), 200-230. "
        "https://doi.org/10.1016/j.jeconom.2020.12.001"
    ),
)
