"""Evidence against claims: which piece speaks for what, and which against."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from evalkit.judgement.contribution.claims import ClaimReading
from evalkit.judgement.contribution.tests import Says
from evalkit.judgement.contribution.words import clause, link_name, source_names, words
from evalkit.judgement.sentence import Sentence, same
from evalkit.language.capital import capital
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record

_MARKS: dict[Says, str] = {
    "confirms": "++", "supports": "+", "both": "±", "silent": "·", "weakens": "−", "rejects": "−−",
}  # fmt: skip
_STRENGTH: tuple[Says, ...] = ("silent", "supports", "confirms")
_AGAINST: tuple[Says, ...] = ("silent", "weakens", "rejects")


class MatrixRow(Record):
    """One piece of evidence, with what it says of each claim.

    Attributes
    ----------
    evidence
        Its id.
    source
        Its sources, as a short citation names them.
    text
        What it says, in the words of the case; a legend needs it to tell apart what comes from
        one source.
    cells
        By the id of the claim; a claim that it says nothing of has no cell.
    """

    evidence: str
    source: str
    text: str = ""
    cells: dict[str, Says] = {}


class Matrix(Record):
    """Evidence by claim.

    Attributes
    ----------
    claims
        Ids of the claims, in the order of the story.
    names
        Each claim, or the ends of its link, as a reader knows it.
    rows
        One for each piece of evidence of the instrument.
    language
        Of the case.
    """

    claims: tuple[str, ...] = ()
    names: dict[str, dict[Language, str]] = {}
    rows: tuple[MatrixRow, ...] = ()
    language: Language = "nl"

    @property
    def contradicting(self) -> tuple[tuple[str, str], ...]:
        """Evidence that speaks against a claim, wholly or in part, each with that claim."""
        against = ("rejects", "weakens", "both")
        return tuple(
            (row.evidence, claim)
            for row in self.rows
            for claim, says in row.cells.items()
            if says in against
        )

    @property
    def unused(self) -> tuple[str, ...]:
        """Evidence that no claim draws on."""
        return tuple(row.evidence for row in self.rows if not row.cells)

    def cell(self, evidence: str, claim: str) -> Says | None:
        """Look up what a piece says of a claim; None when no test connects them."""
        found = (row.cells.get(claim) for row in self.rows if row.evidence == evidence)
        return next(found, None)

    def prose(self, lang: Language = "nl") -> str:
        """Print it as a table in Markdown: ``++ + ± − −−``, and ``·`` for no answer."""
        head = [words("matrix", "claim")[lang], *(_named(row) for row in self.rows)]
        lines = [_line(head), _line(["---"] * len(head))]
        lines += [_line([self.names[claim][lang], *self._marks(claim)]) for claim in self.claims]
        return "\n".join(lines)

    def _marks(self, claim: str) -> list[str]:
        said = (row.cells.get(claim) for row in self.rows)
        return ["" if says is None else _MARKS[says] for says in said]

    def _repr_html_(self) -> str:
        if not self.rows or not self.claims:
            return ""
        lang = self.language
        head = "".join(f"<th>{escape(_named(row))}</th>" for row in self.rows)
        body = ""
        for claim in self.claims:
            cells = "".join(f"<td>{mark}</td>" for mark in self._marks(claim))
            body += f"<tr><th>{escape(self.names[claim][lang])}</th>{cells}</tr>"
        corner = escape(words("matrix", "claim")[lang])
        return f"<table><tr><th>{corner}</th>{head}</tr>{body}</table>"


def matrix(claims: Iterable[ClaimReading], instrument: Instrument, case: Case) -> Matrix:
    """Set out every piece of evidence against every claim."""
    readings = tuple(claims)
    rows = []
    for key, evidence in instrument.evidence.items():
        cells = {
            claim.id: _together(said)
            for claim in readings
            if (said := [test.says for test in claim.tests if key in test.evidence])
        }
        source = "; ".join(source_names(evidence.source, case))
        text = clause(evidence.text)
        rows.append(MatrixRow(evidence=key, source=source, text=text, cells=cells))
    names = {claim.id: _name(claim, instrument) for claim in readings}
    return Matrix(claims=tuple(names), names=names, rows=tuple(rows), language=case.language)


def _name(claim: ClaimReading, instrument: Instrument) -> Sentence:
    if claim.recorded or claim.link is None:
        return same(claim.text)
    found = link_name(claim.link, instrument)
    return {lang: capital(text) for lang, text in found.items()}


def _named(row: MatrixRow) -> str:
    return f"{row.source} [{row.evidence}]"


def _together(said: list[Says]) -> Says:
    """Say what several tests of one piece come to: two ways is ``both``."""
    favour = max((_STRENGTH.index(s) for s in said if s in _STRENGTH), default=0)
    counter = max((_AGAINST.index(s) for s in said if s in _AGAINST), default=0)
    if "both" in said or (favour and counter):
        return "both"
    return _AGAINST[counter] if counter else _STRENGTH[favour]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
