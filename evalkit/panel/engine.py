"""Who computes what a panel needs of its rows: memory, DuckDB out of it, or Ibis elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evalkit.panel.dropped import PanelError
from evalkit.panel.files import is_parquet, parquet_files
from evalkit.panel.ibis_telling import reader_of, telling_backend

LARGE = 5_000_000
"""Rows above which a table that can be queried is not taken into memory of its own accord."""
_SIZE = re.compile(r"\s*\d*\.?\d*[1-9]|\s*[1-9]")  # what comes behind it DuckDB looks at
_INSTALL = 'pip install "evalkit[big]"'


@dataclass(frozen=True, slots=True)
class DuckDB:
    """DuckDB inside this process, which reads rows without holding them all.

    Parameters
    ----------
    memory_limit
        How much memory DuckDB may take, such as ``"4GB"``; by default 80% of what there is. What
        does not fit is spilled to disk.
    spill
        Folder to spill to; by default that for temporary files. What is put there is taken away
        again, also after an error.
    threads
        How many threads DuckDB takes; by default one a core.
    progress
        Called now and then with the share of the query that is done, from 0 to 1.

    Notes
    -----
    A DuckDB relation, or an Ibis table of DuckDB, is read through its own connection, which has
    its own limit; these options are then refused, but for `progress`.

    Examples
    --------
    >>> from evalkit.panel import DuckDB
    >>> DuckDB(memory_limit="4GB").memory_limit
    '4GB'
    """

    memory_limit: str | None = None
    spill: str | Path | None = None
    threads: int | None = None
    progress: Callable[[float], None] | None = None

    def __post_init__(self) -> None:
        """Refuse limits that are none: DuckDB takes a size below nought for no limit at all.

        Raises
        ------
        PanelError
            The limit of memory is not above nought, or there is no thread to run on.
        """
        limit: object = self.memory_limit
        if limit is not None and not (isinstance(limit, str) and _SIZE.match(limit)):
            hint = "give a size above nought, such as DuckDB(memory_limit='4GB')"
            raise PanelError(f"the memory limit {limit!r} cannot be read", hint=hint)
        if self.threads is not None and self.threads < 1:
            raise PanelError(f"threads={self.threads} is too few", hint="give 1 or more")


@dataclass(frozen=True, slots=True)
class Ibis:
    """Whatever computes an Ibis table: Spark, a database server, polars, ...; it has no options."""


def chosen(data: Any, engine: Any) -> DuckDB | Ibis | None:
    """Say who reads a table: None for memory.

    Parameters
    ----------
    data
        The table, or the path of one.
    engine
        What the user asked: ``memory``, ``duckdb``, a :class:`DuckDB`, ``ibis``, or None to let the
        size decide.

    Raises
    ------
    PanelError
        The engine is unknown, or not installed.
    """
    if engine is None:
        return _by_size(data)
    if isinstance(engine, str) and engine == "memory":
        return None
    if isinstance(engine, str) and engine == "ibis":
        if not is_ibis(data):
            raise PanelError(
                f"engine='ibis' puts queries to an Ibis table, and a {type(data).__name__} is none",
                hint="give one, such as ibis.pyspark.connect(session).table('persons')",
            )
        return Ibis()
    found = DuckDB() if isinstance(engine, str) and engine == "duckdb" else engine
    if not isinstance(found, DuckDB):
        raise PanelError(
            f"engine={engine!r} is unknown",
            hint="give 'memory', 'duckdb', a DuckDB(...) or, for an Ibis table, 'ibis'",
        )
    if not _installed():
        raise PanelError("the engine 'duckdb' needs duckdb and pyarrow", hint=_INSTALL)
    return found


def _by_size(data: Any) -> DuckDB | Ibis | None:
    """Say who reads a table of which nothing is asked: queries where it is large."""
    if is_ibis(data) and not is_ibis_on_duckdb(data):
        return Ibis() if _rows_in(data) > LARGE else None
    return DuckDB() if _may_be_large(data) and _installed() and _is_large(data) else None


def _installed() -> bool:
    return find_spec("duckdb") is not None and find_spec("pyarrow") is not None


def _may_be_large(data: Any) -> bool:
    path = isinstance(data, str | Path) and is_parquet(data)
    return path or is_relation(data) or is_ibis(data)


def _is_large(data: Any) -> bool:
    """Whether a table that DuckDB can read has more rows than memory takes of its own accord."""
    if isinstance(data, str | Path):
        return is_parquet(data) and _rows_of(parquet_files(data)) > LARGE
    if is_relation(data):
        return int(data.shape[0]) > LARGE
    if is_ibis_on_duckdb(data):
        return _rows_in(data) > LARGE
    return False


def _rows_in(table: Any) -> int:
    """Count the rows of an Ibis table, where they are."""
    with telling_backend(reader_of(table)):
        return int(table.count().to_pyarrow().as_py())


def _rows_of(files: list[Path]) -> int:
    """Count rows by the files' own tails; what is amiss with them is told where they are read."""
    read_metadata = import_module("pyarrow.parquet").read_metadata
    try:
        return sum(int(read_metadata(file).num_rows) for file in files)
    except (OSError, ValueError):
        return 0


def is_relation(data: Any) -> bool:
    """Whether it is a relation of DuckDB."""
    return type(data).__name__ == "DuckDBPyRelation"


def is_ibis(data: Any) -> bool:
    """Whether it is a table of Ibis."""
    return type(data).__module__.startswith("ibis.")


def is_ibis_on_duckdb(data: Any) -> bool:
    """Whether it is a table of Ibis that DuckDB computes."""
    return is_ibis(data) and bool(data.get_backend().name == "duckdb")
