"""The text of a contribution story, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evalkit.judgement.contribution.claims import ORDER, ClaimReading, ClaimStatus
from evalkit.judgement.contribution.conclusion import Conclusion
from evalkit.judgement.contribution.conditions import Condition
from evalkit.judgement.contribution.gaps import Gap, first
from evalkit.judgement.contribution.matrix import Matrix
from evalkit.judgement.contribution.rivals import Register
from evalkit.judgement.contribution.story import Part
from evalkit.judgement.contribution.words import (
    cited,
    clause,
    described,
    joined,
    link_name,
    phrase,
    say,
    sentences,
    series,
    words,
)
from evalkit.judgement.link import ordered
from evalkit.judgement.sentence import Sentence, count, listing, same
from evalkit.judgement.step import for_successor
from evalkit.language.numbers import LANGUAGES
from evalkit.model.case import Case
from evalkit.model.contribution_claim import ends
from evalkit.model.instrument import Instrument

_SHOWN = 2  # of a long row of names, in running text


class Writer:
    """Writes the parts of the story of one instrument."""

    def __init__(self, instrument: Instrument, case: Case) -> None:
        self.instrument, self.case = instrument, case

    def part(self, name: str, text: Sentence) -> Part:
        """Give a text the head of its part."""
        return Part(name=name, title=words("title", name), text=text)

    def question(self, question: str, *, own: bool) -> Sentence:
        """Write the attribution question, and whose it is."""
        if not question:
            return words("question", "none")
        return say("question", "own" if own else "theory", question=question)

    def theory(self) -> Sentence:
        """Write the theory: how the chain runs, its last steps, assumptions and risks."""
        instrument = self.instrument
        links = instrument.links
        if not links:
            return words("theory-part", "none")
        first = instrument.input or instrument.activities
        final = instrument.outcome or instrument.intermediate
        leaving = {name for key in links for name in ends(key)[0]}
        arriving = {name for key in links for name in ends(key)[1]}
        start = [node.text for key, node in first.items() if key in leaving]
        end = [node.text for key, node in final.items() if key in arriving]
        slots = {"n": count(len(links)), "start": _quoted(start), "end": _quoted(end)}
        name = f"{'one' if len(links) == 1 else 'chain'}{'' if start else '-later'}"
        told = [say("theory-part", name, **slots)]
        last = [link for key, link in links.items() if self._last(key)]
        why = [clause(link.because) for link in last]
        assumed = [clause(text) for link in last for text in link.assumes]
        risky = [clause(text) for link in last for text in link.risks]
        for name, texts in (("why", why), ("assumes", assumed), ("risks", risky)):
            found = [same(text) for text in dict.fromkeys(texts) if text]
            if found:
                told.append(say("theory-part", name, texts=series(found)))
        return sentences([*told, *self._earlier()])

    def _earlier(self) -> Iterator[Sentence]:
        """Count what was assumed and risked before the last steps; the chain itself names it."""
        before = [link for key, link in self.instrument.links.items() if not self._last(key)]
        assumed = len({text for link in before for text in link.assumes})
        risky = len({text for link in before for text in link.risks})
        counts = [_counted(what, n) for what, n in (("assume", assumed), ("risk", risky)) if n]
        if counts:
            yield say("theory-part", "more", parts=joined(counts))

    def _last(self, key: str) -> bool:
        final = self.instrument.outcome or self.instrument.intermediate
        return any(name in final for name in ends(key)[1])

    def support(self, claims: tuple[ClaimReading, ...], matrix: Matrix) -> Sentence:
        """Write what evidence supports which claim and link, and what speaks against."""
        told = [claim_text(claim) for claim in claims if claim.recorded or claim.whole]
        links = [claim for claim in claims if not (claim.recorded or claim.whole)]
        told += self._groups(links)
        if not any(_said(text) for text in told):
            return words("support", "none")
        return paragraphs([*told, self._against(matrix, claims)])

    def _groups(self, links: Sequence[ClaimReading]) -> Iterator[Sentence]:
        """Name links by status, those that rest on the same evidence together.

        Of one status the links nearest to the aim go first, since most of the claim rests on them.
        """
        groups: dict[tuple[ClaimStatus, tuple[str, ...]], list[ClaimReading]] = {}
        for claim in links:
            if claim.status != "untested":
                groups.setdefault((claim.status, claim.evidence), []).append(claim)
        order = ordered([claim.link or "" for claim in links], self.instrument)

        def place(key: tuple[ClaimStatus, tuple[str, ...]]) -> tuple[int, int]:
            return -ORDER.index(key[0]), min(order.index(claim.link or "") for claim in groups[key])

        for status, evidence in sorted(groups, key=place):
            found = groups[status, evidence]
            name = "said" if all(claim.voiced for claim in found) else "group"
            yield say(
                "support",
                f"{name}-one" if len(found) == 1 else name,
                status=words("status", status),
                source=cited(evidence, self.instrument, self.case),
                n=count(len(found)),
                links=link_name(self._nearest(found), self.instrument, _SHOWN),
            )

    def _nearest(self, claims: Iterable[ClaimReading]) -> str:
        """Pick the link nearest to the aim, which says most; the matrix shows the others."""
        return ordered([claim.link or "" for claim in claims], self.instrument)[0]

    def _against(self, matrix: Matrix, claims: Iterable[ClaimReading]) -> Sentence:
        """Name contradicting evidence once more, so that it cannot be read over."""
        against = {name: says for name, claim in matrix.contradicting
                   if (says := matrix.cell(name, claim)) != "both"}  # fmt: skip
        both = dict.fromkeys(name for name, _ in matrix.contradicting if name not in against)
        told = [
            say("support", name, evidence=described(found, self.instrument, self.case))
            for name, found in (("contra", against), ("both", both))
            if found
        ]
        if told:
            return sentences(told)
        used = [self.instrument.evidence[name] for claim in claims for name in claim.evidence]
        # Of what points two ways it cannot be said that nothing speaks against a claim.
        clear = bool(used) and all(one.finds != "mixed" for one in used)
        return words("support", "no-contra") if clear else dict.fromkeys(LANGUAGES, "")

    def rivals(self, rivals: Register) -> Sentence:
        """Write the register."""
        if not rivals.factors:
            return words("rivals", "none")
        told = [dict(factor.told) for factor in rivals.factors if factor.recorded]
        bare = [same(f"‘{clause(f.text)}’") for f in rivals.factors if not f.recorded]
        if bare:
            told.append(say("factor", "bare-all", factors=joined(bare)))
        return paragraphs(told)

    def missing(self, gaps: Iterable[Gap]) -> Sentence:
        """Write what is missing."""
        found = [dict(gap.text) for gap in gaps]
        return paragraphs(found) if found else words("gap", "none")

    def conditions(self, found: Iterable[Condition]) -> Sentence:
        """Write the four conditions with their states."""
        return paragraphs(
            say(
                "condition-part",
                "line",
                name=words("condition", one.name),
                state=words("state", one.state.replace(" ", "-")),
                text=dict(one.text),
            )
            for one in found
        )

    def all(
        self,
        question: str,
        claims: tuple[ClaimReading, ...],
        rivals: Register,
        matrix: Matrix,
        conditions: tuple[Condition, ...],
        gaps: tuple[Gap, ...],
        conclusion: Conclusion,
        *,
        own: bool,
    ) -> Iterator[Part]:
        """Write every part, in the order of the steps."""
        step = first(gaps)
        yield self.part("question", self.question(question, own=own))
        yield self.part("theory", self.theory())
        yield self.part("support", self.support(claims, matrix))
        yield self.part("rivals", self.rivals(rivals))
        yield self.part("missing", self.missing(gaps))
        yield self.part("conditions", self.conditions(conditions))
        yield self.part("conclusion", conclusion.told)
        told = words("step", "none") if step is None else dict(step.step)
        if step is not None:
            told = for_successor(told, self.instrument, self.case)
        yield self.part("next_step", told)


def claim_text(claim: ClaimReading) -> Sentence:
    """Write a claim with its reasons."""
    return sentences([dict(reason.text) for reason in claim.reasons])


def paragraphs(parts: Iterable[Sentence]) -> Sentence:
    """Put parts under one another, as Markdown does."""
    found = [part for part in parts if _said(part)]
    return {lang: "\n\n".join(part[lang] for part in found) for lang in LANGUAGES}


def _said(text: Sentence) -> bool:
    return any(text.values())


def _counted(what: str, number: int) -> Sentence:
    many = "one" if number == 1 else "many"
    return phrase("theory-part", f"{what}-{many}", n=count(number))


def _quoted(texts: Iterable[str]) -> Sentence:
    """Quote names; of a long row the first two, and how many more there are."""
    return listing([same(f"‘{text}’") for text in texts], _SHOWN)
