"""One target against what was reached, with the pace that is needed."""

from __future__ import annotations

from typing import Literal

from evalkit.judgement.mix.amount import Amount
from evalkit.model.record import Record

State = Literal[
    "reached", "missed", "short", "ahead", "behind", "unsure",  # the direction is known
    "above", "below", "level",  # compared only: whether more is better is not recorded
    "no actual", "beyond", "no year", "pm", "unlike", "apart",
]  # fmt: skip
Way = Literal["up", "down", "unknown"]
COMPUTED: tuple[State, ...] = (
    "reached", "missed", "short", "ahead", "behind", "unsure", "above", "below", "level",
)  # fmt: skip


class Point(Record):
    """A value with its year, and the text that the case writes for it.

    Attributes
    ----------
    text
        As it stands in the case, by language.
    amount
        The number; None for PM.
    year
        Its year, when that is known.
    through
        Whether it adds up the years until then.
    """

    text: dict[str, str]
    amount: Amount | None = None
    year: int | None = None
    through: bool = False


class ProgressRow(Record):
    """One target against what was reached. Reaching it is attainment, not yet effectiveness.

    Attributes
    ----------
    loc
        Where it stands in the case.
    instrument, name
        The instrument; empty for an indicator of the problem or the policy as a whole.
    text
        What is measured.
    target, actual, baseline
        The three points, as far as they are known.
    beyond
        A value for a year after the period under review, which cannot have been reached yet.
    outlook
        Whether all of that value lies ``above`` or ``below`` the target; empty when it does not.
    way
        Whether more or less is aimed at, from the baseline or from "at least" and "at most".
    state
        How it stands, or why that cannot be said.
    share
        The actual value in percent of the target.
    covered
        How much of the change from baseline to target was covered, in percent.
    pace
        The change per year from baseline to actual.
    needed
        The change per year from actual to target.
    note
        The remark that the case makes with it.
    """

    loc: tuple[str, ...]
    instrument: str = ""
    name: str = ""
    text: str
    target: Point
    actual: Point | None = None
    baseline: Point | None = None
    beyond: Point | None = None
    outlook: Literal["", "above", "below"] = ""
    way: Way = "unknown"
    state: State = "no actual"
    share: Amount | None = None
    covered: Amount | None = None
    pace: Amount | None = None
    needed: Amount | None = None
    note: str = ""

    @property
    def computed(self) -> bool:
        """Whether target and actual could be compared."""
        return self.state in COMPUTED
