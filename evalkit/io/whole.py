"""Writing files whole or not at all: what a full disk or Ctrl-C interrupts leaves no half file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory


def write_whole(files: Mapping[Path, bytes | str | None]) -> None:
    r"""Write every file beside its place first, and move them there when all are whole.

    Parameters
    ----------
    files
        What to write, per place; text as UTF-8, and None for a file that is to go. Folders are
        made when they are not there.

    Raises
    ------
    OSError
        A file cannot be written, or a place is a folder; none has changed then, but for those that
        had been moved already when the moving itself fails.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "deep" / "file.txt"
    ...     write_whole({file: "één\n"})
    ...     print([one.name for one in file.parent.iterdir()], file.read_bytes())
    ['file.txt'] b'\xc3\xa9\xc3\xa9n\n'
    """
    meant = {Path(os.path.realpath(path)): data for path, data in files.items()}  # a link stays
    for path in meant:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with ExitStack() as stack:
        beside: dict[Path, Path] = {}
        for path, data in meant.items():
            if data is not None:
                folder = path.parent
                if folder not in beside:
                    folder.mkdir(parents=True, exist_ok=True)
                    made = TemporaryDirectory(prefix=".evalkit.", dir=folder)
                    beside[folder] = Path(stack.enter_context(made))
                whole = data.encode() if isinstance(data, str) else data
                (beside[folder] / path.name).write_bytes(whole)
                if path.exists():
                    shutil.copymode(path, beside[folder] / path.name)
        for path, data in meant.items():
            if data is None:
                path.unlink(missing_ok=True)
            else:
                (beside[path.parent] / path.name).replace(path)
