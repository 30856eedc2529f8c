"""The contribution story of one instrument: a record that reads as text."""

from __future__ import annotations

from html import escape

from evalkit.judgement.contribution.claims import ORDER, ClaimReading
from evalkit.judgement.contribution.conclusion import Conclusion
from evalkit.judgement.contribution.conditions import Condition
from evalkit.judgement.contribution.gaps import Gap
from evalkit.judgement.contribution.matrix import Matrix
from evalkit.judgement.contribution.rivals import Register
from evalkit.judgement.contribution.words import words
from evalkit.judgement.markup import folded, table, told
from evalkit.language.capital import capital
from evalkit.language.numbers import Language
from evalkit.model.contribution import VALUE
from evalkit.model.record import Record


class Part(Record):
    """One part of a story: its head and its text."""

    name: str
    title: dict[Language, str]
    text: dict[Language, str]

    def prose(self, lang: Language = "nl") -> str:
        """Print the part with its head."""
        return f"**{self.title[lang]}.** {self.text[lang]}"


class ContributionStory(Record):
    """Mayne's steps for one instrument, filled from the case.

    Attributes
    ----------
    id, name
        The instrument.
    recorded
        Whether ``contribution.yaml`` has it; else everything follows from the chain.
    question
        The attribution question; empty when the case has none.
    claims
        Claims about the instrument as a whole and about links, those of the record first; a link
        without a claim is one itself.
    rivals
        The register of rival explanations and influencing factors.
    matrix
        Evidence by claim, with what speaks against.
    conditions
        Mayne's four conditions for a credible claim, each with its state.
    gaps
        What is missing, in the order of the steps.
    conclusion
        What may be said of the contribution.
    parts
        The text, part by part.
    manual
        The text that an evaluator put around it, with places for the parts.
    place, manual_place
        File and line of the record and of that text; their path when not read from files.
    values
        What those places hold.
    """

    id: str
    name: str
    recorded: bool = False
    question: str = ""
    claims: tuple[ClaimReading, ...] = ()
    rivals: Register = Register()
    matrix: Matrix = Matrix()
    conditions: tuple[Condition, ...] = ()
    gaps: tuple[Gap, ...] = ()
    conclusion: Conclusion
    parts: tuple[Part, ...] = ()
    manual: str = ""
    place: str = ""
    manual_place: str = ""
    values: dict[str, dict[Language, str]] = {}

    @property
    def supported_links(self) -> tuple[ClaimReading, ...]:
        """The claims about links that are supported, wholly or partly, the strongest first."""
        found = [c for c in self.claims if c.link and c.status in ("supported", "partly")]
        return tuple(sorted(found, key=lambda claim: -ORDER.index(claim.status)))

    @property
    def verdict(self) -> str:
        """The conclusion in a word: ``credible``, ``qualified``, ``not shown``, ``unlikely``."""
        return self.conclusion.verdict

    @property
    def next_step(self) -> dict[Language, str]:
        """The step that would help the story most."""
        return next(dict(part.text) for part in self.parts if part.name == "next_step")

    @property
    def uncalled(self) -> tuple[Part, ...]:
        """The parts that the evaluator's text does not call up."""
        called = {found[1].replace("_", "-") for found in VALUE.finditer(self.manual)}
        return tuple(part for part in self.parts if part.name.replace("_", "-") not in called)

    def claim(self, key: str) -> ClaimReading:
        """Find a claim by its id, or by the key of its link."""
        for claim in self.claims:
            if claim.id == key:
                return claim
        raise KeyError(key)

    def prose(self, lang: Language = "nl") -> str:
        """Print the story as Markdown: the evaluator's words with the parts in their places.

        Parts that those words do not call up follow them, so that nothing goes untold.
        """
        if not self.manual:
            return "\n\n".join(part.prose(lang) for part in self.parts)
        text = VALUE.sub(lambda found: self.values[found[1].replace("_", "-")][lang], self.manual)
        return "\n\n".join([text.strip(), *(part.prose(lang) for part in self.uncalled)])

    def summary(self, lang: Language = "nl") -> str:
        """Print conclusion, conditions, open rivals and next step, for the eye."""
        lines = [f"{self.name}: {words('verdict', self.verdict.replace(' ', '-'))[lang]}"]
        for one in self.conditions:
            state = words("state", one.state.replace(" ", "-"))[lang]
            lines.append(f"- {words('condition', one.name)[lang]}: {state}. {one.prose(lang)}")
        lines += [f"- {factor.prose(lang)}" for factor in self.rivals.open if factor.recorded]
        return "\n".join([*lines, f"{words('title', 'next_step')[lang]}: {self.next_step[lang]}"])

    def __repr__(self) -> str:
        """Name it in a line; :meth:`summary` prints it."""
        return f"ContributionStory({self.id!r}, {self.verdict}, {len(self.claims)} claims)"

    def _repr_html_(self) -> str:
        lang = self.matrix.language
        head = f"{self.name}: {words('verdict', self.verdict.replace(' ', '-'))[lang]}"
        return "".join(
            [
                f"<div><p><b>{escape(head)}</b></p>",
                _paragraphs(self.conclusion.told[lang]),
                self._tables(lang),
                told(words("title", "next_step")[lang], self.next_step[lang]),
                folded(words("notebook", "matrix")[lang], self.matrix._repr_html_()),
                folded(words("notebook", "whole")[lang], self._whole(lang)),
                "</div>",
            ]
        )

    def _tables(self, lang: Language) -> str:
        """Set conditions, claims and other explanations out, each with where it stands."""
        conditions = (
            (words("condition", one.name)[lang], _state("state", one.state, lang), one.prose(lang))
            for one in self.conditions
        )
        claims = (
            (claim.text, _state("status", claim.status, lang))
            for claim in self.claims
            if claim.recorded or claim.whole
        )
        factors = (
            (factor.text, _state("factor-status", factor.status, lang))
            for factor in self.rivals.factors
            if factor.recorded
        )
        tables = (
            (("condition", "state", "why"), conditions),
            (("about", "status"), claims),
            (("factor", "status"), factors),
        )
        return "".join(
            table(
                [words("notebook", name)[lang] for name in names],
                ([capital(cell) for cell in row] for row in rows),
            )
            for names, rows in tables
        )

    def _whole(self, lang: Language) -> str:
        """Give the text part by part, the evaluator's own words before what they do not call up."""
        own = VALUE.sub(lambda found: self.values[found[1].replace("_", "-")][lang], self.manual)
        return _paragraphs(own) + "".join(
            f"<h4>{escape(part.title[lang])}</h4>{_paragraphs(part.text[lang])}"
            for part in (self.uncalled if self.manual else self.parts)
        )


def _state(section: str, name: str, lang: Language) -> str:
    return words(section, name.replace(" ", "-"))[lang]


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n") if one.strip())
