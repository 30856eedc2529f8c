"""Budget lines: who pays how much, when, and in what form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from evalkit.model.indicator import Year
from evalkit.model.quantity import Quantity
from evalkit.model.record import Flaw, Record
from evalkit.model.source import Citations

Form = Literal["cash", "in kind", "mixed"]


class BudgetLine(Record):
    """One line of a budget.

    Attributes
    ----------
    funder
        Who pays.
    year
        The year of the line, when it is of one year.
    amount
        How much; PM when it is not yet known.
    share
        Its part of the whole, in percent.
    form
        In cash, in kind or both.
    within
        The funder of whose part this line is a breakdown.
    text
        A remark.
    source
        Where it comes from.
    """

    funder: str
    year: Year | None = None
    amount: Quantity | None = None
    share: Quantity | None = None
    form: Form | None = None
    within: str = ""
    text: str = ""
    source: Citations = ()

    def flaws(self) -> Iterable[Flaw]:
        """Find a line without an amount or a share, and a share that is no share."""
        if self.amount is None and self.share is None:
            yield Flaw(
                (),
                f"the line of {self.funder} has neither `amount` nor `share`",
                "add one, PM when not yet known",
            )
        if self.share is not None and not (self.share.is_share or self.share.pm):
            yield Flaw(
                ("share",), f"{self.share} is not a share", "write a percentage, such as 42%"
            )


def share_flaws(lines: Sequence[BudgetLine]) -> Iterator[Flaw]:
    """Find shares that do not make a hundred, within the whole and within each part."""
    for whole in dict.fromkeys(line.within for line in lines):
        group = [line for line in lines if line.within == whole]
        shares = [line.share for line in group]
        if whole and whole not in {line.funder for line in lines}:
            yield Flaw((), f"no line has the funder '{whole}' that others are within")
        if any(share is None or share.pm or share.qualifier or share.upto for share in shares):
            continue
        total = sum((_percent(share) for share in shares if share is not None), Fraction())
        if total != 100:
            of = f" within {whole}" if whole else ""
            yield Flaw(
                (),
                f"the shares{of} add up to {float(total):g} percent, not to 100",
                "mend a share, or add the line that is missing",
            )


def _percent(share: Quantity) -> Fraction:
    amount = share.amount or Fraction()
    return amount if share.unit == "procent" else amount * 100
