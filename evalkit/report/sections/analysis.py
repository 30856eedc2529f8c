"""The section of an analysis: question, design, figure, table, checks, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from evalkit.language.capital import capital
from evalkit.language.estimate import with_interval
from evalkit.language.numbers import format_count, spell
from evalkit.model.finding import LeftOut
from evalkit.report.document import Drawing, Kind
from evalkit.report.edition import Edition
from evalkit.report.figures.check_symbol import check_symbol
from evalkit.report.figures.counterfactual import SeriesWords, counterfactual
from evalkit.report.figures.event_study import Words, event_study
from evalkit.report.sections.check_words import check_words
from evalkit.report.sections.effect_words import EffectWords, lowered
from evalkit.report.sections.variants import VariantWords
from evalkit.report.sections.verdict import deciding
from evalkit.report.tables.effects import effects_table, printed_rows
from evalkit.report.text.citations import cited_all
from evalkit.report.text.prose import Prose


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
            self.variants(),
            self.checks(),
            self.meaning(),
        ])  # fmt: skip

    @property
    def logs(self) -> bool:
        """Whether the outcome is a logarithm, of which per cents are told."""
        return self.finding.percent is not None

    @property
    def level(self) -> str:
        """The confidence level in per cent."""
        return f"{100 * (1 - self.finding.errors.alpha):g}"

    @property
    def average(self) -> str:
        """The average effect with its interval and unit."""
        found = with_interval(self.words.measured, self.edition.lang)
        return f"{found} {self.words.unit}".strip()

    def figure(self) -> str:
        """What was measured beside what was expected, or else the effects by time."""
        if self.finding.series:
            return self.beside()
        if not self.finding.path:
            return ""
        label, words = self.edition.label, self.words
        drawn = event_study(
            [one.in_percent() for one in self.finding.path] if self.logs else self.finding.path,
            Words(
                start=words.start,
                since=label(f"time.{words.period}-since").format(start=words.start),
                base=label("analysis.base"),
                uniform=label("analysis.uniform").format(level=self.level),
                pointwise=label("analysis.pointwise").format(level=self.level),
                estimate=label("analysis.estimate"),
                alt=label("analysis.alt").format(start=words.start, average=self.average),
                heads=(
                    label("effects.time"), label("effects.estimate"),
                    label("effects.interval").format(level=self.level),
                    label("effects.uniform").format(level=self.level),
                ),
                brief=label("analysis.start-brief"),
                since_brief=label(f"time.{words.period}-since").format(
                    start=label("analysis.start-brief")
                ),
            ),
            self.edition.lang,
        )  # fmt: skip
        legend = escape(label("effects.effect").format(unit=words.unit or words.outcome))
        drawn = Drawing(drawn.markup, drawn.alt, f'<span class="unit">{legend}</span>', drawn.data)
        caption = label("analysis.figure").format(title=self.analysis.title, start=words.start)
        return self.exhibit("figure", caption, drawn, self.source())

    def beside(self) -> str:
        """The series of a design that gives one, with what it expects without the start."""
        label, words = self.edition.label, self.words
        single = self.analysis.design == "interrupted_series"
        expected = label(f"analysis.expected-{'series' if single else 'synthetic'}")
        drawn = counterfactual(
            self.finding.series,
            SeriesWords(
                start=words.start,
                brief=label("analysis.start-brief"),
                observed=label("analysis.observed"),
                expected=expected,
                alt=label("analysis.series-alt").format(
                    start=words.start, expected=expected, average=self.average
                ),
                time=label(f"time.{words.period}").capitalize(),
            ),
            self.edition.lang,
            joined=not single,
        )
        unit = escape(label("analysis.series-unit").format(
            outcome=capital(words.outcome), unit=self.analysis.outcome.unit
        ).removesuffix(" ()"))  # fmt: skip
        drawn = Drawing(drawn.markup, drawn.alt, f'<span class="unit">{unit}</span>', drawn.data)
        caption = label("analysis.series").format(title=self.analysis.title)
        return self.exhibit("figure", caption, drawn, self.source())

    def table(self) -> str:
        drawing = effects_table(self.finding, self.analysis, self.edition)
        caption = self.edition.label("analysis.table").format(
            title=self.analysis.title, average=self.average
        )
        below = [self.source(), escape(self.words.method()), *self.reading(), *self.left_out()]
        return self.exhibit("table", caption, drawing, ". ".join(below))

    def variants(self) -> str:
        """What other outcomes, subgroups and specifications give."""
        if self.finding.varied is None:
            return ""
        words = VariantWords(self.finding, self.analysis, self.edition)
        label, title, curve = self.edition.label, self.analysis.title, words.curve()
        count = format_count(len(self.finding.varied.runs), self.edition.lang)
        below = ". ".join([self.source(), *map(escape, words.notes())])
        caption = label("variants.caption").format(title=title, count=count)
        shown = self.exhibit("table", caption, words.table(), below, "variants")
        if curve is None:
            return shown
        caption = label("variants.figure").format(title=title)
        return self.exhibit("figure", caption, curve, self.source(), "variants") + shown

    def reading(self) -> Iterator[str]:
        """Say how columns are to be read that do not speak for themselves."""
        if any(one.uniform_low is not None for one in self.finding.path):
            yield escape(self.edition.label("effects.band-note").format(level=self.level))
        if self.logs:
            yield escape(self.edition.label("effects.percent-note"))
        hidden = self.finding.suppressed
        if hidden is not None and any(time >= 0 for time in hidden.times):
            yield escape(self.edition.label("effects.suppressed-note").format(
                minimum=hidden.minimum
            ))  # fmt: skip
        after = [one for one in self.finding.path if (one.event_time or 0) >= 0]
        if len(shown := printed_rows(after)) < len(after):
            note = self.edition.label(f"effects.chosen-{self.words.period}")
            yield escape(note.format(shown=len(shown), total=len(after)))

    def exhibit(
        self, kind: Kind, caption: str, drawing: Drawing, source: str, part: str = "analysis"
    ) -> str:
        head = "tbl" if kind == "table" else "fig"
        made = self.edition.exhibit(
            kind, f"{head}-{part}-{self.key}", escape(caption), drawing, source,
            self.file, self.line,
        )  # fmt: skip
        return self.edition.framed(made)

    def source(self) -> str:
        sources = self.edition.case.sources
        self.edition.cited.update(key for c in self.analysis.source for key in c.keys)
        return escape(cited_all(self.analysis.source, sources, self.edition.lang))

    def left_out(self) -> Iterator[str]:
        found = [self.reason(one) for one in self.finding.sample.dropped]
        if found:
            yield f"{self.edition.label('analysis.left-out')}: {escape('; '.join(found))}"
        if self.finding.notes:
            notes = escape(" ".join(self.finding.notes).rstrip("."))
            yield f"{self.edition.label('analysis.notes')}: {notes}"

    def reason(self, one: LeftOut) -> str:
        """Say what was left out and why."""
        label, lang = self.edition.label, self.edition.lang
        if one.fewer:
            return label("analysis.left-out-few").format(minimum=one.fewer, reason=one.reason)
        number = "one" if one.rows == 1 else "more"
        rows = label(f"analysis.rows-{number}").format(rows=format_count(one.rows, lang))
        if not one.units:
            return label("analysis.left-out-rows").format(rows=rows, reason=one.reason)
        return label("analysis.left-out-units").format(
            units=format_count(one.units, lang), name=self.words.units, rows=rows, reason=one.reason
        )

    def checks(self) -> str:
        """List the diagnostics with their numbers and what they say."""
        if not self.finding.checks:
            return ""
        rows = []
        for check in self.finding.checks:
            verdict = self.edition.label(f"check-outcome.{check.outcome.replace(' ', '-')}")
            name = escape(self.edition.label(f"check.{check.name}"))
            figures = escape(check_words(check, self.words))
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
        more = (words.uncertainty(), words.small(), words.doubted(), means)
        effect = f"<b>{escape(words.effect())}</b>"
        first = " ".join([effect, *(escape(part) for part in more if part)])
        parts = (*self.judged(), *self.covered(), *self.weighed())
        second = " ".join(escape(part) for part in parts)
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
            names = self.edition.listed([lowered(label(f"check.{name}")) for name in found])
            if found:
                yield label(f"effect-told.checks-{key}").format(names=names)

    def weighed(self) -> Iterator[str]:
        """Tell what it does to the rung of the instrument, and what holds that down."""
        label, instrument = self.edition.label, self.finding.instrument
        if instrument is None:
            yield label("effect-told.weightless").format(ladder=self.words.ladder)
            return
        verdict = self.edition.evaluation.scores[instrument]
        limits = [cap for cap in verdict.caps if self.key in cap.evidence]
        holds = not limits and verdict.level == self.edition.ladder.top
        if not limits and not holds:  # not this analysis but something else keeps the rung low
            limits = [deciding(verdict)]
        yield from (cap.prose(self.edition.lang) for cap in limits)
        told = "holds" if holds and self.proved else "level"
        yield label(f"effect-told.{told}").format(level=verdict.level, ladder=self.words.ladder)

    @property
    def proved(self) -> bool:
        """Whether every check passed, of a finding that says something."""
        checks = self.finding.checks
        says = self.finding.told_apart or self.finding.direction != "unknown"
        return says and bool(checks) and all(check.outcome == "passed" for check in checks)

    def covered(self) -> Iterator[str]:
        """Say which outcome it is about, when the instrument has more than one."""
        goal = self.analysis.goal
        if goal is None:
            return
        nodes = self.edition.case.instruments[goal[0]].at(goal[1])
        if goal[2] in nodes and len(nodes) > 1:
            total, node = spell(len(nodes), self.edition.lang), lowered(nodes[goal[2]].text)
            yield self.edition.label("effect-told.covers").format(total=total, node=node)
