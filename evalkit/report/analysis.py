"""The section of an analysis: question, design, figure, table, checks, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from evalkit.language.catalogue import labels
from evalkit.language.estimate import with_interval
from evalkit.language.numbers import format_count
from evalkit.model.finding import LeftOut
from evalkit.report.citations import cited_all
from evalkit.report.document import Drawing, Kind
from evalkit.report.edition import Edition
from evalkit.report.effect_words import EffectWords
from evalkit.report.figures.check_symbol import check_symbol
from evalkit.report.figures.event_study import Words, event_study
from evalkit.report.prose import Prose
from evalkit.report.tables.effects import effects_table

_REASONS = (
    (r"the outcome is missing", "outcome"),
    (r"the column '(?P<name>.*)' is missing", "column"),
    (r"the covariate '(?P<name>.*)' is missing", "covariate"),
    (r"the unit lacks a period", "period"),
    (r"the unit is treated from the first period on", "always"),
    (r"the last cohort, which is the comparison, is treated", "last"),
)


def analysis_html(key: str, edition: Edition, file: str, line: int) -> str:
    """Render the section of an analysis."""
    return _Section(key, edition, file, line).html()


class _Section:
    def __init__(self, key: str, edition: Edition, file: str, line: int) -> None:
        self.key, self.edition, self.file, self.line = key, edition, file, line
        self.finding = edition.evaluation.findings[key]
        self.analysis = edition.case.analyses[key]
        self.words = EffectWords(self.finding, self.analysis, edition)

    def html(self) -> str:
        id_ = f"analysis-{self.key}"
        number = self.edition.section(id_, self.analysis.title, self.file, self.line)
        secno = f'<span class="secno">{number}</span> ' if number else ""
        question = f'<p class="question">{escape(self.analysis.question)}</p>'
        prose = Prose(self.edition, "analyses.yaml").html(self.analysis.text)
        return "".join([
            f'<h2 id="{id_}">{secno}{escape(self.analysis.title)}</h2>',
            question,
            f"<p>{escape(self.words.design())}</p>",
            prose,
            self.figure(),
            self.table(),
            self.checks(),
            self.meaning(),
        ])  # fmt: skip

    def figure(self) -> str:
        """The effects by time, where the design gives them."""
        if not self.finding.path:
            return ""
        label, words = self.edition.label, self.words
        level = f"{100 * (1 - self.finding.errors.alpha):g}"
        average = with_interval(self.finding.average, self.edition.lang)
        unit = self.analysis.outcome.unit
        drawn = event_study(
            self.finding.path,
            Words(
                start=words.start,
                since=label(f"time.{words.period}-since").format(start=words.start),
                base=label("analysis.base"),
                uniform=label("analysis.uniform").format(level=level),
                pointwise=label("analysis.pointwise").format(level=level),
                estimate=label("analysis.estimate"),
                alt=label("analysis.alt").format(
                    start=words.start, average=f"{average} {unit}".strip()
                ),
                heads=(
                    label("effects.time"), label("effects.estimate"),
                    label("effects.interval").format(level=level), label("effects.uniform"),
                ),
            ),
            self.edition.lang,
        )  # fmt: skip
        legend = escape(label("effects.effect").format(unit=unit or words.outcome))
        drawn = Drawing(drawn.markup, drawn.alt, f'<span class="unit">{legend}</span>', drawn.data)
        caption = label("analysis.figure").format(title=self.analysis.title, start=words.start)
        return self.exhibit("figure", caption, drawn, self.source())

    def table(self) -> str:
        drawing = effects_table(self.finding, self.analysis, self.edition)
        average = with_interval(self.finding.average, self.edition.lang)
        caption = self.edition.label("analysis.table").format(
            title=self.analysis.title, average=f"{average} {self.analysis.outcome.unit}".strip()
        )
        method = f"{self.source()}. {escape(self.words.method())}"
        return self.exhibit("table", caption, drawing, ". ".join([method, *self.left_out()]))

    def exhibit(self, kind: Kind, caption: str, drawing: Drawing, source: str) -> str:
        made = self.edition.exhibit(
            kind, f"{kind[:3]}-analysis-{self.key}", escape(caption), drawing, source,
            self.file, self.line,
        )  # fmt: skip
        macro = self.edition.style.templates.get_template("components.html.j2").module.exhibit  # type: ignore[attr-defined]
        return str(macro(made, labels("report", self.edition.lang)))

    def source(self) -> str:
        sources = self.edition.case.sources
        self.edition.cited.update(key for c in self.analysis.source for key in c.keys)
        return escape(cited_all(self.analysis.source, sources, self.edition.lang))

    def left_out(self) -> Iterator[str]:
        found = [self.reason(one) for one in self.finding.sample.dropped]
        if found:
            yield f"{self.edition.label('analysis.left-out')}: {escape('; '.join(found))}"
        if self.finding.notes:
            notes = escape("; ".join(note.rstrip(".") for note in self.finding.notes))
            yield f'{self.edition.label("analysis.notes")}: <span lang="en">{notes}</span>'

    def reason(self, one: LeftOut) -> str:
        """Say in the language of the report what was left out; an unknown reason stays English."""
        lang, reason = self.edition.lang, one.reason
        for pattern, name in _REASONS:
            known = re.fullmatch(pattern, one.reason)
            if known:
                reason = self.edition.label(f"left-out.{name}").format(**known.groupdict())
        rows = format_count(one.rows, lang)
        if not one.units:
            return self.edition.label("analysis.left-out-rows").format(rows=rows, reason=reason)
        return self.edition.label("analysis.left-out-units").format(
            units=format_count(one.units, lang), name=self.words.units, rows=rows, reason=reason
        )

    def checks(self) -> str:
        """List the diagnostics with their numbers and what they say."""
        if not self.finding.checks:
            return ""
        rows = []
        for check in self.finding.checks:
            verdict = self.edition.label(f"check-outcome.{check.outcome.replace(' ', '-')}")
            name = escape(self.edition.label(f"check.{check.name}"))
            figures = escape(self.words.check_figures(check))
            rows.append(
                f'<tr class="{check.outcome.replace(" ", "-")}">'
                f'<td class="check-symbol">{check_symbol(check.outcome)}</td>'
                f'<th scope="row">{name}</th><td>{figures}</td>'
                f'<td class="check-verdict">{escape(verdict)}</td></tr>'
            )
        head = escape(self.edition.label("analysis.checks"))
        return (
            f'<section class="checks"><h3>{head}</h3>'
            f"<table><tbody>{''.join(rows)}</tbody></table></section>"
        )

    def meaning(self) -> str:
        """The box that says what it comes down to."""
        words, means = self.words, self.analysis.outcome.means
        label, title = (self.edition.label(f"analysis.meaning{end}") for end in ("-label", ""))
        first = " ".join(filter(None, [f"<b>{escape(words.effect())}</b>",
                                       escape(words.uncertainty()), escape(means)]))  # fmt: skip
        second = " ".join(escape(part) for part in (*self.judged(), *self.weighed()))
        return (
            f'<aside class="box reading"><div class="box-head"><p class="box-label">{label}</p>'
            f'<p class="box-title">{title}</p></div>'
            f'<div class="box-body"><p>{first}</p><p>{second}</p></div></aside>'
        )

    def judged(self) -> Iterator[str]:
        """Name the checks that did not pass."""
        label, checks = self.edition.label, self.finding.checks
        if not checks:
            yield label("effect-told.checks-none")
        elif all(check.outcome == "passed" for check in checks):
            yield label("effect-told.checks-all")
        for outcome, key in (("failed", "failed"), ("not decisive", "open")):
            found = [check.name for check in checks if check.outcome == outcome]
            names = self.edition.listed([_small(label(f"check.{name}")) for name in found])
            if found:
                yield label(f"effect-told.checks-{key}").format(names=names)

    def weighed(self) -> Iterator[str]:
        """Tell what it does to the rung of the instrument, and which rule says so."""
        label, instrument = self.edition.label, self.finding.instrument
        if instrument is None:
            yield label("effect-told.weightless")
            return
        verdict = self.edition.evaluation.scores[instrument]
        limits = [cap for cap in verdict.caps if self.key in cap.evidence]
        yield from (cap.prose(self.edition.lang) for cap in limits)
        key = "holds" if not limits and verdict.level == self.edition.ladder.top else "level"
        yield label(f"effect-told.{key}").format(level=verdict.level)


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
