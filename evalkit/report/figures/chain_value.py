"""The number that a node shows in the figure of a chain, with what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.language.catalogue import label
from evalkit.language.estimate import decimals, plain
from evalkit.language.numbers import Language
from evalkit.model.analysis import Analysis
from evalkit.model.chain import ChainNode
from evalkit.model.finding import Finding
from evalkit.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Shown:
    """A number to print large, the unit to print small, and the words below them."""

    value: str
    unit: str
    words: str


def counted(node: ChainNode, lang: Language) -> Shown | None:
    """Give the one value of a node that says most: the total, or else what was reached."""
    quantity = node.total
    if quantity is None and node.actual is not None:
        quantity = node.actual.value
    if quantity is None and node.per_year:
        quantity = node.per_year[max(node.per_year)]
    if quantity is None:
        return None
    brief = _brief(quantity)
    sign = "%" if quantity.unit == "procent" else ""
    return Shown(f"{brief.number(lang)}{sign}", _unit(node, brief, lang), node.text)


def estimated(name: str, finding: Finding, analysis: Analysis, lang: Language) -> Shown:
    """Give the effect that an analysis found on a node, which is called `name`."""
    found = finding.percent or finding.average
    value = plain(found.estimate, decimals(found.std_error, found.estimate), lang)
    sign = "+" if found.estimate > 0 else ""
    mark = "%" if finding.percent is not None else ""
    unit = "" if finding.percent is not None else analysis.outcome.unit
    words = label("chain.effect", lang).format(name=name)
    return Shown(f"{sign}{value}{mark}", unit, words)


def _brief(quantity: Quantity) -> Quantity:
    """Write "ongeveer een kwart" as ~1/4: a box has room for a number."""
    hedge = "~" if quantity.qualifier in {"circa", "about"} else quantity.qualifier
    return quantity.model_copy(update={"words": False, "qualifier": hedge})


def _unit(node: ChainNode, quantity: Quantity, lang: Language) -> str:
    """Say what a number counts, unless it is a share or the words begin with it."""
    counts = "" if quantity.unit == "procent" else quantity.unit or node.unit
    whole = quantity.model_copy(update={"unit": counts})
    unit = whole.prose(lang).removeprefix(whole.number(lang)).strip()
    return "" if _says(node.text, unit) else unit


def _says(text: str, unit: str) -> bool:
    """Tell whether a text plainly names a unit: ``Deelnemers aan…`` and ``Unieke deelnemers``.

    A compound does so as well, as opleidingsroutes names routes; a structuur is no uur.
    """
    words = text.lower().replace(",", " ").split()
    named = words[:2] if len(words) == 2 else words[:1]
    counts = unit.lower()
    ends = [*named, *(word.rpartition("-")[2] for word in named)]
    return any(word == counts or (len(counts) > 4 and word.endswith(counts)) for word in ends)
