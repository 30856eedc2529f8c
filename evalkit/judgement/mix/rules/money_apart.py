"""Amounts of money that are not the budget of an instrument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.words import Said, enumerated, phrase, say
from evalkit.judgement.sentence import Sentence
from evalkit.language.numbers import LANGUAGES
from evalkit.model.chain import ChainNode
from evalkit.model.quantity import Quantity
from evalkit.model.stage import FIVE_STAGES, Stage

_MONEY = ("euro", "dollar")


class _Item(NamedTuple):
    loc: tuple[str, ...]
    node: ChainNode
    value: Quantity
    year: int | None
    wanted: bool


def money_apart(mix: Reading) -> Iterator[MixFinding]:
    """Name money that stands elsewhere in a chain, so that it is neither added nor lost."""
    for key, one in mix.instruments.items():
        groups: dict[str, list[_Item]] = {}
        for stage in FIVE_STAGES:
            for name, node in one.at(stage).items():
                if (stage, name) == (Stage.INPUT, "budget") or node.instrument not in (None, key):
                    continue
                inside = stage is Stage.INPUT and node.part_of == "budget"
                group = "inside" if inside else "input" if stage is Stage.INPUT else "result"
                loc = ("instruments", key, stage.value, name)
                groups.setdefault(group, []).extend(_items(loc, node))
        for group, items in groups.items():
            if items:
                yield _finding(key, group, items, mix)


def _items(loc: tuple[str, ...], node: ChainNode) -> Iterator[_Item]:
    """The amounts of one node: its total before its years."""
    values: list[tuple[Quantity, int | None, bool]] = [
        (seen.value, seen.year or node.year, wanted)
        for seen, wanted in ((node.actual, False), (node.target, True))
        if seen is not None
    ]
    if node.total is not None:
        values.append((node.total, None, False))
    else:
        values += [(quantity, year, False) for year, quantity in node.per_year.items()]
    for quantity, year, wanted in values:
        unit = quantity.unit or node.unit
        if unit in _MONEY and not quantity.pm:
            yield _Item(loc, node, quantity, year, wanted)


def _finding(key: str, group: str, items: Sequence[_Item], mix: Reading) -> MixFinding:
    single = "_one" if len(items) == 1 else ""
    text = say(
        "money", f"{group}{single}",
        name=mix.label(key), parts=enumerated([_told(item) for item in items]),
    )  # fmt: skip
    return found(
        "money_apart", "money", text,
        about=f"{key}.{group}",
        importance=2 if group == "result" else 3,
        numbers={_number(item): Amount.of(item.value, item.node.unit) for item in items},
        facts=mix.facts(*(item.loc for item in items)),
        notes=[(f"‘{item.node.text}’", item.node.note) for item in items],
    )  # fmt: skip


def _number(item: _Item) -> str:
    parts = (item.loc[-1], "target" if item.wanted else "", str(item.year or ""))
    return ".".join(part for part in parts if part)


def _told(item: _Item) -> Sentence:
    planned = "item_planned" if item.loc[2] == "input" else "item_target"
    name = planned if item.wanted else "item"
    slots: dict[str, Said] = {
        "amount": {lang: item.value.prose(lang) for lang in LANGUAGES},
        "text": item.node.text,
    }
    if item.year is not None:
        return phrase("money", f"{name}_year", year=str(item.year), **slots)
    return phrase("money", name, **slots)
