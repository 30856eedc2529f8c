"""The sheets of a workbook: what a row stands for, and where in the case it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from evalkit.model.aside import Aside
from evalkit.model.budget import BudgetLine
from evalkit.model.chain import ChainNode, Link
from evalkit.model.datatable import DataTable
from evalkit.model.evaluability import Evaluability
from evalkit.model.evidence import Evidence
from evalkit.model.goal import Goal, Service
from evalkit.model.instrument import Instrument
from evalkit.model.investment import Investment
from evalkit.model.milestone import Milestone
from evalkit.model.recommendation import Recommendation
from evalkit.model.record import Loc
from evalkit.model.response import Action, Response
from evalkit.model.source import Source
from evalkit.model.stage import Stage
from evalkit.model.theme import Commitment, Theme
from evalkit.model.theory import ExternalFactor

ANY, STAGE, NUMBER = "*", "<stage>", "#"
THEORY, CASE = "(theory)", "(case)"  # what a node belongs to when it is not an instrument
STAGES = tuple(stage.value for stage in Stage)


@dataclass(frozen=True, slots=True)
class Home:
    """A place in a case that rows of a sheet stand for.

    Attributes
    ----------
    pattern
        Its keys; `ANY` is any id, `STAGE` a stage, `NUMBER` a place in a list.
    slots
        For each id or stage of the pattern the head that holds it.
    fixed
        What other heads say.
    """

    pattern: tuple[str, ...]
    slots: tuple[int, ...]
    fixed: dict[int, str] = field(default_factory=dict)

    def heads(self, loc: Loc, size: int) -> tuple[str, ...]:
        """Give the first cells of the row for a place."""
        found = [self.fixed.get(at, "") for at in range(size)]
        keys = [str(key) for key, sign in zip(loc, self.pattern, strict=True) if _free(sign)]
        for slot, key in zip(self.slots, keys, strict=True):
            found[slot] = key
        return tuple(found)

    def loc(self, heads: tuple[str, ...]) -> Loc | None:
        """Give the place that the first cells of a row name; None when they name another sort."""
        if any(heads[at] != word for at, word in self.fixed.items()):
            return None
        if any(heads[at] in (THEORY, CASE) for at in self.slots):
            return None
        filled = {at for at, head in enumerate(heads) if head}
        if filled != {*self.slots, *(at for at, word in self.fixed.items() if word)}:
            return None
        keys = iter(heads[slot] for slot in self.slots)
        found = tuple(next(keys) if _free(sign) else sign for sign in self.pattern)
        stages = [key for key, sign in zip(found, self.pattern, strict=True) if sign == STAGE]
        return found if all(stage in STAGES for stage in stages) else None

    def places(self, data: Any, loc: Loc = ()) -> Iterator[Loc]:
        """Find the places in a case that are of this sort."""
        if len(loc) == len(self.pattern):
            yield loc
            return
        sign = self.pattern[len(loc)]
        if sign == NUMBER:
            for at, part in enumerate(data if isinstance(data, list) else ()):
                yield from self.places(part, (*loc, at))
        elif isinstance(data, dict):
            wanted = data if sign == ANY else STAGES if sign == STAGE else (sign,)
            for key in wanted:
                if key in data:
                    yield from self.places(data[key], (*loc, key))

    def matches(self, loc: Loc) -> bool:
        """Whether a place is of this sort."""
        return len(loc) == len(self.pattern) and all(
            sign in (ANY, NUMBER) or key == sign or (sign == STAGE and key in STAGES)
            for key, sign in zip(loc, self.pattern, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet.

    Attributes
    ----------
    nl, en
        Its name in either language.
    heads
        The first columns, which say what a row is about.
    homes
        What its rows stand for.
    record
        What stands there; None for a text.
    about
        What the sheet holds.
    """

    nl: str
    en: str
    heads: tuple[str, ...]
    homes: tuple[Home, ...]
    record: type[BaseModel] | None
    about: str

    def name(self, language: str) -> str:
        """Give its name in a language."""
        return self.en if language == "en" else self.nl


def _free(sign: str) -> bool:
    return sign in (ANY, STAGE)


def _each(*pattern: str) -> tuple[Home, ...]:
    free = [sign for sign in pattern if _free(sign)]
    return (Home(pattern, tuple(range(len(free)))),)


_NODES = (
    Home(("instruments", ANY, STAGE, ANY), (0, 1, 2)),
    Home(("theory", STAGE, ANY), (1, 2), {0: THEORY}),
    Home(("indicators", ANY), (2,), {0: CASE, 1: ""}),
)
_LINES = tuple(Home((*one.pattern, "lines", NUMBER), one.slots, one.fixed) for one in _NODES)

PLANS: tuple[Plan, ...] = (
    Plan("instrumenten", "instruments", ("id",), _each("instruments", ANY), Instrument,
         "The instruments of the case."),
    Plan("doelen", "goals", ("id",), _each("theory", "goals", ANY), Goal,
         "What instruments can serve."),
    Plan("doelbijdragen", "services", ("instrument", "goal"),
         _each("instruments", ANY, "goals", ANY), Service,
         "Which instrument serves which goal."),
    Plan("knopen", "nodes", ("of", "stage", "id"), _NODES, ChainNode,
         "What goes in, is done and is reached, with its numbers; a column for each year. "
         f"`of` is an instrument, {THEORY} or {CASE}; a node of {CASE} has no stage."),
    Plan("budgetregels", "budget lines", ("of", "stage", "node"), _LINES, BudgetLine,
         "Who pays what part of a node."),
    Plan("relaties", "links", ("of", "link"),
         (Home(("instruments", ANY, "links", ANY), (0, 1)),
          Home(("theory", "links", ANY), (1,), {0: THEORY})), Link,
         "Why one node should lead to another, written `from -> to`."),
    Plan("bewijs", "evidence", ("instrument", "id"), _each("instruments", ANY, "evidence", ANY),
         Evidence, "What was studied, how, by whom, and what it found."),
    Plan("evaluatieplan", "evaluability", ("instrument",),
         _each("instruments", ANY, "evaluability"), Evaluability,
         "How an instrument is to be evaluated."),
    Plan("mijlpalen", "milestones", ("instrument", "response", "action", "id"),
         (Home(("instruments", ANY, "milestones", ANY), (0, 3)),
          Home(("responses", ANY, "actions", ANY, "milestones", ANY), (1, 2, 3))), Milestone,
         "What was promised for when: of an instrument, or of an action in a response."),
    Plan("factoren", "external factors", ("id",), _each("theory", "external", ANY),
         ExternalFactor, "What moves the outcomes from outside the policy."),
    Plan("themas", "themes", ("id",), _each("themes", ANY), Theme, "The parts of an agenda."),
    Plan("toezeggingen", "commitments", ("theme", "id"), _each("themes", ANY, "commitments", ANY),
         Commitment, "What was agreed in a theme."),
    Plan("investeringen", "investments", ("id",), _each("investments", "lines", ANY), Investment,
         "The lines of an investment agenda; a column `amounts.<id>` for each of its columns."),
    Plan("reacties", "responses", ("id",), _each("responses", ANY), Response,
         "Recommendations of others with the answer to each."),
    Plan("acties", "actions", ("response", "id"), _each("responses", ANY, "actions", ANY), Action,
         "What is promised or done in answer to a recommendation."),
    Plan("aanbevelingen", "recommendations", ("id",), _each("recommendations", ANY),
         Recommendation, "The recommendations of the report."),
    Plan("terzijdes", "asides", ("id",), _each("asides", ANY), Aside,
         "What the document says of instruments that are not evaluated here."),
    Plan("tabellen", "tables", ("id",), _each("tables", ANY), DataTable,
         "Tables for the text, each from a CSV file of the case."),
    Plan("afkortingen", "abbreviations", ("abbreviation",), _each("abbreviations", ANY), None,
         "Abbreviations with their meaning."),
    Plan("bronnen", "sources", ("key",), _each("sources", ANY), Source,
         "The sources; a key is what `source` elsewhere refers to."),
)  # fmt: skip
CASE_SHEET = {"nl": "dossier", "en": "case"}
OTHER_SHEET = {"nl": "overig", "en": "other"}
LANGUAGE_SHEET = {"nl": "vertalingen", "en": "translations"}
GUIDE_SHEET = {"nl": "uitleg", "en": "guide"}
WORDS_SHEET = {"nl": "keuzewoorden", "en": "words"}
