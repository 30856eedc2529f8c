"""Rows put in buckets by a hash of their unit, so that one bucket at a time need be in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import numpy as np

from evalkit.panel.dropped import PanelError
from evalkit.panel.keys import joined, taken, values_of

BUCKETS = 128
"""Number of buckets, which the hash of a unit names in one byte."""
KEEP = 256_000_000
"""Bytes of rows that wait in memory; when there are more, these go to disk."""
_Rows = dict[str, Any]


class Buckets:
    """Rows by bucket, in memory while they are few and on disk when they are many.

    Parameters
    ----------
    spill
        Folder to spill to; None for that of temporary files.

    Notes
    -----
    It is a context, at the end of which what was spilled is gone. The file has no name where the
    system allows that, so that nothing is left behind by a process that is killed either.
    """

    def __init__(self, spill: str | Path | None = None) -> None:
        self._spill = spill
        self._file: IO[bytes] | None = None
        self._schema: Any = None
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(BUCKETS)]
        self._waiting: list[tuple[_Rows, Any]] = []
        self._size = 0

    def __enter__(self) -> Buckets:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            with suppress(OSError):  # on a full disk, of which the error has been told
                self._file.close()

    def add(self, rows: Mapping[str, Any], bucket: np.ndarray[Any, np.dtype[np.uint8]]) -> None:
        """Add rows, each with the number of its bucket."""
        order = np.argsort(bucket, kind="stable")
        bounds = np.concatenate([[0], np.cumsum(np.bincount(bucket, minlength=BUCKETS))])
        own = {name: taken(values, order) for name, values in rows.items()}
        self._waiting.append((own, bounds))
        self._size += sum(int(values.nbytes) for values in own.values())
        if self._size > KEEP:
            self._write()

    def __iter__(self) -> Iterator[_Rows]:
        """Give the rows of each bucket that has some, in the order in which they came."""
        for bucket in range(BUCKETS):
            parts = self._written(bucket) + self._of(bucket)
            if parts:
                yield _together(parts)

    def _of(self, bucket: int) -> list[_Rows]:
        """Give the parts of a bucket that wait in memory."""
        found = []
        for rows, bounds in self._waiting:
            low, high = int(bounds[bucket]), int(bounds[bucket + 1])
            if high > low:
                found.append({name: values[low:high] for name, values in rows.items()})
        return found

    # Disk -----------------------------------------------------------------------------------

    def _write(self) -> None:
        """Write what waits, a piece a bucket."""
        arrow = import_module("pyarrow")
        try:
            file = self._file = self._file or tempfile.TemporaryFile(dir=self._spill)  # noqa: SIM115  open while rows come in
            file.seek(0, 2)
            for bucket, places in enumerate(self._places):
                parts = self._of(bucket)
                if parts:
                    batch = arrow.RecordBatch.from_pydict(_together(parts))
                    self._schema = batch.schema
                    start = file.tell()
                    file.write(batch.serialize())
                    places.append((start, file.tell() - start))
            file.flush()
        except OSError as error:
            where = self._spill or tempfile.gettempdir()
            raise PanelError(
                f"rows cannot be spilled to {where}: {error.strerror or error}",
                hint="make room there; from Python `DuckDB(spill=...)` takes another folder",
            ) from None
        self._waiting, self._size = [], 0

    def _written(self, bucket: int) -> list[_Rows]:
        """Read the parts of a bucket that are on disk."""
        found: list[_Rows] = []
        if self._file is None:
            return found
        for start, size in self._places[bucket]:
            self._file.seek(start)
            piece = import_module("pyarrow").py_buffer(self._file.read(size))
            batch = import_module("pyarrow.ipc").read_record_batch(piece, self._schema)
            found.append({name: values_of(batch, name) for name in batch.schema.names})
        return found


def _together(parts: list[_Rows]) -> _Rows:
    return {name: joined([part[name] for part in parts]) for name in parts[0]}
