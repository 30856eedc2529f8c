"""Compliance: how a report meets what one regime asks, requirement by requirement."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

from evalkit.judgement.compliance.answer import STATES, Answer, State
from evalkit.judgement.compliance.bases import bases, quoted
from evalkit.judgement.compliance.words import together, word
from evalkit.judgement.sentence import Sentence, count, listing
from evalkit.language.catalogue import label
from evalkit.language.numbers import Language
from evalkit.model.record import Id, Record

_NAMED = 4  # so many that lack are named above the table; more of them the table tells better


class Compliance(Record):
    """How a report meets what one regime asks: comply or explain.

    Attributes
    ----------
    regime, title, caption, publisher, edition, published, note
        The regime, and what of it was read.
    language
        Of the case, and so of its explanations.
    answers
        One for each requirement, in the order of the regime.

    Examples
    --------
    >>> from evalkit.io.case import load_case
    >>> from evalkit.judgement.compliance.comply import comply
    >>> from evalkit.judgement.score import score_case
    >>> case = load_case("menselijk-kapitaal")
    >>> comply(case, score_case(case))["rpe-2022"]["recommendations"].state
    'present'
    """

    regime: Id
    title: dict[Language, str]
    caption: dict[Language, str]
    publisher: dict[Language, str]
    edition: dict[Language, str]
    published: dict[Language, str]
    note: dict[Language, str]
    language: Language = "nl"
    answers: tuple[Answer, ...]

    def __getitem__(self, key: str) -> Answer:
        """Find the answer to a requirement by its id."""
        for answer in self.answers:
            if answer.id == key:
                return answer
        raise KeyError(key)

    @property
    def counts(self) -> dict[State, int]:
        """The number of requirements by state."""
        found = Counter(answer.state for answer in self.answers)
        return {state: found[state] for state in STATES}

    def prose(self, lang: Language = "nl") -> str:
        """Tell in a few sentences how the report stands, with the name of the regime."""
        return word("summary", "titled", title=self.title, told=self._told())[lang]

    def told(self, lang: Language = "nl") -> str:
        """Tell in a few sentences how the report stands, to read under the name of the regime."""
        return self._told()[lang]

    def based_on(self, lang: Language = "nl") -> str:
        """Tell what the requirements were compared with, and what to keep in mind."""
        return together(bases(self.answers), self.note)[lang]

    def summary(self, lang: Language = "nl") -> str:
        """Print the whole table, for the eye."""
        head = f"{self.title[lang]} ({self.publisher[lang]}; {self.published[lang]})"
        answers = (f"- {answer.prose(lang)}" for answer in self.answers)
        return "\n".join([head, self.told(lang), *answers, self.based_on(lang)])

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it as ``audit --json`` does."""
        return {
            "title": self.title[lang],
            "publisher": self.publisher[lang],
            "edition": self.edition[lang],
            "published": self.published[lang],
            "note": self.note[lang],
            "counts": dict(self.counts),
            "text": self.prose(lang),
            "requirements": [answer.as_json(lang) for answer in self.answers],
        }

    def _repr_html_(self) -> str:
        lang = self.language
        names = ("requirement", "state", "where", "told")
        heads = "".join(f"<th>{escape(label(f'compliance.{name}', lang))}</th>" for name in names)
        rows = "".join(
            f"<tr><td>{escape(a.text[lang])}</td><td>{escape(a.state_label(lang))}</td>"
            f"<td>{escape(a.where())}</td><td>{escape(a.told(lang))}</td></tr>"
            for a in self.answers
        )
        head = escape(f"{self.title[lang]} ({self.published[lang]})")
        told = escape(f"{self.told(lang)} {self.based_on(lang)}")
        return f"<table><caption>{head}</caption><tr>{heads}</tr>{rows}</table><p>{told}</p>"

    def _told(self) -> Sentence:
        found = {state: n for state, n in self.counts.items() if n}
        parts = [self._part(state, n) for state, n in found.items()]
        whole = parts[0]
        if len(found) > 1:
            total = count(len(self.answers))
            whole = word("summary", "whole", total=total, parts=listing(parts))
        trusted = [answer for answer in self.answers if answer.by_writer]
        name = "writer_one" if len(trusted) == 1 else "writer_many"
        writer = word("summary", name, names=quoted(trusted)) if trusted else None
        return together(whole, writer)

    def _part(self, state: State, n: int) -> Sentence:
        named = [answer for answer in self.answers if answer.state == state]
        return word("summary", f"{state}_{self._size(state, n)}", n=count(n), names=quoted(named))

    def _size(self, state: State, n: int) -> str:
        """Tell one from many, and all of them from the only one."""
        if n == len(self.answers):
            return "sole" if n == 1 else "all"
        if n == 1:
            return "one"
        return "some" if state == "missing" and n <= _NAMED else "many"
