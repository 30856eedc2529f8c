"""Facts about the money: whether a budget is known, and whether output can be set beside it."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.fact import Fact, Words
from evalkit.judgement.known import Known
from evalkit.judgement.piece import cited_key
from evalkit.judgement.sentence import listing, same, wording
from evalkit.model.chain import ChainNode
from evalkit.model.quantity import Quantity
from evalkit.model.stage import Stage

_NO_COUNTS = ("procent", "euro", "dollar")


def budget_known(known: Known) -> Fact:
    """Tell whether a source says, in euro, what there was to spend or was spent."""
    node, budget = known.instrument.input.get("budget"), known.instrument.budget
    if node is None or budget is None or budget.pm or budget.unit != "euro":
        return Fact(False)
    return Fact(sourced(node))


def no_own_budget(known: Known) -> Fact:
    """Tell whether a source says that there is no budget; that is more than naming none."""
    said = known.instrument.no_budget
    names = dict.fromkeys(key for one in said for key in one.keys[-1:])

    def words() -> Words:
        told = [same(cited_key(name, known.case)) for name in names]
        return {"no_budget": listing(told)}

    return Fact(bool(said) and not budget_known(known).holds, words=words)


def whole_budget_known(known: Known) -> Fact:
    """Tell whether the budget is known over the whole duration, and not only as a rate."""
    budget = known.instrument.budget
    return Fact(budget_known(known).holds and budget is not None and not budget.per)


def costs_beside_output(known: Known) -> Fact:
    """Tell whether some count of the output is of the same years as the budget."""
    counts = list(_counts(known))
    node = known.instrument.input.get("budget")
    years = _years(node) if node is not None else set()
    matched = any(years & _years(count) for count in counts)

    def words() -> Words:
        return {"cost_gap": wording("costs", _gap(known, bool(counts), years))}

    return Fact(budget_known(known).holds and matched, words=words)


def _gap(known: Known, counted: bool, years: set[int]) -> str:
    """Name why the budget says nothing of what the output cost."""
    if _fell_short(known):
        return "unspent"
    if not counted:
        return "no_counts"
    if not whole_budget_known(known).holds:
        return "rate"
    done = (node for node in known.instrument.activities.values() if _is_count(node))
    return "activities" if any(years & _years(node) for node in done) else "other_years"


def _fell_short(known: Known) -> bool:
    """Whether a norm for the output was missed, so that part of the budget may be left."""
    found = any(
        one.design == "norm" and Stage.OUTPUT in one.about and one.finds in ("negative", "none")
        for one in known.evidence.values()
    )
    return found or any(_reached(node) is False for _, node in known.measured(Stage.OUTPUT))


def output_reached(known: Known) -> Fact:
    """Tell whether some output came to what was meant, so that its budget is what it cost."""
    return Fact(any(_reached(node) for _, node in known.measured(Stage.OUTPUT)))


def _reached(node: ChainNode) -> bool | None:
    """Whether an output came to its target; None when the two cannot be set side by side."""
    if node.actual is None or node.target is None or not node.comparable or not sourced(node):
        return None
    actual, target = node.actual.value, node.target.value
    if actual.amount is None or target.amount is None or actual.per != target.per:
        return None
    return actual.amount >= target.amount


def sourced(node: ChainNode) -> bool:
    """Tell whether anyone vouches for the numbers of a node."""
    return bool(node.source) or any(value.source for value in node.observations.values())


def _counts(known: Known) -> Iterator[ChainNode]:
    """The outputs that were counted; a share, a rate or an amount of money is no count."""
    for _, node in known.measured(Stage.OUTPUT):
        if _is_count(node):
            yield node


def _is_count(node: ChainNode) -> bool:
    found = [*node.per_year.values()]
    found += [node.actual.value] if node.actual is not None else []
    found += [node.total] if node.total is not None else []
    return bool(found) and sourced(node) and all(_count(one, node) for one in found)


def _count(value: Quantity, node: ChainNode) -> bool:
    return not (value.pm or value.per or (value.unit or node.unit) in _NO_COUNTS)


def _years(node: ChainNode) -> set[int]:
    """The years that results are of; a plan has no years of its own."""
    found = {year for year, value in node.per_year.items() if not value.pm}
    if node.actual is not None and not node.actual.value.pm:
        year = node.actual.year or node.year
        found |= set() if year is None else {year}
    return found
