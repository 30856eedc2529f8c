"""A small case with data: firms that could get a voucher for training."""

from __future__ import annotations

import numpy as np
import pandas as pd

ANALYSIS = """\
uren:
  title: Uren scholing
  question: Leidt de bon tot meer scholing?
  data: data/bedrijven.csv
  source: bedrijven
  design: group_time
  outcome: {column: uren, unit: uur, intended: higher}
  unit: bedrijf
  units: bedrijven
  time: jaar
  cohort: start
  checks: [pretrends, honest]
  evidence_for: bon.outcome.scholing
"""
FILES = {
    "case.yaml": "title: Bonnen\nlanguage: nl\nperiod: 2015–2020\n",
    "analyses.yaml": ANALYSIS,
    "sources.bib": (
        "@dataset{bedrijven, author = {{CBS}}, title = {Bedrijven}, year = {2021},\n"
        "  independence = {independent}}\n"
    ),
    "instruments/bon.yaml": (
        "name: Bon\ntype: subsidie\nperiod: 2017–2020\naims: Meer scholing\n"
        "target_group: bedrijven\nactivities:\n  geven:\n    text: Bonnen geven\n"
        "outcome:\n  scholing:\n    text: Scholing\n"
        "links:\n  geven -> scholing:\n    because: een bon maakt scholing goedkoper\n"
        "    source: bedrijven\n"
    ),
    "chapters/01-effect.md": "# Effect\n\n::: analysis uren\n:::\n",
}


def firms(units: int = 90, effect: float = 2.0, seed: int = 3) -> pd.DataFrame:
    """Firms over six years; a third starts in 2018, a third in 2019, the rest never."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        [(unit, year) for unit in range(units) for year in range(2015, 2021)],
        columns=["bedrijf", "jaar"],
    )
    starts = np.array([0, 2018, 2019])
    frame["start"] = starts[frame["bedrijf"] % 3]
    reached = (frame["start"] > 0) & (frame["jaar"] >= frame["start"])
    level = rng.normal(size=units)[frame["bedrijf"]]
    frame["omvang"] = rng.normal(size=units)[frame["bedrijf"]].round(3)
    noise = rng.normal(scale=0.5, size=len(frame))
    frame["uren"] = (10 + level + 0.3 * (frame["jaar"] - 2015) + effect * reached + noise).round(4)
    return frame
