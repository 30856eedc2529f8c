"""Evidence: what was studied, how, by whom, and what it found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from evalkit.model.chain import Texts
from evalkit.model.indicator import Year
from evalkit.model.record import Flaw, Id, Record, as_tuple
from evalkit.model.source import Citations, Independence
from evalkit.model.stage import Stage

Design = Literal[
    "description", "theory", "monitoring", "interviews", "survey", "additionality survey",
    "before-after", "norm", "dose-response", "comparison group", "did", "rdd", "iv", "rct",
    "synthetic control", "interrupted series", "meta-analysis",
]  # fmt: skip
Direction = Literal["positive", "negative", "none", "mixed", "unknown"]
Execution = Literal["planned", "started", "carried out", "stopped", "too early"]
Criterion = Literal["effectiveness", "efficiency"]
Threat = Literal[
    "attrition", "contamination", "spill-over", "manipulation", "weak instrument", "exclusion",
    "pre-trends", "few pre-periods", "few clusters", "sensitivity", "selection",
]  # fmt: skip


class Evidence(Record):
    """One piece of evidence, as the facts that a ladder asks for.

    Attributes
    ----------
    design
        How it was studied.
    about
        The stages that it speaks to.
    criterion
        Whether it speaks to effectiveness, efficiency or both.
    comparison
        With whom or what was compared; empty when with nothing.
    before, after
        Whether it was measured before and after.
    author
        Where its author stands; by default as its source says.
    self_report
        Whether those who took part are the only ones who said so.
    finds
        Which way it points.
    execution
        How far the activities had come.
    threats
        Known threats to its conclusion, and whether they were handled.
    source
        Where it was published.
    sample
        Who was studied, and how many.
    covers
        The only part of the instrument that it is about, such as one round; empty when it is about
        all of it.
    year
        In which year.
    text
        What it found, in a clause.
    limits
        What it cannot say.
    analysis
        The analysis of this case that it comes from; evalkit fills it in.
    """

    source: Annotated[Citations, Field(min_length=1)]
    design: Design
    about: Annotated[tuple[Stage, ...], BeforeValidator(as_tuple), Field(min_length=1)]
    criterion: Annotated[tuple[Criterion, ...], BeforeValidator(as_tuple), Field(min_length=1)] = (
        "effectiveness",
    )
    comparison: str = ""
    before: bool = False
    after: bool = False
    sample: str = ""
    covers: str = ""
    year: Year | None = None
    author: Independence | None = None
    self_report: bool = False
    finds: Direction = "unknown"
    execution: Execution | None = None
    text: str = ""
    limits: Texts = ()
    threats: dict[Threat, Literal["handled", "not handled"]] = {}
    analysis: Id | None = None

    def flaws(self) -> Iterable[Flaw]:
        """Find a stage that no rule looks at: an instrument ends at its outcomes."""
        if Stage.IMPACT in self.about:
            yield Flaw(
                ("about",),
                "evidence of an instrument cannot be about impact, which belongs to the policy",
                "write `outcome`, or leave it out",
            )
