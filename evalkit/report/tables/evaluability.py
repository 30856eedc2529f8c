"""The table of what an evaluation of each planned instrument could show, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from evalkit.judgement.evaluability import Outlook
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.language.catalogue import labels
from evalkit.language.estimate import significant
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid

_DASH = "\N{EN DASH}"


def evaluability_table(found: Sequence[Outlook], edition: Edition) -> Drawing:
    """Compose the table: a row an instrument."""
    lang = edition.lang
    columns = [
        Column(words("table", "instrument")[lang]),
        Column(words("table", "plan")[lang], width=18),
        Column(words("table", "now")[lang], width=16),
        Column(words("table", "reach")[lang], width=24),
        Column(words("table", "lacks")[lang], "note", width=46),
    ]
    if any(one.detectable is not None for one in found):
        columns.append(Column(words("table", "detectable")[lang], width=26))
    return grid(columns, [Row(_row(one, edition)[: len(columns)]) for one in found])


def agreed(outlook: Outlook, edition: Edition) -> bool:
    """Whether the plan stands in a source; else it is no more than a proposal of the evaluator."""
    plan = edition.case.instruments[outlook.id].evaluability
    return plan is not None and bool(plan.source)


def _row(outlook: Outlook, edition: Edition) -> tuple[str, ...]:
    lang = edition.lang
    named = "no" if not outlook.planned else "yes" if agreed(outlook, edition) else "proposal"
    plan = words("table", named)[lang]
    reached = "reach_pending" if outlook.pending else "reach_to"
    reach = phrase("table", reached, level=str(outlook.carries), top=str(outlook.top))[lang]
    return (
        escape(edition.case.instruments[outlook.id].label),
        plan,
        str(outlook.now),
        reach,
        escape(_lacks(outlook, edition)),
        escape(_least(outlook, edition)),
    )


def _lacks(outlook: Outlook, edition: Edition) -> str:
    """Name what the plan lacks for the rung that it carries, and what each rung above it asks."""
    lang = edition.lang
    if not outlook.planned:
        return words("table", "lacks_plan")[lang]
    doubtful = [part.label(lang).lower() for part in outlook.parts if part.state == "partly"]
    nothing = words("table", "nothing")
    if doubtful:
        nothing = phrase("table", "partly", parts=edition.listed(doubtful))
    return "; ".join(_asked(outlook, edition)) or nothing[lang]


def _asked(outlook: Outlook, edition: Edition) -> Iterator[str]:
    """Name what lacks, rung by rung, each thing at the lowest that asks for it."""
    lang = edition.lang
    seen = [*outlook.pending]
    if seen:
        yield _short(seen, edition)
    for need in outlook.needs:
        more = [name for name in need.lacks if name not in seen]
        if need.level > outlook.carries and more:
            head = "lacks_also" if seen else "lacks_for"
            level, parts = str(need.level), _short(more, edition)
            yield phrase("table", head, level=level, parts=parts)[lang]
            seen += more


def _short(names: Sequence[str], edition: Edition) -> str:
    return edition.listed([words("short", name)[edition.lang] for name in names])


def _least(outlook: Outlook, edition: Edition) -> str:
    found, lang = outlook.detectable, edition.lang
    if found is None:
        return _DASH
    if found.least is None or found.most is None:
        return words("table", "not_given")[lang]
    ends = dict.fromkeys(significant(end, 2, lang) for end in (found.least, found.most))
    unit = labels("unit", lang).get(found.unit, found.unit)
    return f"{_DASH.join(ends)} {unit}".strip()
