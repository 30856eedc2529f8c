"""Tracing an instrument through the documents that speak of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.io.case import load_case
from evalkit.io.register import FILE, named_in, read_register
from evalkit.io.shipped import cases_dir
from evalkit.language.catalogue import label
from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.aside import Aside
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.indicator import Indicator
from evalkit.model.instrument import Instrument
from evalkit.model.investment import Investment
from evalkit.model.period import Period
from evalkit.model.record import Loc, Record, walk
from evalkit.model.response import Action
from evalkit.model.source import Citation
from evalkit.model.theme import Commitment
from evalkit.register.mention import Mention, Trace, TracedNumber


def trace(
    name: str,
    cases: str | Path | None = None,
    *,
    lang: Language | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Trace:
    """Gather what every case of a folder says of one instrument.

    Parameters
    ----------
    name
        Its id in ``register.yaml``.
    cases
        The folder with the case folders and the register; by default the shipped cases.
    lang
        The language of labels and numbers; by default that of each case.
    progress
        Is told of each case.

    Returns
    -------
    Trace
        The mentions by year of their document, and by slug within a year.

    Raises
    ------
    CaseError
        A case or the register is wrong; it lists every problem.
    EvalkitError
        There is no register, or nothing in it of that name.

    Examples
    --------
    >>> [mention.case for mention in trace("agdb").mentions][:1]
    ['menselijk-kapitaal']
    """
    folder = Path(cases) if cases is not None else cases_dir()
    known = read_register(folder)
    if not known:
        raise EvalkitError(f"there is no {FILE} in '{folder}'", hint="see docs/case-format.md")
    if name not in known:
        raise EvalkitError(f"no '{name}' in the register", hint=did_you_mean(name, known))
    found: list[Mention] = []
    for path in sorted(folder.glob("*/case.yaml")):
        progress(path.parent.name)
        case = load_case(path.parent)
        found += _mentions(name, case, lang or case.language)
    found.sort(key=lambda mention: (mention.year or 0, mention.case))
    return Trace(id=name, entry=known[name], mentions=tuple(found))


def _mentions(name: str, case: Case, lang: Language) -> Iterator[Mention]:
    source = case.sources.get(case.document)
    for loc, identity, record in named_in(case):
        if identity != name:
            continue
        kind, said, status, period = _said(record, lang)
        yield Mention(
            case=case.slug,
            document=source.title if source is not None else case.title,
            year=source.year if source is not None else case.period.last_year,
            kind=kind,
            name=said,
            status=status,
            period=period,
            numbers=tuple(_numbers(record, lang)),
            milestones=tuple(_milestones(record, lang)),
            source=_cited(record),
            place=_place(case, loc),
        )


def _said(record: Record, lang: Language) -> tuple[str, str, str, str]:
    """Give the kind of a record, its text, its status and its period."""
    match record:
        case Instrument():
            status = record.status.replace(" ", "-") if record.status else ""
            told = label(f"status.{status}", lang) if status else ""
            return "instrument", record.name, told, _dates(record.period, lang)
        case Action():
            told = label(f"follow-up.{record.status.replace(' ', '-')}", lang)
            return "action", record.text, told, ""
        case Aside():
            status = record.status.replace(" ", "-") if record.status else ""
            told = label(f"status.{status}", lang) if status else ""
            return "mention", record.text, told, _dates(record.period, lang)
        case Commitment():
            return "commitment", record.text, "", ""
        case Investment():
            return "investment", record.text, "", ""
    raise TypeError(type(record).__name__)


def _dates(period: Period | None, lang: Language) -> str:
    """Write a period; nothing when nothing is known of it."""
    if period is None or not (period.start or period.end or period.ongoing):
        return ""
    return period.prose(lang)


def _numbers(record: Record, lang: Language) -> Iterator[TracedNumber]:
    match record:
        case Investment():
            for column, amount in record.amounts.items():
                yield TracedNumber(text=column, value=amount.prose(lang))
        case Action(budget=budget) | Aside(budget=budget) if budget is not None:
            yield TracedNumber(text=label("fact.budget", lang), value=budget.prose(lang))
        case Commitment(target=target) if target is not None:
            year = f" ({target.year})" if target.year else ""
            value = f"{target.prose(lang)}{year}"
            yield TracedNumber(text=label("agenda.target", lang), value=value)
        case Instrument():
            for _, node in walk(record):
                if isinstance(node, ChainNode):
                    yield from _of_node(node, lang)


def _of_node(node: Indicator, lang: Language) -> Iterator[TracedNumber]:
    for role, found in node.observations.items():
        year = found.year or node.year
        words = " ".join(filter(None, [label(f"role.{role}", lang), str(year or "")]))
        value = f"{words}: {found.prose(lang)}"
        yield TracedNumber(text=node.text, value=value, source=_cited(found) or _cited(node))
    for at, amount in node.per_year.items():
        value = f"{at}: {amount.prose(lang)}"
        yield TracedNumber(text=node.text, value=value, source=_cited(node))
    if node.total is not None:
        value = f"{label('numbers.total', lang)}: {node.total.prose(lang)}"
        yield TracedNumber(text=node.text, value=value, source=_cited(node))


def _milestones(record: Record, lang: Language) -> Iterator[str]:
    if isinstance(record, Instrument | Action):
        for one in sorted(record.milestones.values(), key=lambda found: found.order):
            status = label(f"milestone.{one.status}", lang)
            yield f"{one.when.prose(lang)}: {one.text} ({status})"


def _cited(record: Record) -> str:
    found: tuple[Citation, ...] = getattr(record, "source", ())
    return "; ".join(", ".join(filter(None, [c.source, c.place])) for c in found)


def _place(case: Case, loc: Loc) -> str:
    return f"{case.slug}/{case.place(*loc)}"
