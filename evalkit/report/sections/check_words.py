"""The numbers of a diagnostic that decided it, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evalkit.language.estimate import plain
from evalkit.model.analysis import CheckName
from evalkit.model.finding import CheckFinding
from evalkit.report.sections.effect_words import EffectWords

Figures = Mapping[str, float]
_LEAST = 0.01  # what two decimals can show


def check_words(check: CheckFinding, words: EffectWords) -> str:
    """Print what decided a diagnostic; nothing when it had no number to go by.

    Parameters
    ----------
    check
        What the diagnostic said.
    words
        The words of the analysis that it belongs to.
    """
    if not check.possible:
        return check.says
    return _TOLD.get(check.name, _p_value)(check.figures, words)


def _p_value(figures: Figures, words: EffectWords) -> str:
    return words.p(figures["p_value"]) if "p_value" in figures else ""


def _pretrends(figures: Figures, words: EffectWords) -> str:
    """The test, and whether it would have seen the trend that overturns the finding."""
    told = _p_value(figures, words)
    if "power" not in figures:
        return told
    power = plain(100 * figures["power"], 0, words.lang)
    return words.label("check-figures.pretrends", p=told, power=power)


def _honest(figures: Figures, words: EffectWords) -> str:
    if "breakdown_mbar" not in figures:
        return ""
    found = figures["breakdown_mbar"]
    if found <= 0:  # the interval holds nought before any difference in trends is allowed for
        return words.label("check-figures.honest-nothing")
    if found < _LEAST:
        return words.label("check-figures.honest-little", value=plain(_LEAST, 2, words.lang))
    return words.label("check-figures.honest", value=plain(found, 2, words.lang))


def _placebo_groups(figures: Figures, words: EffectWords) -> str:
    """The share of placebos with an effect, which is what is judged."""
    if "rejected" not in figures:
        return ""
    return words.label(
        "check-figures.placebo_groups",
        rejected=plain(figures["rejected"] * figures["placebos"], 0, words.lang),
        placebos=plain(figures["placebos"], 0, words.lang),
        expected=plain(figures["expected"], 0, words.lang),
    )


def _leave_one_out(figures: Figures, words: EffectWords) -> str:
    if "least" not in figures:
        return ""
    low, high = (words.converted(figures[key]) for key in ("least", "greatest"))
    if words.unit:
        low = low.removesuffix(f" {words.unit}")
    return words.label("check-figures.leave_one_out", low=low, high=high)


def _overlap(figures: Figures, words: EffectWords) -> str:
    if "effective_controls" not in figures:
        return ""
    number = plain(figures["effective_controls"], 0, words.lang)
    return words.label("check-figures.overlap", number=number, units=words.units)


def _composition(figures: Figures, words: EffectWords) -> str:
    return _p_value(figures, words) if figures else words.label("check-figures.composition")


def _power(figures: Figures, words: EffectWords) -> str:
    if "mde" not in figures:
        return ""
    mde = words.converted(figures["mde"])
    if "relevant" not in figures:
        return words.label("check-figures.power", mde=mde)
    return words.label("check-figures.power-relevant", mde=mde, relevant=words.matter)


_TOLD: Mapping[CheckName, Callable[[Figures, EffectWords], str]] = {
    "pretrends": _pretrends,
    "honest": _honest,
    "placebo_groups": _placebo_groups,
    "leave_one_out": _leave_one_out,
    "overlap": _overlap,
    "composition": _composition,
    "power": _power,
}
