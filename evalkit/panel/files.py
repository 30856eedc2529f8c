"""Parquet files: one, those of a folder, or those that a pattern names."""

from __future__ import annotations

from glob import glob, has_magic
from pathlib import Path

from evalkit.panel.dropped import PanelError


def is_parquet(path: str | Path) -> bool:
    """Whether a path means Parquet: by its ending, as a folder or as a pattern."""
    name = str(path)
    if name.lower().endswith((".csv", ".parquet")):
        return name.lower().endswith(".parquet")
    return has_magic(name) or Path(path).is_dir()


def parquet_files(path: str | Path) -> list[Path]:
    """List the Parquet files that a path means, by name.

    Raises
    ------
    PanelError
        There is none.
    """
    name, folder = str(path), Path(path)
    if folder.is_dir():
        files = sorted(one for one in folder.rglob("*.parquet") if one.is_file())
        if not files:
            raise PanelError(
                f"the folder {path} holds no .parquet file", hint="see whether it is the right one"
            )
        return files
    if has_magic(name) and not folder.exists():
        files = sorted(Path(one) for one in glob(name, recursive=True) if Path(one).is_file())  # noqa: PTH207  a pattern may start anywhere
        if not files:
            raise PanelError(f"no file is called {path}", hint="see the folder and the pattern")
        return files
    if not folder.exists():
        raise PanelError(f"there is no file {path}", hint="add it, or mend the name")
    return [folder]
