"""The table of what an evaluation of each planned instrument could show, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
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
    """Name what the plan lacks, and apart from that what only the highest rung asks for.

    A design that cannot bring the highest rung hides what the one below it lacks.
    """
    lang, nothing = edition.lang, words("table", "nothing")[edition.lang]
    doubtful = [part.label(lang).lower() for part in outlook.parts if part.state == "partly"]
    if doubtful:
        names = edition.listed(doubtful)
        nothing = phrase("table", "partly", parts=names)[lang]
    if not outlook.needs:
        return nothing
    *below, highest = outlook.needs
    first = below[-1].lacks if below and "design" in highest.lacks else outlook.pending
    more = [name for name in highest.lacks if name not in first]
    parts, rest = (
        edition.listed([words("short", name)[lang] for name in names]) for names in (first, more)
    )
    if not (parts and rest):
        return parts or rest or nothing
    level = str(highest.level)
    return phrase("table", "lacks_more", parts=parts, level=level, more=rest)[lang]


def _least(outlook: Outlook, edition: Edition) -> str:
    found, lang = outlook.detectable, edition.lang
    if found is None:
        return _DASH
    if found.least is None or found.most is None:
        return words("table", "not_given")[lang]
    ends = dict.fromkeys(significant(end, 2, lang) for end in (found.least, found.most))
    unit = labels("unit", lang).get(found.unit, found.unit)
    return f"{_DASH.join(ends)} {unit}".strip()
