"""The targets of a case, each set against what was reached."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.progress import Point, ProgressRow, State, Way
from evalkit.language.numbers import LANGUAGES
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.indicator import Indicator, Observation
from evalkit.model.quantity import Quantity
from evalkit.model.stage import Stage

Place = tuple[tuple[str, ...], str, ChainNode]
_AT_LEAST = (">", "≥", "over", "min", "+")
_AT_MOST = ("<", "≤", "under", "max")
_RESULTS = tuple(stage for stage in Stage if stage is not Stage.INPUT)


def progress_rows(case: Case) -> tuple[ProgressRow, ...]:
    """Set every target of a result against what was reached; inputs are means, not results."""
    last = case.period.last_year
    rows = []
    for loc, key, node in results(case):
        if node.target is not None:
            name = case.instruments[key].label if key else ""
            rows.append(_row(loc, key, name, node, last))
    return tuple(rows)


def results(case: Case) -> Iterator[Place]:
    """Visit what is measured beyond the input: per instrument, of the theory, of the problem."""
    for key, instrument in case.instruments.items():
        for stage in _RESULTS:
            for name, node in instrument.at(stage).items():
                yield ("instruments", key, stage.value, name), key, node
    for stage in _RESULTS:
        for name, node in case.theory.at(stage).items():
            yield ("theory", stage.value, name), "", node
    for name, node in case.indicators.items():
        yield ("indicators", name), "", node


def _row(
    loc: tuple[str, ...], key: str, name: str, node: ChainNode, last: int | None
) -> ProgressRow:
    if node.target is None:
        raise ValueError(f"{'.'.join(loc)} has no target")
    row = ProgressRow(
        loc=loc, instrument=key, name=name, text=node.text, note=node.note,
        target=_threshold(node.target, node),
        actual=_actual(node, last), baseline=_baseline(node, last), beyond=_beyond(node, last),
    )  # fmt: skip
    if row.actual is not None and not node.comparable:
        return _in(row, "apart")
    return _compared(row, node.target.value)


def _compared(row: ProgressRow, written: Quantity) -> ProgressRow:
    """Compare as far as the points allow, and say why when they do not."""
    target, actual = row.target, row.actual
    if actual is None:
        return _expected(row) if row.beyond else _in(row, "no actual")
    if target.amount is None or actual.amount is None:
        return _in(row, "pm")
    if target.amount.measure != actual.amount.measure:
        return _in(row, "unlike")
    if target.year is not None and actual.year is None:
        return _in(row, "no year")
    base = row.baseline
    if base is not None and (base.amount is None or base.amount.measure != target.amount.measure):
        base = None
    row = row.model_copy(update={"baseline": base, "way": _way(base, target.amount, written)})
    return _judged(_measured(row, target.amount, actual.amount))


def _expected(row: ProgressRow) -> ProgressRow:
    """Say on which side of the target lies what is expected after the period."""
    target, ahead = row.target.amount, row.beyond.amount if row.beyond else None
    alike = target is not None and ahead is not None and target.measure == ahead.measure
    side = _side(ahead, target) if alike and ahead and target else "unsure"
    found = {"outlook": side} if side in ("above", "below") else {}
    return _in(row.model_copy(update=found), "beyond")


def _measured(row: ProgressRow, target: Amount, actual: Amount) -> ProgressRow:
    """Compute the shares and the paces that the points allow."""
    base = row.baseline.amount if row.baseline else None
    found: dict[str, Amount | None] = {"share": _share(actual, target)}
    ahead = _years(row.actual, row.target)
    if ahead:
        found["needed"] = _per_year(target.minus(actual), ahead)
    if base is not None:
        found["covered"] = _share(actual.minus(base), target.minus(base))
        behind = _years(row.baseline, row.actual)
        if behind:
            found["pace"] = _per_year(actual.minus(base), behind)
    return row.model_copy(update=found)


def _judged(row: ProgressRow) -> ProgressRow:
    target, actual = row.target.amount, row.actual.amount if row.actual else None
    if target is None or actual is None:
        return row
    if row.way == "unknown":
        return _in(row, _side(actual, target))
    if row.way == "down":
        target, actual = target.opposite(), actual.opposite()
    if _equal(actual, target) and (actual.about or target.about):
        return _in(row, "unsure")
    if actual.least is not None and target.least is not None and actual.least >= target.least:
        return _in(row, "reached")
    if actual.most is None or target.least is None or actual.most >= target.least:
        return _in(row, "unsure")
    if row.target.year is None:
        return _in(row, "short")
    if not _years(row.actual, row.target):
        return _in(row, "missed")
    return _in(row, _on_pace(row))


def _on_pace(row: ProgressRow) -> State:
    pace, needed = row.pace, row.needed
    if pace is None or needed is None:
        return "unsure"
    if row.way == "down":
        pace, needed = pace.opposite(), needed.opposite()
    if pace.least is not None and needed.most is not None and pace.least >= needed.most:
        return "ahead"
    if pace.most is not None and needed.least is not None and pace.most < needed.least:
        return "behind"
    return "unsure"


def _side(actual: Amount, target: Amount) -> State:
    if _equal(actual, target):
        return "unsure" if actual.about or target.about else "level"
    if actual.least is not None and target.most is not None and actual.least >= target.most:
        return "above"
    if actual.most is not None and target.least is not None and actual.most <= target.least:
        return "below"
    return "unsure"


def _equal(one: Amount, other: Amount) -> bool:
    return one.low is not None and one.low == one.high == other.low == other.high


def _way(base: Point | None, target: Amount, written: Quantity) -> Way:
    if written.qualifier in _AT_LEAST:
        return "up"
    if written.qualifier in _AT_MOST:
        return "down"
    change = target.minus(base.amount) if base is not None and base.amount is not None else None
    if change is None:
        return "unknown"
    if change.least is not None and change.least > 0:
        return "up"
    return "down" if change.most is not None and change.most < 0 else "unknown"


def _actual(node: Indicator, last: int | None) -> Point | None:
    """What was reached: as recorded, else the total or the last year of the series so far."""
    if node.actual is not None:
        return _point(node.actual, node)
    year = max(_so_far(node, last), default=None)
    if year is None:
        return None
    if node.total is not None:
        if len(_so_far(node, last)) < len(node.per_year):
            return None  # the total holds years that are still to come, or PM
        return _valued(node.total, year, node).model_copy(update={"through": True})
    return _valued(node.per_year[year], year, node)


def _baseline(node: Indicator, last: int | None) -> Point | None:
    if node.baseline is not None:
        return _point(node.baseline, node, own_year=False)
    years = _so_far(node, last)
    if node.total is not None or not years:
        return None
    first = min(years)
    end = node.actual.year if node.actual is not None else max(years)
    if end is None or first >= end:
        return None
    return _valued(node.per_year[first], first, node)


def _beyond(node: Indicator, last: int | None) -> Point | None:
    """The value of the latest year after the period: an expectation, whatever it is called."""
    later = node.per_year.keys() - _so_far(node, last)
    if not later:
        return None
    return _valued(node.per_year[max(later)], max(later), node)


def _so_far(node: Indicator, last: int | None) -> set[int]:
    return {
        year for year, q in node.per_year.items() if (last is None or year <= last) and not q.pm
    }


def _point(observation: Observation, node: Indicator, *, own_year: bool = True) -> Point:
    year = observation.year or (node.year if own_year else None)
    return _valued(observation.value, year, node)


def _valued(quantity: Quantity, year: int | None, node: Indicator) -> Point:
    amount = None if quantity.pm else Amount.of(quantity, node.unit)
    return Point(text={lang: quantity.prose(lang) for lang in LANGUAGES}, amount=amount, year=year)


def _threshold(observation: Observation, node: Indicator) -> Point:
    """Read a target: of "at least 80" the 80 itself is what must be reached."""
    point = _point(observation, node)
    plain = observation.value.model_copy(update={"qualifier": ""})
    if observation.value.pm:
        return point
    hedged = observation.value.qualifier in ("~", "circa", "about", "ruim", "bijna")
    amount = Amount.of(plain, node.unit).model_copy(update={"about": hedged})
    return point.model_copy(update={"amount": amount})


def _share(part: Amount, whole: Amount) -> Amount | None:
    found = part.over(whole)
    return found.times(100, unit="procent") if found is not None and found.known else None


def _years(start: Point | None, end: Point | None) -> int:
    if start is None or end is None or start.year is None or end.year is None:
        return 0
    return max(end.year - start.year, 0)


def _per_year(change: Amount, years: int) -> Amount | None:
    unit = "procentpunt" if change.unit == "procent" else change.unit
    found = change.over(Amount.exactly(years), unit=unit, per="jaar")
    return found if found is not None and found.known else None


def _in(row: ProgressRow, state: State) -> ProgressRow:
    return row.model_copy(update={"state": state})
