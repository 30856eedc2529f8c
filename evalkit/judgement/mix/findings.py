"""What there is to say about a policy mix, finding by finding, with the tables behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalkit.judgement.coverage import Coverage
from evalkit.judgement.markup import folded, table
from evalkit.judgement.mix.cost import CostRow
from evalkit.judgement.mix.finding import KINDS, Kind, MixFinding
from evalkit.judgement.mix.goalyear import GoalYear
from evalkit.judgement.mix.progress import ProgressRow
from evalkit.judgement.mix.reading import read_mix
from evalkit.judgement.mix.rules import RULES
from evalkit.judgement.mix.spend import SpendRow
from evalkit.judgement.mix.words import phrase, words
from evalkit.language.capital import capital
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.record import Record


class MixFindings(Record):
    """The findings on a policy mix.

    Attributes
    ----------
    language
        Of the case, and so of its notebook form.
    findings
        The most important first; of equal importance in the order of the rules.
    goal_years
        Each goal in each year, with its instruments.
    spend
        The budget of each instrument, by year and in all.
    progress
        Each target against what was reached, with the pace so far and the pace needed.
    costs
        Each budget against what was delivered: what was divided by what, or why it was not.
    """

    language: Language = "nl"
    findings: tuple[MixFinding, ...] = ()
    goal_years: tuple[GoalYear, ...] = ()
    spend: tuple[SpendRow, ...] = ()
    progress: tuple[ProgressRow, ...] = ()
    costs: tuple[CostRow, ...] = ()

    def __getitem__(self, key: str) -> MixFinding:
        """Find a finding by its id."""
        for finding in self.findings:
            if finding.id == key:
                return finding
        raise KeyError(key)

    def of(self, kind: Kind) -> tuple[MixFinding, ...]:
        """List the findings of one kind, the most important first."""
        return tuple(finding for finding in self.findings if finding.kind == kind)

    def prose(self, lang: Language = "nl") -> str:
        """Print the findings as Markdown, a paragraph for each kind."""
        paragraphs = []
        for kind in KINDS:
            said = " ".join(finding.prose(lang) for finding in self.of(kind))
            if said:
                paragraphs.append(f"**{_head(kind, lang)}.** {said}")
        return "\n\n".join(paragraphs)

    def summary(self, lang: Language = "nl") -> str:
        """Print a line for each finding, for the eye."""
        lines = []
        for kind in KINDS:
            found = self.of(kind)
            if found:
                lines += [_head(kind, lang), *(f"- {one.text[lang]}" for one in found)]
        return "\n".join(lines)

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give findings and tables for machines; numbers stand exact, as text."""
        tables = ("goal_years", "spend", "progress", "costs")
        rows = self.model_dump(mode="json", include=set(tables), exclude_defaults=True)
        found = [finding.as_json(lang) for finding in self.findings]
        return {"findings": found, **{name: rows.get(name, []) for name in tables}}

    def __repr__(self) -> str:
        """Name it in a line; :meth:`summary` prints it."""
        return f"MixFindings({len(self.findings)} findings)"

    def _repr_html_(self) -> str:
        """Show the weightiest findings; the others are folded away."""
        first = [one for one in self.findings if one.importance == 1]
        rest = [one for one in self.findings if one.importance > 1]
        if not first:
            return self._table(rest)
        title = phrase("notebook", "rest", n=str(len(rest)))[self.language]
        return f"<div>{self._table(first)}{folded(title, self._table(rest))}</div>"

    def _table(self, findings: Sequence[MixFinding]) -> str:
        lang = self.language
        head = [words("notebook", name)[lang] for name in ("subject", "finding", "where")]
        rows = ((_head(one.kind, lang), one.prose(lang), one.places(lang)) for one in findings)
        return table(head, rows)


def mix_findings(case: Case, coverage: Coverage | None = None) -> MixFindings:
    """Find what there is to say about the mix of a case.

    Parameters
    ----------
    case
        The case; one that remembers where its keys stand gives facts with file and line.
    coverage
        How its instruments are spread over its goals, when that is known already.

    Examples
    --------
    >>> from evalkit.io.case import load_case
    >>> mix = mix_findings(load_case("menselijk-kapitaal"))
    >>> mix["money_total"].numbers["total"].exact
    Fraction(311400000, 1)
    """
    reading = read_mix(case, coverage)
    language = {"language": case.language}
    findings = [one.model_copy(update=language) for rule in RULES for one in rule(reading)]
    return MixFindings(
        language=case.language,
        findings=tuple(sorted(findings, key=lambda one: one.importance)),
        goal_years=reading.goal_years,
        spend=reading.spend,
        progress=reading.progress,
        costs=reading.costs,
    )


def _head(kind: Kind, lang: Language) -> str:
    text = words("kind", kind)[lang]
    return capital(text)
