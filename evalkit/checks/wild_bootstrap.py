"""Wild cluster bootstrap: errors that hold when there are few clusters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.fixed_effects import Design, design
from evalkit.checks.result import CheckResult, Outcome
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_choice, check_panel, whole_number
from evalkit.language.told import Told, told
from evalkit.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]
Signs = Literal["rademacher", "webb"]
_WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
_TIE = 1e-9  # relative: the same number computed along two routes counts as equal

METHOD = Method(
    name="wild_bootstrap",
    title="Wild cluster bootstrap, restricted",
    question="Is the effect distinguishable from nought when there are few clusters?",
    estimand="the coefficient of treatment in a regression with unit and period effects",
    equation=(
        r"p = \frac{1 + \sum_{b=1}^B 1\{|t^*_b| \ge |t|\}}{1 + B}, \quad y^*_g = x_g\beta_0 + "
        r"\tilde f_g + v_g \tilde u_g"
    ),
    assumptions=(
        "clusters are independent of each other",
        "neither treated nor untreated clusters are very few (MacKinnon & Webb 2017)",
    ),
    standard_errors=(
        "t statistics from cluster-robust errors with the factor (n-1)/(n-K) G/(G-1), as in twfe; "
        "the bootstrap imposes the null, draws one sign a cluster and runs through all sign "
        "vectors when these are no more than the draws asked for: then p is the share of them "
        "whose t is as large, and the two 1s in the equation fall away. The interval is that of "
        "the values whose own test does not reject."
    ),
    edge_cases=(
        (
            "one cluster: an error; the least p-value that the clusters or the draws allow is "
            "alpha or more: not decisive"
        ),
        "fewer than three treated or untreated clusters: not decisive, whatever p is",
        (
            "passed when it rejects at alpha; failed when only the t test with G - 1 degrees of "
            "freedom does; not decisive when neither does"
        ),
        "units treated from the first period on leave, as in event_study (twfe keeps them)",
    ),
    differs=(
        (
            "ties count as larger (>=), so p is exact under enumeration and never 0; boottest and "
            "fwildclusterboot count strictly greater ones, which is 2/2^G less there with "
            "Rademacher signs"
        ),
    ),
    reference=(
        "Cameron, Gelbach & Miller (2008), Bootstrap-Based Improvements for Inference with "
        "Clustered Errors, REStat 90(3), 414-427; Webb (2023) for six-point weights"
    ),
)


@dataclass(frozen=True, slots=True)
class WildTest:
    """The bootstrap of one coefficient, ready to test any value.

    Attributes
    ----------
    design
        The regression, its nuisances taken out.
    exact
        Whether all sign vectors were taken.
    moves : ndarray, shape (draws, 2)
        Bootstrap coefficients from the residuals of y and of x: those of y - null x are the first
        less `null` times the second.
    squares : ndarray, shape (draws, 3)
        Sums over clusters of squared scores and of their product, from which those of y - null x
        follow likewise.
    """

    design: Design
    exact: bool
    moves: Floats
    squares: Floats

    def p_value(self, null: float) -> float:
        """Share of bootstrap statistics as far from nought as that of `null`."""
        found = self.design
        moves = np.abs(self.moves[:, 0] - null * self.moves[:, 1])
        squares = self.squares @ np.array([1.0, -2 * null, null**2])
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = moves * found.total / np.sqrt(np.maximum(squares, 0.0))
        own = abs(found.estimate - null) / found.raw_error
        # A draw without any residual has no statistic; it counts against rejection.
        larger = int(np.sum(~(drawn < own * (1 - _TIE))))
        if self.exact:
            return larger / len(drawn)
        return (1 + larger) / (1 + len(drawn))

    def end(self, alpha: float, direction: int) -> float:
        """Find where the test begins to reject; infinite when it never does."""
        found = self.design
        step = found.raw_error
        inside, outside = found.estimate, found.estimate + direction * 2 * step
        for _ in range(40):
            if self.p_value(outside) < alpha:
                break
            inside, outside = outside, outside + 2 * (outside - found.estimate)
        else:
            return direction * np.inf
        for _ in range(40):
            middle = (inside + outside) / 2
            if self.p_value(middle) < alpha:
                outside = middle
            else:
                inside = middle
        return inside


def wild_test(found: Design, kind: Signs, draws: int, seed: int) -> WildTest:
    """Draw signs for the clusters, or take all sign vectors when they are few."""
    signs = sign_vectors(found.clusters, kind, draws, seed)
    own_y, own_x = found.scores_y, found.scores_x
    moves = signs @ np.column_stack([own_y, own_x]) / found.total
    # Scores of the clusters when the residuals of y, and of x, are signed and fitted again.
    of_y = signs * own_y - (signs @ found.left_y) @ found.taken.T - moves[:, :1] * own_x
    of_x = signs * own_x - (signs @ found.left_x) @ found.taken.T - moves[:, 1:] * own_x
    squares = [(a * b).sum(axis=1) for a, b in ((of_y, of_y), (of_y, of_x), (of_x, of_x))]
    exact = len(signs) == _points(kind) ** found.clusters
    return WildTest(found, exact, moves, np.column_stack(squares))


def _points(kind: Signs) -> int:
    return 2 if kind == "rademacher" else len(_WEBB)


def sign_vectors(clusters: int, kind: Signs, draws: int, seed: int) -> Floats:
    """Give the weights of the clusters in each draw, shape (draws, clusters).

    Examples
    --------
    >>> sign_vectors(2, "rademacher", 99, 0).tolist()
    [[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]
    """
    points = np.array([-1.0, 1.0]) if kind == "rademacher" else _WEBB
    if len(points) ** clusters <= draws:
        return np.array(list(product(points, repeat=clusters)))
    return np.random.default_rng(seed).choice(points, size=(draws, clusters))


def wild_bootstrap(
    panel: Panel,
    *,
    event_time: int | None = None,
    signs: Signs = "rademacher",
    draws: int = 9999,
    seed: int = 0,
    alpha: float = 0.05,
) -> CheckResult:
    """Test the effect in a fixed-effects regression by the wild cluster bootstrap.

    Parameters
    ----------
    panel
        The panel; errors are clustered by its cluster column, or by unit.
    event_time
        Test the coefficient of this event time in an event study with reference -1; by default
        the one coefficient of being treated.
    signs
        ``rademacher`` (two points) or ``webb`` (six, for fewer than about ten clusters).
    draws
        Number of draws; when all sign vectors are no more than this, each is taken once.
    seed
        Of the random draws.
    alpha
        Size of the test.

    Returns
    -------
    CheckResult
        The rule for passed and failed stands in ``METHOD.edge_cases``. The figures hold
        `p_value`, `p_value_t` (t test with G - 1 degrees of freedom), `clusters` and
        `least_p_value`, the least that these clusters allow.

    Raises
    ------
    PanelError
        Nobody is treated, there is one cluster, or the treatment cannot be told from the effects.

    Notes
    -----
    Clusters must be independent of each other, and neither the treated nor the untreated ones
    very few.

    References
    ----------
    Cameron, Gelbach & Miller (2008), Review of Economics and Statistics 90(3), 414-427; Webb
    (2023) for six-point weights.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": np.repeat(np.arange(60), 6), "year": [*range(2016, 2022)] * 60,
    ...     "start": np.repeat([0, 2019, 2020], 120)})
    >>> after = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    >>> frame["jobs"] = 2.0 * after + np.random.default_rng(1).normal(size=360)
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> found = ek.checks.wild_bootstrap(panel, draws=199)
    >>> found.outcome, found.figures["p_value"]
    ('passed', 0.005)
    """
    check_panel(panel)
    check_alpha(alpha)
    check_choice("signs", signs, ("rademacher", "webb"))
    whole_number("draws", draws, 1)
    found = design(panel, None if event_time is None else whole_number("event_time", event_time))
    test = wild_test(found, signs, draws, seed)
    p_value = test.p_value(0.0)
    t = found.estimate / found.std_error if found.std_error > 0 else np.inf
    plain = float(2 * stats.t(found.clusters - 1).sf(abs(t)))
    # Sign vectors that are the same in all clusters repeat the data, so they always tie.
    least = 1.0 / (1 + draws)
    if test.exact:
        least = float(_points(signs)) ** (1 - found.clusters)
    low, high = test.end(alpha, -1), test.end(alpha, 1)
    table = pd.DataFrame(
        {
            "errors": ["cluster-robust, t(G - 1)", f"wild bootstrap, {signs}"],
            "estimate": found.estimate,
            "std_error": [found.std_error, np.nan],
            "p_value": [plain, p_value],
            "conf_low": [found.estimate - _reach(found, alpha), low],
            "conf_high": [found.estimate + _reach(found, alpha), high],
        }
    )
    figures = {
        "p_value": p_value,
        "p_value_t": plain,
        "clusters": float(found.clusters),
        "treated_clusters": float(found.treated_clusters),
        "least_p_value": least,
        "draws": float(len(test.moves)),
    }
    outcome, says = _judge(figures, alpha, exact=test.exact)
    return CheckResult(METHOD, outcome, says, table, figures, _notes(found, test, signs))


def _reach(found: Design, alpha: float) -> float:
    return float(stats.t(found.clusters - 1).isf(alpha / 2)) * found.std_error


def _notes(found: Design, test: WildTest, signs: Signs) -> tuple[Told, ...]:
    notes = []
    if test.exact:
        notes.append(told("wild-bootstrap.exact", count=len(test.moves)))
    if found.clusters <= 10 and signs == "rademacher":
        notes.append(told("wild-bootstrap.webb"))
    return tuple(notes)


def _judge(figures: dict[str, float], alpha: float, *, exact: bool) -> tuple[Outcome, Told]:
    count, treated = int(figures["clusters"]), int(figures["treated_clusters"])
    p_value, plain = figures["p_value"], figures["p_value_t"]
    found = told("wild-bootstrap.found", clusters=count, treated=treated, p=p_value, plain=plain)
    if figures["least_p_value"] >= alpha:
        key = told(
            "wild-bootstrap.few-clusters" if exact else "wild-bootstrap.few-draws",
            found=found, alpha=alpha,
        )  # fmt: skip
        return "not decisive", key
    if treated < 3 or count - treated in (1, 2):
        return "not decisive", told("wild-bootstrap.few-sides", found=found)
    if p_value < alpha:
        return "passed", told("judged.told-apart", found=found)
    if plain < alpha:
        return "failed", told("wild-bootstrap.failed", found=found)
    return "not decisive", told("judged.neither", found=found)
