"""An analysis that a case asks for: a question, data, a design and the checks on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from evalkit.language.numbers import parse_decimal
from evalkit.language.suggest import did_you_mean
from evalkit.model.chain import Texts
from evalkit.model.design_limits import EVERY_OPTION, INSTEAD, NO_CHECKS, OPTIONS
from evalkit.model.record import Flaw, Loc, Record, Text, as_tuple, from_case_file, language_of
from evalkit.model.source import Citations, Independence
from evalkit.model.stage import Stage

if TYPE_CHECKING:
    from evalkit.model.instrument import Instrument

DesignName = Literal[
    "two_by_two", "twfe", "event_study", "group_time", "sun_abraham", "imputation",
    "synthetic_did", "synthetic_control", "interrupted_series",
]  # fmt: skip
CheckName = Literal[
    "pretrends", "honest", "placebo", "placebo_groups", "leave_one_out", "wild_bootstrap",
    "randomisation", "jackknife", "overlap", "composition", "power",
]  # fmt: skip
# Roles that one column cannot have at once: what is compared, who, when and since when.
_APART = ("unit", "time", "cohort")
_MOST_ANTICIPATION = 1000  # periods; a policy that is foreseen for longer has no start
_RESULTS = (Stage.INTERMEDIATE, Stage.OUTCOME)


def _number(value: Any, info: ValidationInfo) -> Any:
    """Read a number in the language of the case: ``0,02`` in a Dutch one."""
    typed = isinstance(value, str) and from_case_file(info)
    return parse_decimal(value, language_of(info)) if typed else value


Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    WithJsonSchema({"type": ["string", "number"], "examples": ["0,02"]}),
]


class AnalysedOutcome(Record):
    """What is compared: a column of the data, and how to speak of it.

    Attributes
    ----------
    column
        The column of the data.
    name
        What it is, in words, as the subject of a sentence: ``het aantal banen van jongeren``.
    unit
        The unit of the column, and so of the effect: ``log banen``.
    scale
        ``log`` when the column is a natural logarithm; effects are then also told in per cent.
    means
        What an effect of some size comes down to, in a sentence.
    intended
        Whether the policy wants it ``higher`` or ``lower``, or wants no fall (``not lower``) or
        no rise (``not higher``); it decides whether a finding is favourable.
    relevant
        The smallest effect that would matter, in the unit of the column.
    """

    column: Text
    name: Text | None = None
    unit: str = ""
    scale: Literal["plain", "log"] = "plain"
    means: str = ""
    intended: Literal["higher", "lower", "not lower", "not higher"] | None = None
    relevant: Annotated[Number, Field(gt=0)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"column": data} if isinstance(data, str) else data

    @property
    def words(self) -> str:
        """Its name, or the column when it has none."""
        return self.name or self.column


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
    seed
        Of everything that is drawn at random.
    checks
        The diagnostics to run.
    evidence_for
        The outcome that the result speaks to: ``instrument.stage.node``.
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
    anticipation: Annotated[int, Field(ge=0, le=_MOST_ANTICIPATION)] = 0
    base_period: Literal["varying", "universal"] = "universal"
    balanced: bool = True
    seed: Annotated[int, Field(ge=0)] = 0
    checks: Annotated[tuple[CheckName, ...], BeforeValidator(as_tuple)] = ()
    evidence_for: Text | None = None
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
        return roles | {name: ("covariates", at) for at, name in enumerate(self.covariates)}

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
