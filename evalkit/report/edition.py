"""What the parts of one report share while it is being made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any

from evalkit.errors import Problem
from evalkit.evaluation import Evaluation
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.profile import load_ladder
from evalkit.language.catalogue import label, labels
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.report.document import Drawing, Exhibit, Kind, Section
from evalkit.report.style.style import Style
from evalkit.report.text.references import Numbering, References, Target
from evalkit.report.text.repeats import with_short_repeats
from evalkit.report.text.typeset import typeset
from evalkit.report.text.values import Values


@dataclass
class Edition:
    """One report in the making: its record, its language, its numbering and its problems.

    Attributes
    ----------
    evaluation
        What is reported.
    lang
        The language of labels and numbers.
    style
        The house style.
    cited
        Keys of the sources that prose names.
    draft
        Whether its pages are stamped as a draft, and what is wrong with them is only told.
    """

    evaluation: Evaluation
    lang: Language
    style: Style
    numbering: Numbering = field(default_factory=Numbering)
    references: References = field(default_factory=References)
    sections: list[Section] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    draft: bool = False

    @property
    def case(self) -> Case:
        """The case that was evaluated."""
        return self.evaluation.case

    @cached_property
    def ladder(self) -> Ladder:
        """The ladder that the instruments were scored on."""
        return load_ladder(self.evaluation.scores.ladder)

    @cached_property
    def values(self) -> Values:
        """The values that prose prints, in the language that the prose is written in."""
        return Values(self.case.language)

    def label(self, key: str) -> str:
        """Give a word of the catalogue, in the language of the report."""
        return label(key, self.lang)

    def listed(self, names: Sequence[str]) -> str:
        """Join names as a sentence does: ``EZ, OCW en SZW``."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.label('fact.and')} {names[-1]}"

    @cached_property
    def names(self) -> Mapping[str, object]:
        """What prose may speak of, everywhere."""
        return names_in(self.case, self.evaluation.findings)

    def problem(self, file: str, line: int, message: str, hint: str = "") -> None:
        """Note something that the writer has to mend."""
        self.problems.append(Problem(file, line, message, hint))

    def target(self, id_: str, kind: str, number: str, file: str, line: int = 0) -> None:
        """Let something be referred to."""
        # Prose stays in the language of the case, whatever the language of the labels.
        words = label(f"refer.{kind}", self.case.language)
        text = words.format(number=number) if number else ""
        double = self.references.add(Target(id_, number, text, file, line))
        if double is not None:
            self.problems.append(double)

    def section(self, id_: str, title: str, file: str, line: int = 0) -> str:
        """Number a section and list it in the contents; gives its number."""
        number = self.numbering.next("section")
        self.sections.append(Section(id_, number, title))
        self.target(id_, "section", number, file, line)
        return number

    def exhibit(
        self,
        kind: Kind,
        id_: str,
        caption: str,
        drawing: Drawing,
        source: str,
        file: str,
        line: int,
    ) -> Exhibit:
        """Number a figure or table, and let it be referred to."""
        number = self.numbering.next(kind)
        source = f"{source.rstrip('.')}." if source else ""
        self.target(id_, kind, number, file, line)
        name = self.label(f"report.{kind}")
        if drawing.bare:
            words = "report.bare-one" if len(drawing.bare) == 1 else "report.bare"
            heads = [f"‘{head}’" for head in drawing.bare]
            said = self.label(words).format(names=self.listed(heads))
            drawing = replace(drawing, legend=f"{drawing.legend} {escape(said)}".strip())
        made = Exhibit(
            kind, id_, label=f"{name} {number}", caption=caption, drawing=drawing, source=source
        )
        self.exhibits.append(made)
        return made

    def framed(self, made: Exhibit) -> str:
        """Write a figure or table with its caption and source, as the style frames them."""
        module: Any = self.style.templates.get_template("components.html.j2").module
        return str(module.exhibit(made, labels("report", self.lang)))

    def finish(self, html: str) -> str:
        """Fill in the references and values of finished markup."""
        return typeset(self.values.finish(self.references.fill(html)))

    def in_order(self, texts: Sequence[str]) -> list[str]:
        """Finish the finished texts of all pages together: a note that comes again is short."""
        return with_short_repeats(texts, self.label("report.repeated"))


def names_in(case: Case, analyses: Mapping[str, object]) -> Mapping[str, object]:
    """Name the parts of a case that prose may speak of everywhere, with what its analyses found."""
    return {
        "case": case,
        "theory": case.theory,
        "instruments": case.instruments,
        "indicators": case.indicators,
        "themes": case.themes,
        "investments": case.investments,
        "responses": case.responses,
        "recommendations": case.recommendations,
        "analyses": analyses,
    }
