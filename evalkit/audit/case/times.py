"""Times that contradict each other: results before a start, a status beside its period."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.design import MEASURING
from evalkit.judgement.known import OUTCOMES
from evalkit.judgement.piece import pieces, year_of
from evalkit.judgement.sentence import Sentence
from evalkit.language.catalogue import label
from evalkit.language.numbers import LANGUAGES
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.record import Loc

_RESULTS = ("output", "intermediate", "outcome")
_STUDIES = frozenset({"description", "theory"})  # these may well be older than the instrument


def status_beside_period(subject: Subject) -> Iterator[AuditFinding]:
    """Find instruments whose status does not fit their period."""
    for key, instrument in subject.case.instruments.items():
        if _contradicts(instrument, _now(subject.case)):
            where = subject.place(("instruments", key, "status"))
            other = subject.place(("instruments", key, "period"))
            yield finding(
                "period-status",
                (where, other),
                {
                    "name": instrument.label,
                    "status": _word(f"status.{instrument.status}"),
                    "period": {lang: instrument.period.prose(lang) for lang in LANGUAGES},
                },
            )


def _now(case: Case) -> int | None:
    """The year that the report speaks from: an agenda's period ends long after it was written."""
    written = re.match(r"\d{4}", case.date)
    years = (case.period.last_year, int(written[0]) if written else None)
    return min((year for year in years if year is not None), default=None)


def _contradicts(instrument: Instrument, now: int | None) -> bool:
    period = instrument.period
    match instrument.status:
        case "gestopt":
            later = now is not None and period.last_year is not None and period.last_year > now
            return period.ongoing or later
        case "lopend":
            return now is not None and period.last_year is not None and period.last_year < now
        case "voorgenomen" | "verkenning":
            begun = period.first_year is not None and now is not None and period.first_year <= now
            return begun and bool(period.ongoing)
        case _:
            return False


def results_before_start(subject: Subject) -> Iterator[AuditFinding]:
    """Find results, and studies of results, of a year in which the instrument was not yet there."""
    for one in subject.numbers:
        if one.loc[0] != "instruments" or one.loc[2] not in _RESULTS or one.role != "actual":
            continue
        instrument = subject.case.instruments[str(one.loc[1])]
        start = instrument.period.first_year
        if start is not None and one.year is not None and one.year < start:
            yield finding(
                "measured-before-start",
                (subject.place(one.loc),),
                {
                    "what": one.node.text,
                    "year": str(one.year),
                    "name": instrument.label,
                    "start": str(start),
                },
            )
    yield from _studies(subject)


def _studies(subject: Subject) -> Iterator[AuditFinding]:
    for key, instrument in subject.case.instruments.items():
        start = instrument.period.first_year
        for name, piece in instrument.evidence.items():
            early = start is not None and piece.year is not None and piece.year < start
            if early and piece.design not in _STUDIES and piece.analysis is None:
                yield finding(
                    "studied-before-start",
                    (subject.place(("instruments", key, "evidence", name, "year")),),
                    {
                        "evidence": name,
                        "year": str(piece.year),
                        "name": instrument.label,
                        "start": str(start),
                    },
                )


def shelf_life(subject: Subject) -> Iterator[AuditFinding]:
    """Find evidence past the shelf life of the ladder."""
    ladder = subject.ladder
    for verdict in subject.scores.instruments:
        instrument = subject.case.instruments[verdict.id]
        if not verdict.expired:
            continue
        years = {one.id: one.year for one in pieces(instrument, subject.case, None, OUTCOMES)}
        for name in verdict.expired:
            yield finding(
                "expired",
                (subject.place(_loc(verdict.id, name)),),
                {
                    "evidence": name,
                    "name": instrument.label,
                    "year": str(years[name]),
                    "shelf_life": str(ladder.shelf_life),
                },
            )


def undated(subject: Subject) -> Iterator[AuditFinding]:
    """Find evidence of no year, of which nobody can tell whether it has expired."""
    for key, instrument in subject.case.instruments.items():
        for name, piece in instrument.evidence.items():
            says = piece.finds != "unknown" or piece.design in MEASURING
            counts = piece.execution != "planned" and piece.analysis is None
            if says and counts and year_of(piece, subject.case) is None:
                slots: dict[str, Sentence | str] = {"evidence": name, "name": instrument.label}
                yield finding("undated-evidence", (subject.place(_loc(key, name)),), slots)


def _loc(instrument: str, name: str) -> Loc:
    """Say where evidence stands: a study by its id, an indicator in its chain."""
    stage, _, node = name.partition(".")
    return ("instruments", instrument, *((stage, node) if node else ("evidence", name)))


def _word(key: str) -> Sentence:
    return {lang: label(key, lang) for lang in LANGUAGES}
