"""A value axis: where its ticks stand, and how they read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evalkit.language.estimate import plain
from evalkit.language.numbers import Language

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """Ticks at round values that hold all data.

    Attributes
    ----------
    ticks
        From low to high, at equal distances.
    places
        Decimals that tell them apart.
    """

    ticks: tuple[float, ...]
    places: int

    def share(self, value: float) -> float:
        """Tell where a value stands, from 0 at the lowest tick to 1 at the highest."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])

    def label(self, tick: float, lang: Language) -> str:
        """Print a tick; nought without decimals."""
        return plain(tick, self.places, lang) if tick else "0"


def axis_for(values: Iterable[float], most: int = 7, *, nought: bool = True) -> Axis:
    """Choose the axis for values.

    Parameters
    ----------
    values
        Everything that is drawn, ends of intervals included.
    most
        Ticks that there is room for.
    nought
        Whether nought has to be among them, as for effects.

    Examples
    --------
    >>> axis_for([-0.23, 0.07]).ticks
    (-0.3, -0.2, -0.1, 0.0, 0.1)
    """
    found = [*([0.0] if nought else []), *values]
    low, high = min(found), max(found)
    if high - low < 1e-12:
        high = low + 1.0
    rough = (high - low) / (most - 1)
    size = 10 ** math.floor(math.log10(rough))
    for step in (size * factor for factor in (*_STEPS, 20.0)):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            break
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    if not math.isclose(step * 10**places, round(step * 10**places)):
        places += 1  # steps of 2,5
    ticks = tuple(round(at * step, places + 2) for at in range(first, last + 1))
    return Axis(ticks, places)


def needs_nought(values: Sequence[float]) -> bool:
    """Whether nought belongs on a scale: what varies little, far from it, does without.

    Examples
    --------
    >>> needs_nought([93.0, 101.5]), needs_nought([1.9, 7.4]), needs_nought([-1.0, 1.0])
    (False, True, True)
    """
    if not values:
        return True
    near, far = min(values, key=abs), max(values, key=abs)
    return near == far or min(values) < 0 < max(values) or abs(far) >= 2 * abs(near)
