"""What each estimator and diagnostic says of itself; the methodology pages are made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """The description of a method.

    Attributes
    ----------
    name
        Its name in the library: ``group_time``.
    title
        Its name in the literature.
    question
        The question that it answers, in plain words.
    estimand
        What is estimated, in words.
    equation
        The estimand or estimator as LaTeX.
    assumptions
        What must hold.
    standard_errors
        How errors are computed, with every small-sample factor.
    edge_cases
        What happens with few units, no overlap, one pre-period and the like.
    differs
        Where numbers differ from other software, and why.
    reference
        The paper.

    Examples
    --------
    >>> import evalkit as ek
    >>> method = ek.checks.power(1.0).method
    >>> method.name, method.title
    ('power', 'Minimum detectable effect')
    """

    name: str
    title: str
    question: str
    estimand: str
    equation: str
    assumptions: tuple[str, ...]
    standard_errors: str
    edge_cases: tuple[str, ...]
    differs: tuple[str, ...]
    reference: str
