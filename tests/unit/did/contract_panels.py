"""One small panel, with its periods written as years, quarters and dates."""

import numpy as np
import pandas as pd

from evalkit.panel import Panel

YEARS = range(2001, 2010)
CLOCKS = ("years", "quarters", "dates")


def write_period(year, clock):
    """Write a year as a period of a clock, one after the other."""
    if clock == "years":
        return year
    quarter = pd.Period("2001Q1") + (year - 2001)
    return quarter if clock == "quarters" else quarter.to_timestamp()


def small_frame(cohorts=(0, 2005, 2006), units=8, years=YEARS, seed=4):
    random = np.random.default_rng(seed)
    rows = []
    for cohort in cohorts:
        for unit in range(units):
            level, slope = random.normal(), random.normal()
            for year in years:
                effect = 1.0 + 0.2 * (year - cohort) if 0 < cohort <= year else 0.0
                y = level + 0.1 * (year - 2001) + effect + random.normal(scale=0.3)
                rows.append((f"{cohort}-{unit}", year, y, cohort, level + slope))
    return pd.DataFrame(rows, columns=["unit", "t", "jobs", "g", "x"])


def small_panel(clock="years", frame=None, **names):
    frame = small_frame() if frame is None else frame
    if clock != "years":
        written = {year: write_period(year, clock) for year in YEARS}
        frame = frame.assign(t=frame.t.map(written), g=frame.g.map(written))
    names = {"unit": "unit"} | names
    return Panel(frame, time="t", outcome="jobs", cohort="g", **names)
