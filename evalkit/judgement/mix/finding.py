"""One finding on the mix: a sentence, its numbers and the facts behind it."""

from __future__ import annotations

from html import escape
from typing import Any, Literal, get_args

from evalkit.judgement.markup import folded
from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.sentence import listing, same
from evalkit.language.capital import capital
from evalkit.language.numbers import Language
from evalkit.model.record import Record

Kind = Literal["coverage", "time", "overlap", "money", "cost", "progress", "reach"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Importance = Literal[1, 2, 3]
_PLACES = 3  # in a row of a table; the finding itself lists all


class Fact(Record):
    """Something that the case records, with the place where it stands.

    Attributes
    ----------
    key
        Its path in the case: ``instruments.mkb-idee.input.budget``.
    place
        File and line when the case was read from files; else the same path.
    """

    key: str
    place: str


class Note(Record):
    """A remark that the case makes, in its own words and language.

    Attributes
    ----------
    about
        What it is about: an instrument, or the text of an amount between quotation marks.
    text
        The remark.
    """

    about: str
    text: str


class MixFinding(Record):
    """One finding on the mix.

    Attributes
    ----------
    id
        The rule, and what it is about when a rule finds more than one thing.
    rule
        The rule that found it, after its file in ``mix/rules``.
    kind
        What it is about.
    importance
        1 for what a reader should see first, 3 for what only explains another finding.
    text
        The sentence or sentences.
    numbers
        The numbers in it, exact, by name.
    facts
        What in the case it rests on.
    notes
        Remarks that the case makes with these facts, in the language of the case.
    language
        Of the case, and so of its notebook form.
    """

    id: str
    rule: str
    kind: Kind
    importance: Importance = 2
    text: dict[Language, str]
    numbers: dict[str, Amount] = {}
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    language: Language = "nl"

    def __repr__(self) -> str:
        """Name it in a line; :meth:`prose` prints it."""
        return f"MixFinding({self.id!r})"

    def places(self, lang: Language = "nl") -> str:
        """Name the places that it rests on; of many the first three, and how many more."""
        return listing([same(one) for one in self._places], _PLACES)[lang]

    @property
    def _places(self) -> list[str]:
        return list(dict.fromkeys(fact.place for fact in self.facts))

    def _repr_html_(self) -> str:
        from evalkit.judgement.mix.words import words

        lang = self.language
        kind = words("kind", self.kind)[lang]
        folder = folded(words("notebook", "where")[lang], _items(self._places))
        text = f"<p><b>{escape(capital(kind))}</b></p><p>{escape(self.prose(lang))}"
        return f"<div>{text}</p>{folder}</div>"

    def prose(self, lang: Language = "nl") -> str:
        """Print the sentence, with the remarks that the case makes."""
        from evalkit.judgement.mix.words import phrase

        if not self.notes:
            return self.text[lang]
        name = "one" if len(self.notes) == 1 else "each"
        told = (phrase("notes", name, about=one.about, text=one.text) for one in self.notes)
        return " ".join([self.text[lang], *(one[lang] for one in told)])

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it for machines; a number is text, so that a fraction stays exact."""
        return {
            "id": self.id,
            "rule": self.rule,
            "kind": self.kind,
            "importance": self.importance,
            "text": self.text[lang],
            "numbers": {
                name: amount.model_dump(exclude_defaults=True)
                for name, amount in self.numbers.items()
            },
            "facts": [fact.model_dump() for fact in self.facts],
            "notes": [note.text for note in self.notes],
        }


def _items(texts: list[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
