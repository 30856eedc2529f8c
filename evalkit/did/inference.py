"""How the errors of an effect were computed."""

from __future__ import annotations

from dataclasses import dataclass

ONE_SERIES = "nothing (one series)"
"""What errors of a single series are clustered by."""


@dataclass(frozen=True, slots=True)
class Inference:
    """How errors were computed.

    Attributes
    ----------
    kind
        ``analytic`` (also ``analytic, leave-one-out``), ``bootstrap``, ``jackknife``,
        ``placebo``, ``permutation``, ``Newey-West``, ``restricted maximum likelihood`` or
        ``none``.
    cluster
        The column that errors are clustered by.
    clusters
        How many clusters there are.
    alpha
        One less the confidence level.
    df
        Degrees of freedom of the t distribution; None for the normal one.
    factor
        The small-sample factor that was applied, in words.

    Examples
    --------
    >>> import evalkit as ek
    >>> ek.did.Inference("analytic", "firm", 50).df is None
    True
    """

    kind: str
    cluster: str
    clusters: int
    alpha: float = 0.05
    df: float | None = None
    factor: str = "none"

    @property
    def grouping(self) -> str:
        """What errors are clustered by and how many of these there are, in words."""
        if self.cluster == ONE_SERIES:
            return "one series, not clustered"
        count = "1 cluster" if self.clusters == 1 else f"{self.clusters} clusters"
        return f"clustered by {self.cluster} ({count})"
