"""What an estimator gives: one tidy frame is the truth, all else derives from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.did.drawing import Axes
from evalkit.did.effect_plot import effect_plot
from evalkit.did.effect_view import effect_html, effect_text
from evalkit.did.inference import Inference
from evalkit.did.method import Method
from evalkit.did.plain_data import plain
from evalkit.did.suppression import Behind, small_rows, withhold
from evalkit.did.uniform_band import uniform_band
from evalkit.panel.dropped import Dropped

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Effect:
    """An estimate with everything that a reader has to know of it.

    Attributes
    ----------
    method
        What the estimator says of itself.
    outcome
        Name of the outcome column; estimates are in its unit.
    table
        One row an estimate: ``term``, then where they apply ``cohort``, ``time`` and
        ``event_time``; ``estimate``, ``std_error``, ``statistic``, ``p_value``, ``conf_low``,
        ``conf_high``, ``n_units``.
    covariance
        Covariance of the estimates, named by term; None when it is not known.
    inference
        How errors were computed.
    dropped
        What was left out of the data, and why.
    notes
        What else a reader has to know: warnings, choices, cells without an estimate. Clauses in
        English, each of which ``note.into("nl")`` says in Dutch.
    base
        Event times that the others are measured from, when they have no row of their own.
    binned
        Event times whose row also holds all those beyond.
    minimum_cell
        Least number of units behind a number. Rows of fewer are suppressed, and ``suppressed``
        in the table says which; None when all are shown.
    compared
        Units that the treated are compared with, where the rows do not say so.
    telling
        Rows that would tell of a suppressed cell; empty where there are none.
    behind
        What the numbers were before that, for totals; no view shows it.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2020, 2021] * 4,
    ...                       "jobs": [5.0, 8.0, 4.0, 5.0, 6.0, 6.0, 3.0, 7.0],
    ...                       "start": [2021] * 2 + [0] * 4 + [2021] * 2})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     effect = ek.did.imputation(panel)
    >>> effect.tidy()[["term", "estimate", "std_error", "n_units"]]
         term  estimate  std_error  n_units
    0     ATT       3.0        0.5        2
    1  ATT(0)       3.0        0.5        2
    >>> effect.inference.clusters
    4
    >>> effect.assumptions[1]
    'no anticipation: before treatment the outcome is the untreated one'
    """

    method: Method
    outcome: str
    table: pd.DataFrame
    inference: Inference
    covariance: pd.DataFrame | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = field(default=())
    base: tuple[int, ...] = ()
    binned: tuple[int, ...] = ()
    minimum_cell: int | None = None
    compared: int | None = None
    telling: tuple[bool, ...] = field(default=(), repr=False)
    behind: Behind | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take out what rests on too few units, before anybody has seen it."""
        withhold(self)

    def withheld(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Say which rows rest on too few units, or would tell of one that does.

        Returns
        -------
        ndarray of bool, shape (rows,)
            Which rows to suppress.
        """
        minimum = self.minimum_cell or 0
        also = np.array(self.telling) if self.telling else np.zeros(len(self.table), dtype=bool)
        return small_rows(self.table, minimum, also | ((self.compared or minimum) < minimum))

    def tidy(self) -> pd.DataFrame:
        """Give the estimates, one row each, as a copy that may be changed.

        Returns
        -------
        pandas.DataFrame
            The frame of ``table``.
        """
        return self.table.copy()

    def uniform(self, seed: int = 0, *, draws: int = 9999) -> pd.DataFrame:
        """Give the estimates with a band that holds all of them at once.

        Where there are event times, the band is over these; an overall effect among them has its
        own interval and no part in the band.

        Parameters
        ----------
        seed
            Start of the random numbers: the same seed gives the same band.
        draws
            How many draws from the estimates' joint distribution.

        Returns
        -------
        pandas.DataFrame
            The tidy frame with ``band_low`` and ``band_high``; NaN for an estimate without error.

        Raises
        ------
        EvalkitError
            The covariance of the estimates is not known, or none of them has an error.

        Notes
        -----
        The sup-t band: the 1 - alpha quantile of the largest absolute t statistic under the
        estimated covariance (Montiel Olea and Plagborg-Moller 2019, algorithm 1).

        Examples
        --------
        >>> covariance = pd.DataFrame(np.eye(2), index=["a", "b"], columns=["a", "b"])
        >>> method = Method("plain", "", "", "", "", (), "", (), (), "")
        >>> table = estimates(["a", "b"], np.array([1.0, 2.0]), np.ones(2))
        >>> found = Effect(method, "jobs", table, Inference("analytic", "firm", 50), covariance)
        >>> found.uniform(draws=99_999)["band_high"].round(1).tolist()  # pointwise: 1.96 above
        [3.2, 4.2]
        """
        return uniform_band(self, seed, draws)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the estimates by event time, cohort or period.

        Dark bars are pointwise intervals; light ones are the uniform band, that of the table or
        else of :meth:`uniform`, where the covariance is known. In an event study what lies before
        treatment is hollow.

        Parameters
        ----------
        ax
            Matplotlib axes to draw on; None makes a figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.

        Raises
        ------
        EvalkitError
            There is a single estimate: a picture would say no more than the number.
        """
        return effect_plot(self, ax)

    @property
    def estimand(self) -> str:
        """What is estimated, in words."""
        return self.method.estimand

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold."""
        return self.method.assumptions

    @property
    def reference(self) -> str:
        """The paper."""
        return self.method.reference

    def summary(self) -> str:
        """Print the estimates and how they were made, for the eye.

        Returns
        -------
        str
            Several lines, with what was left out, the notes and the source.
        """
        return effect_text(self)

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON.

        Returns
        -------
        dict
            Numbers, strings, lists and None: what JSON can hold.
        """
        covariance = self.covariance
        return {
            "method": self.method.name,
            "estimand": self.estimand,
            "outcome": self.outcome,
            "table": plain(self.table),
            "covariance": None if covariance is None else plain(covariance.to_numpy()),
            "terms": None if covariance is None else list(covariance.index),
            "inference": {name: getattr(self.inference, name) for name in Inference.__slots__},
            "assumptions": list(self.assumptions),
            "dropped": [str(one) for one in self.dropped],
            "notes": list(self.notes),
            "reference": self.reference,
        }

    def to_json(self) -> str:
        """Write the effect as JSON.

        Returns
        -------
        str
            The text of :meth:`to_dict`, indented.
        """
        return json.dumps(plain(self.to_dict()), ensure_ascii=False, indent=2, allow_nan=False)

    def __repr__(self) -> str:
        """Give a line instead of every field, which would fill screens."""
        many = len(self.table)
        count = "1 estimate" if many == 1 else f"{many} estimates"
        return f"{type(self).__name__}({self.method.name} of {self.outcome}, {count})"

    def __str__(self) -> str:
        """Give the summary: it is what `print` is for."""
        return self.summary()

    def _repr_html_(self) -> str:
        return effect_html(self)


def estimates(
    terms: Sequence[str],
    estimate: Floats,
    std_error: Floats,
    *,
    alpha: float = 0.05,
    df: float | Floats | None = None,
    **columns: Sequence[Any] | Floats,
) -> pd.DataFrame:
    """Make the tidy frame from estimates and their errors.

    Parameters
    ----------
    terms
        Name of each estimate.
    estimate, std_error
        Shape (terms,). A standard error of NaN leaves the test and interval NaN.
    alpha
        One less the confidence level.
    df
        Degrees of freedom, of all or of each; None for the normal distribution.
    **columns
        Further columns: `cohort`, `time`, `event_time` stand behind the term, others at the end.
    """
    law = stats.norm if df is None else stats.t(df)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.asarray(estimate) / np.asarray(std_error)
    reach = law.ppf(1 - alpha / 2) * np.asarray(std_error)
    places = ("cohort", "time", "event_time")
    found: dict[str, Any] = {"term": list(terms)}
    found |= {name: columns.pop(name) for name in places if name in columns}
    found |= {"estimate": estimate, "std_error": std_error, "statistic": statistic}
    found["p_value"] = 2 * law.sf(np.abs(statistic))
    found["conf_low"] = np.asarray(estimate) - reach
    found["conf_high"] = np.asarray(estimate) + reach
    return pd.DataFrame(found | columns)
