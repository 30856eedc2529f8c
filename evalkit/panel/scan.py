# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""Rows that are read by queries: Parquet files, a DuckDB relation, an Ibis table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from evalkit.panel.dropped import PanelError, some
from evalkit.panel.engine import DuckDB, is_ibis_on_duckdb, is_relation
from evalkit.panel.files import is_parquet, parquet_files
from evalkit.panel.session import Session, UnreadableError, opened, telling
from evalkit.panel.table import refuse_unknown

NAMED = 5
"""Rows that a message names."""


def quoted(name: str) -> str:
    """Write a name of a column as SQL does."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Write text as SQL does."""
    return "'" + value.replace("'", "''") + "'"


@dataclass(frozen=True)
class Scan:
    """A source of rows that is asked by queries.

    Attributes
    ----------
    files
        The Parquet files; none where a relation or a table has the rows.
    relation
        A relation of DuckDB.
    table
        A table of Arrow.
    engine
        Limits and options.
    where
        Conditions on the rows, as SQL.
    """

    engine: DuckDB
    files: tuple[Path, ...] = ()
    relation: Any = None
    table: Any = None
    where: tuple[str, ...] = ()

    @property
    def is_whole_files(self) -> bool:
        """Whether all rows of Parquet files are in use."""
        return bool(self.files) and not self.where

    def only(self, condition: str) -> Scan:
        """Give the scan of the rows for which a condition holds."""
        return replace(self, where=(*self.where, condition))

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a connection to put questions on; ``evalkit_rows`` are the rows."""
        if self.relation is not None:
            yield Session(_Silent(), self._select("evalkit_base"), self.relation, self.engine)
            return
        with opened(self.engine) as connection:
            if self.table is not None:
                connection.register("evalkit_base", self.table)
            try:
                yield Session(connection, self._select(self.source), None, self.engine)
            except UnreadableError:
                for file in self.files:
                    _refuse_damaged(file)
                raise

    @property
    def source(self) -> str:
        """The rows as SQL names them, without the conditions."""
        return self._read_parquet() if self.files else "evalkit_base"

    def _read_parquet(self, options: str = "") -> str:
        listed = ", ".join(text(str(file)) for file in self.files)
        union = ", union_by_name=true" if len(self.files) > 1 else ""
        return f"read_parquet([{listed}]{union}{options})"

    def _select(self, source: str, columns: str = "*") -> str:
        where = " AND ".join(f"({one})" for one in self.where)
        return f"SELECT {columns} FROM {source}" + (f" WHERE {where}" if where else "")

    # Columns --------------------------------------------------------------------------------

    def types(self, session: Session, roles: Mapping[str, str]) -> dict[str, str]:
        """Give the type of the column of each role, as DuckDB calls it.

        Raises
        ------
        PanelError
            A column is missing, a file is corrupt, or has a column of another kind.
        """
        if self.files:
            self._refuse_unlike(dict.fromkeys(roles.values()))
        kinds = session.types()
        for role, name in roles.items():
            refuse_unknown(list(kinds), name, role)
        return {name: kinds[name] for name in roles.values()}

    def _refuse_unlike(self, names: Iterable[str]) -> None:
        """Refuse files that are corrupt, or in which a column is of another kind."""
        schemas = [(file, _schema(file)) for file in self.files]
        first, known = schemas[0]
        for file, schema in schemas[1:]:
            for name in names:
                if name in known.names and name not in schema.names:
                    raise PanelError(
                        f"there is no column '{name}' in {file.name}, and there is in {first.name}",
                        hint="write the same columns in every file",
                    )
                if name not in known.names or name not in schema.names:
                    continue
                own, other = known.field(name).type, schema.field(name).type
                if _kind(own) != _kind(other) and "nothing" not in {_kind(own), _kind(other)}:
                    raise PanelError(
                        f"the column '{name}' holds {_kind(other)} ({other}) in {file.name}, and "
                        f"{_kind(own)} ({own}) in {first.name}",
                        hint="write it with the same type in every file",
                    )

    # Rows -----------------------------------------------------------------------------------

    def _numbered(self) -> str:
        """Select the rows with the file in which they stand and their place in it."""
        columns = "*, '' AS evalkit_file, row_number() OVER () - 1 AS evalkit_row"
        source = "evalkit_base"
        if self.files:
            columns = "*, file_row_number AS evalkit_row"
            source = self._read_parquet(", filename='evalkit_file', file_row_number=true")
        return self._select(f"(SELECT {columns} FROM {source})")

    def _name(self, file: str, row: int) -> str:
        return str(row) if len(self.files) < 2 else f"{row} of {Path(file).name}"

    def rows_where(self, condition: str) -> str:
        """Name the first rows for which a condition holds, as messages do."""
        asked = f"SELECT * FROM ({self._numbered()}) WHERE {condition}"
        order = "evalkit_file, evalkit_row"
        with self.session() as session:
            total = session.rows(f"SELECT count(*) FROM ({asked})")[0][0]
            found = session.rows(
                f"SELECT evalkit_file, evalkit_row FROM ({asked}) ORDER BY {order} LIMIT {NAMED}"
            )
        return some([self._name(*one) for one in found], total=int(total))

    def first_rows(self, value: str, condition: str) -> dict[Any, str]:
        """Name the first row of each value of an expression."""
        asked = (
            f"SELECT {value} AS v, min(row(evalkit_file, evalkit_row)) AS r "
            f"FROM ({self._numbered()}) WHERE {condition} GROUP BY 1"
        )
        with self.session() as session:
            found = session.rows(asked)
        return {one: self._name(*(r.values() if isinstance(r, dict) else r)) for one, r in found}


class _Silent:
    """A connection that is not ours to ask how far it is."""


def scan_of(data: Any, engine: DuckDB) -> Scan:
    """Find out what there is to scan.

    Raises
    ------
    PanelError
        It is nothing that DuckDB reads, or the options are not for its connection.
    """
    if isinstance(data, str | Path):
        if not is_parquet(data):
            raise PanelError(
                f"DuckDB reads Parquet here, and {data} is none",
                hint="write it as Parquet first, or give engine='memory'",
            )
        return Scan(engine, files=tuple(parquet_files(data)))
    if is_relation(data):
        return Scan(_own(engine), relation=data)
    if is_ibis_on_duckdb(data):
        with telling():
            backend = data.get_backend()
            return Scan(_own(engine), relation=backend.con.sql(str(backend.compile(data))))
    return Scan(engine, table=_arrow(data))


def _own(engine: DuckDB) -> DuckDB:
    """Refuse limits for a connection that is the user's own."""
    given = [name for name in ("memory_limit", "spill", "threads") if getattr(engine, name)]
    if given:
        raise PanelError(
            f"this table has a connection of its own, to which {given[0]} does not apply",
            hint="set it there: connection.execute(\"SET memory_limit = '4GB'\")",
        )
    return engine


def _arrow(data: Any) -> Any:
    pyarrow = import_module("pyarrow")
    if hasattr(data, "collect") and not hasattr(data, "__arrow_c_stream__"):
        data = data.collect()  # a lazy polars frame
    try:
        return data if isinstance(data, pyarrow.Table) else pyarrow.table(data)
    except (pyarrow.ArrowException, ValueError, TypeError) as error:
        what = f"a {type(data).__name__} cannot be read by DuckDB: {error}"
        raise PanelError(what, hint="give a Parquet file, or engine='memory'") from None


def _schema(file: Path) -> Any:
    with _naming(file):
        return import_module("pyarrow.parquet").read_schema(file)


def _refuse_damaged(file: Path) -> None:
    """Read all of a file, and refuse it where that fails."""
    with _naming(file):
        for _ in import_module("pyarrow.parquet").ParquetFile(file).iter_batches():
            pass


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Name the file that cannot be read."""
    try:
        yield
    except (ValueError, OSError) as error:  # as are the faults of Arrow
        said = str(error).strip().splitlines()[0]
        raise PanelError(
            f"{file.name} cannot be read: {said}",
            hint="see whether it is whole and of the kind that its name says",
        ) from None


def _kind(found: Any) -> str:
    types = import_module("pyarrow").types
    if types.is_dictionary(found):
        found = found.value_type
    if types.is_string(found) or types.is_large_string(found):
        return "text"
    if types.is_integer(found) or types.is_floating(found) or types.is_decimal(found):
        return "numbers"
    if types.is_null(found):
        return "nothing"
    return "dates" if types.is_temporal(found) else str(found)
