"""What an evaluation of each planned instrument could show: an overview, and a block for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from evalkit.judgement.evaluability import Outlook
from evalkit.judgement.evaluability.outlook import Doubt, Part, State
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.language.catalogue import labels
from evalkit.language.estimate import significant
from evalkit.model.evaluability import Evaluability, PlannedDesign
from evalkit.model.finding import Outcome
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.check_symbol import check_symbol
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all

_SYMBOLS: dict[State, Outcome] = {
    "there": "passed",
    "partly": "not decisive",
    "lacking": "failed",
}
_BRIEFLY = ("indicator", "baseline", "comparison")
_ENOUGH = 3  # plans of one design: then what all of them must test is told once
_DASH = "\N{EN DASH}"


def evaluability_html(edition: Edition, file: str, line: int, only: str = "") -> str:
    """Render the overview and a block for every instrument that is planned or has a plan.

    Parameters
    ----------
    file, line
        Where the report asks for it.
    only
        ``overview`` for the overview, ``paragraphs`` for a draft of the evaluation paragraph of
        each, or the id of an instrument for its block alone.
    """
    found = edition.evaluation.evaluability
    if only == "paragraphs":
        return "".join(_drafted(one, edition) for one in found.values())
    if only and only != "overview":
        return "".join(_block(found[only], edition, file, line)) if only in found else ""
    if not found:
        return ""
    overview = _overview(list(found.values()), edition, file, line)
    if only:
        return overview
    shared = _shared_doubts(list(found.values()), edition)
    above = (_listed(_of_design("shared_doubts", name, edition), shared[name]) for name in shared)
    sections = (_section(one, edition, file, line, shared) for one in found.values())
    return "".join([overview, *above, *sections])


def _shared_doubts(found: Sequence[Outlook], edition: Edition) -> dict[PlannedDesign, list[str]]:
    """Gather the doubts that all plans of one design have: they are told once."""
    by_design: dict[PlannedDesign, list[list[str]]] = {}
    for one in found:
        design = _plan(one, edition).design
        if design is not None:
            by_design.setdefault(design, []).append([_doubt(d, edition) for d in one.doubts])
    return {
        design: [text for text in plans[0] if all(text in plan for plan in plans)]
        for design, plans in by_design.items()
        if len(plans) >= _ENOUGH
    }


def _of_design(head: str, design: PlannedDesign, edition: Edition) -> str:
    name = words("design", design.replace(" ", "-"))[edition.lang]
    return phrase("head", head, design=name)[edition.lang]


def _plan(outlook: Outlook, edition: Edition) -> Evaluability:
    return edition.case.instruments[outlook.id].evaluability or Evaluability()


def _drafted(outlook: Outlook, edition: Edition) -> str:
    name = escape(edition.case.instruments[outlook.id].label)
    return f"<p><b>{name}.</b> {escape(outlook.paragraph[edition.lang])}</p>"


def _section(
    outlook: Outlook,
    edition: Edition,
    file: str,
    line: int,
    shared: Mapping[PlannedDesign, list[str]],
) -> str:
    id_ = f"evaluability-{outlook.id}"
    name = edition.label("ahead.heading").format(name=outlook.name)  # its own section has the name
    number = edition.section(id_, name, file, line)
    secno = f'<span class="secno">{number}</span> ' if number else ""
    head = f'<h2 id="{id_}">{secno}{escape(name)}</h2>'
    return "".join([head, *_block(outlook, edition, file, line, shared)])


def _block(
    outlook: Outlook,
    edition: Edition,
    file: str,
    line: int,
    shared: Mapping[PlannedDesign, list[str]] = MappingProxyType({}),
) -> Iterator[str]:
    lang = edition.lang
    yield _paragraph("reach", [one[lang] for one in outlook.reasons], edition)
    if outlook.planned:
        yield _parts(outlook, edition, file, line)
    else:
        yield _briefly(outlook, edition)
    for head, texts in outlook.lacking(lang):
        yield _listed(head, texts)
    if outlook.detectable is not None:
        yield _paragraph("detectable", [outlook.detectable.prose(lang)], edition)
    yield _doubts(outlook, edition, shared)
    remarks = [one.text[lang] for one in outlook.remarks]
    yield _listed(words("head", "remarks")[lang], remarks)


def _doubts(outlook: Outlook, edition: Edition, shared: Mapping[PlannedDesign, list[str]]) -> str:
    """Tell what must be tested, and refer to what was told of the design already."""
    design = _plan(outlook, edition).design
    known = shared.get(design, []) if design is not None else []
    own = [text for one in outlook.doubts if (text := _doubt(one, edition)) not in known]
    if design is None or not known:
        return _listed(words("head", "doubts")[edition.lang], own)
    if own:
        return _listed(_of_design("see_doubts_more", design, edition), own)
    return f"<p>{escape(_of_design('see_doubts', design, edition))}.</p>"


def _paragraph(head: str, texts: Sequence[str], edition: Edition) -> str:
    title = escape(words("head", head)[edition.lang])
    return f"<p><b>{title}.</b> {escape(' '.join(texts))}</p>" if texts else ""


def _listed(head: str, texts: Sequence[str]) -> str:
    """Set sentences under a head; a single one stands behind it."""
    title = f"<p><b>{escape(head)}.</b>"
    if len(texts) < 2:
        return f"{title} {escape(texts[0])}</p>" if texts else ""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"{title}</p><ul>{items}</ul>"


def _doubt(doubt: Doubt, edition: Edition) -> str:
    """Tell a threat, with the diagnostics of evalkit that settle it."""
    text = doubt.text[edition.lang]
    if not doubt.checks:
        return text
    named = [edition.label(f"check.{name}") for name in doubt.checks]
    names = edition.listed([f"{name[:1].lower()}{name[1:]}" for name in named])
    return f"{text} {words('table', 'test')[edition.lang]}: {names}."


def _briefly(outlook: Outlook, edition: Edition) -> str:
    """Tell what the chain does have, where there is no plan."""
    lang = edition.lang
    rows = (
        f"<dt>{escape(part.label(lang))}</dt><dd>{escape(part.told[lang])}</dd>"
        for part in outlook.parts
        if part.name in _BRIEFLY
    )
    return f'<dl class="facts">{"".join(rows)}</dl>'


def _parts(outlook: Outlook, edition: Edition, file: str, line: int) -> str:
    lang = edition.lang
    columns = [
        Column(words("table", "part")[lang], width=33),
        Column(words("table", "state")[lang], width=27),
        Column(words("table", "told")[lang]),
        Column(words("table", "rung")[lang], width=24),
    ]
    agreed = _agreed(outlook, edition)
    rows = [Row(_cells(part, edition, agreed=agreed)) for part in outlook.parts]
    instrument = edition.case.instruments[outlook.id]
    head = "caption_of" if _agreed(outlook, edition) else "caption_proposed"
    caption = phrase("table", head, name=instrument.label)[lang]
    made = grid(columns, rows)
    return _exhibit(
        f"tbl-evaluability-{outlook.id}",
        caption,
        made,
        _source(outlook, edition),
        edition,
        file,
        line,
    )


def _agreed(outlook: Outlook, edition: Edition) -> bool:
    """Whether the plan stands in a source; else it is no more than a proposal of the evaluator."""
    return bool(_plan(outlook, edition).source)


def _cells(part: Part, edition: Edition, *, agreed: bool) -> tuple[str, ...]:
    lang = edition.lang
    symbol = check_symbol(_SYMBOLS[part.state]) if part.state in _SYMBOLS else ""
    told = part.state_label(lang)
    if part.state == "there" and not agreed:
        told = words("state", "proposed")[lang]
    state = f"{symbol} {escape(told)}".strip()
    return (escape(part.label(lang)), state, escape(part.told[lang]), part.rung_label(lang))


def _source(outlook: Outlook, edition: Edition) -> str:
    lang = edition.lang
    plan = _plan(outlook, edition)
    given = (*plan.source, *(() if plan.sampling is None else plan.sampling.source))
    named = {"title": outlook.title, "edition": outlook.edition}
    if not given:
        return escape(phrase("table", "own_source", **named)[lang])
    cited = cited_all(given, edition.case.sources, lang)
    return escape(phrase("table", "source_of", cited=cited, **named)[lang])


def _overview(found: Sequence[Outlook], edition: Edition, file: str, line: int) -> str:
    lang = edition.lang
    columns = [
        Column(words("table", "instrument")[lang]),
        Column(words("table", "plan")[lang], width=18),
        Column(words("table", "now")[lang], width=16),
        Column(words("table", "reach")[lang], width=24),
        Column(words("table", "lacks")[lang], "note", width=46),
    ]
    computed = any(one.detectable is not None for one in found)
    if computed:
        columns.append(Column(words("table", "detectable")[lang], width=26))
    rows = [Row(_row(one, edition)[: len(columns)]) for one in found]
    first = found[0]
    source = phrase("table", "source", title=first.title, edition=first.edition)[lang]
    caption = words("table", "caption")[lang]
    return _exhibit(
        "tbl-evaluability", caption, grid(columns, rows), escape(source), edition, file, line
    )


def _row(outlook: Outlook, edition: Edition) -> tuple[str, ...]:
    lang = edition.lang
    named = "no" if not outlook.planned else "yes" if _agreed(outlook, edition) else "proposal"
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


def _exhibit(
    id_: str, caption: str, drawing: Drawing, source: str, edition: Edition, file: str, line: int
) -> str:
    made = edition.exhibit("table", id_, escape(caption), drawing, source, file, line)
    return edition.framed(made)
