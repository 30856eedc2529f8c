"""Other choices for the same question: outcomes, subgroups and specifications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from evalkit.model.analysed_outcome import AnalysedOutcome
from evalkit.model.chain import Texts
from evalkit.model.design_limits import EVERY_OPTION, OPTIONS
from evalkit.model.record import Flaw, Loc, Record, Text

DesignName = Literal[
    "two_by_two", "twfe", "event_study", "group_time", "sun_abraham", "imputation",
    "synthetic_did", "synthetic_control", "interrupted_series",
]  # fmt: skip
Correction = Literal["holm", "benjamini-hochberg", "none"]
MOST_ANTICIPATION = 1000  # periods; a policy that is foreseen for longer has no start


class Specification(Record):
    """What a variant chooses otherwise than its analysis; what is left out stays the same.

    Attributes
    ----------
    design
        The estimator.
    covariates, method, control, anticipation, base_period, balanced
        As of an analysis.
    """

    design: DesignName | None = None
    covariates: Texts = ()
    method: Literal["dr", "ipw", "reg"] = "dr"
    control: Literal["never", "not_yet"] = "never"
    anticipation: Annotated[int, Field(ge=0, le=MOST_ANTICIPATION)] = 0
    base_period: Literal["varying", "universal"] = "universal"
    balanced: bool = True

    @property
    def choices(self) -> dict[str, Any]:
        """What it says, by the key of an analysis."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    def option_flaws(self, design: str) -> Iterator[Flaw]:
        """Find options that a design, its own or that of its analysis, has no use for."""
        for name in EVERY_OPTION:
            if name in self.model_fields_set and name not in OPTIONS[design]:
                takes = ", ".join(one for one in OPTIONS[design] if one != "weights")
                hint = f"leave it out; {design} takes {takes or 'no options of its own'}"
                yield Flaw((name,), f"'{design}' does not use '{name}'", hint)


class Variants(Record):
    """A grid of runs beside an analysis, of which each tells one number.

    Every outcome is estimated in every subgroup by every specification; the analysis itself is one
    of the runs.

    Attributes
    ----------
    outcomes
        Other outcomes: columns, or keys that also say how to speak of them.
    subgroups
        Columns with one value for a unit; each value is a subgroup.
    specifications
        Other choices, by their name in the report: ``zonder covariaten: {covariates: []}``.
    name
        What the choices of the analysis itself are called among these.
    correction
        How p-values are adjusted for the number of runs.
    """

    outcomes: tuple[AnalysedOutcome, ...] = ()
    subgroups: Texts = ()
    specifications: dict[Text, Specification] = {}
    name: str = ""
    correction: Correction = "holm"

    @property
    def columns(self) -> dict[str, Loc]:
        """The columns that it names, each with the key that names it."""
        found: dict[str, Loc] = {}
        for at, outcome in enumerate(self.outcomes):
            found.setdefault(outcome.column, ("outcomes", at))
        for at, name in enumerate(self.subgroups):
            found.setdefault(name, ("subgroups", at))
        for key, one in self.specifications.items():
            for at, name in enumerate(one.covariates):
                found.setdefault(name, ("specifications", key, "covariates", at))
        return found

    def flaws(self) -> Iterable[Flaw]:
        """Find what is asked twice."""
        columns = [one.column for one in self.outcomes]
        for name, listed in (("outcomes", columns), ("subgroups", list(self.subgroups))):
            for at, column in enumerate(listed):
                if column in listed[:at]:
                    yield Flaw((name, at), f"'{column}' stands here again", "name it once")
