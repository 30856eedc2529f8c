"""Panels beyond memory: DuckDB beside the floor, at 1, 10 and 100 million rows.

The data are made in Parquet by the benchmark: 10 periods, cohorts 4 to 8 and never treated, rows
by unit (as registers deliver them) or shuffled. Every run is a process of its own with a limit of
4 GB for DuckDB. The floor, in the same round, is a mean and a variance by cohort and period by
DuckDB alone; a second floor is a sum by unit, which is the least that brings the rows of a unit
together. Units are numbered one by one, or have names: numbers with gaps, or text. Timed: from the
path to group-time effects with their event-time aggregate; imports are not. Memory is the peak of
the process. Ratios are medians over rounds, of the clock and of the time of the processor, which
other work on the machine disturbs less.

    python benchmarks/big.py --rows 1 10 --out docs/benchmarks/big.md
    python benchmarks/big.py --rows 10 --orders shuffled --units gaps text
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

PERIODS = 10
LIMIT = "4GB"
REPEATS = 3
UNITS = {
    "one by one": "u",
    "gaps": "u * 1009 + CAST(hash(u) % 1000 AS BIGINT)",
    "text": "'person ' || lpad(CAST(hash(u) % 1000000007 AS VARCHAR), 10, '0') || u",
}
"""What units are called."""
FLOORS = {
    "floor": "SELECT sum(m + v) FROM (SELECT g, t, avg(y) AS m, var_samp(y) AS v FROM '{file}' "
    "GROUP BY ALL)",
    "by unit": "SELECT sum(s) FROM (SELECT unit, sum(y) AS s FROM '{file}' GROUP BY unit)",
}


def make(file: Path, millions: float, *, shuffled: bool, named: str = "one by one") -> None:
    """Write a panel: treatment raises the outcome by 1."""
    import duckdb

    units = int(millions * 1e6) // PERIODS
    order = "hash(unit, t)" if shuffled else "unit, t"
    connection = duckdb.connect(config={"memory_limit": LIMIT, "temp_directory": str(file.parent)})
    connection.execute(
        f"""COPY (
            SELECT unit, t, g, y + CAST(g > 0 AND t >= g AS INTEGER) AS y FROM (
                SELECT {UNITS[named]} AS unit, CAST(p AS INTEGER) AS t,
                    CAST(CASE WHEN hash(u) % 100 < 35 THEN 0 ELSE 4 + hash(u) % 5 END AS INTEGER)
                        AS g,
                    (hash(u) % 1000) / 500.0 + (hash(u * 31 + p) % 10007) / 5000.0 + 0.1 * p AS y
                FROM range({units}) AS a(u), range(1, {PERIODS + 1}) AS b(p))
            ORDER BY {order}
        ) TO '{file}' (FORMAT parquet)"""  # noqa: S608  numbers of our own
    )
    connection.close()


def run(file: Path, task: str) -> None:
    """Do one task and print what it took as JSON."""
    import duckdb
    import pyarrow.parquet  # noqa: F401  else it is imported while the clock runs

    from evalkit.did.group_time import group_time
    from evalkit.panel import DuckDB, Panel

    warnings.simplefilter("ignore")
    roles: dict[str, Any] = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}
    start, busy, answer = time.perf_counter(), time.process_time(), 0.0
    if task in FLOORS:
        connection = duckdb.connect(config={"memory_limit": LIMIT})
        answer = float(connection.sql(FLOORS[task].format(file=file)).fetchall()[0][0])
    else:
        engine = "memory" if task == "memory" else DuckDB(memory_limit=LIMIT)
        panel = Panel(file, engine=engine, **roles)
        answer = group_time(panel).aggregate("event").overall.estimate
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = most_memory()
    print(json.dumps({"seconds": seconds, "busy": busy, "peak": peak, "answer": answer}))


def most_memory() -> float:
    """Give the peak of this process in MB; what the system counts may be that of its parent."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("VmHWM")) / 1024


def measure(file: Path, task: str) -> dict[str, float]:
    """Run one task in a process of its own."""
    asked = [sys.executable, __file__, "--file", str(file), "--task", task]
    found: dict[str, float] = json.loads(subprocess.check_output(asked, text=True))
    return found


def rounds(file: Path, tasks: list[str]) -> dict[str, list[dict[str, float]]]:
    """Measure tasks that take turns."""
    runs: dict[str, list[dict[str, float]]] = {task: [] for task in tasks}
    for _ in range(REPEATS):
        for task in tasks:
            runs[task].append(measure(file, task))
    if "memory" in runs:  # the same number, or the times mean nothing
        gap = abs(runs["memory"][0]["answer"] - runs["duckdb"][0]["answer"])
        assert gap < 1e-10, gap
    return runs


def line(millions: float, kind: str, runs: dict[str, list[dict[str, float]]]) -> str:
    """Write the row of the table for one file."""
    best = {task: min(one["seconds"] for one in found) for task, found in runs.items()}
    peak = {task: max(one["peak"] for one in found) for task, found in runs.items()}

    def ratio(what: str, floor: str) -> float:
        pairs = zip(runs["duckdb"], runs[floor], strict=True)
        return statistics.median(one[what] / other[what] for one, other in pairs)

    memory = f"{best['memory']:.2f} | {peak['memory']:.0f}" if "memory" in runs else "– | –"
    return (
        f"| {millions:g}M | {kind} | {best['floor']:.2f} | {best['by unit']:.2f} "
        f"| {best['duckdb']:.2f} | {ratio('seconds', 'floor'):.1f} | {ratio('busy', 'floor'):.1f} "
        f"| {ratio('seconds', 'by unit'):.1f} | {ratio('busy', 'by unit'):.1f} "
        f"| {peak['floor']:.0f} | {peak['by unit']:.0f} | {peak['duckdb']:.0f} | {memory} |"
    )


HEADS = ["Rows", "Order", "Floor (s)", "By unit (s)", "DuckDB (s)", "× floor"]
HEADS += ["× its processor time", "× by unit", "× its processor time", "Floor (MB)"]
HEADS += ["By unit (MB)", "DuckDB (MB)", "Memory (s)", "Memory (MB)"]


def table(rows: list[float], orders: list[str], units: list[str], folder: Path) -> list[str]:
    """Measure all sizes."""
    lines = [f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|"]
    for millions, order, named in product(rows, orders, units):
        file = folder / "panel.parquet"
        make(file, millions, shuffled=order == "shuffled", named=named)
        tasks = [*FLOORS, "duckdb", *(["memory"] if millions <= 10 else [])]
        kind = order if named == "one by one" else f"{order}, {named}"
        lines.append(line(millions, kind, rounds(file, tasks)))
        print(lines[-1], flush=True)
        file.unlink()
    return lines


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", nargs="+", type=float, default=[1, 10], help="in millions")
    parser.add_argument("--orders", nargs="+", default=["by unit", "shuffled"])
    parser.add_argument("--units", nargs="+", default=["one by one"], choices=list(UNITS))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--note", default="", help="a sentence on the machine, for the page")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--task")
    given = parser.parse_args()
    if given.file is not None:
        run(given.file, given.task)
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = table(given.rows, given.orders, given.units, Path(folder))
    if given.out is not None:
        used = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "numpy"))
        given.out.write_text(
            "# Panels beyond memory\n\n"
            "Group-time effects with analytic errors and their event-time aggregate, from a "
            f"Parquet file, with a limit of {LIMIT} for DuckDB; beside it the floor, which is a "
            "mean and a variance by cohort and period by DuckDB, and a second one, a sum by unit. "
            "Seconds "
            f"are the least of {REPEATS} rounds, ratios the median of those in the same round, and "
            "memory the largest peak of a process; imports are not timed. Both routes give the "
            "same estimate to 1e-10, which the benchmark checks.\n\n"
            + "\n".join(lines)
            + f"\n\nPython {platform.python_version()}, {used}, "
            f"{datetime.now(UTC):%d %B %Y}. {given.note}\n\n"
            "Made by `python benchmarks/big.py --rows 1 10 --out docs/benchmarks/big.md`.\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
