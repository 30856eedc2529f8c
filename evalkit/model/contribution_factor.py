"""Factors: rival explanations, and influences beside the instrument.

The types and the aspects that weigh them are those of the Relevant Explanation Finder of Lemire,
Nielsen and Dybdal (2012).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from evalkit.language.suggest import did_you_mean
from evalkit.model.braces import unfilled
from evalkit.model.chain import Ids
from evalkit.model.record import Flaw, Id, Record
from evalkit.model.source import Citations
from evalkit.model.theory import PolicyTheory

FactorType = Literal[
    "primary", "direct rival", "commingled rival", "implementation rival",
    "influencing mechanism", "influencing context",
]  # fmt: skip
Level = Literal["individual", "interpersonal", "institutional", "societal"]
Degree = Literal["high", "middling", "low"]
Status = Literal["open", "partly ruled out", "ruled out", "confirmed"]


class Factor(Record):
    """Another reason why the outcome could have come about, or why it did not.

    Attributes
    ----------
    text
        What it is, as a noun phrase; that of `external` when left out.
    external
        The external factor of ``theory.yaml`` that it is, so that its words stand in one place.
    type
        ``primary`` (the instrument itself), ``direct rival`` (something else explains it all),
        ``commingled rival`` (something else explains it together with the instrument),
        ``implementation rival`` (the way it was carried out explains it, not the mechanism),
        ``influencing mechanism`` or ``influencing context`` (strengthens or weakens it).
    claims
        The claims that it bears on; without them the whole instrument.
    level
        Where it works: between or within people, in organisations or in society.
    influence
        How much of the outcome it may explain.
    certainty
        How well what was seen fits it.
    robustness
        Over how many settings it is known to matter.
    range
        Over how many of the outcomes it reaches.
    prevalence
        In how many of the places where the instrument works it was at work.
    status
        ``open``, ``partly ruled out``, ``ruled out``, or ``confirmed``: it was at work.
    because
        Why it has this status.
    evidence
        Ids of the evidence of the instrument that show so.
    source
        Where it comes from; that of `external` when left out.
    """

    text: str = ""
    external: Id | None = None
    type: FactorType
    claims: Ids = ()
    level: Level | None = None
    influence: Degree | None = None
    certainty: Degree | None = None
    robustness: Degree | None = None
    range: Degree | None = None
    prevalence: Degree | None = None
    status: Status = "open"
    because: str = ""
    evidence: Ids = ()
    source: Citations = ()

    @property
    def rivals(self) -> bool:
        """Whether it would explain the outcome instead of the instrument, or beside it."""
        return self.type.endswith("rival")

    def flaws(self) -> Iterable[Flaw]:
        """Find a factor without words, and a status without a reason."""
        yield from unfilled(self, "text", "because")
        if not self.text and self.external is None:
            hint = "write `text`, or name an external factor of theory.yaml at `external`"
            yield Flaw((), "nothing says what this factor is", hint)
        if self.status == "open":
            return
        if not self.because:
            what = f"'{self.status}' without a reason"
            yield Flaw(("status",), what, "say why at `because`, or write `status: open`")
        if not self.evidence and not self.source:
            what = f"'{self.status}' without evidence or a source"
            hint = "name evidence of the instrument or a source, or write `status: open`"
            yield Flaw(("status",), what, hint)

    def reference_flaws(
        self, evidence: Collection[str], theory: PolicyTheory, claims: Collection[str]
    ) -> Iterator[Flaw]:
        """Find evidence, external factors and claims that are named but not there."""
        if self.external is not None and self.external not in theory.external:
            what = f"no external factor '{self.external}' in theory.yaml"
            hint = did_you_mean(self.external, theory.external, "write its `text` here")
            yield Flaw(("external",), what, hint, self.external, "theory.yaml")
        for at, name in enumerate(self.claims):
            if name not in claims:
                what = f"no claim '{name}' of this instrument"
                yield Flaw(("claims", at), what, did_you_mean(name, claims), name)
        for at, name in enumerate(self.evidence):
            if name not in evidence:
                what = f"no evidence '{name}' in this instrument"
                hint = did_you_mean(name, evidence)
                yield Flaw(("evidence", at), what, hint, name)
