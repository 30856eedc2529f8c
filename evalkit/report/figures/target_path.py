"""The way to a target: where it began, where it is, where it should be, and without policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from html import escape

from evalkit.language.catalogue import label
from evalkit.language.estimate import decimals, plain
from evalkit.language.suggest import did_you_mean
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc
from evalkit.model.source import Citation
from evalkit.model.stage import FIVE_STAGES
from evalkit.report.document import Drawing
from evalkit.report.figures.given import Given
from evalkit.report.figures.lines import Aim, Course, Lines, line_chart
from evalkit.report.figures.palette import GREY_600, PETROL_500, PETROL_900
from evalkit.report.figures.pen import Pen
from evalkit.report.text.citations import cited_all

_ROLES = ("baseline", "actual", "target", "no_policy")
Values = dict[str, list[tuple[int, Quantity]]]
Place = tuple[float, float]


def indicators_of(case: Case) -> dict[str, tuple[Loc, ChainNode]]:
    """Give every indicator by the name that a directive calls it: ``bon.output.scholen``."""
    found: dict[str, tuple[Loc, ChainNode]] = {
        key: (("indicators", key), node) for key, node in case.indicators.items()
    }
    for name, instrument in case.instruments.items():
        for stage in FIVE_STAGES:
            for key, node in instrument.at(stage).items():
                loc = ("instruments", name, str(stage), key)
                found[f"{name}.{stage}.{key}"] = (loc, node)
    return found


def target_figure(given: Given) -> tuple[Drawing, str] | None:
    """Draw the way to the target of an indicator; gives its `Bron:` line too."""
    known = indicators_of(given.edition.case)
    if given.key not in known:
        hint = did_you_mean(
            given.key, known, "name an indicator of case.yaml, or instrument.stage.node"
        )
        given.problem(f"no indicator '{given.key}'", hint)
        return None
    loc, node = known[given.key]
    values = _values(node)
    problems = list(_problems(node, values))
    for role, what, hint in problems:
        given.flaw((*loc, *role), what, hint)
    if problems:
        return None
    source = cited_all(_sources(node), given.edition.case.sources, given.lang)
    return _drawn(node, values, given), escape(source)


def _values(node: ChainNode) -> Values:
    """Every value that has a year and a number, by its role; the series is measured."""
    found: Values = {role: [] for role in _ROLES}
    for role, observation in node.observations.items():
        year = observation.year or node.year
        if year is not None and not observation.value.pm:
            found[role].append((year, observation.value))
    measured = dict(node.per_year)
    for year, value in (*found["baseline"], *found["actual"]):
        measured.setdefault(year, value)
    found["actual"] = sorted((y, value) for y, value in measured.items() if not value.pm)
    return found


def _problems(node: ChainNode, values: Values) -> Iterator[tuple[Loc, str, str]]:
    for role, observation in node.observations.items():
        if observation.year is None and node.year is None:
            what = f"the {role} has no year, so it has no place in a figure over time"
            yield (role,), what, "write the year behind it, such as `3,0 procent in 2030`"
    if not values["target"] and node.target is None:
        yield (), "this indicator has no target", "add `target:`, or draw it with another figure"
    if not values["actual"]:
        yield (
            (),
            "nothing of this indicator was measured",
            "add `baseline:`, `actual:` or `per_year:`",
        )
    every = [value for found in values.values() for _, value in found]
    measures = {value.measure for value in every}
    if len(measures) > 1:
        named = " and ".join(
            sorted(" per ".join(filter(None, one)) or "no unit" for one in measures)
        )
        yield (), f"its values have different units ({named})", "write all in one unit"
    if any(value.upto is not None for value in every):
        yield (), "a range has no single place in a figure", "write one number, or print a table"


def _drawn(node: ChainNode, values: Values, given: Given) -> Drawing:
    every = [value for found in values.values() for _, value in found]
    exponent = max(value.exponent for value in every)

    def drawn(value: Quantity) -> float:
        return float((value.amount or Fraction()) / 10**exponent)

    actual = [(float(year), drawn(value)) for year, value in values["actual"]]
    target = [(float(year), drawn(value)) for year, value in values["target"]]
    without = [(float(year), drawn(value)) for year, value in values["no_policy"]]
    measured = Pen(PETROL_900, 0.7, None, "disc")
    courses = [Course(_measured(values, given), tuple(actual), measured)]
    if target and target[0][0] > actual[-1][0]:
        pen = Pen(PETROL_500, 0.5, "1.8 0.9", "up")
        needed = (actual[-1], *target)  # both ends have a mark of their own
        courses.insert(0, Course(given.label("target.needed"), needed, pen, dots=False))
    if without:
        pen = Pen(GREY_600, 0.5, "0.6 0.7", "down")
        before = [point for point in actual if point[0] < without[0][0]]
        first = _start(values, before, drawn)
        name, points = given.label("role.no_policy"), (*first, *without)
        courses.insert(0, Course(name, points, pen, parts_from=bool(first)))
    years = sorted({x for course in courses for x, _ in course.points} | {x for x, _ in target})
    ticks = tuple((year, f"{year:.0f}") for year in years)
    chart = Lines(ticks, tuple(courses), aim=_aim(values, target, given))
    alt = _alt(node, values, given)
    unit = _unit(node, every[0], exponent, given)
    pace = _pace(actual, target, _step(every[0], unit, given), given)
    legend = _legend(unit, pace, _pm(node, given))
    data = tuple(_data(values, given, pace))
    return Drawing(line_chart(chart, given.lang, alt=alt)[0], alt, escape(legend), data)


def _measured(values: Values, given: Given) -> str:
    """Name what was measured; a point that stands alone is told with its year and value."""
    if len(values["actual"]) > 1:
        return given.label("role.actual")
    ((year, value),) = values["actual"]
    role = given.label("role.baseline" if values["baseline"] else "role.actual")
    return f"{role} {year}: {value.short(given.lang)}"


def _start(values: Values, before: list[Place], drawn: Callable[[Quantity], float]) -> list[Place]:
    """Without policy things part from the baseline, or else from the first measurement."""
    for year, value in values["baseline"]:
        return [(float(year), drawn(value))]
    return before[:1]


def _aim(values: Values, target: list[Place], given: Given) -> Aim | None:
    if not target:
        return None
    year, value = values["target"][0]
    words = given.label("lines.aim").format(value=value.short(given.lang), year=year)
    return Aim(target[0][1], words, target[0][0])


def _step(value: Quantity, unit: str, given: Given) -> str:
    """Give the unit of a difference between values, where it can be told in a few words."""
    if value.per:
        return ""
    return given.label("unit.procentpunt") if value.unit == "procent" else unit


def _legend(unit: str, pace: str, unknown: str) -> str:
    """Tell in one line what is drawn."""
    told = [unit, f"{pace[:1].lower()}{pace[1:]}" if unit else pace, unknown]
    return "; ".join(filter(None, told))


def _pace(actual: list[Place], target: list[Place], unit: str, given: Given) -> str:
    """Tell what a year should bring from the last measurement on."""
    if not target or target[0][0] <= actual[-1][0]:
        return ""
    step = (target[0][1] - actual[-1][1]) / (target[0][0] - actual[-1][0])
    sign = "+" if step > 0 else ""
    number = f"{sign}{plain(step, min(2, decimals(None, step)), given.lang)}"
    step_told = f"{number} {unit}".strip()
    return given.label("target.pace").format(step=step_told, year=f"{actual[-1][0]:.0f}")


def _unit(node: ChainNode, value: Quantity, exponent: int, given: Given) -> str:
    scale = label(f"scale.{exponent}", given.lang) if exponent else ""
    unit = label(f"unit.{value.unit}", given.lang, value.unit) if value.unit else node.unit
    per = f"per {value.per}" if value.per else ""
    return " ".join(filter(None, [scale, unit, per]))


def _pm(node: ChainNode, given: Given) -> str:
    """Name what is not drawn because it is not yet known."""
    roles = [role for role, found in node.observations.items() if found.value.pm]
    names = [given.label(f"role.{role}") for role in roles]
    names += [str(year) for year, value in node.per_year.items() if value.pm]
    return f"PM: {', '.join(names)}" if names else ""


def _sources(node: ChainNode) -> tuple[Citation, ...]:
    return (*node.source, *(one for o in node.observations.values() for one in o.source))


def _alt(node: ChainNode, values: Values, given: Given) -> str:
    told = []
    for role in _ROLES:
        for year, value in values[role]:
            told.append(f"{given.label(f'role.{role}')} {year}: {value.short(given.lang)}")
    return f"{given.label('target.alt').format(name=node.text)} {'; '.join(dict.fromkeys(told))}."


def _data(values: Values, given: Given, pace: str) -> Iterator[tuple[str, ...]]:
    yield given.label("numbers.kind"), given.label("target.year"), given.label("numbers.value")
    for role in _ROLES:
        for year, value in values[role]:
            yield given.label(f"role.{role}"), str(year), value.short(given.lang)
    if pace:
        yield pace, "", ""
