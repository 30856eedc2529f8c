"""Frames as tables of Ibis on several backends, for tests of queries."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

_numbers = count()


def on_duckdb(frame: pd.DataFrame) -> Any:
    arrow = pytest.importorskip("pyarrow").Table.from_pandas(frame, preserve_index=False)
    return pytest.importorskip("ibis").memtable(arrow)


def on_polars(frame: pd.DataFrame) -> Any:
    pytest.importorskip("polars")
    return pytest.importorskip("ibis").polars.connect().create_table("rows", frame)


def on_sqlite(frame: pd.DataFrame) -> Any:
    pytest.importorskip("regex", reason="Ibis reads SQLite with regex, which is not installed")
    file = Path(tempfile.mkdtemp()) / "rows.db"
    connection = sqlite3.connect(file)
    frame.to_sql("rows", connection, index=False)
    connection.close()
    table = pytest.importorskip("ibis").sqlite.connect(file).table("rows")
    shutil.rmtree(file.parent)  # it is open, and gone when it is closed
    return table


def on_spark(frame: pd.DataFrame) -> Any:
    session = spark()
    name = f"rows{next(_numbers)}"
    session.createDataFrame(frame).createOrReplaceTempView(name)
    return pytest.importorskip("ibis").pyspark.connect(session).table(name)


@cache
def spark() -> Any:
    """Start Spark in this process; what lacks is told by the skip of the test."""
    if find_spec("pyspark") is None:
        pytest.skip('Spark is not installed: pip install "evalkit[spark]", or make spark-test')
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none: make spark-test installs it")
    from pyspark.sql import SparkSession

    found = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    found = found.config("spark.sql.shuffle.partitions", "2").config("spark.log.level", "ERROR")
    session = found.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


QUICK: dict[str, Callable[[pd.DataFrame], Any]] = {
    "duckdb": on_duckdb,
    "polars": on_polars,
    "sqlite": on_sqlite,
}
EVERY = {**QUICK, "spark": on_spark}
