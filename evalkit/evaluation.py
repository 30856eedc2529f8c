"""An evaluation: a case with everything that was derived from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from evalkit.audit.case.audit import audit_case
from evalkit.audit.finding import AuditFinding, as_html
from evalkit.errors import EvalkitError
from evalkit.io.whole import write_whole
from evalkit.judgement.compliance.compliance import Compliance
from evalkit.judgement.compliance.comply import comply
from evalkit.judgement.contribution.build import contributions
from evalkit.judgement.contribution.story import ContributionStory
from evalkit.judgement.contribution.words import words
from evalkit.judgement.coverage import Coverage, coverage
from evalkit.judgement.evaluability import Outlook, outlooks
from evalkit.judgement.evaluability.words import words as ahead
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.markup import folded, table, word
from evalkit.judgement.mix.findings import MixFindings, mix_findings
from evalkit.judgement.profile import load_ladder
from evalkit.judgement.score import score_case
from evalkit.judgement.scores import Scores
from evalkit.language.called import speaking_of
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.finding import Finding
from evalkit.model.record import Record


class Evaluation(Record):
    """The complete record of an evaluation; JSON in, JSON out.

    Attributes
    ----------
    case
        What was evaluated, with the evidence that its analyses gave.
    findings
        What each analysis gave, by its id.
    scores
        Level and direction per instrument, and of the mix.
    coverage
        Which goals the instruments serve.
    mix
        What stands out in the policy mix: goals, money, time, targets, costs.
    contributions
        The contribution story of each instrument, by its id.
    evaluability
        What an evaluation of each planned instrument could show, by its id.
    compliance
        How the report meets what each regime of the case asks.
    audit
        What does not fit in the case, errors first.

    Examples
    --------
    >>> from evalkit.io.case import load_case
    >>> ev = evaluate(load_case("menselijk-kapitaal"))
    >>> Evaluation.from_json(ev.to_json()) == ev
    True
    """

    case: Case
    findings: dict[str, Finding] = {}
    scores: Scores
    coverage: Coverage
    mix: MixFindings
    contributions: dict[str, ContributionStory] = {}
    evaluability: dict[str, Outlook] = {}
    compliance: dict[str, Compliance] = {}
    audit: tuple[AuditFinding, ...] = ()

    def __repr__(self) -> str:
        """Name it in a line; its records print themselves."""
        case = self.case
        return f"Evaluation({case.slug!r}, {len(case.instruments)} instruments)"

    def _repr_html_(self) -> str:
        lang = self.case.language
        rules = "".join(f"<p>{escape(one.prose(lang))}</p>" for one in self.compliance.values())
        goals = self.coverage._repr_html_() if self.coverage.rows else ""
        mix = self.mix._repr_html_() if self.mix.findings else ""
        parts = [
            f"<h3>{escape(self.case.title)}</h3>",
            self.scores._repr_html_(),  # the notebook forms of its parts
            folded(word("coverage", lang), goals),
            folded(word("mix", lang), mix),
            folded(word("contributions", lang), self._contributions(lang)),
            folded(ahead("head", "evaluability")[lang], self._ahead()),
            folded(word("compliance", lang), rules),
            folded(word("audit", lang), as_html(self.audit, lang)),
        ]
        return f"<div>{''.join(parts)}</div>"

    def _contributions(self, lang: Language) -> str:
        head = [word(name, lang) for name in ("instrument", "contribution", "step_claim")]
        rows = (
            (one.name, words("verdict", one.verdict.replace(" ", "-"))[lang], one.next_step[lang])
            for one in self.contributions.values()
        )
        return table(head, rows)

    def _ahead(self) -> str:
        return "".join(one._repr_html_() for one in self.evaluability.values())

    def to_json(self, path: str | Path | None = None) -> str:
        """Write the evaluation as JSON, to a file as well when `path` is given.

        Raises
        ------
        EvalkitError
            The file cannot be written; what stood there stands there still.
        """
        text = super().to_json()
        if path is not None:
            try:
                write_whole({Path(path): f"{text}\n"})
            except OSError as error:
                raise EvalkitError(
                    f"'{path}' cannot be written: {error.strerror}",
                    hint="choose another file, or mend its permissions",
                ) from None
        return text

    @classmethod
    def from_json(cls, source: str | Path) -> Self:
        """Read an evaluation back, from a file or from JSON text.

        Raises
        ------
        EvalkitError
            There is no such file, or it holds no evaluation.
        """
        is_text = isinstance(source, str) and source.lstrip().startswith("{")
        try:
            text = str(source) if is_text else Path(source).read_text(encoding="utf-8")
            return cls.model_validate_json(text)
        except (OSError, UnicodeDecodeError) as error:
            raise EvalkitError(f"{source} cannot be read: {error}") from None
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "the beginning"
            raise EvalkitError(
                f"this is no evaluation: at {where}, {first['msg']}",
                hint="give what `to_json` wrote, unchanged",
            ) from None


def evaluate(
    case: Case,
    *,
    ladder: str | None = None,
    findings: Mapping[str, Finding] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Derive everything that evalkit knows how to derive from a case.

    Its analyses are carried out first: what they find is evidence, which the ladder then weighs,
    and the ``case`` of the result holds it. :func:`evalkit.score_case` is the small sister: levels
    and directions only, from the files alone, at once, and on any ladder.

    Parameters
    ----------
    case
        A case without flaws, as :func:`~evalkit.io.case.load_case` gives it.
    ladder
        The name of a shipped ladder to score on; by default the one that the case names.
    findings
        What the analyses gave before, to score again without estimating again.
    progress
        Is told of each step.

    Raises
    ------
    CaseError
        An analysis fails; it lists all that do.
    EvalkitError
        There is no such ladder.
    """
    profile = load_ladder(ladder if ladder is not None else case.ladder)
    found = _findings(case, progress) if findings is None else dict(findings)
    for key, finding in found.items():
        if finding.instrument is not None and finding.evidence is not None:
            case = case.with_evidence(finding.instrument, key, finding.evidence)
    with speaking_of(case.called):
        return _derived(case, profile, found)


def _derived(case: Case, profile: Ladder, found: dict[str, Finding]) -> Evaluation:
    scores = score_case(case, profile)
    return Evaluation(
        case=case.without_folder(),
        findings=found,
        scores=scores,
        coverage=coverage(case),
        mix=mix_findings(case),
        contributions=contributions(case, scores),
        evaluability=_outlooks(case, profile),
        compliance=comply(case, scores),
        audit=audit_case(case, scores),
    )


def _findings(case: Case, progress: Callable[[str], None]) -> dict[str, Finding]:
    """Carry out the analyses; a case without any does not wait for the estimators to load."""
    if not case.analyses:
        return {}
    from evalkit.analysis import run_analyses

    return run_analyses(case, progress)


def _outlooks(case: Case, ladder: Ladder) -> dict[str, Outlook]:
    """Look ahead; a case without units to compute with does not wait for the diagnostics."""
    plans = (one.evaluability for one in case.instruments.values())
    if not any(plan is not None and plan.sampling is not None for plan in plans):
        return outlooks(case, ladder)
    from evalkit.analysis.evaluability import detectable_effects

    return outlooks(case, ladder, detectable_effects(case))
