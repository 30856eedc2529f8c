"""What the Goodman-Bacon decomposition says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="bacon",
    title="Goodman-Bacon decomposition",
    question=(
        "Which comparisons is the two-way fixed effects coefficient an average of, and how much "
        "does each weigh?"
    ),
    estimand=(
        "all two-by-two differences-in-differences between cohorts, never-treated and "
        "always-treated units, whose weighted average is the two-way fixed effects coefficient. U "
        "is the never treated or the always treated, k starts before l, n are shares of units, D "
        "the share of periods under treatment, and V makes the weights sum to one"
    ),
    equation=(
        r"\hat\beta^{TWFE} = \sum_{k \neq U} s_{kU} \hat\beta_{kU} + \sum_{k < l} \left[ s_{kl}^k "
        r"\hat\beta_{kl}^k + s_{kl}^l \hat\beta_{kl}^l \right], \quad s_{kU} = \frac{n_k n_U \bar "
        r"D_k (1 - \bar D_k)}{\hat V}, \quad s_{kl}^k = \frac{n_k n_l (\bar D_k - \bar D_l)(1 - "
        r"\bar D_k)}{\hat V}, \quad s_{kl}^l = \frac{n_k n_l \bar D_l (\bar D_k - \bar D_l)}{\hat "
        r"V}"
    ),
    assumptions=(
        "none for the decomposition itself, which is algebra",
        (
            "a comparison with units treated earlier shows an effect only when their effect no "
            "longer changes: 'Later vs Earlier Treated' and 'Later vs Always Treated' are the "
            "forbidden ones"
        ),
    ),
    standard_errors=(
        "none: the decomposition describes an estimate; twfe gives the error of the whole"
    ),
    edge_cases=(
        "the panel must be balanced, of units and without weights: an error says so",
        (
            "units treated from the first period on form one group, always treated, which serves "
            "as comparison"
        ),
        "when all units are treated in the same period there is no comparison: an error",
        (
            "without never-treated units, only comparisons between cohorts are left, half of them "
            "forbidden ones"
        ),
    ),
    differs=(
        (
            "bacondecomp in R gives the same numbers; it writes 99999 for never treated where this "
            "writes 0"
        ),
        "bacondecomp also decomposes a regression with covariates; this does not",
    ),
    reference=(
        "Goodman-Bacon, A. (2021). Difference-in-differences with variation in treatment timing. "
        "Journal of Econometrics 225(2), 254-277."
    ),
)
