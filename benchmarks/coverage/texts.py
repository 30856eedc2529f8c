"""What the page says of each simulation, and of what its numbers mean."""

from __future__ import annotations

INTRODUCTION = """# How often intervals hold

An estimator's 95% interval is honest when it holds the truth in 95 of 100 samples drawn under the
estimator's own assumptions. Here samples are drawn by computer, where the truth is known, and
counted: for each estimator with many units and with few. From 93 to 97% counts as right; what is
outside has a mark, a reason and, where there is one, a remedy.

*Stated error / true spread* is the mean standard error over the standard deviation of the
estimates. At 1 errors are right on average; an interval that holds too seldom at 1 has a wrong
distribution instead, usually a normal one where few units ask for a t distribution.

Unless another process is named: eight periods, cohorts first treated in periods 4, 5 and 7 (20%
of the units each) and never treated (40%); unit and period effects; noise with an autocorrelation
of 0.5 and a standard deviation of 1.5, 1 and 0.7 in the cohorts and 1 among the never treated;
effects that differ between units by a standard deviation of 30%. In *clusters of 5* whole
clusters of five units are treated, and share a further shock with an autocorrelation of 0.5 and a
standard deviation of 0.7. Truth is the mean effect in the population.

Made by `python -m benchmarks.coverage --write docs/benchmarks/coverage.md`; seeds are fixed."""

COHORTS = "Effects grow by 30% of their first size a period and are in proportion to the cohort's "
COHORTS += "period (4, 5 and 7)"

SIMULATED = {
    "two_by_two": (
        "Two covariates; the chance of treatment is a logit in the first, the change without "
        "treatment is linear in both, and so is the effect in the first. Noise with a standard "
        "deviation of 1.5 among the treated and 1 among the others, and an autocorrelation of "
        "0.5. In cross-sections each unit is seen once, half of them before."
    ),
    "twfe": (
        "The staggered panel with an effect of 1 in all cohorts and periods, as the estimator "
        "assumes. *Few clusters*: units, some treated from the fifth of eight periods on, whose "
        "noise has standard deviations between 0.5 and 1.5."
    ),
    "event_study": (
        "The staggered panel; effects grow by 30% a period, and alike in all cohorts, as the "
        "estimator assumes. ATT(-3) is nought."
    ),
    "sun_abraham": f"The staggered panel. {COHORTS}.",
    "group_time": (
        f"The staggered panel. {COHORTS}. *reg*, *ipw* and *dr*: cohorts follow from a covariate "
        "by a multinomial logit, and trends differ by two covariates. *unbalanced*: 10% of the "
        "rows are lost at random. *cross-sections*: other units in each period, without "
        "covariates. The uniform band must hold all event times at once, those before treatment "
        "included. With 200 units, and with covariates, cohorts are dealt by lot; otherwise they "
        "have their shares exactly. Without covariates reg, ipw and dr are one estimator."
    ),
    "imputation": (
        f"The staggered panel. {COHORTS}. *Effect on the units drawn*: the truth is the mean over "
        "the units in the sample, whose effects differ by a standard deviation of 50%, instead of "
        "the mean in the population."
    ),
    "synthetic_did": (
        "Twenty periods, treatment from the 16th on with an effect of 1; a common factor that "
        "follows a random walk (steps with a standard deviation of 0.5), on which units load with "
        "a standard deviation of 1, the treated as the others do; noise with a standard deviation "
        "of 1 and an autocorrelation of 0.3. 100 draws. *Treated differ*: the treated load more "
        "heavily on the factor, by 0.5."
    ),
    "interrupted_series": (
        "A line that jumps by 1 half-way and climbs faster by 0.05 a period from there; noise "
        "with a standard deviation of 1, independent or with an autocorrelation of 0.4. Newey-West "
        "is the default, `errors='ar1'` the other."
    ),
    "honest": (
        "Half of the units treated from the fourth of six periods on, estimated by `event_study`, "
        "with trends that diverge exactly as far as the restriction allows: *Mbar 1*, a jump of "
        "0.3 at treatment after one of 0.3 before; *M 0*, a straight line; *M 0.1*, a parabola "
        "with second differences of 0.1."
    ),
    "wild_bootstrap": (
        "As `twfe, few clusters`: the same process, and the interval that the bootstrap gives by "
        "inverting its test (999 draws)."
    ),
    "jackknife": "As the rows of `group_time` with as many units.",
    "synthetic_control, test": (
        "As `synthetic_did`, with one treated unit, drawn like the others, and no effect. Rejected "
        "at p up to 0.05."
    ),
    "wild_bootstrap, test": "The process of the intervals, with an effect of nought; 999 draws.",
    "randomisation, test": (
        "The same, with 19 draws of the t statistic of `twfe`: few, but exact, since p is then a "
        "multiple of 1/20."
    ),
    "pretrends, test": (
        "The staggered panels of the estimators: five (`event_study`) or five (`group_time`) "
        "event times before treatment, and trends that are parallel. Rejected at p up to 0.05."
    ),
    "imputation, test": "The staggered panel; two leads, trends that are parallel.",
    "placebo, test": (
        "The staggered panel, treated one and two periods before it was, estimated by `twfe`; six "
        "tests, adjusted by Holm's method, of which none should reject: the chance that any does "
        "is 5% at most."
    ),
    "placebo_groups, test": (
        "The staggered panel; ten draws of never-treated units, estimated by `twfe`. The "
        "diagnostic fails when more draws reject than chance explains, at 1%."
    ),
    "leave_one_out, test": (
        "The staggered panel of `group_time`; no cohort carries the effect alone. The diagnostic "
        "has no nominal size: this is how often it fails all the same."
    ),
}

MEANING = {
    "two_by_two": (
        "Errors are right with some hundred units. With fifty they are a few per cent too small, "
        "since the models of outcome and treatment are fitted to 25 units each and the normal "
        "distribution takes no account of that: intervals are near the lower end, and that of ipw "
        "just below it. A note says so and names the jackknife diagnostic, which is not simulated "
        "for this estimator."
    ),
    "twfe": (
        "The small-sample factors and the t distribution do their work down to twelve clusters. "
        "Where three of these are treated the interval is too short: with fewer than five treated "
        "clusters, or ten in all, a warning says so and names other inference. The wild bootstrap "
        "and randomisation hold there (below)."
    ),
    "event_study": (
        "As `twfe`. Effects that differ between cohorts break its assumptions, not its errors: "
        "see `bacon`."
    ),
    "sun_abraham": (
        "As `twfe`, also where effects differ between cohorts. Cohort shares are taken as fixed, "
        "as they are here in all samples."
    ),
    "group_time": (
        "Intervals hold from some fifty units (or clusters) on; with gaps, from somewhat more. "
        "With twenty, four in a cohort, they are too short: influence functions divide a cohort's "
        "sum of squares by its size where a sample variance divides by one less, which makes "
        "errors with four units about an eighth too small, and the distribution is normal. That is "
        "the published estimator, and what `did` and `csdid` print. A note says so up to fifty "
        "clusters and names the jackknife diagnostic, whose intervals hold (below). In "
        "cross-sections the rows a period count: sixty are few, and up to a hundred have the same "
        "note; the jackknife is not simulated there. The uniform band with fifty units is short, "
        "and nothing better is offered than that note. The multiplier bootstrap does not help: it "
        "resamples the same influence functions."
    ),
    "imputation": (
        "The default errors are those of the paper's Theorem 3, in which treated residuals are "
        "effects less an average that they are part of: too small when the average is of few. "
        "`leave_one_out=True`, which the authors propose, leaves each cluster out of its own "
        "average and holds with twenty clusters; a note says so up to fifty. Where the target is "
        "the effect on the units drawn, errors are conservative, as the paper says: the variation "
        "of effects between units of a cohort counts as sampling."
    ),
    "synthetic_did": (
        "Placebo errors hold, also for one treated unit among twenty others, and so does the "
        "bootstrap with 28 units. The jackknife, which keeps the weights fixed, holds with 80 "
        "units and is a little short with 28, where a note says so. Where the treated load "
        "differently on the factor, the weights must undo that; with fifteen periods before "
        "treatment they do so in part, and the rest moves the estimate with the factor, which no "
        "error of this estimator counts."
    ),
    "interrupted_series": (
        "Newey-West errors are far too small in series as short as these, even when noise is "
        "independent: four coefficients are fitted to the same few points, and Bartlett weights "
        "take part of the autocorrelation for nought. `errors='ar1'` (restricted maximum "
        "likelihood with Satterthwaite's degrees of freedom) holds, when noise is autoregressive "
        "of order one: in all rows but one, the change in level with 24 points and "
        "autocorrelated noise, where it is 1 point short. A note under every Newey-West result "
        "names it."
    ),
    "honest": (
        "The sets for smoothness hold as often as they say. Those for relative magnitudes hold "
        "more often: the largest change before treatment is itself estimated, and the test must "
        "hold whichever change is the largest. They are safe, and wider than they might be."
    ),
    "wild_bootstrap": (
        "It holds where the t interval of `twfe` does not: with three treated clusters of twelve. "
        "With fewer than three treated or untreated clusters the diagnostic is not decisive."
    ),
    "jackknife": (
        "It holds with twenty units or clusters, where `group_time`'s own interval holds in 91 and "
        "93%. It estimates once for each cluster, so it is for few."
    ),
    "synthetic_control, test": (
        "Exact by construction when any unit could have been the treated one, as here. With 20 "
        "units only the first rank rejects at 5%, with 40 the first two."
    ),
    "wild_bootstrap, test": "The same test, at nought.",
    "randomisation, test": (
        "Exact by construction when cohorts are dealt by lot, with any number of clusters."
    ),
    "pretrends, test": (
        "With 200 units the size is right. With fifty it is twice what it should be: a covariance "
        "of five estimates from ten units a cohort is too unsure to be inverted, and the F "
        "distribution of `event_study` with G-1 degrees of freedom takes account of a part, the "
        "chi-square distribution of `group_time` of none. Nothing better is offered; a note says "
        "so up to fifty clusters. A rejection there is weak evidence against parallel trends."
    ),
    "imputation, test": (
        "Two restrictions with an F distribution: near enough with fifty units, too often with "
        "twenty, where a note says that clusters are few."
    ),
    "placebo, test": "Six tests on the same units fail together as often as one would.",
    "placebo_groups, test": (
        "It fails less often than 1%: ten draws are few, and the binomial test is discrete. What "
        "it finds can be trusted."
    ),
    "leave_one_out, test": (
        "It hardly fails where there is nothing to find; its verdict is a rule, not a test."
    ),
}
