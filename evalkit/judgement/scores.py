"""The scores of a case: the verdict on every instrument and on the mix."""

from __future__ import annotations

from html import escape
from typing import Any

from evalkit.judgement.markup import table, word
from evalkit.judgement.mix import MixVerdict
from evalkit.judgement.verdict import Verdict
from evalkit.language.numbers import Language
from evalkit.model.record import Record


class Scores(Record):
    """Every verdict of a case, with the ladder and edition that they were reached by.

    Attributes
    ----------
    case
        The slug of the case.
    ladder, edition, publisher, title
        The profile; printed beside every level, since published ladders disagree.
    instruments
        In the order of the case.
    mix
        How the instruments and their money are spread over the rungs.
    language
        The language of the case, in which a notebook shows it.
    """

    case: str
    ladder: str
    edition: dict[Language, str]
    publisher: str
    title: dict[Language, str]
    instruments: tuple[Verdict, ...]
    mix: MixVerdict
    language: Language = "nl"

    def __getitem__(self, key: str) -> Verdict:
        """Find the verdict on an instrument by its id."""
        for verdict in self.instruments:
            if verdict.id == key:
                return verdict
        raise KeyError(key)

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give the scores as ``score --json`` prints them."""
        return {
            "case": self.case,
            "ladder": {
                "name": self.ladder,
                "edition": self.edition[lang],
                "title": self.title[lang],
                "publisher": self.publisher,
            },
            "instruments": [verdict.as_json(lang) for verdict in self.instruments],
            "mix": self.mix.as_json(lang),
        }

    def summary(self, lang: Language = "nl") -> str:
        """Print every verdict and the mix, for the eye."""
        verdicts = (verdict.summary(lang) for verdict in self.instruments)
        return "\n\n".join([self._title(lang), *verdicts, self.mix.prose(lang)])

    def _title(self, lang: Language) -> str:
        return f"{self.title[lang]} ({self.publisher}; {self.edition[lang]})"

    def __repr__(self) -> str:
        """Name it in a line; :meth:`summary` prints it."""
        return f"Scores({self.case!r}, {len(self.instruments)} instruments on {self.ladder})"

    def _repr_html_(self) -> str:
        lang = self.language
        head = [word(name, lang) for name in ("instrument", "rung", "direction", "step")]
        rows = (
            (v.name, f"{v.level} {v.label[lang]}", v.direction_label(lang), v.next_step[lang])
            for v in self.instruments
        )
        listed = table(head, rows, caption=self._title(lang))
        return f"<div>{listed}<p>{escape(self.mix.prose(lang))}</p></div>"
