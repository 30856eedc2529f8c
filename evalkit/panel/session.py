"""Questions put to DuckDB, with every fault told in the way of this house."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from evalkit.panel.dropped import PanelError
from evalkit.panel.engine import DuckDB

BATCH = 1_000_000
"""Rows that are in memory at a time."""
LOOK = 0.2
"""Seconds between two looks at how far a query is."""


_BYTES = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


class UnreadableError(PanelError):
    """Rows that cannot be read, perhaps because a file is damaged."""


class Session:
    """A connection on which questions are put about the rows of one source.

    Parameters
    ----------
    connection
        The connection, asked about progress and stopped when a question fails.
    source
        SQL of the rows, or None where `relation` has them.
    relation
        A relation of the user's own connection.
    engine
        The options.
    """

    def __init__(self, connection: Any, source: str, relation: Any, engine: DuckDB) -> None:
        self._connection = connection
        self._source = source
        self._relation = relation
        self._engine = engine

    @property
    def spill(self) -> str | Path | None:
        """The folder to spill to; None for that of temporary files."""
        return self._engine.spill

    def _ask(self, sql: str) -> Any:
        """Give the relation of a question about ``evalkit_rows``."""
        asked = f"WITH evalkit_rows AS ({self._source}) {sql}"
        if self._relation is None:
            return self._connection.sql(asked)
        return self._relation.query("evalkit_base", asked)

    @property
    def memory_limit(self) -> float:
        """How many bytes DuckDB may take."""
        said = self.rows("SELECT current_setting('memory_limit')")[0][0]
        number, unit = str(said).split()
        return float(number) * _BYTES.get(unit, 1)

    def types(self) -> dict[str, str]:
        """Give the type of each column."""
        with telling():
            found = self._ask("SELECT * FROM evalkit_rows LIMIT 0")
            return {str(n): str(t) for n, t in zip(found.columns, found.types, strict=True)}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Put a question and give its few rows."""
        with telling(), self._watched():
            found: list[tuple[Any, ...]] = self._ask(sql).fetchall()
            return found

    def table(self, sql: str) -> Any:
        """Put a question and give its rows as a table of Arrow."""
        with telling(), self._watched():
            asked = self._ask(sql)
            name = "to_arrow_table" if hasattr(asked, "to_arrow_table") else "fetch_arrow_table"
            return getattr(asked, name)()

    def stream(self, sql: str, size: int = BATCH) -> Iterator[Any]:
        """Put a question and give its rows in batches of Arrow."""
        with telling(), self._watched():
            asked = self._ask(sql)
            name = "to_arrow_reader" if hasattr(asked, "to_arrow_reader") else "fetch_record_batch"
            yield from getattr(asked, name)(size)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Tell how far a query is while it runs."""
        tell = self._engine.progress
        if tell is None or not hasattr(self._connection, "query_progress"):
            yield
            return
        done = threading.Event()

        def look() -> None:
            while not done.wait(LOOK):
                share = float(self._connection.query_progress())
                if 0 <= share <= 100:
                    tell(share / 100)

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
        tell(1.0)


@contextmanager
def opened(engine: DuckDB) -> Iterator[Any]:
    """Open DuckDB in this process under the limits of an engine; its spill is cleared away."""
    duckdb = import_module("duckdb")
    try:
        spill = tempfile.mkdtemp(prefix="evalkit-", dir=engine.spill)
    except OSError as error:
        raise PanelError(
            f"nothing can be spilled to {engine.spill or tempfile.gettempdir()}: {error.strerror}",
            hint="give a folder that can be written, as `DuckDB(spill=...)`",
        ) from None
    config: dict[str, Any] = {"temp_directory": spill}
    if engine.memory_limit is not None:
        config["memory_limit"] = engine.memory_limit
    if engine.threads is not None:
        config["threads"] = engine.threads
    try:
        with telling():
            connection = duckdb.connect(config=config)
            connection.execute("SET enable_progress_bar_print = false")  # not among our output
            if engine.progress is not None:
                connection.execute("SET enable_progress_bar = true")
        try:
            yield connection
        finally:
            connection.close()
    finally:
        shutil.rmtree(spill, ignore_errors=True)


@contextmanager
def telling() -> Iterator[None]:
    """Tell a fault of DuckDB as an error that says what to do."""
    duckdb, arrow = import_module("duckdb"), import_module("pyarrow")
    try:
        yield
    except duckdb.InterruptException:
        raise PanelError(
            "the query was interrupted, so there is no result", hint="run it again"
        ) from None
    except (duckdb.Error, arrow.ArrowException, RuntimeError, OSError) as error:
        if type(error) is RuntimeError and "interrupted" in str(error).lower():
            raise KeyboardInterrupt from None  # DuckDB has caught the signal
        raise _told(error) from None


_FAULTS = (
    (("max_temp_directory_size", "failed to offload"),
     "DuckDB has spilled as much as it may",
     "allow more on its connection: SET max_temp_directory_size = '100GB'"),
    (("no space left", "could not write"),
     "the disk to spill to is full",
     "make room there; from Python `DuckDB(spill=...)` takes another folder"),
    (("out of memory", "failed to allocate", "could not allocate"),
     "DuckDB has too little memory", "raise DuckDB(memory_limit=...), or lower its threads"),
    (("memory_limit", "memory limit", "unknown unit for memory", "memory must have"),
     "the memory limit cannot be read", "give a size such as DuckDB(memory_limit='4GB')"),
    (("cast", "convert", "conversion"),
     "a column holds another kind of value in some rows", "make its type the same in all files"),
)  # fmt: skip


def _told(error: Exception) -> PanelError:
    """Say in words what DuckDB said, with its first line."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    for signs, what, remedy in _FAULTS:
        if any(sign in str(error).lower() for sign in signs):
            return PanelError(f"{what}: {said}", hint=remedy)
    hint = "see whether every file is whole and of the kind that its name says"
    return UnreadableError(f"the rows cannot be read: {said}", hint=hint)
