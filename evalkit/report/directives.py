"""The `:::` directives of prose, each a function from a directive to markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

from evalkit.language.suggest import did_you_mean
from evalkit.report.data_exhibits import data_exhibit, data_kinds
from evalkit.report.document import Drawing, Kind
from evalkit.report.edition import Edition
from evalkit.report.figures.coverage import coverage_matrix
from evalkit.report.figures.effect_ladder import effect_ladder
from evalkit.report.figures.theory import theory_figure
from evalkit.report.sections.analysis import analysis_html
from evalkit.report.sections.compliance import compliance_html
from evalkit.report.sections.contribution import conclusions_html, stories_html
from evalkit.report.sections.evaluability import evaluability_html
from evalkit.report.sections.instrument import instrument_html
from evalkit.report.sections.measure import measure_html
from evalkit.report.sections.mix import mix_in_full, mix_list
from evalkit.report.sections.recommendations import recommendation_titles, recommendations
from evalkit.report.sections.theme import theme_html
from evalkit.report.sections.theory import theory_html
from evalkit.report.sections.trail import trail_html
from evalkit.report.sections.verdict import mix_html
from evalkit.report.sections.workings import workings
from evalkit.report.tables.commitments import commitments_table
from evalkit.report.tables.crosswalk import crosswalk_table
from evalkit.report.tables.investments import explanations_table, investments_table
from evalkit.report.tables.measures import measures_table
from evalkit.report.tables.milestones import milestones_table
from evalkit.report.tables.periods import periods_table
from evalkit.report.tables.responses import responses_table
from evalkit.report.tables.scores import scores_table
from evalkit.report.tables.sources import all_sources
from evalkit.report.tables.stages import stages_table
from evalkit.report.tables.targets import targets_table
from evalkit.report.text.directive import Directive, Handler

Maker = Callable[[Edition], Drawing | None]
"""Makes a figure or table; None when the case has nothing for it."""
FIGURES: Mapping[str, Maker] = {
    "theory": theory_figure,
    "matrix": coverage_matrix,
    "ladder": effect_ladder,
}
THEMED: Mapping[str, Callable[..., Drawing | None]] = {
    "commitments": commitments_table,
    "targets": targets_table,
}
"""Tables of the whole case, or of `only` the theme whose id stands behind their name."""
TABLES: Mapping[str, Maker] = {
    "periods": periods_table,
    "scores": scores_table,
    "stages": stages_table,
    "crosswalk": crosswalk_table,
    "measures": measures_table,
    "milestones": milestones_table,
    "responses": responses_table,
    "investments": investments_table,
    "explanations": explanations_table,
    **THEMED,
}

_NO_INSTRUMENT = "the case has no instrument: add one, as instruments/<key>.yaml"


def _lead(_: Edition, found: Directive) -> str:
    return f'<div class="lead">{found.body}</div>'


def _box(edition: Edition, found: Directive) -> str:
    number = edition.numbering.next("box")
    label = f"{edition.label('report.box')} {number}"
    title = found.args[0] if found.args else ""
    return (
        f'<aside class="box"><div class="box-head"><p class="box-label">{label}</p>'
        f'<p class="box-title">{title}</p></div><div class="box-body">{found.body}</div></aside>'
    )


def _exhibit(edition: Edition, found: Directive, kind: Kind) -> str:
    """Place a figure or table that is made from the model."""
    makers = FIGURES if kind == "figure" else TABLES
    name = found.args[0] if found.args else ""
    if name in data_kinds(kind):
        made = data_exhibit(edition, found, kind)
        return "" if made is None else _placed(edition, found, kind, *made)
    maker = makers.get(name)
    if maker is None:
        known = [*makers, *data_kinds(kind)]
        edition.problem(found.file, found.line, f"no {kind} '{name}'", did_you_mean(name, known))
        return ""
    odd = found.attributes.values.keys() - {"caption", "source"}
    for key in odd:
        edition.problem(
            found.file, found.line, f"'{key}' is not read here", "use caption and source"
        )
    if found.args[1:]:
        maker = _of_theme(edition, found)
        if maker is None:
            return ""
    drawing = None if odd else maker(edition)
    if drawing is None or len(drawing.data) == 1:  # heads and nothing below them
        return "" if odd else _not_empty("", edition, found)
    placed = _placed(edition, found, kind, drawing)
    if name == "matrix":  # the matrix says in words what it shows
        finding = escape(edition.evaluation.coverage.finding[edition.lang])
        names = "; ".join(escape(goal.name) for goal in edition.case.theory.goals.values())
        full = f"<p>{edition.label('matrix.goals')}: {names}.</p>"
        return f'{placed}{full}<p class="finding">{finding}</p>'
    return placed


def _of_theme(edition: Edition, found: Directive) -> Maker | None:
    """Read the theme behind the name of a table; None, and a problem, when there is none."""
    name, *rest = found.args
    theme = " ".join(rest)
    if name in THEMED:
        return partial(THEMED[name], only=theme) if _themed(theme, edition, found) else None
    hint = f"write `::: {found.name} {name} {{…}}`"
    edition.problem(found.file, found.line, f"'{theme}' is not read here", hint)
    return None


def _placed(
    edition: Edition, found: Directive, kind: Kind, drawing: Drawing, source: str = ""
) -> str:
    values = found.attributes.values
    if not values.get("caption") or not found.attributes.id:
        hint = f'write `::: {kind} … {{#{"tbl" if kind == "table" else "fig"}-… caption="…"}}`'
        edition.problem(found.file, found.line, f"a {kind} needs a label and a caption", hint)
        return ""
    made = edition.exhibit(
        kind, found.attributes.id, values["caption"], drawing,
        values.get("source") or source, found.file, found.line,
    )  # fmt: skip
    return f"{edition.framed(made)}{found.body}"


def _analysis(edition: Edition, found: Directive) -> str:
    findings = edition.evaluation.findings
    name = found.args[0] if found.args else ""
    if name not in findings:
        hint = did_you_mean(name, findings, "name an analysis of analyses.yaml")
        edition.problem(found.file, found.line, f"no analysis '{name}'", hint)
        return ""
    return analysis_html(name, edition, found.file, found.line)


def _instruments(edition: Edition, found: Directive) -> str:
    made = (instrument_html(key, edition, HANDLERS) for key in edition.case.instruments)
    return _not_empty("".join(made), edition, found, _NO_INSTRUMENT)


def _recommendations(edition: Edition, found: Directive) -> str:
    if not _known(edition, found, "titles"):
        return ""
    if not edition.case.recommendations:
        return _not_empty("", edition, found, "add `recommendations` to case.yaml")
    return recommendation_titles(edition) if found.args else recommendations(edition)


def _verdicts(edition: Edition, found: Directive) -> str:
    if not _known(edition, found):
        return ""
    made = mix_html(edition, found.file, found.line) if edition.case.instruments else ""
    return _not_empty(made, edition, found, _NO_INSTRUMENT)


def _abbreviations(edition: Edition, of: Directive) -> str:
    found = sorted(edition.case.abbreviations.items(), key=lambda pair: pair[0].lower())
    if not found:
        return _not_empty("", edition, of, "add `abbreviations` to case.yaml")
    rows = "".join(f"<dt>{escape(short)}</dt><dd>{escape(full)}</dd>" for short, full in found)
    return f'<dl class="facts">{rows}</dl>'


def _known(edition: Edition, found: Directive, *words: str) -> bool:
    """Refuse a word that a directive does not know, rather than leave it unread."""
    said, name = " ".join(found.args), found.name
    if said in ("", *words):
        return True
    ways = " or ".join([f"`::: {name}`", *(f"`::: {name} {word}`" for word in words)])
    edition.problem(found.file, found.line, f"`::: {name}` does not know '{said}'", f"write {ways}")
    return False


def _not_empty(made: str, edition: Edition, found: Directive, hint: str = "") -> str:
    """Refuse a directive that would leave its heading with nothing under it."""
    if not made:
        name = " ".join([":::", found.name, *found.args])
        what = f"`{name}` has nothing to show"
        other = "take the directive out, and its heading when nothing else stands there"
        edition.problem(found.file, found.line, what, f"{hint}, or {other}" if hint else other)
    return made


def _workings(edition: Edition, found: Directive) -> str:
    return _not_empty(workings(edition), edition, found, _NO_INSTRUMENT)


def _contribution(edition: Edition, found: Directive) -> str:
    if not _known(edition, found, "conclusions"):
        return ""
    made = conclusions_html(edition) if found.args == ("conclusions",) else stories_html(edition)
    return _not_empty(made, edition, found, "add contribution.yaml")


def _mix(edition: Edition, found: Directive) -> str:
    if not _known(edition, found, "full"):
        return ""
    if found.args == ("full",):
        return _not_empty(mix_in_full(edition), edition, found)
    return _not_empty(mix_list(edition), edition, found, "write `::: mix full`")


def _compliance(edition: Edition, found: Directive) -> str:
    if not _known(edition, found):
        return ""
    return _not_empty(compliance_html(edition), edition, found, "name a regime in compliance.yaml")


def _evaluability(edition: Edition, found: Directive) -> str:
    ahead = edition.evaluation.evaluability
    if not _known(edition, found, *(("overview", "paragraphs", *ahead) if ahead else ())):
        return ""
    made = evaluability_html(edition, found.file, found.line, " ".join(found.args))
    hint = "give an instrument `evaluability`, or a status such as voorgenomen"
    return _not_empty(made, edition, found, hint)


def _theory(edition: Edition, found: Directive) -> str:
    if not _known(edition, found):
        return ""
    return _not_empty(theory_html(edition), edition, found, "fill in theory.yaml")


def _themed(name: str, edition: Edition, found: Directive) -> bool:
    """Refuse a theme that the case does not have."""
    if name in edition.case.themes:
        return True
    hint = did_you_mean(name, edition.case.themes, "add it to themes.yaml")
    edition.problem(found.file, found.line, f"no theme '{name}'", hint)
    return False


def _theme(edition: Edition, found: Directive) -> str:
    if not _themed(" ".join(found.args), edition, found):
        return ""
    return _not_empty(theme_html(found.args[0], edition), edition, found)


def _measures(edition: Edition, found: Directive) -> str:
    if found.args and not _themed(" ".join(found.args), edition, found):
        return ""
    theme = found.args[0] if found.args else None
    measures = edition.case.instruments.items()
    keys = [key for key, one in measures if theme is None or one.theme == theme]
    return _not_empty("".join(measure_html(key, edition) for key in keys), edition, found)


def _trail(edition: Edition, found: Directive) -> str:
    # It is filled in at the end, when every value has been printed.
    return trail_html(edition, found.file, found.line) if _known(edition, found) else ""


def _sources(edition: Edition, found: Directive) -> str:
    made = all_sources(edition, found.file, found.line)
    return _not_empty(made, edition, found, "cite a source of sources.bib")


HANDLERS: dict[str, Handler] = {
    "lead": _lead,
    "box": _box,
    "figure": partial(_exhibit, kind="figure"),
    "table": partial(_exhibit, kind="table"),
    "analysis": _analysis,
    "instruments": _instruments,
    "theory": _theory,
    "theme": _theme,
    "measures": _measures,
    "recommendations": _recommendations,
    "verdicts": _verdicts,
    "abbreviations": _abbreviations,
    "workings": _workings,
    "mix": _mix,
    "contribution": _contribution,
    "compliance": _compliance,
    "evaluability": _evaluability,
    "trail": _trail,
    "sources": _sources,
}
