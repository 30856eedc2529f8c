"""What an analysis found, in words: the design, the effect, and what it comes down to."""

from __future__ import annotations

import math
import re

from evalkit.language.capital import capital
from evalkit.language.estimate import decimals, p_value, plain
from evalkit.language.numbers import format_count, spell
from evalkit.model.analysis import Analysis, CheckName
from evalkit.model.finding import Estimate, Finding
from evalkit.report.edition import Edition
from evalkit.report.text.citations import in_brackets, work_named

# Checks of the test itself that hold with few clusters.
_FOR_FEW: tuple[CheckName, ...] = ("wild_bootstrap", "randomisation", "jackknife")


def lowered(words: str) -> str:
    """Write words as they stand within a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


class EffectWords:
    """Says in the language of the report what a finding is.

    Parameters
    ----------
    finding
        What the analysis gave.
    analysis
        What was asked.
    edition
        The report that it is for.
    """

    def __init__(self, finding: Finding, analysis: Analysis, edition: Edition) -> None:
        self.finding, self.analysis, self.edition = finding, analysis, edition
        self.lang = edition.lang

    def label(self, key: str, **slots: object) -> str:
        """Give a sentence of the catalogue, filled in."""
        return self.edition.label(key).format(**slots)

    @property
    def outcome(self) -> str:
        """The outcome, in words."""
        return self.analysis.outcome.words

    @property
    def units(self) -> str:
        """The units, in the plural."""
        return self.analysis.units or self.label("analysis.units")

    @property
    def start(self) -> str:
        """What happens at the start."""
        return self.analysis.start or self.label("analysis.start")

    @property
    def compared(self) -> str:
        """With whom the units are compared."""
        default = self.label(f"compared.{self.analysis.control}", units=self.units)
        return self.analysis.compared or default

    @property
    def period(self) -> str:
        """What time is counted in: years, quarters, or just periods."""
        first = self.finding.sample.first
        if re.fullmatch(r"1[89]\d\d|20\d\d", first):
            return "year"
        return "quarter" if re.fullmatch(r"\d{4}-?Q[1-4]", first) else "period"

    @property
    def ladder(self) -> str:
        """The ladder as a sentence calls it: a common noun in small letters, a name as it is."""
        title = self.edition.ladder.title[self.lang]
        return lowered(title) if title[1:] == title[1:].lower() else title

    def later(self, event_time: int) -> str:
        """Name a time since the start: ``2 jaar later``."""
        if event_time == 0:
            return self.label(f"time.{self.period}-0")
        number = "one" if event_time == 1 else "more"
        return self.label(f"time.{self.period}-{number}", number=event_time)

    def design(self) -> str:
        """Tell how was compared, in plain words."""
        sample = self.finding.sample
        slots = {
            "outcome": self.outcome,
            "units": self.units,
            "start": self.start,
            "compared": self.compared,
            "period": self.label(f"time.{self.period}"),
            "treated": spell(sample.treated, self.lang),
            "n": format_count(sample.units, self.lang),
            "first": sample.first,
            "last": sample.last,
            "cohorts": self.cohorts(),
        }
        several = (
            self.analysis.design == "group_time" and max(sample.starts, len(sample.cohorts)) > 1
        )
        name = "group_time_staggered" if several else self.analysis.design
        kind = "panel" if self.analysis.unit else "repeated"
        kind = "panel-one" if kind == "panel" and sample.treated == 1 else kind
        kind = "series" if self.analysis.design == "interrupted_series" else kind
        data = self.label(f"design-data.{kind}", **slots)
        return f"{data} {self.label(f'design-told.{name}', **slots)}"

    def cohorts(self) -> str:
        """List how many units began when: ``20 in 2004, 40 in 2006 en 131 in 2007``."""
        found = [
            self.label("analysis.cohort", number=format_count(size, self.lang), time=time)
            for time, size in self.finding.sample.cohorts.items()
        ]
        return self.edition.listed(found)

    def method(self) -> str:
        """Name the estimator, its options and its errors, for the line below a table."""
        analysis, errors = self.analysis, self.finding.errors
        parts = [self._estimator()]
        if analysis.covariates:
            parts.append(self.label(f"method.{analysis.method}"))
            names = self.edition.listed([analysis.named(name) for name in analysis.covariates])
            parts.append(self.label("method.covariates", names=names))
        if errors.kind == "analytic":
            number = format_count(errors.clusters, self.lang)
            name = analysis.named(errors.cluster)
            parts.append(self.label("method.cluster", name=name, number=number))
        sentence = "; ".join(parts)
        return capital(sentence)

    def _estimator(self) -> str:
        """Name the estimator; the work that it comes from as the list of sources has it."""
        told, sources = self.label(f"method.{self.analysis.design}"), self.edition.case.sources
        key = work_named(told, sources)
        if not key:
            return told
        self.edition.cited.add(key)
        return f"{told[: told.rindex('(')]}({in_brackets(sources[key], self.lang)})"

    # What it comes down to ------------------------------------------------------------------

    @property
    def measured(self) -> Estimate:
        """The average in the unit that people think in: per cent for a logarithm."""
        return self.finding.percent or self.finding.average

    @property
    def unit(self) -> str:
        """The unit of `measured`."""
        if self.finding.percent is not None:
            return self.label("unit.procent")
        return self.analysis.outcome.unit

    def size(self, value: float) -> str:
        """Print a value of the effect with its unit."""
        places = decimals(self.measured.std_error, self.measured.estimate)
        return f"{plain(value, places, self.lang)} {self.unit}".strip()

    def effect(self) -> str:
        """Say what the effect is, in a sentence."""
        one = self.measured
        key = ("lower" if one.estimate < 0 else "higher") if self.finding.told_apart else "unclear"
        value = abs(one.estimate) if self.finding.told_apart else one.estimate
        return self.label(
            f"effect-told.{key}", start=self.start, outcome=self.outcome, size=self.size(value)
        )

    def uncertainty(self) -> str:
        """Say between what the effect lies; nothing when there is no interval."""
        one = self.measured
        if one.conf_low is None or one.conf_high is None:
            return "" if one.p_value is None else self.label("effect-told.p", p=self.p(one.p_value))
        level = f"{100 * (1 - self.finding.errors.alpha):g}"
        low, high = self.size(one.conf_low), self.size(one.conf_high)
        if self.unit:
            low = low.removesuffix(f" {self.unit}")
        return self.label("effect-told.interval", level=level, low=low, high=high)

    def doubted(self) -> str:
        """Say why figures that show a difference by themselves do not count as showing it."""
        if self.finding.told_apart or not self.shows_by_itself:
            return ""
        failed = [check.name for check in self.finding.checks if check.outcome == "failed"]
        if "placebo_groups" in failed:
            return self.label("effect-told.doubt-placebo")
        for outcome, key in (("failed", "failed"), ("not decisive", "open")):
            names = [check.name for check in self.finding.checks
                     if check.name in _FOR_FEW and check.outcome == outcome]  # fmt: skip
            if names:
                told = self.edition.listed([lowered(self.label(f"check.{name}")) for name in names])
                return self.label(f"effect-told.doubt-{key}", names=told)
        return ""

    @property
    def shows_by_itself(self) -> bool:
        """Whether the interval, or else the test, would show a difference from nought."""
        one = self.finding.average
        if one.conf_low is not None and one.conf_high is not None:
            return one.conf_low > 0 or one.conf_high < 0
        return one.p_value is not None and one.p_value < self.finding.errors.alpha

    def small(self) -> str:
        """Say that the effect is smaller than what matters; nothing when it may be greater."""
        relevant, one = self.analysis.outcome.relevant, self.finding.average
        if relevant is None or one.conf_low is None or one.conf_high is None:
            return ""
        within = -relevant < one.conf_low and one.conf_high < relevant
        return self.label("effect-told.small", relevant=self.matter) if within else ""

    @property
    def matter(self) -> str:
        """The smallest effect that matters, in the unit that people think in."""
        return self.converted(float(self.analysis.outcome.relevant or 0))

    def p(self, value: float) -> str:
        """Print a p-value: ``p = 0,13``, ``p < 0,001``."""
        return p_value(value, self.lang)

    def converted(self, value: float) -> str:
        """Print a size in the unit that people think in: a logarithm in per cent."""
        return self.size(100 * math.expm1(value) if self.finding.percent is not None else value)
