"""How the errors of an effect were computed."""

from __future__ import annotations

from dataclasses import dataclass


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
