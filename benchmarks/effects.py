"""The effects engine beside its peers: seconds, memory and agreement on the same panels.

Each run is a process of its own on one simulated panel: 10 periods, cohorts 4 to 8 and never
treated (35%), an effect of 1, two covariates that stand still. Packages take turns, and the whole
is repeated; the least and the median seconds are given.

Timed: from the data (a pandas frame with the columns that the task needs, or a Parquet file) to
estimates and analytic standard errors by event time. Not timed: imports, making the frame, and a
first run on 200 units, so that nobody pays for compiling. Memory is the peak of the process from
the moment that the frame stands in memory, the frame and the imports included.

    python benchmarks/effects.py --peers /path/to/python --date 2026-11-21 --out table.md

The Python that runs this has what evalkit needs, and pyarrow for the Parquet file. `--peers` names
one with pyfixest, linearmodels, diff-diff, csdid, moderndid, differences, duckdb and pyarrow. What
lacks is left out and named.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

PERIODS = 10
COVARIATES = ["x1", "x2"]
PARQUET = "panel.parquet"
ROLES = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}
TASKS = {
    "twfe": "TWFE event study, errors clustered by unit",
    "plain": "Group-time effects, no covariates, event-time aggregate",
    "dr": "Group-time effects, doubly robust, two covariates, event-time aggregate",
    "floor": "The floor: read the Parquet file, mean outcome per cohort and period",
}
PATIENCE = 10.0
"""Seconds after which a package's runs of one task and size are not repeated."""
Answer = dict[int, tuple[float, float]]
"""Estimate and standard error by event time."""


def simulate(units: int, folder: Path) -> None:
    """Write the panel: treatment raises the outcome by 1; trends differ with x1."""
    folder.mkdir()
    rng = np.random.default_rng(1)
    cohort = rng.choice([0, 4, 5, 6, 7, 8], size=units, p=[0.35] + [0.13] * 5)
    x1, x2 = rng.normal(size=units), rng.integers(0, 2, units).astype(float)
    t = np.arange(1, PERIODS + 1)
    y = rng.normal(size=(units, 1)) + rng.normal(size=(units, PERIODS))
    y += 0.1 * t * (1 + x1[:, None]) + ((t >= cohort[:, None]) & (cohort[:, None] > 0))
    still = {"unit": np.arange(1, units + 1), "g": cohort, "x1": x1, "x2": x2}
    long = {name: np.repeat(values, PERIODS) for name, values in still.items()}
    long |= {"t": np.tile(t, units), "y": y.ravel()}
    for name, values in long.items():
        np.save(folder / f"{name}.npy", values)
    with contextlib.suppress(ImportError):  # without pyarrow nothing is read from a file
        pd.DataFrame(long).to_parquet(folder / PARQUET)


def read(folder: Path, task: str) -> pd.DataFrame:
    """Read what a task needs; `rel` is event time, with the never treated at the reference."""
    names = ["unit", "t", "y", "g", *(COVARIATES if task == "dr" else [])]
    frame = pd.DataFrame({name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in names})
    if task == "twfe":
        frame["rel"] = np.where(frame["g"] > 0, frame["t"] - frame["g"], -1)
    return frame


# One function a package: frame or path in, estimates and errors by event time out -------------


def evalkit(data: Any, task: str) -> Answer:
    from evalkit.did.event_study import event_study
    from evalkit.did.group_time import group_time
    from evalkit.panel import Panel

    panel = Panel(data, **ROLES)
    if task == "twfe":
        table = event_study(panel).tidy()
    else:
        covariates = COVARIATES if task == "dr" else None
        table = group_time(panel, covariates=covariates).aggregate("event").tidy()
    return answer(table["event_time"], table["estimate"], table["std_error"])


def pyfixest(frame: pd.DataFrame, task: str) -> Answer:
    from pyfixest import feols

    assert task == "twfe"
    table = feols("y ~ i(rel, ref=-1) | unit + t", frame, vcov={"CRV1": "unit"}).tidy()
    events = [term.split("::")[1] for term in table.index]
    return answer(events, table["Estimate"], table["Std. Error"])


def linearmodels(frame: pd.DataFrame, task: str) -> Answer:
    from linearmodels import PanelOLS

    assert task == "twfe"
    dummies = pd.get_dummies(frame["rel"], dtype=float).drop(columns=-1)
    indexed = frame.set_index(["unit", "t"])
    dummies.index, dummies.columns = indexed.index, [str(e) for e in dummies.columns]
    model = PanelOLS(indexed["y"], dummies, entity_effects=True, time_effects=True)
    # Unit effects are nested in the clusters and do not count, as in the others.
    fit = model.fit(
        cov_type="clustered", cluster_entity=True, group_debias=True,
        auto_df=False, count_effects=False,
    )  # fmt: skip
    return answer(fit.params.index, fit.params, fit.std_errors)


def diff_diff(frame: pd.DataFrame, task: str) -> Answer:
    from diff_diff import CallawaySantAnna

    covariates = COVARIATES if task == "dr" else None
    found = (
        CallawaySantAnna()
        .fit(frame, "y", "unit", "t", "g", covariates=covariates, aggregate="event_study")
        .event_study_effects
    )
    rows = found.values()
    return answer(found, [row["effect"] for row in rows], [row["se"] for row in rows])


def csdid(frame: pd.DataFrame, task: str) -> Answer:
    from csdid.att_gt import ATTgt

    formula = f"y~{'+'.join(COVARIATES)}" if task == "dr" else None
    fit = ATTgt("y", "t", "unit", "g", frame, control_group=["nevertreated"], xformla=formula)
    event = fit.fit(est_method="dr", bstrap=False).aggte("dynamic", bstrap=False, cband=False)
    return answer(event.atte["egt"], event.atte["att_egt"], event.atte["se_egt"])


def moderndid(frame: pd.DataFrame, task: str) -> Answer:
    from moderndid import aggte, att_gt

    formula = f"~{'+'.join(COVARIATES)}" if task == "dr" else "~1"
    fit = att_gt(frame, "y", "t", "unit", "g", xformla=formula, boot=False, cband=False)
    event = aggte(fit, type="dynamic", boot=False, cband=False)
    return answer(event.event_times, event.att_by_event, event.se_by_event)


def differences(frame: pd.DataFrame, task: str) -> Answer:
    from differences import ATTgt

    dated = frame.assign(g=frame["g"].where(frame["g"] > 0)).set_index(["unit", "t"])
    fit = ATTgt(dated, cohort_column="g")
    formula = f"y ~ {' + '.join(COVARIATES)}" if task == "dr" else "y"
    fit.fit(formula, est_method="dr", progress_bar=False)
    table = fit.aggregate("event")
    return answer(table.index, table.iloc[:, 0], table.iloc[:, 1])


def answer(events: Any, estimates: Any, errors: Any) -> Answer:
    rows = zip(events, np.ravel(estimates), np.ravel(errors), strict=True)
    return {int(float(e)): (float(b), float(s)) for e, b, s in rows}


# The floor: one function a reader --------------------------------------------------------------


def pandas_floor(path: str, _: str) -> Answer:
    frame = pd.read_parquet(path, columns=["g", "t", "y"])
    return cells(frame.groupby(["g", "t"])["y"].mean().reset_index().to_numpy())


def pyarrow_floor(path: str, _: str) -> Answer:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(path, memory_map=True).read(columns=["g", "t", "y"])
    found = table.group_by(["g", "t"]).aggregate([("y", "mean")]).to_pandas()
    return cells(found[["g", "t", "y_mean"]].to_numpy())


def duckdb_floor(path: str, _: str) -> Answer:
    import duckdb

    return cells(duckdb.sql(f"select g, t, avg(y) from '{path}' group by all").fetchall())  # noqa: S608


def cells(rows: Any) -> Answer:
    return {int(g) * 100 + int(t): (float(mean), math.nan) for g, t, mean in rows}


CALLS: dict[str, Callable[[Any, str], Answer]] = {
    "evalkit": evalkit,
    "evalkit, from the file": evalkit,
    "pyfixest": pyfixest,
    "linearmodels": linearmodels,
    "diff-diff": diff_diff,
    "csdid": csdid,
    "moderndid": moderndid,
    "differences": differences,
    "pandas": pandas_floor,
    "pyarrow": pyarrow_floor,
    "duckdb": duckdb_floor,
}
OWN = ("evalkit", "evalkit, from the file")
FIELD = {
    "twfe": ("pyfixest", "linearmodels"),
    "plain": ("diff-diff", "csdid", "moderndid", "differences"),
    "dr": ("diff-diff", "csdid", "moderndid", "differences"),
    "floor": ("pandas", "pyarrow", "duckdb"),
}
MOST = {"linearmodels": 100_000, "csdid": 100_000, "moderndid": 10_000, "differences": 10_000}
"""The most units that a peer is asked to do; beyond, it takes too long or the memory."""


def child(name: str, task: str, folder: Path, small: Path) -> None:
    """Run one package and write what it took as JSON."""
    warnings.simplefilter("ignore")
    from_file = name in FIELD["floor"] or name == OWN[1]
    call = CALLS[name]
    with contextlib.redirect_stdout(io.StringIO()):
        call(str(small / PARQUET) if from_file else read(small, task), task)
        data: Any = str(folder / PARQUET) if from_file else read(folder, task)
        gc.collect()
        forget_peak()
        seconds: list[float] = []
        while not seconds or (sum(seconds) < 0.5 and len(seconds) < 20):
            start = time.perf_counter()
            found = call(data, task)
            seconds.append(time.perf_counter() - start)
    sys.stdout.write(json.dumps({"seconds": min(seconds), "peak": peak(), "answer": found}))


def forget_peak() -> None:
    """Let the peak be counted from here on, where the system can (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """Most memory in use since then, in megabytes of a million bytes."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


Run = tuple[str, int, str]
"""Task, units and package."""


class Bench:
    """All runs and what they took."""

    def __init__(self, peers: str | None, sizes: list[int], folder: str) -> None:
        self.peers, self.sizes, self.folder = peers, sizes, folder
        self.took: dict[Run, list[dict[str, Any]]] = {}
        self.failed: dict[Run, str] = {}

    def runs(self) -> list[Run]:
        return [
            (task, units, name)
            for units in self.sizes
            for task in TASKS
            for name in ((*OWN, *FIELD[task]) if task != "floor" else FIELD[task])
            if units <= MOST.get(name, units) and (self.peers or name in OWN)
        ]

    def prepare(self) -> None:
        for units in {200, *self.sizes}:
            simulate(units, self.place(units))

    def turn(self) -> None:
        """Let every package have its turn once; those that try our patience had theirs."""
        for run in self.runs():
            spent = sum(one["seconds"] for one in self.took.get(run, []))
            if run not in self.failed and spent < PATIENCE:
                self.measure(run)

    def place(self, units: int) -> Path:
        return Path(self.folder) / str(units)

    def measure(self, run: Run) -> None:
        task, units, name = run
        python = sys.executable if name in OWN else str(self.peers)
        command = [
            python,
            __file__,
            "--child",
            name,
            task,
            str(self.place(units)),
            str(self.place(200)),
        ]
        place = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        found = subprocess.run(command, capture_output=True, text=True, env=place, check=False)
        if found.returncode:
            lines = [line for line in found.stderr.splitlines() if "Error" in line]
            why = lines[-1].strip() if lines else f"it ended with {found.returncode}"
            self.failed[run] = why.replace(self.folder, "")
            print(f"{run}: {self.failed[run]}", file=sys.stderr)
            return
        took = json.loads(found.stdout)
        print(f"{run}: {took['seconds']:.3f} s, {took['peak']:.0f} MB", file=sys.stderr)
        self.took.setdefault(run, []).append(took)

    def least(self, run: Run) -> float:
        return min(one["seconds"] for one in self.took[run])

    # The table ----------------------------------------------------------------------------------

    def table(self, task: str) -> list[str]:
        lines = [f"\n## {TASKS[task]}\n"]
        if task == "floor":
            lines += ["| units | reader | seconds | median | peak MB |"]
            lines += ["| ---: | --- | ---: | ---: | ---: |"]
        else:
            lines += [
                "| units | package | seconds | median | times evalkit | peak MB | agrees to |"
            ]
            lines += ["| ---: | --- | ---: | ---: | ---: | ---: | --- |"]
        return lines + [self.line(run) for run in self.took if run[0] == task]

    def line(self, run: Run) -> str:
        task, units, name = run
        middle = statistics.median(one["seconds"] for one in self.took[run])
        most = max(one["peak"] for one in self.took[run])
        start = f"| {units:,} | {name} | {self.least(run):.3f} | {middle:.3f} |"
        if task == "floor":
            return f"{start} {most:,.0f} |"
        own = (task, units, "evalkit")
        ratio = self.least(run) / self.least(own)
        same = "" if name == "evalkit" else agreement(self.took[run][0], self.took[own][0])
        return f"{start} {ratio:.1f} | {most:,.0f} | {same} |"

    def floors(self) -> list[str]:
        """Compare the way from the file with reading the file."""
        lines = ["\n## From the file, beside the floor\n"]
        lines += ["| units | task | seconds | times pandas | times pyarrow | times DuckDB |"]
        lines += ["| ---: | --- | ---: | ---: | ---: | ---: |"]
        for task, units, name in self.took:
            if name != OWN[1]:
                continue
            took = self.least((task, units, name))
            floors = [("floor", units, reader) for reader in FIELD["floor"]]
            ratios = [f"{took / self.least(f):.1f}" if f in self.took else "" for f in floors]
            shown = TASKS[task].split(", event")[0]
            lines.append(f"| {units:,} | {shown} | {took:.3f} | {' | '.join(ratios)} |")
        return lines

    def left_out(self) -> list[str]:
        lines = []
        for name, most in MOST.items():
            if any(units > most for units in self.sizes):
                lines.append(
                    f"- {name} is not asked for more than {most:,} units: it would take "
                    "longer than all the rest, or more memory than there is."
                )
        lines += [
            f"- {name}, {units:,} units, {task}: {why}"
            for (task, units, name), why in self.failed.items()
        ]
        return lines


def agreement(one: dict[str, Any], own: dict[str, Any]) -> str:
    """Say to how many digits estimates and errors are the same, at worst over event times."""
    worst = [
        max(
            abs(a[k] - own["answer"][e][k]) / abs(own["answer"][e][1])
            for e, a in one["answer"].items()
        )
        for k in (0, 1)
    ]
    same_terms = one["answer"].keys() == own["answer"].keys()
    digits = [f"{min(15, int(-math.log10(max(w, 1e-16))))}" if w < 1 else "0" for w in worst]
    return f"{digits[0]} / {digits[1]} digits" if same_terms else "other event times"


def versions(peers: str | None) -> str:
    names = ["numpy", "pandas", "scipy", "pyarrow"]
    own = ", ".join(f"{name} {_version(name)}" for name in names)
    if peers is None:
        return own
    code = (
        "import sys;from importlib.metadata import version as v;"
        "print(', '.join(f'{n} {v(n)}' for n in sys.argv[1:]))"
    )
    packages = [*dict.fromkeys(n for task in FIELD.values() for n in task)]
    found = subprocess.run(
        [peers, "-c", code, *packages], capture_output=True, text=True, check=False
    )
    return f"evalkit with {own}; peers with {found.stdout.strip()}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(none)"


INTRO = """# The effects engine, timed

Written by `benchmarks/effects.py`. Every run is a process of its own on the same simulated panel:
10 periods, five cohorts and never treated (35% of units), two covariates that stand still. Packages
take turns. Seconds are the least of all runs, from the pandas frame (or the Parquet file) to
estimates and analytic standard errors by event time; imports, making the frame and a first run on
200 units are not counted. Peak MB is the most memory of the whole process in millions of bytes,
frame and imports included.

*Agrees to* gives, for estimates and for standard errors, the number of digits to which a package
and evalkit are the same, in units of the standard error and at the worst event time. diff-diff's
doubly robust estimator divides the weights of the controls by another number than the paper and
the other packages do, so it agrees to fewer digits. linearmodels counts parameters otherwise in its
clustered errors.
"""
REPEAT = """
## How to repeat

Put the peers in an environment of their own (`pip install pyfixest linearmodels diff-diff csdid
moderndid differences duckdb pyarrow`), and run, with a Python that has evalkit's packages and
pyarrow:

```sh
python benchmarks/effects.py --peers PEERS/bin/python --date YYYY-MM-DD \\
    --out docs/benchmarks/effects.md
```

`--sizes` and `--rounds` make it shorter or longer. Close other programs first: the ratios bear a
busy machine, the seconds do not.
"""


def page(bench: Bench, date: str, rounds: int) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    machine = f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}"
    how = f"Measured {date} on {machine}, Python {platform.python_version()}, rounds: {rounds}"
    much = f"what takes {PATIENCE:.0f} seconds is not repeated"
    tables = [line for task in TASKS for line in bench.table(task)]
    text = [INTRO, f"{how}; {much}. Packages: {versions(bench.peers)}."]
    text += [*tables, *bench.floors(), "\n## Left out\n", *(bench.left_out() or ["Nothing."])]
    return "\n".join([*text, REPEAT])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", help="a Python with the peers; without it evalkit runs alone")
    parser.add_argument("--date", default="on a day not given", help="the date that the page gives")
    parser.add_argument("--out", type=Path, help="where the tables go; by default they are printed")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        name, task, folder, small = asked.child
        child(name, task, Path(folder), Path(small))
        return
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(asked.peers, asked.sizes, folder)
        bench.prepare()
        for at in range(asked.rounds):
            bench.turn()
            text = page(bench, asked.date, at + 1)
            if asked.out is not None:
                asked.out.write_text(text, encoding="utf-8")
    if asked.out is None:
        print(text)


if __name__ == "__main__":
    main()
