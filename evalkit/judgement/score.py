"""Scoring: from the recorded facts of an instrument to its verdict."""

from __future__ import annotations

from evalkit.judgement.judge import Judge
from evalkit.judgement.known import OUTCOMES, Known
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.mix import mix_verdict
from evalkit.judgement.piece import Piece, pieces
from evalkit.judgement.profile import load_ladder, scales
from evalkit.judgement.rules import Reading
from evalkit.judgement.scores import Scores
from evalkit.judgement.verdict import Verdict
from evalkit.language.called import speaking_of
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.stage import Stage


def score_case(case: Case, ladder: Ladder | None = None) -> Scores:
    """Score every instrument of a case on what its files say, and the mix that they make.

    No data are read: the analyses of the case are not carried out, so what they would find is no
    evidence here, and a level may be lower than in the report. :func:`evalkit.evaluate` carries
    them out first. To score with what they found on a ladder of your own, score the case that it
    gives back: ``score_case(evaluate(case).case, ladder)``.

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
    with speaking_of(case.called):
        return _scored(case, used)


def _scored(case: Case, used: Ladder) -> Scores:
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
        language=case.language,
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
    known = Known(instrument, case)
    judge = Judge(read(known, ladder), _key(instrument, case) if key is None else key)
    apart = {scale.of: Judge(read(known, scale)).stage() for scale in scales()}
    verdict = judge.verdict()
    stages = {
        "activities": apart["activities"],
        "output": apart["output"],
        "outcome": judge.stage().model_copy(
            update={"level": verdict.level, "label": verdict.label}
        ),
    }
    more = {"stages": stages, "efficiency": apart["efficiency"]}
    return verdict.model_copy(update=more)


def read(known: Known, ladder: Ladder) -> Reading:
    """Gather what a ladder may ask of an instrument.

    A ladder of effects sees outcomes that were measured, the other scales output that was counted.
    Evidence of efficiency alone counts for the efficiency only.
    """
    stages = OUTCOMES if ladder.of == "outcome" else (Stage.OUTPUT,)
    asked = (_oldest(known.case, ladder), stages)
    if asked not in known.gathered:  # scales of one shelf life see the same
        known.gathered[asked] = pieces(known.instrument, known.case, *asked)
    found = known.gathered[asked]
    return Reading(ladder, (one for one in found if _speaks(one, ladder)), known)


def _speaks(piece: Piece, ladder: Ladder) -> bool:
    return ladder.of == "efficiency" or "effectiveness" in piece.criterion


def _oldest(case: Case, ladder: Ladder) -> int | None:
    """The first year within the shelf life, counted back from the end of the period under review.

    The clock of the machine plays no part: the same case gives the same verdict next year.
    """
    last = case.period.last_year
    return None if last is None else last - ladder.shelf_life


def _key(instrument: Instrument, case: Case) -> str:
    return next((key for key, other in case.instruments.items() if other is instrument), "")
