"""A measure of an agenda in brief: problem, what and how, means, result, milestones, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from evalkit.language.catalogue import labels
from evalkit.model.instrument import Instrument
from evalkit.model.period import Period
from evalkit.model.source import Citations
from evalkit.model.stage import FIVE_STAGES, Stage
from evalkit.report.anchors import instrument_anchor
from evalkit.report.document import Fact, MeasureSection, Part
from evalkit.report.edition import Edition
from evalkit.report.sections.instrument import badge, names_of, told
from evalkit.report.tables.measures import money, responsible
from evalkit.report.text.citations import cited_all
from evalkit.report.text.prose import Prose

_RESULTS = (Stage.OUTPUT, Stage.INTERMEDIATE, Stage.OUTCOME)
_STANDS = {
    "voorgenomen": "announced-in",
    "verkenning": "mentioned-in",
    "besluit nodig": "proposed-in",
}
"""What is still to be decided is laid down nowhere."""


def measure_html(key: str, edition: Edition) -> str:
    """Render a measure with the template of the style."""
    instrument = edition.case.instruments[key]
    anchor = instrument_anchor(key)
    file = f"instruments/{key}.yaml"
    section = MeasureSection(
        id=anchor,
        number=edition.section(anchor, instrument.name, file, 1),
        name=instrument.name,
        facts=tuple(_facts(instrument, edition)),
        badge=badge(key, edition),
        summary_html=_text(instrument.summary, key, edition),
        parts=tuple(part for part in _parts(key, edition) if part.html),
    )
    template = edition.style.templates.get_template("sections/measure.html.j2")
    return template.render(section=section, labels=labels("report", edition.lang))


def _facts(instrument: Instrument, edition: Edition) -> Iterator[Fact]:
    status = instrument.status.replace(" ", "-") if instrument.status else ""
    yield Fact(
        edition.label("agenda.status"),
        edition.label(f"status.{status}") if status else "\N{EN DASH}",
        instrument.period.told(edition.lang) if instrument.period != Period() else "",
    )
    who = responsible(instrument, edition) or "\N{EN DASH}"
    yield Fact(edition.label("agenda.responsible"), who)
    yield Fact(edition.label("agenda.money"), money(instrument, edition))


def _parts(key: str, edition: Edition) -> Iterator[Part]:
    instrument = edition.case.instruments[key]

    def part(name: str, html: str) -> Part:
        return Part(edition.label("fact.period" if name == "period" else f"agenda.{name}"), html)

    usual = _usual(instrument)
    yield part("problem", _text(instrument.problem, key, edition))
    yield part("period", _text(instrument.period_note, key, edition))
    yield part("goal", _items(map(escape, instrument.aims)) + _goals(key, edition))
    doing = _text(instrument.description, key, edition)
    yield part("doing", doing + _items(_nodes(Stage.ACTIVITIES, usual, key, edition)))
    yield part("means", _items(_nodes(Stage.INPUT, usual, key, edition)))
    results = (one for stage in _RESULTS for one in _nodes(stage, usual, key, edition))
    yield part("results", _items(results))
    yield part("milestones", _milestones(instrument, edition))
    yield part("evidence", _reason(key, edition))
    sources = edition.case.sources
    stands = _STANDS.get(instrument.status or "", "references")
    for name, cited in ((stands, instrument.references), ("source", usual)):
        named = escape(cited_all(cited, sources, edition.lang))
        yield part(name, f"<p>{named}</p>" if named else "")


def _text(text: str, key: str, edition: Edition) -> str:
    if not text:
        return ""
    names = names_of(edition.case.instruments[key])
    return Prose(edition, f"instruments/{key}.yaml", names).html(text)


def _goals(key: str, edition: Edition) -> str:
    """Say why the measure is counted under the goals of the policy, where that was recorded."""
    goals = edition.case.theory.goals
    told = edition.label("agenda.serves")
    lines = [
        _note(told.format(goal=goals[goal].name, because=service.because), key, edition)
        for goal, service in edition.case.instruments[key].goals.items()
        if service.because
    ]
    return "".join(f"<p>{line}</p>" for line in lines)


def _nodes(stage: Stage, usual: Citations, key: str, edition: Edition) -> Iterator[str]:
    """Tell each node, with its source where that is not the usual one of the measure."""
    for node in edition.case.instruments[key].at(stage).values():
        source = ""
        if node.source and node.source != usual:
            source = cited_all(node.source, edition.case.sources, edition.lang)
        cited = f' <span class="src">[{escape(source)}]</span>' if source else ""
        note = _note(node.note, key, edition)
        yield f"{escape(told(node, edition, stage))}{cited}{'<br>' if note else ''}{note}"


def _note(text: str, key: str, edition: Edition) -> str:
    """Print a note smaller than what it is on."""
    if not text:
        return ""
    told = Prose(edition, f"instruments/{key}.yaml").inline(text.strip())
    return f'<span class="src">{told}</span>'


def _usual(instrument: Instrument) -> Citations:
    """Find the source that most of what is said of a measure comes from: it is named once."""
    found = Counter(node.source for stage in FIVE_STAGES for node in instrument.at(stage).values())
    found.pop((), None)
    return found.most_common(1)[0][0] if found else ()


def _milestones(instrument: Instrument, edition: Edition) -> str:
    found = sorted(instrument.milestones.values(), key=lambda one: one.order)
    items = []
    for one in found:
        known = one.status if one.status != "unknown" else "unknown-here"
        status = edition.label(f"milestone.{known}")
        when = escape(one.when.prose(edition.lang))
        items.append(f"<b>{when}</b>: {escape(one.text)} ({escape(status)})")
    return _items(items)


def _reason(key: str, edition: Edition) -> str:
    """Say where the measure stands on the ladder, and the deciding reason."""
    verdict = edition.evaluation.scores[key]
    return f"<p>{escape(verdict.reasons[0].text[edition.lang])}</p>" if verdict.reasons else ""


def _items(items: Iterable[str]) -> str:
    made = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{made}</ul>" if made else ""
