"""From a case to the contribution story of its instruments."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.errors import EvalkitError
from evalkit.judgement.contribution.claims import ClaimReading, settle
from evalkit.judgement.contribution.conclusion import Conclusion, conclude, ladder_note
from evalkit.judgement.contribution.conditions import conditions, link_statuses
from evalkit.judgement.contribution.gaps import Searcher
from evalkit.judgement.contribution.matrix import matrix
from evalkit.judgement.contribution.parts import Writer, claim_text
from evalkit.judgement.contribution.reasons import Teller
from evalkit.judgement.contribution.rivals import Register, register
from evalkit.judgement.contribution.story import ContributionStory
from evalkit.judgement.contribution.tests import Weighed, compares, implied, weigh
from evalkit.judgement.contribution.words import clause, joined, phrase, sentences, words
from evalkit.judgement.scores import Scores
from evalkit.judgement.sentence import Sentence, same
from evalkit.language.suggest import did_you_mean
from evalkit.model.case import Case
from evalkit.model.chain import Link
from evalkit.model.contribution import Contribution
from evalkit.model.contribution_claim import Claim, link_named
from evalkit.model.evidence import Evidence
from evalkit.model.instrument import Instrument
from evalkit.model.stage import Stage

_WHOLE = "instrument"
_RESULTS = (Stage.INTERMEDIATE, Stage.OUTCOME)


def contributions(case: Case, scores: Scores | None = None) -> dict[str, ContributionStory]:
    """Tell the contribution story of every instrument, by its id.

    Parameters
    ----------
    scores
        Where the instruments stand on a ladder, to be named in the conclusion.
    """
    return {key: contribution_of(case, key, scores) for key in case.instruments}


def contribution_of(
    case: Case, instrument_id: str, scores: Scores | None = None
) -> ContributionStory:
    """Tell the contribution story of one instrument.

    Parameters
    ----------
    case
        The case, with the evidence that its analyses gave.
    instrument_id
        The id of the instrument. It need not stand in ``contribution.yaml``: then the story is
        filled from the chain and says what is missing.
    scores
        Where it stands on a ladder, to be named in the conclusion.

    Raises
    ------
    EvalkitError
        The case has no such instrument.

    Examples
    --------
    >>> from evalkit.io.case import load_case
    >>> story = contribution_of(load_case("menselijk-kapitaal"), "omscholingsregeling")
    >>> story.verdict
    'unlikely'
    """
    instrument = case.instruments.get(instrument_id)
    if instrument is None:
        hint = did_you_mean(instrument_id, case.instruments)
        raise EvalkitError(f"there is no instrument '{instrument_id}'", hint=hint)
    record = case.contributions.get(instrument_id)
    rivals = register(instrument_id, instrument, case)
    claims = _claims(record or Contribution(), instrument, case, rivals)
    links = link_statuses(claims, instrument)
    found = conditions(instrument_id, instrument, case, links, rivals)
    own = record is not None and bool(record.question)
    question = record.question if record is not None and own else case.theory.question
    table = matrix(claims, instrument, case)
    searcher = Searcher(instrument, case, claims, links, rivals)
    gaps = tuple(searcher.gaps(question, found, table))
    conclusion = _with_ladder(
        conclude(instrument, claims, links, found, rivals), instrument_id, scores
    )
    parts = tuple(
        Writer(instrument, case).all(
            question, claims, rivals, table, found, gaps, conclusion, own=own
        )
    )
    values = {part.name.replace("_", "-"): dict(part.text) for part in parts}
    return ContributionStory(
        id=instrument_id,
        name=instrument.name,
        recorded=record is not None,
        question=question,
        claims=claims,
        rivals=rivals,
        matrix=table,
        conditions=found,
        gaps=gaps,
        conclusion=conclusion,
        parts=parts,
        manual="" if record is None else record.story,
        place="" if record is None else case.place("contributions", instrument_id),
        manual_place="" if record is None else case.place("contributions", instrument_id, "story"),
        values=values | _called(record, instrument, claims, rivals),
    )


def _claims(
    record: Contribution, instrument: Instrument, case: Case, rivals: Register
) -> tuple[ClaimReading, ...]:
    """Read the claims of the record, then what follows from evidence and chain."""
    teller = Teller(instrument, case)

    def read(
        key: str, text: str, link: str | None, claim: Claim | None, tests: tuple[Weighed, ...]
    ) -> ClaimReading:
        replacing = [factor.text for factor in rivals.replacing(key)]
        settled = settle(claim, tests, replaced=bool(replacing))
        return teller.read(key, text, link, claim, tests, settled, replacing)

    found = []
    covered = set()
    for key, claim in record.claims.items():
        linked = None if claim.link is None else link_named(claim.link, instrument)
        tests = [weigh(name, test, instrument, case) for name, test in claim.tests.items()]
        if linked is not None:
            covered.add(linked[0])
            tests += _unwritten(linked[1], claim, instrument, case)
        link = None if linked is None else linked[0]
        found.append(read(key, claim.text, link, claim, tuple(tests)))
    if not any(claim.whole for claim in found):
        tests = list(_about_the_whole(instrument, case))
        if tests:
            text = _whole(instrument, tests, case)[case.language]
            found.append(read(_WHOLE, text, None, None, tuple(tests)))
    for key, bare in instrument.links.items():
        if key not in covered:
            tests = _unwritten(bare, None, instrument, case)
            found.append(read(key, bare.because, key, None, tuple(tests)))
    return tuple(found)


def _unwritten(
    link: Link, claim: Claim | None, instrument: Instrument, case: Case
) -> list[Weighed]:
    """Weigh the evidence at a link for which nobody wrote a test."""
    written = {n for test in claim.tests.values() for n in test.evidence} if claim else set()
    return [
        implied(name, instrument.evidence[name], instrument, case)
        for name in link.evidence
        if name in instrument.evidence and name not in written
    ]


def _about_the_whole(instrument: Instrument, case: Case) -> Iterator[Weighed]:
    """Weigh studies of the outcome with a comparison that stand at no link.

    They speak of the whole chain; one whose comparison does not hold is no more than a hint.
    """
    linked = {name for link in instrument.links.values() for name in link.evidence}
    for key, evidence in instrument.evidence.items():
        if key not in linked and set(evidence.about) & set(_RESULTS) and compares(evidence):
            yield implied(key, evidence, instrument, case)


def _whole(instrument: Instrument, tests: list[Weighed], case: Case) -> Sentence:
    """Word the claim about the whole, for the outcomes that were studied when that is known."""
    studied = dict.fromkeys(_studied(instrument.evidence[test.id], case) for test in tests)
    if None in studied:
        ends = [node.text for node in (instrument.outcome or instrument.intermediate).values()]
    else:
        ends = [instrument.node(key).text for key in studied if key is not None]
    # The claim itself is printed between single quotation marks.
    named = joined([same(f"“{clause(text)}”") for text in ends])
    return phrase("claim", "whole", name=instrument.name, ends=named)


def _studied(evidence: Evidence, case: Case) -> str | None:
    """Find the node that an analysis was made for."""
    analysis = case.analyses.get(evidence.analysis or "")
    goal = analysis.goal if analysis is not None else None
    return goal[2] or None if goal is not None else None


def _with_ladder(found: Conclusion, key: str, scores: Scores | None) -> Conclusion:
    if scores is None:
        return found
    verdict = scores[key]
    text = dict(found.text)
    if found.verdict != "not shown" and verdict.direction == "unknown" and not verdict.status:
        text = sentences([text, words("conclusion", "ladder-open")])
    note = ladder_note(verdict.level, dict(verdict.label), dict(scores.title))
    return found.model_copy(update={"text": text, "note": note})


def _called(
    record: Contribution | None,
    instrument: Instrument,
    claims: tuple[ClaimReading, ...],
    rivals: Register,
) -> dict[str, Sentence]:
    """Gather what the evaluator's own text may call up besides the parts."""
    if record is None or not record.story:
        return {}
    found: dict[str, Sentence] = {}
    for claim in claims:
        found[f"claims.{claim.id}"] = claim_text(claim)
        found[f"claims.{claim.id}.status"] = words("status", claim.status)
    for factor in rivals.factors:
        found[f"rivals.{factor.id}"] = dict(factor.told)
        status = words("factor-status", factor.status.replace(" ", "-"))
        found[f"rivals.{factor.id}.status"] = status
    for name in record.values(instrument):
        stage, _, rest = name.partition(".")
        key, _, role = rest.partition(".")
        if stage in {one.value for one in Stage} and role:
            found[name] = _value(instrument, key, role)
    return {name.replace("_", "-"): text for name, text in found.items()}


def _value(instrument: Instrument, key: str, role: str) -> Sentence:
    value = getattr(instrument.node(key), role)
    if isinstance(value, str):
        return same(value)
    return {"nl": value.prose("nl"), "en": value.prose("en")}
