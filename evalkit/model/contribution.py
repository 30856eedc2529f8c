"""The contribution analysis of one instrument: what the case does not hold already.

Theory, links, assumptions, risks and evidence stand in the instrument. Here stand the question, the
claims with their tests, the other explanations, and the words that an evaluator puts around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from evalkit.language.suggest import did_you_mean
from evalkit.model.braces import unfilled
from evalkit.model.chain import Ids
from evalkit.model.contribution_claim import Claim
from evalkit.model.contribution_factor import Factor
from evalkit.model.instrument import Instrument
from evalkit.model.record import Flaw, Id, Record, Text
from evalkit.model.stage import Stage
from evalkit.model.theory import PolicyTheory

PARTS = (
    "question", "theory", "support", "rivals", "missing", "conditions", "conclusion", "next_step",
)  # fmt: skip
"""The parts of a contribution story that evalkit writes, as a writer calls them up."""
VALUE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
"""A place in a story that evalkit fills: ``{{ conclusion }}``."""
_BRACES = re.compile(r"\{%[^%\n]*%\}|(?:\{\{|\}\}|\{%|%\})[^{}%\n]{0,30}")
_ROLES = ("text", "baseline", "target", "actual", "no_policy", "total")


class CarriedOut(Record):
    """Whether the activities went as planned.

    Attributes
    ----------
    as_planned
        ``fully``, ``partly``, ``not`` or ``unknown``; then what is known of it is told, and the
        evidence decides.
    because
        Why we say so, as a clause.
    evidence
        Ids of the evidence of the instrument that show so.
    """

    as_planned: Literal["fully", "partly", "not", "unknown"]
    because: Text
    evidence: Ids = ()

    def flaws(self) -> Iterable[Flaw]:
        """Find a judgement without evidence."""
        if not self.evidence:
            what = "nothing shows whether the activities went as planned"
            yield Flaw(("as_planned",), what, "name the evidence of the instrument that does")
        yield from unfilled(self, "because")


class Contribution(Record):
    """The contribution analysis of one instrument.

    Attributes
    ----------
    question
        The attribution question of this instrument; that of the theory when left out.
    claims
        What should be true if the instrument contributed, by id.
    rivals
        Rival explanations and influencing factors, by id.
    carried_out
        Whether the activities went as planned, when the evidence itself does not say so.
    story
        Text to put around what evalkit writes, in Markdown. ``{{ support }}`` and ``{{
        conclusion }}`` call up a part, ``{{ claims.start }}`` a claim, ``{{ output.bonnen.actual
        }}`` a value. Parts that it does not call up follow it.
    """

    question: str = ""
    claims: dict[Id, Claim] = {}
    rivals: dict[Id, Factor] = {}
    carried_out: CarriedOut | None = None
    story: str = ""

    def flaws(self) -> Iterable[Flaw]:
        """Find a value in a question, which is printed as it stands, and braces left open."""
        yield from unfilled(self, "question")
        for found in _BRACES.finditer(VALUE.sub("", self.story)):
            what = f"'{found[0].strip()}' stands for nothing"
            hint = "a value stands between {{ and }}; a story takes no {% … %}"
            yield Flaw(("story",), what, hint)

    def reference_flaws(
        self,
        key: str,
        instruments: Mapping[str, Instrument],
        theory: PolicyTheory,
        analysed: Iterable[str] = (),
    ) -> Iterator[Flaw]:
        """Find what it names that the case does not have; `analysed` is evidence still to come."""
        instrument = instruments.get(key)
        if instrument is None:
            what = f"no instrument '{key}' in instruments/"
            hint = did_you_mean(key, instruments) or f"add instruments/{key}.yaml"
            yield Flaw((), what, hint, key)
            return
        evidence = (*instrument.evidence, *analysed)
        for name, claim in self.claims.items():
            found = claim.reference_flaws(instrument, evidence)
            yield from (flaw.under("claims", name) for flaw in found)
        for name, factor in self.rivals.items():
            found = factor.reference_flaws(evidence, theory, self.claims)
            yield from (flaw.under("rivals", name) for flaw in found)
        for at, name in enumerate(self.carried_out.evidence if self.carried_out else ()):
            if name not in evidence:
                what = f"no evidence '{name}' in this instrument"
                hint = did_you_mean(name, evidence)
                yield Flaw(("carried_out", "evidence", at), what, hint, name)
        yield from self._unknown_values(instrument)

    def _unknown_values(self, instrument: Instrument) -> Iterator[Flaw]:
        known = self.values(instrument)
        for found in VALUE.finditer(self.story):
            name = found[1].replace("_", "-")
            if name not in {value.replace("_", "-") for value in known}:
                what = f"{{{{ {found[1]} }}}} is nothing that a story can call up"
                parts = f"write one of {', '.join(PARTS)}, or a claim, a rival or a number"
                yield Flaw(("story",), what, did_you_mean(found[1], known, parts))

    def values(self, instrument: Instrument) -> tuple[str, ...]:
        """Name everything that its story may call up."""
        claims = [f"claims.{key}{tail}" for key in self.claims for tail in ("", ".status")]
        rivals = [f"rivals.{key}{tail}" for key in self.rivals for tail in ("", ".status")]
        nodes = [
            f"{stage.value}.{key}.{role}"
            for stage in Stage
            for key, node in instrument.at(stage).items()
            for role in _ROLES
            if getattr(node, role) is not None
        ]
        return (*PARTS, *claims, *rivals, *nodes)
