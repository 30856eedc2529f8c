"""Group-time effects beside the peers that install from PyPI: seconds, megabytes, agreement.

Each run is a process of its own on the same simulated panel: 10 periods, cohorts 4 to 8 and
never treated (35%), two covariates that stand still. Timed: from the data frame in memory to the
event-study aggregate with its analytic standard errors. Not timed: imports, making the data, and
a first run on 200 units, so that nobody pays for compiling.

    python benchmarks/group_time.py --peers /tmp/peers/bin/python --sizes 1000 10000 100000

`--peers` names a Python with diff-diff, csdid, moderndid and pyfixest; without it, evalkit runs
alone. pyfixest has no group-time estimator: its saturated event study (Sun & Abraham) is the
nearest, and makes the same event-time effects with never-treated controls up to the base period.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

PERIODS = 10
PEERS = ("diff-diff", "csdid", "moderndid", "pyfixest")
LIMIT = {"pyfixest": 100_000, "csdid": 100_000, "moderndid": 100_000}
"""The most units that a peer is asked to do; beyond, it takes minutes or the memory."""
Answer = tuple[float, float]


def simulate(units: int) -> pd.DataFrame:
    """Make the panel: treatment raises the outcome by 1; trends differ with x1."""
    rng = np.random.default_rng(1)
    cohort = rng.choice([0, 4, 5, 6, 7, 8], size=units, p=[0.35] + [0.13] * 5)
    x1, x2 = rng.normal(size=units), rng.integers(0, 2, units).astype(float)
    t = np.arange(1, PERIODS + 1)
    y = rng.normal(size=(units, 1)) + rng.normal(size=(units, PERIODS))
    y += 0.1 * t * (1 + x1[:, None]) + ((t >= cohort[:, None]) & (cohort[:, None] > 0))
    long = {"unit": np.arange(1, units + 1), "g": cohort, "x1": x1, "x2": x2}
    frame = {name: np.repeat(values, PERIODS) for name, values in long.items()}
    return pd.DataFrame({**frame, "t": np.tile(t, units), "y": y.ravel()})


# One function per package: data frame and covariates in, overall effect and error out ----------


def evalkit(frame: pd.DataFrame, covariates: list[str]) -> Answer:
    from evalkit.did.group_time import group_time
    from evalkit.panel import Panel

    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g")
    overall = group_time(panel, covariates=covariates).aggregate("event").overall
    return overall.estimate, overall.std_error


def diff_diff(frame: pd.DataFrame, covariates: list[str]) -> Answer:
    from diff_diff import CallawaySantAnna

    found = CallawaySantAnna().fit(
        frame, "y", "unit", "t", "g", covariates=covariates or None, aggregate="event_study"
    )
    # Its own overall is the simple one; the event-study mean is ours to take.
    after = [row["effect"] for e, row in found.event_study_effects.items() if e >= 0]
    return float(np.mean(after)), float("nan")


def csdid(frame: pd.DataFrame, covariates: list[str]) -> Answer:
    from csdid.att_gt import ATTgt

    formula = f"y~{'+'.join(covariates)}" if covariates else None
    fit = ATTgt("y", "t", "unit", "g", frame, control_group=["nevertreated"], xformla=formula)
    event = fit.fit(est_method="dr", bstrap=False).aggte("dynamic", bstrap=False, cband=False)
    found = event.atte
    return float(found["overall_att"]), float(np.ravel(found["overall_se"])[0])


def moderndid(frame: pd.DataFrame, covariates: list[str]) -> Answer:
    from moderndid import aggte, att_gt

    formula = f"~{'+'.join(covariates)}" if covariates else "~1"
    fit = att_gt(frame, "y", "t", "unit", "g", xformla=formula, boot=False, cband=False)
    event = aggte(fit, type="dynamic", boot=False, cband=False)
    return float(event.overall_att), float(event.overall_se)


def pyfixest(frame: pd.DataFrame, covariates: list[str]) -> Answer:
    from pyfixest import event_study

    if covariates:
        raise NotImplementedError
    fit = event_study(frame, "y", "unit", "t", "g", cluster="unit", estimator="saturated")
    table = fit.aggregate("period")
    after = table.loc[[at for at in table.index if float(at) >= 0], "Estimate"]
    return float(after.astype(float).mean()), float("nan")


RUN: dict[str, Callable[[pd.DataFrame, list[str]], Answer]] = {
    "evalkit": evalkit,
    "diff-diff": diff_diff,
    "csdid": csdid,
    "moderndid": moderndid,
    "pyfixest": pyfixest,
}


def child(name: str, units: int, covariates: list[str]) -> None:
    """Run one package and write what it took as JSON."""
    warnings.simplefilter("ignore")
    quiet = contextlib.redirect_stdout(io.StringIO())
    with quiet:
        RUN[name](simulate(200), covariates)
        frame = simulate(units)
        before = _memory()
        seconds = []
        for _ in range(5 if units <= 10_000 else 3 if units <= 100_000 else 2):
            start = time.perf_counter()
            answer = RUN[name](frame, covariates)
            seconds.append(time.perf_counter() - start)
            if sum(seconds) > 60:
                break
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    took = {"seconds": statistics.median(seconds), "peak": peak, "beyond": max(peak - before, 0)}
    sys.stdout.write(json.dumps({**took, "answer": answer}))


def _memory() -> int:
    """Megabytes in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def measure(python: str, name: str, units: int, covariates: list[str]) -> dict | None:
    """Run one package in a process of its own; None when it does not do this."""
    command = [python, __file__, "--child", name, str(units), *covariates]
    place = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    found = subprocess.run(command, capture_output=True, text=True, env=place, check=False)
    if found.returncode == 0:
        return json.loads(found.stdout)
    if "NotImplementedError" not in found.stderr:
        print(f"{name}, {units} units: {found.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    return None


def table(sizes: list[int], peers: str | None) -> str:
    """Measure all and write a table in Markdown."""
    lines = []
    for covariates in ([], ["x1", "x2"]):
        title = "doubly robust, two covariates" if covariates else "without covariates"
        lines += [f"\n### Group-time effects, {title}\n"]
        lines += ["| units | package | seconds | times evalkit | peak MB | beyond the data, MB |"]
        lines += ["| ---: | --- | ---: | ---: | ---: | ---: |"]
        for units in sizes:
            own = measure(sys.executable, "evalkit", units, covariates)
            assert own is not None
            lines.append(_line(units, "evalkit", own, own))
            for name in PEERS if peers else ():
                if units > LIMIT.get(name, units):
                    continue
                took = measure(str(peers), name, units, covariates)
                if took is not None:
                    lines.append(_line(units, name, took, own))
    return "\n".join(lines)


def _line(units: int, name: str, took: dict, own: dict) -> str:
    ratio = took["seconds"] / own["seconds"]
    apart = abs(took["answer"][0] - own["answer"][0])
    shown = name if apart < 1e-6 else f"{name} (effect differs by {apart:.0e})"
    print(f"{shown}: {took}", file=sys.stderr)
    return (
        f"| {units:,} | {shown} | {took['seconds']:.3f} | {ratio:.1f} | {took['peak']:,} | "
        f"{took['beyond']:,} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--peers", help="a Python with the peers")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        name, units, *covariates = asked.child
        child(name, int(units), covariates)
        return
    print(table(asked.sizes, asked.peers))


if __name__ == "__main__":
    main()
