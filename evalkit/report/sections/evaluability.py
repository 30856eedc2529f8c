"""What an evaluation of each planned instrument could show: an overview, and a block for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from evalkit.judgement.evaluability import Outlook
from evalkit.judgement.evaluability.outlook import Doubt, Part, State
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.model.evaluability import Evaluability, PlannedDesign
from evalkit.model.finding import Outcome
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.check_symbol import check_symbol
from evalkit.report.tables.evaluability import agreed, evaluability_table
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all

_SYMBOLS: dict[State, Outcome] = {
    "there": "passed",
    "partly": "not decisive",
    "lacking": "failed",
}
_BRIEFLY = ("indicator", "baseline", "comparison")
_ENOUGH = 3  # plans of one design: then what all of them must test is told once
_OVERVIEW = "tbl-evaluability"


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
    return phrase("head", head, design=name, table="{table}")[edition.lang]


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
    yield _doubts(outlook, edition, file, line, shared)
    remarks = [one.text[lang] for one in outlook.remarks]
    yield _listed(words("head", "remarks")[lang], remarks)


def _doubts(
    outlook: Outlook,
    edition: Edition,
    file: str,
    line: int,
    shared: Mapping[PlannedDesign, list[str]],
) -> str:
    """Tell what must be tested, and refer to what was told of the design already."""
    design = _plan(outlook, edition).design
    known = shared.get(design, []) if design is not None else []
    own = [text for one in outlook.doubts if (text := _doubt(one, edition)) not in known]
    head = words("head", "doubts")[edition.lang]
    if design is None or not known:
        return _listed(head, own)
    table = edition.references.ask(_OVERVIEW, file, line)
    said = escape(_of_design("see_doubts", design, edition)).replace("{table}", table)
    if own:
        items = "".join(f"<li>{escape(text)}</li>" for text in own)
        return f"<p><b>{escape(head)}:</b> {said}.</p><ul>{items}</ul>"
    return f"<p><b>{escape(head)}:</b> {said}.</p>"


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
    head = "test_one" if len(named) == 1 else "test_many"
    return f"{text} {words('table', head)[edition.lang]}: {names}."


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
    own = not agreed(outlook, edition)
    rows = [Row(_cells(part, edition, own=own)) for part in outlook.parts]
    instrument = edition.case.instruments[outlook.id]
    head = "caption_proposed" if own else "caption_of"
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


def _cells(part: Part, edition: Edition, *, own: bool) -> tuple[str, ...]:
    lang = edition.lang
    symbol = check_symbol(_SYMBOLS[part.state]) if part.state in _SYMBOLS else ""
    told = part.state_label(lang)
    if part.state == "there" and own:
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
    lang, first = edition.lang, found[0]
    source = phrase("table", "source", title=first.title, edition=first.edition)[lang]
    caption, made = words("table", "caption")[lang], evaluability_table(found, edition)
    return _exhibit(_OVERVIEW, caption, made, escape(source), edition, file, line)


def _exhibit(
    id_: str, caption: str, drawing: Drawing, source: str, edition: Edition, file: str, line: int
) -> str:
    made = edition.exhibit("table", id_, escape(caption), drawing, source, file, line)
    return edition.framed(made)
