"""What the diagnostic of power says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="power",
    title="Minimum detectable effect",
    question="How large must an effect be for this design to find it?",
    estimand=(
        "the least effect that a two-sided test finds with the power asked for (kappa). Before the "
        "data: J units, a share P of them treated, m periods before treatment and r after; psi are "
        "the mean covariances of a unit's errors between periods before, after and across treatment"
    ),
    equation=(
        r"MDE = (t_{1-\alpha/2} + t_{\kappa})\,\sigma_{\hat\tau}, \quad \sigma^2_{\hat\tau} = "
        r"\frac{D}{P(1-P)J}\left[\frac{m+r}{mr}\sigma^2 + \frac{m-1}{m}\psi^B + "
        r"\frac{r-1}{r}\psi^A - 2\psi^X\right], \quad D = 1 + (s-1)\rho"
    ),
    assumptions=(
        "the estimate is close to normal (or t with the degrees of freedom given)",
        "before the data: one date of treatment, errors of equal variance, alike in both groups",
    ),
    standard_errors=(
        "from an estimate: its own error, with the normal distribution or the t of the estimate. "
        "Before the data: the serial-correlation-robust variance of Burlig, Preonas & Woerman "
        "(2020, equation 2) with an AR(1) error, times the design effect of clusters of s units "
        "with intra-cluster correlation rho; t distribution with two degrees of freedom fewer than "
        "there are clusters"
    ),
    edge_cases=(
        "without an effect that matters: not decisive, the figure speaks for itself",
        "an effect without a standard error: not decisive; a number that is none: an error",
        "an error that rests on fewer than five treated or untreated clusters: not decisive",
        "a design with less than one treated or untreated cluster: an error",
        (
            "passed when the minimum detectable effect is no more than the effect that matters, "
            "failed when it is more"
        ),
    ),
    differs=(
        "Stata's pcpanel simulates or uses estimated covariances; here they follow from an AR(1)",
    ),
    reference=(
        "Bloom (1995), Minimum Detectable Effects, Evaluation Review 19(5), 547-556; Burlig, "
        "Preonas & Woerman (2020), Panel Data and Experimental Design, J. Development Economics 144"
    ),
)
