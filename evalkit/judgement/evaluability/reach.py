"""How high a study could bring an instrument: the rules of the ladder, applied to a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from evalkit.judgement.evaluability.draft import KEY, Draft, Handled
from evalkit.judgement.evaluability.threat import threats_to
from evalkit.judgement.evaluability.words import words
from evalkit.judgement.known import Known
from evalkit.judgement.ladder import Cap, Ladder
from evalkit.judgement.rules import Answer
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.score import read
from evalkit.model.case import Case
from evalkit.model.evidence import Evidence, Threat
from evalkit.model.instrument import Instrument
from evalkit.model.stage import Stage

# From costly to cheap: what can be missed is left out in this order.
_PARTS = ("compared", "several", "before", "author", "own_word", "after", "stage")


class Reach:
    """Asks a ladder what drafts of a study would come to for one instrument.

    Parameters
    ----------
    instrument, case, ladder
        The instrument in its case, and the rules.
    unstudied
        The same of an instrument of which nothing is known, to share between instruments.
    """

    def __init__(
        self, instrument: Instrument, case: Case, ladder: Ladder, unstudied: Reach | None = None
    ) -> None:
        self.instrument, self.case, self.ladder = instrument, case, ladder
        self.unstudied = self if unstudied is None else unstudied
        self._asked: dict[object, Ruling] = {}

    def ruling(self, draft: Draft, threats: Mapping[Threat, Handled] | None = None) -> Ruling:
        """Score the instrument as if it ran and the study had been done.

        Parameters
        ----------
        threats
            What was done about them; by default every threat that tests can settle was settled.
        """
        known = settled(draft) if threats is None else threats
        asked = (draft, tuple(sorted(known.items())))
        if asked not in self._asked:
            found = draft.evidence(known, self._group)
            more = {} if found is None else {KEY: found}
            evidence = {**self.instrument.evidence, **more}
            self._asked[asked] = Ruling(read(self._known(evidence), self.ladder))
        return self._asked[asked]

    @cached_property
    def _group(self) -> str:
        plan = self.instrument.evaluability
        named = plan.comparison if plan is not None and plan.compares else ""
        return named or words("comparison", "group")[self.case.language]

    @cached_property
    def _running(self) -> Known:
        """The instrument as it would be under way, with the evidence that there is."""
        return Known(self.instrument.model_copy(update={"status": "lopend"}), self.case)

    def _known(self, evidence: Mapping[str, Evidence]) -> Known:
        """Add evidence; the theory does not rest on it, so that is not worked out again."""
        base = self._running
        then = Known(base.instrument.model_copy(update={"evidence": evidence}), self.case)
        then.__dict__.update(
            stages=base.stages, reaches_outcome=base.reaches_outcome, carriers=base.carriers
        )
        return then

    def carries(self, draft: Draft, threats: Mapping[Threat, Handled] | None = None) -> int:
        """Tell the rung that the evidence itself would carry, were the rungs below it reached."""
        ruling = self.ruling(draft, threats)
        return min([_highest(ruling), *(cap.level for cap, _ in ruling.caps)])

    def caps(self, draft: Draft) -> list[tuple[Cap, Answer]]:
        """List the rules that hold the study below what it could carry."""
        most = self.carries(complete(draft))
        return [(cap, answer) for cap, answer in self.ruling(draft).caps if cap.level < most]

    def targets(self, draft: Draft) -> tuple[int, ...]:
        """List the rungs that a study can bring: of this design, or of an ordinary one."""
        ask = self.unstudied.ruling
        bare = {base.level for base, _ in ask(Draft()).bases}
        best = (complete(Draft()), complete(Draft(design=draft.design)))
        full = {base.level for study in best for base, _ in ask(study).bases}
        return tuple(sorted(full - bare))

    def needed(self, draft: Draft, level: int) -> frozenset[str] | None:
        """Tell what a draft lacks for a rung; None when a study of this design cannot bring it.

        Everything is granted first; then each part is taken back, the costly ones first, and left
        out when the rung stands without it.
        """
        current = complete(draft)
        if self.carries(current) < level:
            return None
        for part in _PARTS:
            tried = replace(current, **{part: getattr(draft, part)})
            if self.carries(tried) >= level:
                current = tried
        return frozenset(p for p in _PARTS if getattr(current, p) != getattr(draft, p))


def complete(draft: Draft) -> Draft:
    """Grant a draft everything that a good study has, within the design that was chosen."""
    return replace(
        draft, stage=_outcome(draft), before=True, after=True, several=True,
        compared=not draft.alone, author="independent", own_word=False,
    )  # fmt: skip


def _outcome(draft: Draft) -> Stage:
    own = draft.stage in (Stage.INTERMEDIATE, Stage.OUTCOME)
    return draft.stage if own and draft.stage is not None else Stage.OUTCOME


def settled(draft: Draft) -> dict[Threat, Handled]:
    """Settle every threat to a draft that a test can settle; what was never measured cannot be."""
    found: dict[Threat, Handled] = dict.fromkeys(
        threats_to(draft.left, compared=draft.beside_a_group), "handled"
    )
    if "few pre-periods" in found and draft.several is False:
        found["few pre-periods"] = "not handled"
    return found


def _highest(ruling: Ruling) -> int:
    return max((base.level for base, _ in ruling.bases), default=0)


def blank(case: Case, ladder: Ladder) -> Reach:
    """Ask about an instrument that is described, and of which nothing else is known."""
    one = Instrument.model_validate({
        "name": KEY, "type": "subsidie", "period": case.period, "aims": KEY,
        "target_group": KEY, "activities": {"work": {"text": KEY}},
    })  # fmt: skip
    return Reach(one, case, ladder)
