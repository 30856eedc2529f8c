"""Opening an xlsx workbook that somebody else made."""

from __future__ import annotations

import io
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from evalkit.errors import EvalkitError

_LARGEST = 300_000_000  # bytes that the parts of a workbook may unpack to


def opened(data: bytes, name: str) -> Any:
    """Open an xlsx workbook; `name` is for messages."""
    hint = "save it in Excel as .xlsx"
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise EvalkitError(f"{name} is larger than evalkit reads", hint="split it")
        return load_workbook(io.BytesIO(data))
    except EvalkitError:
        raise
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, AttributeError, SyntaxError):
        raise EvalkitError(f"{name} is not an xlsx workbook, or is damaged", hint=hint) from None


class Cached:
    """What formulas came to when the workbook was last saved; read only when there are any."""

    def __init__(self, data: bytes, book: Any) -> None:
        self.data, self.book = data, book
        self.values: Any = None

    def value(self, sheet: str, place: str) -> Any:
        """Give what the formula in a cell came to."""
        if self.values is None:
            self.values = load_workbook(io.BytesIO(self.data), data_only=True)
        return self.values[sheet][place].value
