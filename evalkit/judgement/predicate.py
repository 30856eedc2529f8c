"""Predicates: the conditions of a ladder's rules, as an evaluator can read them."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from evalkit.language.suggest import did_you_mean
from evalkit.model.evidence import Criterion, Design, Direction, Execution, Threat
from evalkit.model.record import Id, Record, as_tuple
from evalkit.model.source import Independence
from evalkit.model.stage import Stage

Author = Independence | Literal["unknown"]


class Description(Record):
    """What a piece of evidence must look like: every key that is filled in must fit.

    Attributes
    ----------
    kind, except_for
        Kinds of the same ladder that it must be one of, and must not be one of.
    design, about, author, finds, execution, criterion
        One of these; the author is ``unknown`` when the case does not tell where it stands.
    handled, unhandled, untested
        Threats that are recorded as handled (all of them), as not handled, or not at all (any).
    stale
        Whether it is older than the ladder's shelf life.
    ahead
        Whether it is of before the instrument began.
    undated
        Whether no year is known of it.
    adrift
        Whether it may be of before the instrument began, since that moment is not known.
    quoted
        Whether a source of it that can be opened was read only as another work quotes it.
    """

    kind: Annotated[tuple[Id, ...], BeforeValidator(as_tuple)] = ()
    except_for: Annotated[tuple[Id, ...], BeforeValidator(as_tuple)] = ()
    design: Annotated[tuple[Design, ...], BeforeValidator(as_tuple)] = ()
    about: Annotated[tuple[Stage, ...], BeforeValidator(as_tuple)] = ()
    author: Annotated[tuple[Author, ...], BeforeValidator(as_tuple)] = ()
    finds: Annotated[tuple[Direction, ...], BeforeValidator(as_tuple)] = ()
    execution: Annotated[tuple[Execution, ...], BeforeValidator(as_tuple)] = ()
    criterion: Annotated[tuple[Criterion, ...], BeforeValidator(as_tuple)] = ()
    handled: Annotated[tuple[Threat, ...], BeforeValidator(as_tuple)] = ()
    unhandled: Annotated[tuple[Threat, ...], BeforeValidator(as_tuple)] = ()
    untested: Annotated[tuple[Threat, ...], BeforeValidator(as_tuple)] = ()
    before: bool | None = None
    after: bool | None = None
    compared: bool | None = None
    self_report: bool | None = None
    stale: bool | None = None
    ahead: bool | None = None
    undated: bool | None = None
    adrift: bool | None = None
    quoted: bool | None = None

    @cached_property
    def asked(self) -> tuple[tuple[str, bool | frozenset[str]], ...]:
        """What is asked of a piece of evidence by itself, without what was left open."""
        several = ("design", "about", "author", "finds", "execution", "criterion")
        exactly = (
            "before", "after", "self_report", "stale", "ahead", "undated", "adrift", "quoted",
        )  # fmt: skip
        found: list[tuple[str, bool | frozenset[str]]] = [
            (name, frozenset(value)) for name in several if (value := getattr(self, name))
        ]
        found += [(n, value) for n in exactly if (value := getattr(self, n)) is not None]
        if self.compared is not None:
            found.append(("comparison", self.compared))
        return tuple(found)


class FactIs(Record):
    """A fact of the instrument holds: ``{fact: described}``."""

    fact: str


class Found(Record):
    """There is evidence of a kind: ``{evidence: causal, at_least: 2, distinct: source}``.

    Attributes
    ----------
    distinct
        Count sources, or voices: then everything an executor says counts once.
    agree
        Whether only pieces with one and the same finding count together. Whether others find
        something else is asked by :class:`Disagree`.
    """

    evidence: Id
    at_least: Annotated[int, Field(ge=1)] = 1
    distinct: Literal["source", "voice"] | None = None
    agree: bool = False


class Only(Record):
    """All evidence of one kind is of another too: ``{only: own-word, among: causal}``.

    Without any evidence of the first kind it does not hold.
    """

    only: Id
    among: Id


class Disagree(Record):
    """Evidence of a kind contradicts itself: ``{disagree: sound}``.

    Some of it finds the intended effect, and some of it none, harm or a mixture.

    Attributes
    ----------
    against
        A kind that goes before it. Then the condition holds when that kind finds one thing, and
        some of the other evidence another: ``{disagree: weaker, against: sound}``.
    """

    disagree: Id
    against: Id | None = None


class TermHolds(Record):
    """A condition that has a name in the ladder holds: ``{term: own-word-only}``."""

    term: Id


class All(Record):
    """Every condition holds."""

    all: tuple[Predicate, ...]


class AnyOf(Record):
    """At least one condition holds."""

    any: tuple[Predicate, ...]


class Not(Record):
    """A condition does not hold."""

    negated: Annotated[Predicate, Field(alias="not")]

    model_config = {"populate_by_name": True}


_HEADS: dict[str, type[Record]] = {
    "fact": FactIs, "evidence": Found, "only": Only, "term": TermHolds,
    "disagree": Disagree,
    "all": All, "any": AnyOf, "not": Not,
}  # fmt: skip


def _head(value: Any) -> str | None:
    """Tell which predicate it is, by the one key that says so."""
    if isinstance(value, Record):
        return next(head for head, kind in _HEADS.items() if isinstance(value, kind))
    return next((head for head in _HEADS if head in value), None)


def _known(value: Any) -> Any:
    if isinstance(value, Record):
        return value
    if not isinstance(value, dict) or not value:
        raise ValueError("a condition is a mapping such as {fact: described}")
    if _head(value) is None:
        word = str(next(iter(value)))
        raise ValueError(f"unknown predicate '{word}'; {did_you_mean(word, _HEADS)}")
    return value


Predicate = Annotated[
    Annotated[FactIs, Tag("fact")]
    | Annotated[Found, Tag("evidence")]
    | Annotated[Only, Tag("only")]
    | Annotated[Disagree, Tag("disagree")]
    | Annotated[TermHolds, Tag("term")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_head),
    BeforeValidator(_known),
]

for _model in (All, AnyOf, Not):
    _model.model_rebuild()
