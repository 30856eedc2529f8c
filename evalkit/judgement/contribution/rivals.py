"""The register of rival explanations and influences: what is ruled out, what is open, how heavy."""

from __future__ import annotations

from typing import Literal

from evalkit.judgement.contribution.words import (
    clause,
    joined,
    phrase,
    say,
    sentences,
    source_names,
    words,
)
from evalkit.judgement.sentence import Sentence, same
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.case import Case
from evalkit.model.contribution_factor import Degree, Factor, FactorType, Level, Status
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record
from evalkit.model.theory import ExternalFactor, PolicyTheory

Weight = Literal["heavy", "moderate", "light", "unknown"]
_WEIGHTS: tuple[Weight, ...] = ("light", "moderate", "heavy")
_STEPS: dict[Degree, int] = {"low": 0, "middling": 1, "high": 2}
_ASPECTS = ("certainty", "robustness", "range", "prevalence")


class FactorReading(Record):
    """A rival explanation or an influence, with where it stands.

    Attributes
    ----------
    id
        Its id; that of the external factor of the theory when nobody put it in the register.
    recorded
        Whether an evaluator put it in the register.
    type
        Its type; none for a factor that is only named in the theory.
    weight
        How much an open factor weighs against the claims: ``heavy``, ``moderate``, ``light``, or
        ``unknown`` when its influence was not judged.
    told
        It in a sentence, with its sources.
    """

    id: str
    text: str
    type: FactorType | None = None
    status: Status = "open"
    recorded: bool = True
    claims: tuple[str, ...] = ()
    level: Level | None = None
    influence: Degree | None = None
    certainty: Degree | None = None
    robustness: Degree | None = None
    range: Degree | None = None
    prevalence: Degree | None = None
    weight: Weight = "unknown"
    because: str = ""
    evidence: tuple[str, ...] = ()
    told: dict[Language, str] = {}

    @property
    def rivals(self) -> bool:
        """Whether it would explain the outcome instead of the instrument, or beside it."""
        return self.type is not None and self.type.endswith("rival")

    @property
    def open(self) -> bool:
        """Whether it could still be so."""
        return self.status in ("open", "partly ruled out")

    def prose(self, lang: Language = "nl") -> str:
        """Print it with its status, its reason and its sources."""
        return self.told[lang]


class Register(Record):
    """Every rival explanation and influence of one instrument.

    Attributes
    ----------
    factors
        In the order of the record; external factors of the theory that it leaves out follow.
    """

    factors: tuple[FactorReading, ...] = ()

    def __getitem__(self, key: str) -> FactorReading:
        """Find a factor by its id."""
        for factor in self.factors:
            if factor.id == key:
                return factor
        raise KeyError(key)

    @property
    def rivals(self) -> tuple[FactorReading, ...]:
        """The rival explanations."""
        return tuple(factor for factor in self.factors if factor.rivals)

    @property
    def influences(self) -> tuple[FactorReading, ...]:
        """What strengthens or weakens the instrument, and what nobody classified."""
        return tuple(f for f in self.factors if not f.rivals and f.type != "primary")

    @property
    def open(self) -> tuple[FactorReading, ...]:
        """What could still be so, the heaviest first."""
        order = {"heavy": 0, "unknown": 1, "moderate": 2, "light": 3}
        found = [factor for factor in self.factors if factor.open and factor.type != "primary"]
        return tuple(sorted(found, key=lambda factor: order[factor.weight]))

    @property
    def ruled_out(self) -> tuple[FactorReading, ...]:
        """What can be left aside."""
        return tuple(factor for factor in self.factors if factor.status == "ruled out")

    @property
    def confirmed(self) -> tuple[FactorReading, ...]:
        """What was at work."""
        return tuple(f for f in self.factors if f.status == "confirmed" and f.type != "primary")

    def replacing(self, claim: str) -> tuple[FactorReading, ...]:
        """The confirmed rivals that would explain all that a claim says."""
        return tuple(
            factor
            for factor in self.confirmed
            if factor.type == "direct rival" and (not factor.claims or claim in factor.claims)
        )

    def prose(self, lang: Language = "nl") -> str:
        """Print the register."""
        return " ".join(factor.prose(lang) for factor in self.factors)


def register(key: str, instrument: Instrument, case: Case) -> Register:
    """Gather the factors of the record, and those of the theory that bear on the instrument."""
    record = case.contributions.get(key)
    written = record.rivals if record is not None else {}
    named = {factor.external for factor in written.values()}
    found = [_read(name, factor, instrument, case) for name, factor in written.items()]
    found += [
        _bare(name, factor, case)
        for name, factor in case.theory.external.items()
        if name not in named and bears_on(factor, key, instrument, case.theory)
    ]
    return Register(factors=tuple(found))


def bears_on(
    factor: ExternalFactor, key: str, instrument: Instrument, theory: PolicyTheory
) -> bool:
    """Tell whether an external factor touches a part of the theory that the instrument serves."""
    known = theory.stages
    nodes = [theory.node(name) for name in factor.bears_on if name in known]
    return any(key in node.instruments or node.goal in instrument.goals for node in nodes)


def _read(key: str, factor: Factor, instrument: Instrument, case: Case) -> FactorReading:
    external = case.theory.external.get(factor.external or "")
    text = factor.text or (external.text if external is not None else key)
    sources = factor.source or (external.source if external is not None else ())
    behind = [c for n in factor.evidence if n in instrument.evidence
              for c in instrument.evidence[n].source]  # fmt: skip
    source = same("; ".join(source_names([*behind, *sources], case, bracketed=True)))
    weight = _weight(factor)
    slots: dict[str, Sentence | str] = {
        "text": clause(text),
        "type": words("type", factor.type.replace(" ", "-")),
        "status": words("factor-status", factor.status.replace(" ", "-")),
        "weight": words("weight", weight),
    }
    told = say("factor", "open" if factor.status == "open" else "known", **slots)
    because = same(f"{factor.because[:1].upper()}{clause(factor.because)[1:]}.")
    parts = [told, because] if factor.because else [told]
    aspects = _aspects(factor)
    parts += [aspects] if aspects["nl"] else []
    parts += [say("factor", "source", source=source)] if source["nl"] else []
    return FactorReading(
        id=key,
        text=text,
        weight=weight,
        told=sentences(parts),
        **factor.model_dump(
            include={
                "type", "status", "claims", "level", "influence", "because", "evidence", *_ASPECTS,
            }
        ),
    )  # fmt: skip


def _bare(key: str, factor: ExternalFactor, case: Case) -> FactorReading:
    source = "; ".join(source_names(factor.source, case, bracketed=True))
    told = [say("factor", "bare", text=clause(factor.text))]
    told += [say("factor", "source", source=source)] if source else []
    return FactorReading(id=key, text=factor.text, recorded=False, told=sentences(told))


def _weight(factor: Factor) -> Weight:
    """Weigh by its influence; a step lighter when it hardly fits or is half ruled out."""
    if factor.influence is None:
        return "unknown"
    step = _STEPS[factor.influence]
    step -= factor.certainty == "low"
    step -= factor.status == "partly ruled out"
    return _WEIGHTS[max(step, 0)]


def _aspects(factor: Factor) -> Sentence:
    """Name the aspects that were judged: ``de invloed groot en de zekerheid klein``."""
    known = [
        phrase("aspect", "is", name=words("aspect", name), degree=words("degree", degree))
        for name in ("influence", *_ASPECTS)
        if (degree := getattr(factor, name)) is not None
    ]
    level = factor.level
    told = [] if level is None else [say("factor", "level", level=words("level", level))]
    told += [say("factor", "aspects", aspects=joined(known))] if known else []
    return sentences(told) if told else dict.fromkeys(LANGUAGES, "")
