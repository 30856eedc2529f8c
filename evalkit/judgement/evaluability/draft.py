"""A study in draft: what a plan comes to, as the facts that a ladder asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evalkit.model.evaluability import PlannedDesign
from evalkit.model.evidence import Design, Evidence, Threat
from evalkit.model.source import Citation, Independence
from evalkit.model.stage import Stage

KEY = "evaluability-plan"
"""The evidence that the plan would give; the name of its source as well, which no page prints."""

Handled = Literal["handled", "not handled"]
# A lottery, a threshold or an instrumental variable makes the comparison by itself.
_BY_ITSELF: tuple[PlannedDesign, ...] = ("rct", "rdd", "iv")


@dataclass(frozen=True, slots=True)
class Draft:
    """A study that does not exist yet.

    Attributes
    ----------
    design
        What is intended; None when the plan does not say.
    stage
        Where in the chain its indicator stands; None without an indicator.
    before, after
        Whether the indicator is measured before the start, and after it.
    several
        Whether it is measured in two or more periods before the start; None when unknown.
    compared
        Whether there is someone to compare with.
    alone
        Whether there can be nobody: the design uses no comparison, or the plan says so.
    norm
        Whether there is a target to hold the result against.
    author
        Where the evaluator stands; None when that is not recorded.
    own_word
        Whether those who took part are the only ones who say so.
    few
        Whether there are too few units for the usual margin of error.
    """

    design: PlannedDesign | None = None
    stage: Stage | None = None
    before: bool = False
    after: bool = False
    several: bool | None = None
    compared: bool = False
    alone: bool = False
    norm: bool = False
    author: Independence | None = None
    own_word: bool = False
    few: bool = False

    @property
    def by_itself(self) -> bool:
        """Whether the design brings its own comparison."""
        return self.design in _BY_ITSELF

    @property
    def beside_a_group(self) -> bool:
        """Whether the study sets those reached beside others, whom its threats can concern."""
        return self.compared or self.by_itself

    @property
    def in_series(self) -> bool:
        """Whether it follows those reached alone, over many periods."""
        return self.design == "interrupted series" and not self.compared

    @property
    def left(self) -> Design:
        """The design that is left when parts of what is intended are missing."""
        if not self.after:
            return "monitoring"
        if self.design is not None and self._complete:
            return self.design
        if self.compared:
            return "comparison group"
        if self.before:
            return "before-after"
        return "norm" if self.norm else "monitoring"

    @property
    def _complete(self) -> bool:
        if self.by_itself:
            return True
        return self.before and (self.compared or self.design == "interrupted series")

    def evidence(self, threats: Mapping[Threat, Handled], group: str) -> Evidence | None:
        """Give the evidence that it would be; None when nobody can tell what it is about.

        Parameters
        ----------
        threats
            What was done about them.
        group
            With whom is compared, in words.

        Notes
        -----
        It is set to find the intended effect, as the most that it could show. The level does not
        hang on that, and the direction is never printed.
        """
        if self.stage is None or self.stage is Stage.IMPACT:
            return None
        return Evidence(
            source=(Citation(source=KEY),),
            design=self.left,
            about=(self.stage,),
            comparison=group if self.compared else "",
            before=self.before,
            after=self.after,
            author=self.author,
            self_report=self.own_word,
            finds="positive",
            execution="carried out",
            threats=dict(threats),
        )
