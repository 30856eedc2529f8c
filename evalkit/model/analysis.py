"""An analysis that a case asks for: a question, data, a design and the checks on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from evalkit.language.suggest import did_you_mean
from evalkit.model.analysed_outcome import AnalysedOutcome
from evalkit.model.chain import Texts
from evalkit.model.design_limits import EVERY_OPTION, INSTEAD, NO_CHECKS, OPTIONS
from evalkit.model.record import Flaw, Loc, Record, Text, as_tuple
from evalkit.model.source import Citations, Independence
from evalkit.model.stage import Stage
from evalkit.model.variants import MOST_ANTICIPATION, DesignName, Variants

if TYPE_CHECKING:
    from evalkit.model.instrument import Instrument

__all__ = ["AnalysedOutcome", "Analysis", "CheckName", "DesignName"]

CheckName = Literal[
    "pretrends", "honest", "placebo", "placebo_groups", "leave_one_out", "wild_bootstrap",
    "randomisation", "jackknife", "overlap", "composition", "power",
]  # fmt: skip
# Roles that one column cannot have at once: what is compared, who, when and since when.
_APART = ("unit", "time", "cohort")
_MOST_MINIMUM = 1_000_000  # units; more would leave nothing to print
_RESULTS = (Stage.INTERMEDIATE, Stage.OUTCOME)


class Analysis(Record):
    """A difference-in-differences analysis, or one of its neighbours, on the data of a case.

    Attributes
    ----------
    title
        Its name as the head of a section.
    question
        The question that it answers, in plain words.
    data
        A CSV or Parquet file inside the case folder.
    source
        Where the data come from.
    design
        The estimator.
    outcome
        What is compared: a column, or keys that also say how to speak of it.
    unit
        The column that names the unit; left out for repeated cross-sections.
    units
        What the units are, in words and in the plural: ``counties``.
    time
        The column of the period.
    cohort
        The column of the first period with the instrument; empty or 0 is never.
    start
        What happens then, in words: ``de verhoging``.
    compared
        With whom the units are compared, in words; by default as `control` says.
    cluster
        The column that errors are clustered by; by default the unit.
    weights
        The column of sampling weights.
    covariates
        Columns that hold what would make the trends of the groups differ.
    names
        What columns are called in the report: ``lpop: het aantal inwoners``. The column of the
        outcome has its name there.
    control
        Compare with those never reached, or also with those not yet reached.
    method
        Doubly robust, weighting or regression.
    anticipation
        Periods before the start in which the instrument may already work.
    base_period
        Measure every effect from one base period, or each from the period before it.
    balanced
        Leave out units that lack a period.
    minimum_cell
        The least number of units that a number may rest on: what rests on fewer is not printed.
    na_values
        Words that mean missing in its CSV file; not in the column of the cohort.
    seed
        Of everything that is drawn at random.
    checks
        The diagnostics to run.
    evidence_for
        The outcome that the result speaks to: ``instrument.stage.node``.
    variants
        Other outcomes, subgroups and specifications, in one table and figure.
    author
        Where its author stands towards the policy.
    text
        What else the reader should know, in Markdown.
    """

    title: Text
    question: Text
    data: Text
    source: Annotated[Citations, Field(min_length=1)]
    design: DesignName
    outcome: AnalysedOutcome
    unit: Text | None = None
    units: str = ""
    time: Text
    cohort: Text
    start: str = ""
    compared: str = ""
    cluster: Text | None = None
    weights: Text | None = None
    covariates: Texts = ()
    names: dict[str, Text] = {}
    control: Literal["never", "not_yet"] = "never"
    method: Literal["dr", "ipw", "reg"] = "dr"
    anticipation: Annotated[int, Field(ge=0, le=MOST_ANTICIPATION)] = 0
    base_period: Literal["varying", "universal"] = "universal"
    balanced: bool = True
    minimum_cell: Annotated[int, Field(ge=2, le=_MOST_MINIMUM)] | None = None
    na_values: Texts = ()
    seed: Annotated[int, Field(ge=0)] = 0
    checks: Annotated[tuple[CheckName, ...], BeforeValidator(as_tuple)] = ()
    evidence_for: Text | None = None
    variants: Variants | None = None
    author: Independence = "independent"
    text: str = ""

    @property
    def columns(self) -> dict[str, Loc]:
        """The columns that it names, each with the key that names it."""
        roles: dict[str, Loc] = {self.outcome.column: ("outcome", "column")}
        for key in ("unit", "time", "cohort", "cluster", "weights"):
            name = getattr(self, key)
            if name is not None:
                roles.setdefault(name, (key,))
        roles |= {name: ("covariates", at) for at, name in enumerate(self.covariates)}
        others = {} if self.variants is None else self.variants.columns
        return {name: ("variants", *loc) for name, loc in others.items()} | roles

    @property
    def goal(self) -> tuple[str, Stage, str] | None:
        """The instrument, stage and node that it is evidence for; the node may be empty."""
        parts = (self.evidence_for or "").split(".")
        stages = {stage.value: stage for stage in _RESULTS}
        if len(parts) not in (2, 3) or parts[1] not in stages or not all(parts):
            return None
        return parts[0], stages[parts[1]], parts[2] if len(parts) == 3 else ""

    def named(self, column: str) -> str:
        """Say what a column is called; one without a name by its own."""
        return self.names.get(column, column)

    def flaws(self) -> Iterable[Flaw]:
        """Find options and checks that the design has no use for."""
        for name in self.names:
            if name == self.outcome.column:
                hint = "write it at `outcome`, as `name`"
                yield Flaw(("names", name), "the name of the outcome does not stand here", hint)
            elif name not in self.columns:
                hint = did_you_mean(name, self.columns)
                yield Flaw(("names", name), f"no column '{name}' in this analysis", hint, name)
        for name in EVERY_OPTION:
            if name in self.model_fields_set and name not in OPTIONS[self.design]:
                takes = ", ".join(OPTIONS[self.design]) or "no options of its own"
                hint = f"leave it out; {self.design} takes {takes}"
                yield Flaw((name,), f"'{self.design}' does not use '{name}'", hint)
        if self.unit is None and self.design != "group_time":
            what = f"'{self.design}' follows units over time, and `unit` is missing"
            yield Flaw(("design",), what, "name the column of the unit, or use group_time")
        yield from self._role_flaws()
        yield from self._check_flaws()
        yield from self._variant_flaws()
        if self.evidence_for and self.outcome.intended is None:
            hint = "write `intended: higher`, `lower`, `not lower` or `not higher`"
            what = "evidence needs to know which way the policy wants the outcome to go"
            yield Flaw(("outcome",), what, hint)

    def _role_flaws(self) -> Iterator[Flaw]:
        """Find a column with two roles that exclude each other."""
        taken = {self.outcome.column: "the outcome"}
        for key in (*_APART, "cluster", "weights"):
            name = getattr(self, key)
            # Errors may well be clustered by the unit or the cohort.
            clash = taken.get(name) if key != "cluster" or name == self.outcome.column else None
            if clash is not None:
                what = f"'{name}' is {clash} already, and cannot be the {key} as well"
                yield Flaw((key,), what, "name another column")
            elif key in _APART and name is not None:
                taken[name] = f"the {key}"
        for at, name in enumerate(self.covariates):
            loc: Loc = ("covariates", at)
            if name in taken:
                what = f"'{name}' is {taken[name]} already, and cannot be a covariate as well"
                yield Flaw(loc, what, "take it out")
            elif name in self.covariates[:at]:
                yield Flaw(loc, f"'{name}' stands here again", "name it once")

    def _check_flaws(self) -> Iterator[Flaw]:
        for at, name in enumerate(self.checks):
            if name in NO_CHECKS.get(self.design, ()):
                default = "leave it out, or choose another design"
                hint = INSTEAD.get((self.design, name), default)
                yield Flaw(("checks", at), f"'{self.design}' cannot be checked by '{name}'", hint)
            elif name == "overlap" and not self.covariates:
                yield Flaw(("checks", at), "'overlap' is about covariates", "name covariates")
            elif name in self.checks[:at]:
                yield Flaw(("checks", at), f"'{name}' stands here again", "name it once")
        if "honest" in self.checks and self.base_period == "varying":
            what = "'honest' needs every effect measured from one base period"
            yield Flaw(("base_period",), what, "leave `base_period` out")

    def _variant_flaws(self) -> Iterator[Flaw]:
        """Find variants that are the analysis itself, or that its data or designs do not allow."""
        variants = self.variants or Variants()
        roles = {getattr(self, key) for key in _APART} | {self.outcome.column}
        for at, outcome in enumerate(variants.outcomes):
            if outcome.column in roles:
                what = f"'{outcome.column}' has a role in the analysis already"
                yield Flaw(("variants", "outcomes", at), what, "name another column")
        for at, name in enumerate(variants.subgroups):
            if name in roles:
                what = f"'{name}' has a role in the analysis already, and makes no subgroups"
                yield Flaw(("variants", "subgroups", at), what, "name another column")
        for key, one in variants.specifications.items():
            design = one.design or self.design
            for flaw in one.option_flaws(design):
                yield flaw.under("variants", "specifications", key)
            if self.unit is None and design != "group_time":
                what = f"'{design}' follows units over time, and `unit` is missing"
                hint = "name the column of the unit, or use group_time"
                yield Flaw(("variants", "specifications", key), what, hint)

    def reference_flaws(self, instruments: Mapping[str, Instrument]) -> Iterator[Flaw]:
        """Find an instrument, stage or node that the case does not have."""
        if not self.evidence_for:
            return
        loc: Loc = ("evidence_for",)
        if self.goal is None:
            what = f"'{self.evidence_for}' names no result"
            hint = "write `instrument.outcome.node` or `instrument.intermediate.node`"
            yield Flaw(loc, what, hint)
            return
        instrument, stage, node = self.goal
        if instrument not in instruments:
            hint = did_you_mean(instrument, instruments)
            yield Flaw(loc, f"no instrument '{instrument}' in instruments/", hint, instrument)
        elif node and node not in instruments[instrument].at(stage):
            hint = did_you_mean(node, instruments[instrument].at(stage))
            what = f"'{instrument}' has no '{node}' at the stage {stage.value}"
            yield Flaw(loc, what, hint, node)
