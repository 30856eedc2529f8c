"""The workings of theory and instruments, for an appendix: links, evidence, notes on numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from evalkit.language.capital import capital
from evalkit.model.instrument import Instrument
from evalkit.model.source import Citation
from evalkit.model.stage import FIVE_STAGES
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.sections.theory import FILE, theory_html
from evalkit.report.tables.evidence import evidence_table, sources_of_evidence
from evalkit.report.tables.links import links_table, sources_of_links
from evalkit.report.tables.sources import source_line
from evalkit.report.text.prose import Prose

_PLACED = re.compile(r"^:{3,}\s*theory\s*$", re.MULTILINE)


def workings(edition: Edition) -> str:
    """Render a section for the theory and for each instrument, with all that pages leave out."""
    sections = (_section(key, edition) for key in edition.case.instruments)
    return "".join([_theory(edition), *sections])


def _theory(edition: Edition) -> str:
    """Render the theory, unless a chapter places it itself."""
    if any(_PLACED.search(text) for text in edition.case.chapters.values()):
        return ""
    title = edition.label("theory.heading")
    theory = edition.case.theory
    if not (theory.question or theory.note or theory.links or theory.external):
        return ""
    number = edition.section("workings-theory", title, FILE, 1)
    head = f'<h2 id="workings-theory"><span class="secno">{number}</span> {escape(title)}</h2>'
    return f"{head}{theory_html(edition)}"


def _section(key: str, edition: Edition) -> str:
    instrument = edition.case.instruments[key]
    id_ = f"workings-{key}"
    number = edition.section(id_, instrument.label, f"instruments/{key}.yaml", 1)
    head = f'<h2 id="{id_}"><span class="secno">{number}</span> {escape(instrument.name)}</h2>'
    tables = []
    if instrument.links:
        made, cited = links_table(instrument, edition), sources_of_links(instrument)
        tables.append(_placed(key, "links", made, cited, edition))
    if instrument.evidence:
        made, cited = evidence_table(instrument, edition), sources_of_evidence(instrument, edition)
        tables.append(_placed(key, "evidence", made, cited, edition))
    return "".join([head, *tables, _notes(key, instrument, edition)])


def _placed(
    key: str, name: str, drawing: Drawing, cited: Iterable[Citation], edition: Edition
) -> str:
    label = edition.case.instruments[key].label
    caption = escape(edition.label(f"{name}.caption").format(name=label))
    file, source = f"instruments/{key}.yaml", source_line(cited, edition)
    made = edition.exhibit("table", f"tbl-{key}-{name}", caption, drawing, source, file, 1)
    return edition.framed(made)


def _notes(key: str, instrument: Instrument, edition: Edition) -> str:
    """Print the notes on nodes, on the goals that were derived, and on the period."""
    prose = Prose(edition, f"instruments/{key}.yaml")
    notes = (
        [(edition.label("fact.period"), instrument.period_note)] if instrument.period_note else []
    )
    goals = edition.case.theory.goals
    notes += [(goals[g].label, s.because) for g, s in instrument.goals.items() if s.because]
    nodes = [node for stage in FIVE_STAGES for node in instrument.at(stage).values()]
    notes += [(node.text, node.note) for node in nodes if node.note]
    if not notes:
        return ""
    items = "".join(
        f"<li><b>{escape(name)}:</b> {prose.inline(_sentence(note))}</li>" for name, note in notes
    )
    return f'<h3>{edition.label("numbers.notes")}</h3><ul class="notes">{items}</ul>'


def _sentence(note: str) -> str:
    text = note.strip()
    return f"{capital(text).rstrip('.')}."
