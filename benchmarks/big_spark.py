"""Panels on Spark in local mode: what reach costs, at a million rows; its time as it is.

The data are those of ``big.py``. Timed in a session that runs already: the first panel, for which
Spark compiles its queries, and a second one; beside them DuckDB on the same file. Spark is there
for rows that no machine holds, and not for speed on one machine.

    python benchmarks/big_spark.py --rows 1
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from big import make


def effect(data: Any, engine: str) -> tuple[float, float]:
    """Time the way from a table to the average effect, and give both."""
    from evalkit.did.group_time import group_time
    from evalkit.panel import Panel

    start = time.perf_counter()
    panel = Panel(data, unit="unit", time="t", outcome="y", cohort="g", engine=engine)
    answer = group_time(panel).aggregate("event").overall.estimate
    return time.perf_counter() - start, answer


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=float, default=1, help="in millions")
    given = parser.parse_args()
    if find_spec("pyspark") is None or shutil.which("java") is None:
        print('Spark is not timed: it needs Java, and pip install "evalkit[spark]"')
        return
    warnings.simplefilter("ignore")
    import ibis
    from pyspark.sql import SparkSession

    start = time.perf_counter()
    asked = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    asked = asked.config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
    session = asked.config("spark.driver.memory", "3g").getOrCreate()
    opening = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "panel.parquet"
        make(file, given.rows, shuffled=True)
        session.read.parquet(str(file)).createOrReplaceTempView("panel")
        table = ibis.pyspark.connect(session).table("panel")
        runs = [effect(table, "ibis"), effect(table, "ibis"), effect(file, "duckdb")]
    assert max(abs(answer - runs[0][1]) for _, answer in runs) < 1e-10
    times = " | ".join(f"{seconds:.1f}" for seconds, _ in runs)
    print("| Rows | Starting Spark (s) | Spark, first (s) | Spark, again (s) | DuckDB (s) |")
    print("|---|---|---|---|---|")
    print(f"| {given.rows:g}M | {opening:.1f} | {times} |")
    session.stop()


if __name__ == "__main__":
    main()
