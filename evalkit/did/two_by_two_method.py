"""What the comparison of two groups and two periods says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="two_by_two",
    title="Difference-in-differences, two groups and two periods",
    question="Did the outcome of the treated change more than that of comparable others?",
    estimand=(
        "the average effect of the treatment on the treated in the second period (ATT), in the "
        "unit of the outcome"
    ),
    equation=(
        r"\hat\tau^{dr} = E_n\left[\left(\frac{D}{E_n[D]} - \frac{\hat p(X)(1-D)/(1-\hat "
        r"p(X))}{E_n[\hat p(X)(1-D)/(1-\hat p(X))]}\right)\left(\Delta Y - "
        r"X'\hat\beta_0\right)\right], \quad \hat\beta_0 = \arg\min_\beta E_n\left[(1-D)(\Delta Y "
        r"- X'\beta)^2\right], \quad \hat\tau^{reg} = \frac{E_n[D(\Delta Y - "
        r"X'\hat\beta_0)]}{E_n[D]}, \quad \hat\tau^{ipw} = E_n\left[\left(\frac{D}{E_n[D]} - "
        r"\frac{\hat p(X)(1-D)/(1-\hat p(X))}{E_n[\hat p(X)(1-D)/(1-\hat p(X))]}\right)\Delta "
        r"Y\right]"
    ),
    assumptions=(
        (
            "parallel trends given covariates: without treatment, treated and others with the same "
            "covariates would have changed alike"
        ),
        "no anticipation: the treated do not react before the second period",
        "no spillovers: the treatment of some leaves the outcome of the others untouched",
        "overlap: for every treated unit there are others with the same covariates",
        (
            "reg: the outcome model is right; ipw: the model of treatment is right; dr and "
            "dr_improved: one of the two is"
        ),
        "covariates are not themselves moved by the treatment",
        "units (or clusters) are independent of each other",
        "repeated cross-sections: the make-up of both groups does not change between the periods",
    ),
    standard_errors=(
        "from the influence function, the estimation of all models included. By unit (by row in "
        "cross-sections) the variance is the sum of squared influences times n/(n-1), as in DRDID; "
        "by a cluster above the unit it is the sum over clusters of the square of their summed "
        "influence, without a factor. Normal distribution."
    ),
    edge_cases=(
        "more than two periods or more than one treated cohort is an error: use group_time",
        "collinear covariates and covariates that separate the groups are errors that say which",
        (
            "a fitted probability of treatment of 0.999 or more gives a warning: no overlap; reg "
            "fits no probability, and a warning names the covariate when more than 10% of the "
            "treated lie outside its range among the comparison units, and more than chance "
            "explains: the regression then extrapolates"
        ),
        (
            "a group of fewer than five units plus covariates gives a warning, and a single unit "
            "one that the error is far too small; so do fewer than five treated or untreated "
            "clusters above the unit"
        ),
        (
            "50 clusters or fewer, or 100 rows a period in repeated cross-sections: a note, since "
            "intervals are somewhat short (docs/benchmarks/coverage.md)"
        ),
        "units that do not vary within their group leave no standard error, with a warning",
        "a single cluster is an error",
        "units that lack a period, and units treated from the first period on, leave, counted",
        (
            "covariates that move in time are those of the first period, with a note; a missing "
            "covariate is an error"
        ),
    ),
    differs=(
        (
            "DRDID::drdid_rc and drdid_rc1 (1.0.7 to 1.2.3) add terms of the outcome models to the "
            "influence function where the derivative subtracts them: their errors for repeated "
            "cross-sections with covariates are off, by up to 2% in our reference data of two "
            "groups, and by up to 4% in the single effects of R's did, which calls them; estimates "
            "agree"
        ),
        "did::att_gt divides by n where DRDID and this divide by n-1 in the error",
        (
            "did::att_gt gives no estimate where a fitted probability is 0.999 or more; here it "
            "comes with a warning"
        ),
        (
            "R's logit stops when the deviance changes by less than 1e-8, so ipw and dr estimates "
            "of DRDID agree with these to about 1e-7"
        ),
    ),
    reference=(
        "Sant'Anna, P. H. C. and Zhao, J. (2020). Doubly robust difference-in-differences "
        "estimators. Journal of Econometrics 219(1), 101-122."
    ),
)
