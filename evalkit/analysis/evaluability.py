"""The least effect that planned evaluations could find, from the units and periods at hand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from evalkit.checks.design_error import design_error, least_effect
from evalkit.did.enough import ENOUGH
from evalkit.judgement.evaluability.detectable import Detectable, Verdict
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.sentence import Sentence, listing, same
from evalkit.language.catalogue import label
from evalkit.language.estimate import significant
from evalkit.language.numbers import LANGUAGES, Language, format_count
from evalkit.model.case import Case
from evalkit.model.evaluability import Evaluability, Sampling
from evalkit.model.instrument import Instrument
from evalkit.model.quantity import Quantity

POWER, ALPHA = 0.8, 0.05
_UNKNOWN = tuple(step / 10 for step in range(10))  # correlations to try when none is given
_MOST_UNITS = 1_000_000
_LARGER = ("rdd", "iv")
_POINTS = "procentpunt"
_WRITTEN = (_POINTS, "procentpunten", "percentage point", "percentage points")


def detectable_effects(case: Case) -> dict[str, Detectable]:
    """Compute the least effect for each instrument of which the units at hand are given.

    Examples
    --------
    >>> bon = {
    ...     "name": "Bon", "type": "subsidie", "period": "2027", "evaluability": {
    ...         "relevant": "5 banen", "sampling": {
    ...             "treated": 50, "compared": 50, "before": 1, "after": 1, "spread": "10 banen",
    ...             "correlation": "0,5", "names": "bedrijven"}}}
    >>> case = Case.model_validate({
    ...     "slug": "p", "title": "P", "period": "2026", "instruments": {"bon": bon}})
    >>> found = detectable_effects(case)["bon"]
    >>> round(found.most, 2), found.outcome
    (5.66, 'missed')
    """
    return {
        key: detectable(one, one.evaluability.sampling)
        for key, one in case.instruments.items()
        if one.evaluability is not None and one.evaluability.sampling is not None
    }


def detectable(instrument: Instrument, sampling: Sampling) -> Detectable:
    """Compute the least effect that the units and periods of one plan could show.

    The error of a unit has the variance of the spread, and the correlation of an AR(1) in time.
    Where spread or correlation is a range, its ends are tried. Without a correlation those from 0
    to 0.9 are: which one is the worst depends on the periods.
    """
    plan = instrument.evaluability or Evaluability()
    if min(sampling.treated, sampling.compared) < ENOUGH:
        return Detectable(outcome="too few", text=_too_few(sampling))
    found = [_mde(sampling, one, rho) for one in _spreads(sampling) for rho in _rhos(sampling)]
    low, high = min(found), max(found)
    if sampling.correlation is None:
        low = max(_mde(sampling, min(_spreads(sampling)), rho) for rho in _rhos(sampling))
    unit = _unit(instrument, sampling.spread)
    relevant = _relevant(instrument, plan.relevant, unit, sampling)
    outcome = _outcome(low, high, relevant, plan.relevant)
    units = _enough(sampling, relevant) if outcome == "missed" and relevant is not None else None
    made = Detectable(
        least=low, most=high, unit=unit, power=POWER, alpha=ALPHA, relevant=relevant,
        outcome=outcome, units=units, text=same(""),
    )  # fmt: skip
    return made.model_copy(update={"text": _told(made, plan, sampling)})


def _mde(sampling: Sampling, spread: float, correlation: float, times: float = 1) -> float:
    treated = max(round(sampling.treated * times), 1)
    units = treated + max(round(sampling.compared * times), 1)
    found = design_error(
        units,
        pre=sampling.before,
        post=sampling.after,
        variance=spread**2,
        treated=treated / units,
        autocorrelation=correlation,
    )
    return least_effect(found.std_error, wanted=POWER, alpha=ALPHA, df=found.clusters - 2)


def _spreads(sampling: Sampling) -> tuple[float, ...]:
    return _ends(sampling.spread)


def _rhos(sampling: Sampling) -> tuple[float, ...]:
    return _UNKNOWN if sampling.correlation is None else _ends(sampling.correlation)


def _ends(quantity: Quantity) -> tuple[float, ...]:
    ends = (quantity.amount, quantity.upper)
    return tuple(sorted({float(end) for end in ends if end is not None}))


def _unit(instrument: Instrument, spread: Quantity) -> str:
    """Tell the unit of the effect: a share changes by percentage points."""
    if spread.unit in _WRITTEN:
        return _POINTS
    return _POINTS if spread.unit == "procent" and _is_share(instrument) else spread.unit


def _is_share(instrument: Instrument) -> bool:
    plan = instrument.evaluability
    name = "" if plan is None or plan.indicator is None else plan.indicator
    stage = instrument.stages.get(name)
    if stage is None:
        return False
    node = instrument.at(stage)[name]
    values = [*node.per_year.values(), *(one.value for one in node.observations.values())]
    return node.unit == "procent" or any(one.is_share for one in values)


def _relevant(
    instrument: Instrument, relevant: Quantity | None, unit: str, sampling: Sampling
) -> float | None:
    """Give the effect that matters as a number in the unit of the spread; its least value."""
    if relevant is None or relevant.amount is None or relevant.amount == 0:
        return None
    own = _unit(instrument, relevant)
    if own != unit or relevant.per != sampling.spread.per:
        return None
    return abs(float(Fraction(relevant.amount)))


def _outcome(low: float, high: float, relevant: float | None, given: Quantity | None) -> Verdict:
    if given is None or given.amount is None:
        return "open"
    if relevant is None:
        return "other unit"
    if high <= relevant:
        return "found"
    return "missed" if low > relevant else "unclear"


def _enough(sampling: Sampling, relevant: float) -> int | None:
    """Count the units that would do for the effect that matters, in the same proportion."""
    spread = max(_spreads(sampling))
    rho = max(_rhos(sampling), key=lambda one: _mde(sampling, spread, one))
    own = sampling.treated + sampling.compared
    times = (_mde(sampling, spread, rho) / relevant) ** 2
    while own * times <= _MOST_UNITS:
        if _mde(sampling, spread, rho, times) <= relevant:
            return math.ceil(own * times)
        times *= 1.01
    return None


# ---------------------------------------------------------------- in words


def _told(found: Detectable, plan: Evaluability, sampling: Sampling) -> Sentence:
    parts = [_found(found, sampling), *_compared(found, plan, sampling)]
    if sampling.correlation is None:
        parts.append(words("detectable", "no_correlation"))
    if plan.design in _LARGER:
        parts.append(phrase("detectable", "larger", design=words("design", plan.design)))
    elif plan.design in ("synthetic control", "interrupted series"):
        design = words("design", plan.design.replace(" ", "-"))
        parts.append(phrase("detectable", "another", design=design))
    return {lang: " ".join(part[lang] for part in parts) for lang in LANGUAGES}


def _found(found: Detectable, sampling: Sampling) -> Sentence:
    return phrase(
        "detectable", "found",
        **_units(sampling),
        before=_periods(sampling.before),
        after=_periods(sampling.after),
        mde=_size(found, sampling.spread.per),
    )  # fmt: skip


def _compared(found: Detectable, plan: Evaluability, sampling: Sampling) -> Iterator[Sentence]:
    if plan.relevant is None or found.outcome == "open":
        yield words("detectable", "open")
        return
    relevant = _quantity(plan.relevant, found.unit if found.relevant is not None else "")
    name = {"found": "enough", "missed": "short", "unclear": "unclear", "other unit": "other_unit"}
    yield phrase("detectable", name[found.outcome], relevant=relevant)
    if found.units is not None:
        n = {lang: format_count(_rounded(found.units), lang) for lang in LANGUAGES}
        yield phrase("detectable", "units", n=n, names=_names(sampling))


def _too_few(sampling: Sampling) -> Sentence:
    return phrase("detectable", "too_few", **_units(sampling), enough=ENOUGH)


def _units(sampling: Sampling) -> dict[str, Sentence]:
    return {
        "treated": {lang: format_count(sampling.treated, lang) for lang in LANGUAGES},
        "compared": {lang: format_count(sampling.compared, lang) for lang in LANGUAGES},
        "names": _names(sampling),
    }


def _names(sampling: Sampling) -> Sentence:
    return same(sampling.names) if sampling.names else words("detectable", "units_default")


def _periods(n: int) -> Sentence:
    return (
        words("detectable", "periods_one") if n == 1 else phrase("detectable", "periods_many", n=n)
    )


def _size(found: Detectable, per: str) -> Sentence:
    """Print the effect, with as many digits as keep it apart from the effect that matters."""
    if found.least is None or found.most is None:
        return listing([])
    ends = (found.least, found.most)
    told = {lang: _between(ends, found.relevant, lang) for lang in LANGUAGES}
    return {lang: _with_unit(told[lang], found.unit, per, lang) for lang in LANGUAGES}


def _between(ends: tuple[float, float], relevant: float | None, lang: Language) -> str:
    digits = 2
    apart = [end for end in ends if relevant is not None and end != relevant]
    while digits < 6 and any(
        significant(end, digits, lang) == significant(relevant or 0, digits, lang) for end in apart
    ):
        digits += 1
    low, high = (significant(end, digits, lang) for end in ends)
    if low == high:
        return high
    return phrase("detectable", "range", low=low, high=high)[lang]


def _with_unit(number: str, unit: str, per: str, lang: Language) -> str:
    name = label(f"unit.{unit}", lang, unit)
    rate = f" per {label(f'unit.{per}', lang, per)}" if per else ""
    return f"{number}\N{NO-BREAK SPACE}{name}{rate}" if name else f"{number}{rate}"


def _quantity(relevant: Quantity, unit: str) -> Sentence:
    given = relevant.model_copy(update={"unit": unit}) if unit else relevant
    return {lang: given.prose(lang) for lang in LANGUAGES}


def _rounded(units: int) -> int:
    """Round up to two digits: more would say more than is known."""
    step = int(10 ** max(len(str(units)) - 2, 0))
    return math.ceil(units / step) * step
