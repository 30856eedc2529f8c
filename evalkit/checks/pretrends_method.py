"""What the joint test of pre-trends says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="pretrends",
    title="Joint test of pre-trends, with its power",
    question=(
        "Did treated and comparison units move together before treatment, and would the test have "
        "seen a trend that matters?"
    ),
    estimand="the effects before treatment, which are nought under parallel trends",
    equation=(
        r"W = \hat\beta_{pre}' \hat\Sigma_{pre}^{-1} \hat\beta_{pre} \sim \chi^2_k, \qquad "
        r"\text{power}(\gamma) = P\{\chi^2_k(\gamma^2\, t' \Sigma_{pre}^{-1} t) > c_\alpha\}"
    ),
    assumptions=(
        "estimates are close to normal with the covariance that the estimator gives",
        "the violation that power is computed for is linear in time",
    ),
    standard_errors=(
        "Wald test with the estimator's covariance; F(k, df) instead of chi-squared when the "
        "estimator states degrees of freedom. Power from the non-central distribution."
    ),
    edge_cases=(
        "no estimate before treatment: not decisive, nothing can be tested",
        "one estimate before treatment: failed when it rejects, else not decisive",
        "an end of a binned window is no single event time and is left out, with a note",
        (
            "50 clusters or fewer and several estimates: a note, since the test then rejects "
            "parallel trends too often (docs/benchmarks/coverage.md)"
        ),
        (
            "errors that rest on fewer than five treated or untreated clusters are far too small: "
            "not decisive"
        ),
        (
            "a base at other event times for some cohorts (periods unevenly spaced): no power, and "
            "not decisive unless it rejects"
        ),
        "a singular covariance: its generalised inverse, the rank as degrees of freedom, a note",
        (
            "passed only when the test has 80% power against the trend that would overturn the "
            "finding: one with a bias as great as an average effect that differs from nought, or, "
            "when it does not differ, as great as the smallest effect that matters (its margin of "
            "error when none is given)"
        ),
        (
            "a joint test that does not reject is no proof of parallel trends: pass it on to "
            "`honest`, which asks how large a violation the conclusion survives"
        ),
    ),
    differs=(
        (
            "R's pretrends computes the power of the rule 'any single pre-period is significant', "
            "by numerical integration of a multivariate normal; here power is that of the joint "
            "test, from the non-central distribution. The mean bias after the test has passed is "
            "exact for the chi-squared test, and close for the F test"
        ),
        (
            "with a varying base each pre-period is measured from the one before it, so a linear "
            "trend shows as a constant there; R's pretrends takes a single base for granted"
        ),
        (
            "the leads of imputation are coefficients in a regression on untreated observations, "
            "with all earlier periods together as their base (Borusyak, Jaravel & Spiess 2024, "
            "section 4.3): power rests on what that regression, and the imputation, make of a "
            "linear trend of the treated, which imputation itself works out"
        ),
    ),
    reference=(
        "Roth (2022), Pretest with Caution: Event-Study Estimates after Testing for Parallel "
        "Trends, AER: Insights 4(3), 305-322"
    ),
)
