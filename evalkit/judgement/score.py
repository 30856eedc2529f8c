"""Scoring: from the recorded facts of an instrument to its verdict."""

from __future__ import annotations

from evalkit.judgement.facts import facts
from evalkit.judgement.judge import Judge
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.mix import mix_verdict
from evalkit.judgement.piece import pieces
from evalkit.judgement.profile import load_ladder
from evalkit.judgement.rules import Reading
from evalkit.judgement.scores import Scores
from evalkit.judgement.telling import with_comparison
from evalkit.judgement.verdict import Verdict
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument


def score_case(case: Case, ladder: Ladder | None = None) -> Scores:
    """Score every instrument of a case, and the mix that they make.

    Parameters
    ----------
    ladder
        By default the one that the case names.

    Raises
    ------
    EvalkitError
        The case names a ladder that is not there, or a signed level that the ladder does not have.
    """
    used = load_ladder(case.ladder) if ladder is None else ladder
    verdicts = tuple(
        score(instrument, used, case, key=key) for key, instrument in case.instruments.items()
    )
    return Scores(
        case=case.slug,
        ladder=used.name,
        edition=used.edition,
        publisher=used.publisher,
        title=used.title,
        instruments=verdicts,
        mix=mix_verdict(verdicts, case, used),
    )


def score(instrument: Instrument, ladder: Ladder, case: Case, *, key: str | None = None) -> Verdict:
    """Score one instrument.

    Parameters
    ----------
    instrument
        The instrument, with its chain and its evidence.
    ladder
        The rules, from :func:`evalkit.judgement.profile.load_ladder`.
    case
        The case that it stands in, for its sources and the period under review.
    key
        Its id; looked up in the case when left out.

    Raises
    ------
    EvalkitError
        A signed departure names a level that the ladder does not have.

    Examples
    --------
    >>> from evalkit.judgement.profile import load_ladder
    >>> from evalkit.model import Case, Instrument
    >>> case = Case(slug="proef", title="Proef", period="2020–2024")
    >>> bon = Instrument.model_validate({
    ...     "name": "Bon", "type": "subsidie", "period": "2021", "aims": "meer scholing",
    ...     "target_group": "mkb", "activities": {"bonnen": {"text": "Bonnen uitdelen"}},
    ... })
    >>> verdict = score(bon, load_ladder(), case)
    >>> verdict.level, verdict.direction, verdict.spoken["nl"]
    (1, 'unknown', 'potentieel (in)effectief')
    """
    reading = read(instrument, ladder, case)
    return Judge(reading, instrument, _key(instrument, case) if key is None else key).verdict()


def read(instrument: Instrument, ladder: Ladder, case: Case) -> Reading:
    """Gather what a ladder may ask of an instrument."""
    known = with_comparison(facts(instrument, case), instrument, ladder)
    return Reading(ladder, pieces(instrument, case, _oldest(case, ladder)), known)


def _oldest(case: Case, ladder: Ladder) -> int | None:
    """The first year within the shelf life, counted back from the end of the period under review.

    The clock of the machine plays no part: the same case gives the same verdict next year.
    """
    last = case.period.last_year
    return None if last is None else last - ladder.shelf_life


def _key(instrument: Instrument, case: Case) -> str:
    return next((key for key, other in case.instruments.items() if other is instrument), "")
