"""What a batch of runs says of itself."""

from __future__ import annotations

from evalkit.did.method import Method

METHOD = Method(
    name="batch",
    title="Specification curve",
    question="What does the answer become with other outcomes, subgroups and designs?",
    estimand="of each run that of its design, as one number: the average effect since the start",
    equation=(
        r"\tilde p_{(k)}^{Holm} = \min\{1, \max_{j \leq k} (m - j + 1)\, p_{(j)}\}, \qquad "
        r"\tilde p_{(k)}^{BH} = \min_{j \geq k} \min\{1, \tfrac{m}{j}\, p_{(j)}\}"
    ),
    assumptions=(
        "of each run those of its design",
        "for Holm's adjustment nothing of how the runs depend on each other",
        (
            "for that of Benjamini and Hochberg that the tests are independent or positively "
            "dependent"
        ),
    ),
    standard_errors=(
        "those of each design; the m p-values of all runs are adjusted together, and a selection "
        "of runs keeps the adjustment for all"
    ),
    edge_cases=(
        "a run that cannot be estimated stays in the table with its reason, and is no test",
        (
            "a run without a p-value is no test; where no run can be estimated, the first reason "
            "is an error"
        ),
        (
            "an outcome that is missing in some rows leaves these out in its own runs alone, as in "
            "a panel of its own"
        ),
        "a column of subgroups that varies within a unit is an error that names the rows",
        (
            "where the panel has a least number of units, a subgroup with fewer treated or other "
            "units is not estimated, and neither is the next smallest that would tell of one"
        ),
        (
            "rows that DuckDB reads pass by once for all outcomes, and once more for each that has "
            "other labels of its periods; another backend is asked anew for each outcome, and "
            "subgroups ask for the rows in memory"
        ),
    ),
    differs=(
        (
            "statsmodels' multipletests gives the same adjusted p-values (holm, fdr_bh), as does "
            "R's p.adjust"
        ),
        (
            "adjustments that use how the runs depend on each other, such as Romano and Wolf's, "
            "are less careful where runs are alike; they are not offered"
        ),
    ),
    reference=(
        "Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification curve analysis. "
        "Nature Human Behaviour 4, 1208-1214; Holm, S. (1979). A simple sequentially rejective "
        "multiple test procedure. Scandinavian Journal of Statistics 6(2), 65-70; Benjamini, Y. "
        "and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal "
        "Statistical Society B 57(1), 289-300"
    ),
)
