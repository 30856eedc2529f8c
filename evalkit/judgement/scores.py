"""The scores of a case: the verdict on every instrument and on the mix."""

from __future__ import annotations

from html import escape
from typing import Any

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
    """

    case: str
    ladder: str
    edition: dict[Language, str]
    publisher: str
    title: dict[Language, str]
    instruments: tuple[Verdict, ...]
    mix: MixVerdict

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
        head = f"{self.title[lang]} ({self.publisher}; {self.edition[lang]})"
        verdicts = (verdict.summary(lang) for verdict in self.instruments)
        return "\n\n".join([head, *verdicts, self.mix.prose(lang)])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(v.name)}</td><td>{v.level} {escape(v.label['nl'])}</td>"
            f"<td>{escape(v.direction_label())}</td><td>{escape(v.next_step['nl'])}</td></tr>"
            for v in self.instruments
        )
        title = escape(f"{self.title['nl']} ({self.publisher}; {self.edition['nl']})")
        mix = escape(self.mix.prose())
        return f"<table><caption>{title}</caption>{rows}</table><p>{mix}</p>"
