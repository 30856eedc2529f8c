"""A case folder: text and data files, and nothing outside it."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from evalkit.errors import Problem

_BINARY = ("this is a binary file, not text", "a case holds text files only")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # private use: evalkit marks places with these
_LARGEST = 20_000_000  # bytes of one text file; a chapter is some tens of thousands
_INSIDE = "keep what a case needs inside its folder"
_SPLIT = "divide it over several files; images and data do not belong in a text file"


class _RefusedError(OSError):
    """A file that could be read, and is not."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


class Folder:
    """Reads the files of one case and keeps what was wrong with them.

    Parameters
    ----------
    root
        The case folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.problems: list[Problem] = []
        self.hashes: dict[str, str] = {}

    def names(self, folder: str, ending: str) -> Iterator[str]:
        """Give the files of a subfolder with one ending, in order, as paths inside the case."""
        for path in sorted((self.root / folder).glob(f"*{ending}")):
            if not path.name.startswith("."):
                yield path.relative_to(self.root).as_posix()

    def has(self, name: str) -> bool:
        """Whether the case has this file."""
        return (self.root / name).exists()

    def text(self, name: str, *, asked_by: Problem | None = None) -> str | None:
        """Read a text file; None, and a problem, when that cannot be done.

        Parameters
        ----------
        name
            Path inside the case folder.
        asked_by
            Where the file is named, when another file names it; problems are placed there.
        """
        try:
            data = self._bytes(name)
        except (OSError, RuntimeError, ValueError) as error:
            # A loop of links is a RuntimeError before Python 3.13; a NUL in a name a ValueError.
            self._report(name, asked_by, *_unreadable(error))
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line, message, hint = _not_text(data, error)
            self._report(name, asked_by, message, hint, line)
            return None
        if "\0" in text:
            self._report(name, asked_by, *_BINARY)
            return None
        private = _PRIVATE.search(text)
        if private:
            line = text.count("\n", 0, private.start()) + 1
            what = f"line {line} holds a sign that has no meaning (U+{ord(private[0]):04X})"
            self._report(name, asked_by, what, "take it out: it may come from an old symbol font")
            return None
        if not text.strip():
            self._report(name, asked_by, "the file is empty", "fill it, or delete it")
            return None
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def data(self, name: str, *, asked_by: Problem) -> Path | None:
        """Find a data file, of any size; None, and a problem, when that cannot be done.

        Parameters
        ----------
        name
            Path inside the case folder.
        asked_by
            Where the file is named; problems are placed there.
        """
        try:
            path = self._inside(name)
            with path.open("rb") as file:
                self.hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, RuntimeError, ValueError) as error:
            self._report(name, asked_by, *_unreadable(error))
            return None
        return path

    def _inside(self, name: str) -> Path:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root):
            raise _RefusedError("it leads out of the case folder", _INSIDE)
        if path.is_dir():
            raise _RefusedError("it is a folder", "name a file in it")
        if not path.is_file():
            raise FileNotFoundError
        return path

    def _bytes(self, name: str) -> bytes:
        path = self._inside(name)
        if path.stat().st_size > _LARGEST:
            raise _RefusedError(f"it is larger than {_LARGEST // 1_000_000} MB", _SPLIT)
        return path.read_bytes()

    def _report(
        self, name: str, asked_by: Problem | None, message: str, hint: str, line: int = 0
    ) -> None:
        if asked_by is None or line:
            self.problems.append(Problem(name, line, message, hint))
        else:
            what = f"{name}: {message}"
            self.problems.append(Problem(asked_by.file, asked_by.line, what, hint))


def _not_text(data: bytes, error: UnicodeDecodeError) -> tuple[int, str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return 0, "the file is UTF-16 text, not UTF-8", "save the file with the encoding UTF-8"
    if b"\0" in data[:4096]:
        return 0, *_BINARY
    line = data.count(b"\n", 0, error.start) + 1
    return line, "this line is not UTF-8 text", "save the file with the encoding UTF-8"


def _unreadable(error: OSError | RuntimeError | ValueError) -> tuple[str, str]:
    if not isinstance(error, OSError):
        return "this cannot be the name of a file", "mend the name"
    if isinstance(error, FileNotFoundError):
        return "there is no such file", "add it, or mend the name"
    if isinstance(error, _RefusedError):
        return f"the file is not read: {error.why}", error.hint
    return f"the file cannot be read ({error.strerror})", "check its permissions"
