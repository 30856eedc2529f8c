"""What group-time estimation says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="group_time",
    title="Group-time average treatment effects",
    question="What did the treatment do to those who were treated from a given period on, in "
    "each period?",
    estimand="the average effect on the cohort first treated in period g, in period t: ATT(g,t)",
    equation=r"ATT(g,t) = E\left[\left(\frac{G_g}{E[G_g]} - \frac{\frac{p_g(X) C}{1 - p_g(X)}}"
    r"{E\left[\frac{p_g(X) C}{1 - p_g(X)}\right]}\right)"
    r"\left(Y_t - Y_{g-\delta-1} - m_{g,t}(X)\right)\right]",
    assumptions=(
        (
            "parallel trends: without treatment the cohort's outcome would have moved as that of "
            "the comparison units with the same covariates did"
        ),
        "no anticipation before the stated number of periods",
        "treatment starts once and does not end",
        "overlap: for each treated unit there are comparison units with the same covariates",
        "units (or clusters) are independent of each other",
    ),
    standard_errors="From influence functions, summed within units or, when the panel has a "
    "cluster column, within clusters; the square root of the sum of squares, with no "
    "small-sample factor (as R's did). Cohort shares in the aggregates are estimated and count. "
    "`bootstrap`: Rademacher signs per unit or cluster, standard error from the interquartile "
    "range. Normal distribution. Uniform bands from bootstrap draws, or from normal draws with "
    "the analytic covariance.",
    edge_cases=(
        (
            "no never-treated unit: control='never' is refused; 'not_yet' leaves out the periods "
            "from which the last cohort is treated and only compares with it"
        ),
        "a cohort without a period before (anticipated) treatment has no effects; a note names it",
        (
            "no overlap, or covariates that are collinear among the units of a cell: the cell has "
            "no estimate, a note says why and aggregates are without it"
        ),
        (
            "a cohort of fewer than 5 units plus one per covariate: a warning, since its standard "
            "errors rest on almost no units"
        ),
        "one cluster: refused, since nothing can be said of the variation between clusters",
        "an outcome without variation: the standard error is missing, not nought",
        (
            "units treated from the first period on leave; so do units that lack a period, unless "
            "balanced=False"
        ),
    ),
    differs=(
        (
            "R's did 2.1.2 prints a wrong overall standard error for the cohort aggregate; later "
            "versions and this one agree"
        ),
        (
            "R's DRDID (to 1.2.3) has the wrong sign for a term of the influence function of its "
            "doubly robust estimator for repeated cross-sections; here it is right, and standard "
            "errors differ by up to 4%"
        ),
        (
            "diff-diff divides the weights of controls by the number of treated units; here, as in "
            "R's did, by their sum"
        ),
        (
            "covariates that move in time are taken in the earlier period of each comparison, as "
            "in R's did"
        ),
    ),
    reference="Callaway, B. & Sant'Anna, P. H. C. (2021). Difference-in-differences with multiple "
    "time periods. Journal of Econometrics 225(2), 200-230. "
    "https://doi.org/10.1016/j.jeconom.2020.12.001",
)
