"""Faults of a backend of Ibis, told in the way of this house."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from evalkit.panel.dropped import PanelError

_READERS = {"pyspark": "Spark", "duckdb": "DuckDB", "sqlite": "SQLite", "postgres": "PostgreSQL"}


def reader_of(table: Any) -> str:
    """Name who computes an Ibis table."""
    backend = str(table.get_backend().name)
    return _READERS.get(backend, backend)


_REMEDY = "see whether the table can be read there; engine='memory' reads the rows"


@contextmanager
def telling_backend(reader: str, hint: str = _REMEDY) -> Iterator[None]:
    """Tell a fault of a backend with its first line; each has errors of its own.

    Raises
    ------
    PanelError
        It cannot answer.
    """
    try:
        with warnings.catch_warnings():  # of packages to each other
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    except Exception as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise PanelError(
            f"{reader} cannot answer: {said}",
            hint=hint,
        ) from error
