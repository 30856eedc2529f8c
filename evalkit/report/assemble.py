"""From an evaluation to a document: every part in its place and numbered."""

from __future__ import annotations

from evalkit.errors import CaseError
from evalkit.evaluation import Evaluation
from evalkit.language.called import speaking_of
from evalkit.language.catalogue import labels
from evalkit.language.numbers import Language
from evalkit.language.written import numbers_written_in
from evalkit.model.moment import Moment
from evalkit.report.directives import HANDLERS
from evalkit.report.document import Chapter, Document, Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.cover import Band, cover
from evalkit.report.figures.text import measured_in
from evalkit.report.style.faces import faces_of
from evalkit.report.style.style import Style
from evalkit.report.text.headings import ladder
from evalkit.report.text.notes import without_notes
from evalkit.report.text.prose import Prose, plain_text
from evalkit.report.text.signs import signs_used

_SUMMARY = {"samenvatting", "summary"}


def assemble(
    evaluation: Evaluation, style: Style, lang: Language, *, draft: bool = False
) -> tuple[Document, Edition]:
    """Compose a report.

    A `draft` is stamped as such, and may be written with what the gates find still in it.

    Raises
    ------
    CaseError
        The prose refers to what is not there, or cannot be read; it lists all of it.
    """
    edition = Edition(evaluation, lang, style, draft=draft)
    case = evaluation.case
    numbers = numbers_written_in(case.original or case.language)
    with numbers, speaking_of(case.called), measured_in(faces_of(style.settings)):
        return _composed(edition), edition


def _composed(edition: Edition) -> Document:
    """Compose all parts, and tell of everything that is wrong with them in one go."""
    chapters: list[Chapter] = []
    omitted: list[str] = []
    for key in edition.case.chapters:
        made = _chapter(key, edition)
        if isinstance(made, Chapter):
            chapters.append(made)
        else:
            omitted.append(made)
    document = _document(edition, chapters, omitted)
    problems = [*edition.problems, *edition.values.problems, *edition.references.dangling()]
    if problems:
        raise CaseError(problems)
    return document


def _chapter(key: str, edition: Edition) -> Chapter | str:
    """Render a chapter; one with nothing but a title is left out, and a sentence says so."""
    file = f"chapters/{key}.md"
    prose = Prose(edition, file, handlers=HANDLERS)
    tokens = prose.tokens(edition.case.chapters[key])
    if not tokens or tokens[0].type != "heading_open" or tokens[0].tag != "h1":
        prose.problem(1, "a chapter begins with its title", "write `# Title` on the first line")
        return ""
    heading, found = prose.heading(tokens[1])
    title, id_ = plain_text(without_notes(heading)), found.id or f"chapter-{key}"
    rest = tokens[3:]
    if not [token for token in rest if not token.type.startswith("footnote_")]:
        return edition.label("omitted.empty").format(title=title)
    appendix = "appendix" in found.classes
    numbered = not appendix and id_ not in _SUMMARY and "unnumbered" not in found.classes
    number = edition.numbering.chapter(appendix=appendix, numbered=numbered)
    edition.target(id_, "appendix" if appendix else "chapter", number, file, 1)
    edition.sections.clear()
    body = ladder(prose.blocks(rest))
    prose.done()
    # The sections of an appendix would make the contents twice as long as the report is read.
    sections = () if appendix else tuple(edition.sections)
    return Chapter(id_, number, title, body, sections, appendix, heading)


def _document(edition: Edition, chapters: list[Chapter], omitted: list[str]) -> Document:
    case, lang = edition.case, edition.lang
    colophon = Prose(edition, "case.yaml").html(case.colophon)
    summary = next((c for c in chapters if c.id in _SUMMARY), None)
    return Document(
        lang=lang,
        title=case.title,
        subtitle=case.subtitle,
        kind=case.kind,
        running_title=case.running_title or case.title,
        publisher=case.publisher,
        commissioner=case.commissioner,
        date=_date(case.date, lang),
        version=case.version,
        authors=case.authors,
        colophon_html=colophon,
        cover=_cover(edition),
        cover_note=edition.label("cover.note"),
        summary=summary,
        chapters=tuple(c for c in chapters if c is not summary),
        labels=labels("report", lang),
        signs=signs_used([one.html for one in chapters], edition),
        omitted=tuple(filter(None, omitted)),
    )


def _date(text: str, lang: Language) -> str:
    """Print ``2026-11`` as a reader expects; what is no moment stays as it was written."""
    try:
        return Moment.parse(text).prose(lang)
    except ValueError:
        return text


def _cover(edition: Edition) -> Drawing:
    goals = list(edition.case.theory.goals)
    bands = [
        Band(row, goals.index(goal))
        for row, instrument in enumerate(edition.case.instruments.values())
        for goal in instrument.goals
    ]
    return cover(bands, alt="")
