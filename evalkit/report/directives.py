"""The `:::` directives of prose, each a function from a directive to markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

from evalkit.language.catalogue import labels
from evalkit.language.suggest import did_you_mean
from evalkit.report.analysis import analysis_html
from evalkit.report.compliance import compliance_html
from evalkit.report.contribution import conclusions_html, stories_html
from evalkit.report.document import Drawing, Kind
from evalkit.report.edition import Edition
from evalkit.report.figures.coverage import coverage_matrix
from evalkit.report.figures.effect_ladder import effect_ladder
from evalkit.report.figures.theory import theory_figure
from evalkit.report.instrument import instrument_html
from evalkit.report.mix import mix_in_full, mix_list
from evalkit.report.prose import Directive, Handler
from evalkit.report.recommendations import recommendation_titles, recommendations
from evalkit.report.tables.crosswalk import crosswalk_table
from evalkit.report.tables.csv import csv_table
from evalkit.report.tables.periods import periods_table
from evalkit.report.tables.scores import scores_table
from evalkit.report.tables.sources import references_list, sources_table
from evalkit.report.tables.stages import stages_table
from evalkit.report.trail import TRAIL
from evalkit.report.verdict import mix_html
from evalkit.report.workings import workings

Maker = Callable[[Edition], Drawing]
FIGURES: Mapping[str, Maker] = {
    "theory": theory_figure,
    "matrix": coverage_matrix,
    "ladder": effect_ladder,
}
TABLES: Mapping[str, Maker] = {
    "periods": periods_table,
    "scores": scores_table,
    "stages": stages_table,
    "crosswalk": crosswalk_table,
}


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
    if kind == "table" and name == "csv":
        return _csv(edition, found)
    maker = makers.get(name)
    if maker is None:
        known = [*makers, *(["csv"] if kind == "table" else [])]
        edition.problem(found.file, found.line, f"no {kind} '{name}'", did_you_mean(name, known))
        return ""
    placed = _placed(edition, found, kind, maker(edition))
    if name == "matrix":  # the matrix says in words what it shows
        finding = escape(edition.evaluation.coverage.finding[edition.lang])
        names = "; ".join(escape(goal.name) for goal in edition.case.theory.goals.values())
        full = f"<p>{edition.label('matrix.goals')}: {names}.</p>"
        return f'{placed}{full}<p class="finding">{finding}</p>'
    return placed


def _placed(
    edition: Edition, found: Directive, kind: Kind, drawing: Drawing, source: str = ""
) -> str:
    values = found.attributes.values
    for key in values.keys() - {"caption", "source"}:
        edition.problem(
            found.file, found.line, f"'{key}' is not read here", "use caption and source"
        )
    if not values.get("caption") or not found.attributes.id:
        hint = f'write `::: {kind} … {{#{"tbl" if kind == "table" else "fig"}-… caption="…"}}`'
        edition.problem(found.file, found.line, f"a {kind} needs a label and a caption", hint)
        return ""
    made = edition.exhibit(
        kind, found.attributes.id, values["caption"], drawing,
        values.get("source") or source, found.file, found.line,
    )  # fmt: skip
    macro = edition.style.templates.get_template("components.html.j2").module.exhibit  # type: ignore[attr-defined]
    return f"{macro(made, labels('report', edition.lang))}{found.body}"


def _csv(edition: Edition, found: Directive) -> str:
    tables = edition.case.tables
    name = found.args[1] if len(found.args) > 1 else ""
    if name not in tables:
        hint = did_you_mean(name, tables, "name it under `tables` in case.yaml")
        edition.problem(found.file, found.line, f"no table '{name}' in case.yaml", hint)
        return ""
    drawing, source = csv_table(tables[name], edition)
    return _placed(edition, found, "table", drawing, source)


def _analysis(edition: Edition, found: Directive) -> str:
    findings = edition.evaluation.findings
    name = found.args[0] if found.args else ""
    if name not in findings:
        hint = did_you_mean(name, findings, "name an analysis of analyses.yaml")
        edition.problem(found.file, found.line, f"no analysis '{name}'", hint)
        return ""
    return analysis_html(name, edition, found.file, found.line)


def _instruments(edition: Edition, _: Directive) -> str:
    return "".join(instrument_html(key, edition, HANDLERS) for key in edition.case.instruments)


def _recommendations(edition: Edition, found: Directive) -> str:
    if found.args == ("titles",):
        return recommendation_titles(edition)
    return recommendations(edition)


def _verdicts(edition: Edition, _: Directive) -> str:
    return mix_html(edition)


def _abbreviations(edition: Edition, _: Directive) -> str:
    found = sorted(edition.case.abbreviations.items(), key=lambda pair: pair[0].lower())
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


def _workings(edition: Edition, _: Directive) -> str:
    return workings(edition)


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


def _trail(edition: Edition, found: Directive) -> str:
    # It is filled in at the end, when every value has been printed.
    return TRAIL if _known(edition, found) else ""


def _sources(edition: Edition, _: Directive) -> str:
    table = sources_table(edition).markup
    head = escape(edition.label("sources.all"))
    return f'<div class="wide">{table}</div><h3>{head}</h3>{references_list(edition)}'


HANDLERS: dict[str, Handler] = {
    "lead": _lead,
    "box": _box,
    "figure": partial(_exhibit, kind="figure"),
    "table": partial(_exhibit, kind="table"),
    "analysis": _analysis,
    "instruments": _instruments,
    "recommendations": _recommendations,
    "verdicts": _verdicts,
    "abbreviations": _abbreviations,
    "workings": _workings,
    "mix": _mix,
    "contribution": _contribution,
    "compliance": _compliance,
    "trail": _trail,
    "sources": _sources,
}
