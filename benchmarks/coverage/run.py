"""Run a design again and again, and count."""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.coverage.design import Design
from benchmarks.coverage.read import Interval

REPLICATIONS = 1000
"""Monte Carlo error of 0.7 percentage points."""


@dataclass(frozen=True)
class Count:
    """One line of the result.

    `share` is how often the interval held the truth, or the test rejected it; `ratio` the mean
    stated error over the spread of the estimates, NaN where there is no error.
    """

    label: str
    sample: str
    kind: str
    target: str
    replications: int
    share: float
    ratio: float

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a count of."""
        return self.label, self.sample, self.kind

    @property
    def error(self) -> float:
        """Monte Carlo error of the share."""
        return float(np.sqrt(self.share * (1 - self.share) / self.replications))


def count(design: Design, replications: int) -> list[Count]:
    """Draw, estimate and count; the seed hangs on the design alone, not on those before it."""
    random = np.random.default_rng(crc32(f"{design.label}, {design.sample}".encode()))
    held: dict[str, list[bool]] = defaultdict(list)
    behind: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(replications):
        data, truth = design.draw(random)
        for target, answer in design.estimate(data, truth).items():
            if isinstance(answer, Interval):
                held[target].append(answer.low <= truth[target] <= answer.high)
                behind[target].append((answer.estimate - truth[target], answer.std_error))
            else:
                held[target].append(bool(answer))
    found = []
    for target, each in held.items():
        ratio = np.nan
        if target in behind:
            off, errors = np.array(behind[target]).T
            ratio = float(errors.mean() / off.std())
        found.append(
            Count(
                design.label, design.sample, design.kind, target, len(each),
                float(np.mean(each)), ratio,
            )
        )  # fmt: skip
    return found


def run(designs: Iterable[Design], kept: Path | None, *, quick: bool) -> list[Count]:
    """Run all designs, with a line each on stderr; those found in `kept` are not run again."""
    warnings.simplefilter("ignore")
    found: list[Count] = []
    if kept is not None and kept.exists():
        found = [Count(**one) for one in json.loads(kept.read_text())]
    done = {one.key for one in found}
    for design in designs:
        if design.key in done:
            continue
        start = time.perf_counter()
        new = count(design, 50 if quick else REPLICATIONS)
        shown = ", ".join(f"{one.target} {one.share:.1%}" for one in new)
        spent = time.perf_counter() - start
        print(f"{spent:6.1f} s  {design.label}, {design.sample}: {shown}", file=sys.stderr)
        found += new
        if kept is not None:
            kept.write_text(json.dumps([asdict(one) for one in found], indent=1))
    return found
