"""Ten outcomes over one panel: one batch beside a call for each, with DuckDB.

The data are those of ``big.py`` with ten outcomes. Timed, in processes of their own that take
turns: a batch, which reads the panel and then the other nine outcomes at once, and ten panels of
one outcome each. Both give the same effects to 1e-12, which the benchmark checks.

    python benchmarks/big_batch.py --rows 1 10
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from big import LIMIT, make, most_memory

OUTCOMES = 10
REPEATS = 3


def widen(file: Path, wide: Path) -> None:
    """Write a panel of ten outcomes: the first, and others that vary about it."""
    import duckdb

    more = ", ".join(f"y * {1 + k / 10} + hash(y, {k}) % 997 / 499.0 AS y{k}"
                     for k in range(1, OUTCOMES))  # fmt: skip
    with duckdb.connect(config={"memory_limit": LIMIT}) as connection:
        connection.execute(
            f"COPY (SELECT unit, t, g, y AS y0, {more} FROM '{file}') TO '{wide}' (FORMAT parquet)"  # noqa: S608  names of our own
        )


def run(file: Path, task: str) -> None:
    """Do one task and print what it took as JSON."""
    import duckdb  # noqa: F401  else it is imported while the clock runs
    import pyarrow.parquet  # noqa: F401  likewise

    from evalkit.did.batch import batch
    from evalkit.panel import DuckDB, Panel

    warnings.simplefilter("ignore")
    names = [f"y{k}" for k in range(OUTCOMES)]
    roles: dict[str, Any] = {"unit": "unit", "time": "t", "cohort": "g"}
    engine = DuckDB(memory_limit=LIMIT)
    start, busy = time.perf_counter(), time.process_time()
    if task == "batch":
        runs = batch(Panel(file, outcome="y0", engine=engine, **roles), names)
        answers = [float(one) for one in runs.table["estimate"]]
    else:
        answers = [
            float(batch(Panel(file, outcome=name, engine=engine, **roles)).table["estimate"][0])
            for name in names
        ]
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    found = {"seconds": seconds, "busy": busy, "peak": most_memory(), "answers": answers}
    print(json.dumps(found))


def measure(file: Path, task: str) -> dict[str, Any]:
    """Run one task in a process of its own."""
    asked = [sys.executable, __file__, "--file", str(file), "--task", task]
    found: dict[str, Any] = json.loads(subprocess.check_output(asked, text=True))
    return found


def line(millions: float, order: str, file: Path) -> str:
    """Measure the two ways in turns, and write the row of the table."""
    rounds = [(measure(file, "batch"), measure(file, "apart")) for _ in range(REPEATS)]
    one, other = rounds[0]
    gap = max(abs(a - b) for a, b in zip(one["answers"], other["answers"], strict=True))
    assert gap < 1e-12, gap
    best = [min(pair[at]["seconds"] for pair in rounds) for at in (0, 1)]
    peak = [max(pair[at]["peak"] for pair in rounds) for at in (0, 1)]
    ratio = [
        statistics.median(b[what] / a[what] for a, b in rounds) for what in ("seconds", "busy")
    ]
    return (
        f"| {millions:g}M | {order} | {best[0]:.2f} | {best[1]:.2f} | {ratio[0]:.1f} "
        f"| {ratio[1]:.1f} | {peak[0]:.0f} | {peak[1]:.0f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", nargs="+", type=float, default=[1], help="in millions")
    parser.add_argument("--orders", nargs="+", default=["by unit", "shuffled"])
    parser.add_argument("--file", type=Path)
    parser.add_argument("--task")
    given = parser.parse_args()
    if given.file is not None:
        run(given.file, given.task)
        return
    heads = ["Rows", "Order", "Batch (s)", "Apart (s)", "Apart ÷ batch", "in processor time"]
    heads += ["Batch (MB)", "Apart (MB)"]
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for millions in given.rows:
            for order in given.orders:
                file, wide = Path(folder) / "panel.parquet", Path(folder) / "wide.parquet"
                make(file, millions, shuffled=order == "shuffled")
                widen(file, wide)
                file.unlink()
                print(line(millions, order, wide), flush=True)


if __name__ == "__main__":
    main()
