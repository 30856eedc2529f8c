"""A file that comes in, and the case folder that it is laid over."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from evalkit.errors import EvalkitError
from evalkit.io.reader import slug_of


class Incoming(NamedTuple):
    """What a file holds, and where it belongs."""

    data: bytes
    name: str
    beside: Path | None  # the case folder; none when the file stands for itself
    slug: str


def incoming(path: str | Path, into: str | Path | None = None) -> Incoming:
    """Read a file that is to be laid over a case folder.

    Raises
    ------
    EvalkitError
        The file cannot be read.
    """
    file = Path(path)
    data = read_bytes(file)
    folder = Path(into) if into is not None else None
    beside = folder.resolve() if folder is not None and (folder / "case.yaml").is_file() else None
    slug = slug_of(folder.resolve().name if folder is not None else file.stem)
    return Incoming(data, file.name, beside, slug)


def read_bytes(file: Path) -> bytes:
    """Read a file whole.

    Raises
    ------
    EvalkitError
        It cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise EvalkitError(f"'{file}' cannot be read: {error.strerror}") from None
