"""What compliance.yaml says of the report that is not so: places and words that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evalkit.language.suggest import did_you_mean
from evalkit.model.compliance import Statement
from evalkit.model.label import passages_in
from evalkit.model.record import Flaw, Loc

if TYPE_CHECKING:
    from evalkit.model.case import Case

_NO_LABEL = "give the heading, figure or table this label: {#…}"
_NOT_THERE = "copy them from the text, with … for a value or reference, and without footnotes"
_TABLE = "compliance"
_EMPTY = "\N{REPLACEMENT CHARACTER}"  # stands for what is only known in the report
_GONE = re.compile(r"\[\^[^\]]*\]|\s*\[[^\]]*@[^\]]*\]")  # footnotes and citations
_FILLED = re.compile(r"\{\{.*?\}\}|(?<![\w.])@[\w-]+", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")
_PLAIN = str.maketrans("‘’“”\N{NO-BREAK SPACE}", "''\"\" ")


def claim_flaws(case: Case) -> Iterator[Flaw]:
    """Find places that are not there, and words that do not stand in their places."""
    if not case.compliance:
        return
    known = [label.id for label in case.labels if label.id]
    tables = {label.id for label in case.labels if label.holds.split()[:1] == [_TABLE]}
    passages = _passages(case)
    for regime, statements in case.compliance.items():
        for key, statement in statements.items():
            loc = ("compliance", regime, key)
            unknown = list(_place_flaws(statement, known, tables))
            found = unknown or _word_flaws(statement, passages)
            yield from (flaw.under(*loc) for flaw in found)
        yield from (flaw.under("compliance", regime) for flaw in _twice(statements))


def _place_flaws(statement: Statement, known: list[str], tables: set[str]) -> Iterator[Flaw]:
    for index, name in enumerate(statement.at):
        label = name.removeprefix("@")
        if label not in known:
            hint = did_you_mean(label, known, _NO_LABEL)
            yield Flaw(("at", index), f"no heading, figure or table '{name}'", hint, name)
        elif label in tables:
            what = f"'{name}' is the place of this very table"
            yield Flaw(("at", index), what, "name the place that meets the requirement", name)


def _word_flaws(statement: Statement, passages: Mapping[str, str]) -> Iterator[Flaw]:
    """Find words that stand in none of the places, and places that hold none of the words."""
    if not statement.says or not statement.at:
        return
    places = [passages.get(name.removeprefix("@"), "") for name in statement.at]
    for index, words in enumerate(statement.says):
        if not any(_stands(words, place) for place in places):
            what = f"these words do not stand in {' or '.join(statement.at)}: '{words}'"
            yield Flaw(("says", index), what, _NOT_THERE, statement.at[0])
    for index, (name, place) in enumerate(zip(statement.at, places, strict=True)):
        if not any(_stands(words, place) for words in statement.says):
            what = f"none of the words under `says` stands in '{name}'"
            yield Flaw(("at", index), what, "quote words from it too, or leave it out", name)


def _twice(statements: Mapping[str, Statement]) -> Iterator[Flaw]:
    """Find words that are to meet two requirements of one regime."""
    seen: dict[str, str] = {}
    for key, statement in statements.items():
        where = [((key, "says", i), words) for i, words in enumerate(statement.says)]
        said: list[tuple[Loc, str]] = [*where]
        if statement.because:
            said.append(((key, "because"), statement.because))
        for loc, words in said:
            plain = bare(words)
            if seen.setdefault(plain, key) != key:
                what = f"'{seen[plain]}' rests on the same words"
                yield Flaw(loc, what, "give words that are about this requirement")


def _passages(case: Case) -> dict[str, str]:
    """Give the words under every label of the report, without marks."""
    texts = [*case.chapters.values(), *(one.prose for one in case.instruments.values())]
    found = {key: bare(text) for one in texts for key, text in passages_in(one)}
    sections = {f"sec-{key}": bare(one.prose) for key, one in case.instruments.items()}
    return {**sections, **found}


def _stands(words: str, place: str) -> bool:
    """Look for whole words; ``…`` among them stands for what the report fills in."""
    sought = re.escape(bare(words)).replace("…", f"[…{_EMPTY}]")
    return re.search(rf"(?<!\w){sought}(?!\w)", place) is not None


def bare(text: str) -> str:
    """Take the marks out of Markdown, and leave a sign where the report fills something in.

    Examples
    --------
    >>> bare("Het *doel* is  helder [@seo2025, § 1].[^noot]")
    'Het doel is helder.'
    """
    text = _EMPHASIS.sub("", _FILLED.sub(_EMPTY, _LINK.sub(r"\1", _GONE.sub("", text))))
    return " ".join(text.translate(_PLAIN).split())
