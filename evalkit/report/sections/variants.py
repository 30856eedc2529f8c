"""Other choices for the question of an analysis: their curve and their table."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from evalkit.language.estimate import bracketed, decimals, p_value, plain
from evalkit.language.numbers import format_count
from evalkit.model.analysis import Analysis
from evalkit.model.estimate import Estimate
from evalkit.model.finding import Finding
from evalkit.model.varied import Run, Varied
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.specification_curve import CurveRun, CurveWords, specification_curve
from evalkit.report.sections.effect_words import EffectWords, lowered
from evalkit.report.tables.effects import HIDDEN
from evalkit.report.tables.grid import Column, Row, grid

_CHOICES = ("outcome", "subgroup", "specification")
_WIDE = (0, 0, 32)  # millimetres; the approach has the longest words


class VariantWords:
    """Says what the variants of an analysis are and what they gave.

    Parameters
    ----------
    finding
        What the analysis gave, with its variants.
    analysis
        What was asked.
    edition
        The report that it is for.
    """

    def __init__(self, finding: Finding, analysis: Analysis, edition: Edition) -> None:
        self.edition, self.lang = edition, edition.lang
        self.finding, self.analysis = finding, analysis
        self.varied: Varied = finding.varied or Varied(runs=(), correction="none", tests=0)
        self.words = EffectWords(finding, analysis, edition)
        every = [self.values(run) for run in self.varied.runs]
        self.choices = [
            at for at in range(len(_CHOICES)) if len({values[at] for values in every}) > 1
        ]

    def values(self, run: Run) -> tuple[str, str, str]:
        """Say what a run chose."""
        label, variants = self.edition.label, self.analysis.variants
        own = variants.name if variants is not None else ""
        return (
            f"{run.outcome} ({run.unit})" if run.unit else run.outcome,
            run.subgroup or label("variants.all").format(units=self.words.units),
            run.specification or own or label("variants.own"),
        )

    @property
    def heads(self) -> list[str]:
        """Name the choices that differ between the runs."""
        return [self.edition.label(f"variants.{_CHOICES[at]}") for at in self.choices]

    def curve(self) -> Drawing | None:
        """Draw the runs in the unit of the analysis; nothing when there are fewer than two."""
        unit, label = self.analysis.outcome.unit, self.edition.label
        alpha = self.finding.errors.alpha
        known = [(run, run.estimate) for run in self.varied.runs
                 if run.estimate is not None and run.unit == unit]  # fmt: skip
        if len(known) < 2:
            return None
        shown = [self._drawn(run, one, alpha) for run, one in known]
        estimates = [one.estimate for one in shown]
        places = max(decimals(one.std_error, one.estimate) for _, one in known)
        alt = label("variants.alt").format(
            count=format_count(len(known), self.lang),
            low=plain(min(estimates), places, self.lang),
            high=plain(max(estimates), places, self.lang),
            sure=format_count(sum(one.sure for one in shown), self.lang),
            unit=unit,
        )
        level = plain(alpha, 2, self.lang)
        adjusted = "plain" if self.varied.correction == "none" else "adjusted"
        words = CurveWords(
            choices=tuple(self.heads),
            sure=label(f"variants.sure-{adjusted}").format(alpha=level),
            unsure=label("variants.unsure").format(alpha=level),
            own=label("variants.frame"),
            alt=" ".join(alt.split()).replace(" .", "."),
        )
        drawn = specification_curve(
            shown, words, self.lang, self.table([run for run, _ in known]).data
        )
        measured = escape(label("effects.effect").format(unit=unit or self.words.outcome))
        return replace(
            drawn, legend=f'<span class="unit">{measured}</span>\N{EM SPACE}{drawn.legend}'
        )

    def _drawn(self, run: Run, one: Estimate, alpha: float) -> CurveRun:
        values = self.values(run)
        return CurveRun(
            estimate=one.estimate,
            low=one.conf_low,
            high=one.conf_high,
            sure=run.p_adjusted is not None and run.p_adjusted < alpha,
            own=run is self.varied.runs[0],
            values=tuple(values[at] for at in self.choices),
        )

    def table(self, runs: list[Run] | None = None) -> Drawing:
        """Compose the table of all runs, or of some."""
        label = self.edition.label
        level = f"{100 * (1 - self.finding.errors.alpha):g}"
        units = self.words.units
        columns = [
            *self._choice_columns(),
            Column(self._effect_head(), "num"),
            Column(label("effects.interval").format(level=level), "num", 29),
            Column(label(f"variants.p-{self.varied.correction}"), "num"),
            Column(label("variants.treated").format(units=units), "num"),
        ]
        rows = [self._row(run) for run in (self.varied.runs if runs is None else runs)]
        return grid(columns, rows, label("effects.decimal"))

    def _effect_head(self) -> str:
        """Name the effect with its unit, where all runs have one and the rows do not say it."""
        units = {run.unit for run in self.varied.runs}
        if len(units) > 1 or _CHOICES.index("outcome") in self.choices or not any(units):
            return self.edition.label("variants.effect")
        return self.edition.label("effects.effect").format(unit=units.pop())

    def _choice_columns(self) -> list[Column]:
        """The columns of what differs; of the approach where nothing does."""
        shown = self.choices or [_CHOICES.index("specification")]
        heads = [self.edition.label(f"variants.{_CHOICES[at]}") for at in shown]
        return [Column(head, width=_WIDE[at]) for at, head in zip(shown, heads, strict=True)]

    def _row(self, run: Run) -> Row:
        values = self.values(run)
        named = [escape(values[at]) for at in self.choices] or [escape(values[2])]
        one, lang = run.estimate, self.lang
        if one is None:
            return Row((*named, HIDDEN, HIDDEN, HIDDEN, HIDDEN))
        places = decimals(one.std_error, one.estimate)
        interval = "–"
        if one.conf_low is not None and one.conf_high is not None:
            interval = bracketed(one.conf_low, one.conf_high, places, lang)
        p = "–" if run.p_adjusted is None else p_value(run.p_adjusted, lang)
        count = "–" if one.n_units is None else format_count(one.n_units, lang)
        p = p.removeprefix("p ").removeprefix("= ")
        return Row((*named, plain(one.estimate, places, lang), interval, p, count))

    def notes(self) -> list[str]:
        """Say how p-values are adjusted, and why runs have no number."""
        key = f"variants.said-{self.varied.correction}"
        tests = format_count(self.varied.tests, self.lang)
        reasons = dict.fromkeys(lowered(run.why.rstrip(".")) for run in self.varied.runs if run.why)
        lost = [f"{HIDDEN}: {'; '.join(reasons)}"] if reasons else []
        return [self.edition.label(key).format(tests=tests), *lost]
