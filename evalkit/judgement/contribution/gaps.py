"""What a contribution story lacks, and the step that would help it most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evalkit.judgement.contribution.claims import ClaimReading, ClaimStatus
from evalkit.judgement.contribution.conditions import Condition, reaches_result
from evalkit.judgement.contribution.matrix import Matrix
from evalkit.judgement.contribution.rivals import FactorReading, Register
from evalkit.judgement.contribution.tests import Weighed
from evalkit.judgement.contribution.words import (
    cited,
    clause,
    described,
    link_name,
    phrase,
    say,
    series,
    words,
)
from evalkit.judgement.known import OUTCOMES
from evalkit.judgement.link import ordered
from evalkit.judgement.outputs import delivered
from evalkit.judgement.sentence import Sentence, count, same
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record

_SHOWN = 3
# Which gap to close first: what could overturn or settle the claim before what rounds it off.
_FIRST = (
    "question", "theory", "carried-out", "hoop-test", "decisive-test", "no-rivals", "rival",
    "whole", "opinion", "link", "test", "execution", "unused",
)  # fmt: skip


class Gap(Record):
    """Something that is missing, with the step that would mend it.

    Attributes
    ----------
    kind
        ``question``, ``theory``, ``carried-out``, ``link``, ``test``, ``hoop-test``,
        ``decisive-test``, ``opinion``, ``whole``, ``execution``, ``no-rivals``, ``rival``
        or ``unused``.
    text
        What is missing.
    step
        What to do about it.
    about
        The claims, links, factors or evidence that it concerns.
    whole
        Whether it is a test of the claim on the whole instrument, which the conclusion is about.
    """

    kind: str
    text: dict[Language, str]
    step: dict[Language, str]
    about: tuple[str, ...] = ()
    whole: bool = False

    def prose(self, lang: Language = "nl") -> str:
        """Print what is missing."""
        return self.text[lang]


def first(gaps: Iterable[Gap]) -> Gap | None:
    """Find the gap that it would help most to close."""
    return min(gaps, key=_rank, default=None)


def _rank(gap: Gap) -> tuple[int, bool, int]:
    """Rank a gap; a test that could settle a claim goes first for what the conclusion is about."""
    place = _FIRST.index(gap.kind)
    settles = _FIRST.index("hoop-test") if gap.kind == "decisive-test" else place
    return settles, not gap.whole, place


class Searcher:
    """Looks for what the story of one instrument lacks, in the order of Mayne's steps."""

    def __init__(
        self,
        instrument: Instrument,
        case: Case,
        claims: tuple[ClaimReading, ...],
        links: dict[str, ClaimStatus],
        rivals: Register,
    ) -> None:
        self.instrument, self.case = instrument, case
        self.claims, self.links, self.rivals = claims, links, rivals

    def gaps(
        self, question: str, conditions: tuple[Condition, ...], matrix: Matrix
    ) -> Iterator[Gap]:
        """Find everything that is missing."""
        if not question:
            yield _gap("question")
        yield from self._theory()
        yield from self._whole()
        yield from self._untested_links()
        yield from self._tests()
        yield from self._opinions()
        # Of results that did not come there is nothing to explain; what was done still matters.
        yield from self._carried_out() if self._lost else self._rivals()
        bare = (one for one in conditions if one.state == "unknown" and not one.evidence)
        if any(one.name == "execution" for one in bare):
            yield _gap("execution")
        # What shows how far the activities came may say something of the results as well.
        shown = {name for one in conditions for name in one.evidence}
        elsewhere = {name for name in shown if not self._on_results(name)}
        elsewhere |= {name for factor in self.rivals.factors for name in factor.evidence}
        unused = [name for name in matrix.unused if name not in elsewhere]
        if unused:
            named = described(unused, self.instrument, self.case)
            yield _gap("unused", unused, evidence=named)

    def _on_results(self, name: str) -> bool:
        piece = self.instrument.evidence.get(name)
        return piece is not None and bool(piece.text) and set(piece.about) <= set(OUTCOMES)

    @property
    def _lost(self) -> bool:
        """Whether a claim about the whole is contradicted."""
        return any(one.whole and one.status == "contradicted" for one in self.claims)

    def _carried_out(self) -> Iterator[Gap]:
        """Find output of which nobody knows how much there was."""
        counted = {key for key, node in self.instrument.output.items() if delivered(node)}
        bare = [key for key in self.instrument.output if key not in counted]
        if bare:
            texts = [same(f"‘{clause(self.instrument.output[key].text)}’") for key in bare]
            yield _gap("carried-out", bare, outputs=series(texts), first=texts[0])

    def _theory(self) -> Iterator[Gap]:
        silent = [key for key, link in self.instrument.links.items() if not link.because]
        if not reaches_result(self.instrument):
            yield _gap("theory", name="no-chain")
        elif silent:
            named = self._named(silent)
            slots = {"links": named, "n": count(len(silent)), "total": count(len(self.links))}
            name = "silent-sole" if len(self.links) == 1 else "silent"
            yield _gap("theory", silent, name=name, **slots)

    def _whole(self) -> Iterator[Gap]:
        whole = [claim for claim in self.claims if claim.whole]
        if not whole:
            yield _gap("whole")
        for claim in whole:
            if not claim.tests:
                yield _gap("whole", [claim.id], name="whole-untested", text=clause(claim.text))

    def _untested_links(self) -> Iterator[Gap]:
        """Find links without evidence, those nearest to the outcome first."""
        bare = [key for key, status in self.links.items() if status == "untested"]
        bare = ordered(bare, self.instrument)
        if not bare:
            return
        slots = {
            "n": count(len(bare)),
            "total": count(len(self.links)),
            "links": self._named(bare),
            "first": link_name(bare[0], self.instrument),
        }
        name = "all" if len(bare) == len(self.links) else "one" if len(bare) == 1 else ""
        name = "sole" if len(self.links) == 1 else name
        yield _gap("link", bare, name=f"link-{name}" if name else "link", **slots)

    def _tests(self) -> Iterator[Gap]:
        for claim in self.claims:
            bare: dict[str, list[Sentence]] = {}
            for test in claim.tests:
                if test.result == "not looked for" or (test.beforehand and not test.implied):
                    kind = _kind(test)
                    bare.setdefault(kind, []).append(same(clause(test.expect)))
            for kind, found in bare.items():
                # What is found of one step cannot mend a claim on the whole that is contradicted.
                urgent = "test" if self._lost and claim.link is not None else kind
                gap = _gap(
                    urgent, [claim.id], name=kind if len(found) == 1 else f"{kind}s",
                    text=clause(claim.text), n=count(len(found)),
                    expect=series(found), first=found[0],
                )  # fmt: skip
                yield gap.model_copy(update={"whole": claim.link is None})

    def _opinions(self) -> Iterator[Gap]:
        alone = [
            claim
            for claim in self.claims
            if (claim.interested or claim.voiced) and claim.status in ("partly", "undecided")
        ]
        if alone:
            behind = tuple(dict.fromkeys(name for claim in alone for name in claim.evidence))
            source = cited(behind, self.instrument, self.case)
            name = "opinion-one" if len(alone) == 1 else "opinion"
            ids = [claim.id for claim in alone]
            yield _gap("opinion", ids, name=name, n=count(len(alone)), source=source)

    def _rivals(self) -> Iterator[Gap]:
        if not self.rivals.factors:
            yield _gap("no-rivals")
            return
        bare = [factor for factor in self.rivals.factors if not factor.recorded]
        if bare:
            kind = "no-rivals" if len(bare) == len(self.rivals.factors) else "rival"
            name = "rival-bare-one" if len(bare) == 1 else "rival-bare"
            slots = {"n": count(len(bare)), "first": same(f"‘{clause(bare[0].text)}’")}
            yield _gap(kind, [factor.id for factor in bare], name=name, **slots)
        still = [factor for factor in self.rivals.open if factor.recorded]
        if still:
            named = [_weighed(factor) for factor in still]
            first_one = same(f"‘{clause(still[0].text)}’")
            ids = [factor.id for factor in still]
            yield _gap("rival", ids, factors=series(named), first=first_one)

    def _named(self, keys: Iterable[str]) -> Sentence:
        found = [link_name(key, self.instrument) for key in keys]
        if len(found) <= _SHOWN:
            return series(found)
        rest = say("gap", "more", n=count(len(found) - _SHOWN))
        rest = {lang: f"{text[:1].lower()}{text[1:]}" for lang, text in rest.items()}
        return series([*found[:_SHOWN], rest])


def _weighed(factor: FactorReading) -> Sentence:
    text = f"‘{clause(factor.text)}’"
    if factor.weight == "unknown":
        return same(text)
    return phrase("gap", "rival-named", text=text, weight=words("weight", factor.weight))


def _kind(test: Weighed) -> str:
    """Sort a test that was not carried out by what it could do to the claim."""
    if test.kind == "hoop":
        return "hoop-test"
    return "decisive-test" if test.kind in ("smoking gun", "doubly decisive") else "test"


def _gap(kind: str, about: Iterable[str] = (), *, name: str = "", **slots: Sentence | str) -> Gap:
    key = name or kind
    return Gap(
        kind=kind, text=say("gap", key, **slots), step=say("step", key, **slots), about=tuple(about)
    )
