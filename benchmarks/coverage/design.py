"""One line of the table: what is drawn, estimated and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.coverage.draw import Random, Truth
from benchmarks.coverage.read import Answers

Kind = Literal["interval", "test"]
Draw = Callable[[Random], tuple[Any, Truth]]
Estimate = Callable[[Any, Truth], Answers]


@dataclass(frozen=True)
class Design:
    """Data are drawn, an estimate is made, and its answers are counted."""

    label: str
    sample: str
    draw: Draw
    estimate: Estimate
    kind: Kind = "interval"

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by; its seed hangs on it."""
        return self.label, self.sample, self.kind


def sized(
    label: str,
    estimate: Estimate,
    process: Callable[..., tuple[Any, Truth]],
    sizes: tuple[int, ...],
    *options: Any,
    what: str = "units",
    **named: Any,
) -> list[Design]:
    """Make the same design in samples of several sizes."""

    def draw_of(size: int) -> Draw:
        return lambda random: process(random, size, *options, **named)

    return [Design(label, f"{size:,} {what}", draw_of(size), estimate) for size in sizes]
