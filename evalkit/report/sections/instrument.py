"""The section of one instrument: facts, five stages, exhibits and verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from markdown_it.token import Token

from evalkit.language.catalogue import labels
from evalkit.language.numbers import LANGUAGES
from evalkit.language.suggest import did_you_mean
from evalkit.model.indicator import Indicator
from evalkit.model.instrument import Instrument
from evalkit.model.stage import FIVE_STAGES, Stage
from evalkit.report.anchors import instrument_anchor
from evalkit.report.document import (
    Badge,
    Drawing,
    Exhibit,
    Fact,
    InstrumentSection,
    Kind,
    StageBlock,
)
from evalkit.report.edition import Edition
from evalkit.report.figures.badge import direction_symbol, rungs
from evalkit.report.figures.instrument_chain import instrument_chain
from evalkit.report.sections.verdict import direction_said, verdict_html
from evalkit.report.tables.numbers import numbers_table
from evalkit.report.text.citations import cited_all
from evalkit.report.text.directive import Handler
from evalkit.report.text.markdown import closing
from evalkit.report.text.prose import Prose


def instrument_html(key: str, edition: Edition, handlers: Mapping[str, Handler]) -> str:
    """Render the section of an instrument with the template of the style."""
    instrument = edition.case.instruments[key]
    file = f"instruments/{key}.yaml"
    number = edition.section(instrument_anchor(key), instrument.name, file, 1)
    section = InstrumentSection(
        id=instrument_anchor(key),
        number=number,
        name=instrument.name,
        facts=tuple(_facts(instrument, edition)),
        badge=badge(key, edition),
        summary_html=_text(instrument.summary, file, instrument, edition),
        description_html=_description(instrument, file, edition),
        stages=tuple(_stages(key, instrument, edition, handlers)),
        exhibits=tuple(_exhibits(key, instrument, edition)),
        verdict_html=verdict_html(key, edition),
    )
    template = edition.style.templates.get_template("sections/instrument.html.j2")
    return template.render(section=section, labels=labels("report", edition.lang))


def names_of(instrument: Instrument) -> dict[str, object]:
    """Name what the texts of an instrument may speak of: its stages and itself."""
    stages = {stage.value: instrument.at(stage) for stage in FIVE_STAGES}
    return {**stages, "instrument": instrument}


def _text(text: str, file: str, instrument: Instrument, edition: Edition) -> str:
    return Prose(edition, file, names_of(instrument)).html(text) if text else ""


def _description(instrument: Instrument, file: str, edition: Edition) -> str:
    parts = [_text(instrument.description, file, instrument, edition)]
    if instrument.target_group:
        head = edition.label("instrument.target_group")
        parts.append(f"<p><b>{head}:</b> {escape(instrument.target_group)}.</p>")
    if instrument.aims:
        items = "".join(f"<li>{escape(aim)}</li>" for aim in _ended(instrument.aims, edition))
        parts.append(f"<p><b>{edition.label('instrument.aims')}:</b></p><ul>{items}</ul>")
    return "".join(parts)


def _ended(aims: Sequence[str], edition: Edition) -> Iterator[str]:
    """End aims as items of one sentence, when they were written as such: in small letters."""
    if any(aim[:1].isupper() for aim in aims):
        yield from aims
        return
    marks = [";"] * (len(aims) - 2) + [f"; {edition.label('fact.and')}"] * (len(aims) > 1) + ["."]
    for aim, mark in zip(aims, marks, strict=True):
        yield aim if aim.endswith((".", ";", ",", ":", "?", "!")) else f"{aim}{mark}"


def _facts(instrument: Instrument, edition: Edition) -> Iterator[Fact]:
    lang = edition.lang
    yield Fact(
        edition.label("fact.period"),
        instrument.period.told(lang),
        _lineage(instrument, edition),
    )
    status = instrument.status.replace(" ", "-") if instrument.status else ""
    note = edition.label(f"status.{status}") if status else ""
    yield Fact(edition.label("fact.type"), edition.label(f"type.{instrument.type}"), note)
    yield _executor(instrument, edition)
    budget = instrument.budget
    value = budget.prose(lang) if budget is not None else "\N{EN DASH}"
    lacks = edition.label("fact.no-budget" if instrument.no_budget else "fact.unknown")
    note = instrument.input["budget"].text if budget is not None else lacks
    yield Fact(edition.label("fact.budget"), value, note)


def _executor(instrument: Instrument, edition: Edition) -> Fact:
    ministries = edition.listed(instrument.ministries)
    if not instrument.executor:
        return Fact(edition.label("fact.responsible"), ministries or "\N{EN DASH}")
    note = edition.label("fact.for").format(names=ministries) if ministries else ""
    return Fact(edition.label("fact.executor"), instrument.executor, note)


def _lineage(instrument: Instrument, edition: Edition) -> str:
    for key, names in (
        ("successor", instrument.successor),
        ("part-of", (instrument.part_of,) if instrument.part_of else ()),
        ("predecessor", instrument.predecessor),
    ):
        if names:
            shown = [_name(name, edition) for name in names]
            return edition.label(f"fact.{key}").format(names=edition.listed(shown))
    return ""


def _name(name: str, edition: Edition) -> str:
    known = edition.case.instruments.get(name)
    return known.label if known is not None else name


def badge(key: str, edition: Edition) -> Badge:
    """Show level and direction of an instrument."""
    verdict = edition.evaluation.scores[key]
    top = edition.ladder.top
    direction = direction_said(verdict, edition.lang)
    return Badge(
        level=verdict.level,
        top=top,
        ladder=edition.ladder.title[edition.lang],
        label=edition.label("ladder.level").format(level=verdict.level),
        direction=direction,
        profile=direction,
        rungs=rungs(verdict.level, top, alt=""),
        symbol=direction_symbol(verdict.direction, alt=direction),
    )


def _stages(
    key: str, instrument: Instrument, edition: Edition, handlers: Mapping[str, Handler]
) -> Iterator[StageBlock]:
    written = _written(key, instrument, edition, handlers)
    for number, stage in enumerate(FIVE_STAGES, start=1):
        html = written.get(stage) or _from_nodes(instrument, stage, edition)
        yield StageBlock(number, edition.label(f"stage.{stage}"), html)


def _written(
    key: str, instrument: Instrument, edition: Edition, handlers: Mapping[str, Handler]
) -> dict[Stage, str]:
    """Render the prose beside the instrument, parted by its headings."""
    prose = Prose(edition, edition.case.prose_file(key), names_of(instrument), handlers)
    tokens = prose.tokens(instrument.prose)
    parts: dict[Stage, list[Token]] = {}
    stage: Stage | None = None
    headed = False
    index = 0
    while index < len(tokens):
        end = closing(tokens, index)
        token = tokens[index]
        line = (token.map or [0])[0] + 1
        if token.type == "heading_open" and token.tag == "h1":
            title = tokens[index + 1].content.strip()
            stage, headed = stage_named(title, line, prose), True
            if stage in parts:
                prose.problem(line, f"'{title}' stands here again", "write the stage once")
        elif stage is not None:
            parts.setdefault(stage, []).extend(tokens[index : end + 1])
        elif not headed and token.type != "footnote_block_open":
            prose.problem(line, "text before the first stage", "begin with `# Input`")
        index = end + 1
    made = {stage: prose.blocks(found) for stage, found in parts.items()}
    prose.done()
    return made


def stage_named(title: str, line: int, prose: Prose) -> Stage | None:
    """Read the heading of a stage, in Dutch or English; None, and a problem, when it is none."""
    words = {
        word.lower(): Stage(stage)
        for lang in LANGUAGES
        for stage, word in labels("stage", lang).items()
    }
    found = words.get(title.lower())
    if found is None:
        hint = did_you_mean(title, labels("stage", prose.edition.case.language).values())
        prose.problem(line, f"'{title}' is not a stage", hint)
    return found


def _from_nodes(instrument: Instrument, stage: Stage, edition: Edition) -> str:
    nodes = instrument.at(stage)
    if not nodes:
        return f"<p>{edition.label('instrument.stage-empty')}</p>"
    items = "".join(f"<li>{escape(told(node, edition, stage))}</li>" for node in nodes.values())
    return f"<ul>{items}</ul>"


def told(node: Indicator, edition: Edition, stage: Stage | None = None) -> str:
    """Tell a node or indicator in one line: its text, and each value with its role and year.

    What is meant to go in is planned; a target is for what comes out.
    """
    lang = edition.lang
    words = {"target": "planned"} if stage is Stage.INPUT else {}
    values = [f"{value.prose(lang)} ({year})" for year, value in node.per_year.items()]
    for role, found in node.observations.items():
        year = found.year or node.year
        when = f" {edition.label('said.in-year').format(year=year)}" if year else ""
        said = edition.label(f"said.{words.get(role, role)}")
        values.append(said.format(value=found.prose(lang)) + when)
    if node.total is not None:
        # So much a year is no total.
        named = "" if node.total.per else f"{edition.label('numbers.total')} "
        values.append(f"{named}{node.total.prose(lang)}")
    return f"{node.text}: {'; '.join(values)}" if values else node.text


def _exhibits(key: str, instrument: Instrument, edition: Edition) -> Iterator[Exhibit]:
    file = f"instruments/{key}.yaml"

    def place(kind: Kind, name: str, drawing: Drawing, source: str) -> Exhibit:
        caption = escape(edition.label(f"{name}.caption").format(name=instrument.label))
        id_ = f"{'tbl' if kind == 'table' else 'fig'}-{key}-{name}"
        return edition.exhibit(kind, id_, caption, drawing, source, file, 1)

    source = escape(_sources_of(instrument, edition))
    if instrument.links:
        yield place("figure", "chain", instrument_chain(instrument, edition), source)
    if any(
        node.has_numbers or node.lines for s in FIVE_STAGES for node in instrument.at(s).values()
    ):
        yield place("table", "numbers", *numbers_table(instrument, edition))


def _sources_of(instrument: Instrument, edition: Edition) -> str:
    """Name what the chain and its links rest on, with the data of the effects that it shows."""
    cited = [c for s in FIVE_STAGES for node in instrument.at(s).values() for c in node.source]
    for link in instrument.links.values():
        pieces = (instrument.evidence.get(name) for name in link.evidence)
        cited.extend(link.source)
        cited.extend(c for piece in pieces if piece is not None for c in piece.source)
    for key in edition.evaluation.findings:
        analysis = edition.case.analyses[key]
        if analysis.goal and edition.case.instruments.get(analysis.goal[0]) is instrument:
            cited.extend(analysis.source)
    outermost = {c.via or c for c in cited}
    ordered = sorted(outermost, key=lambda c: (c.source, c.place))
    return cited_all(ordered, edition.case.sources, edition.lang)
