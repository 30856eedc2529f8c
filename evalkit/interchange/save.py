"""Writing a case to a file of another format."""

from __future__ import annotations

from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.interchange.losses import told
from evalkit.io.whole import write_whole


def save(case: str | Path, kind: str, target: Path, reporter: str = "XM-EVALKIT") -> list[str]:
    """Write a case to a file, whole or not at all.

    Parameters
    ----------
    case
        A case folder, or the slug of a shipped case.
    kind
        ``xlsx``, ``iati`` or ``sdmx``.
    target
        The file.
    reporter
        For IATI: the identifier of who publishes it.

    Returns
    -------
    list of str
        What the format cannot hold, and what it asks for and was filled in.
    """
    if target.is_dir():
        raise EvalkitError(f"'{target}' is a folder", hint="give a file with -o")
    data, remarks = _made(case, kind, reporter)
    try:
        write_whole({target: data})
    except OSError as error:
        raise EvalkitError(
            f"'{target}' cannot be written: {error.strerror}",
            hint="choose another file with -o, or mend its permissions",
        ) from None
    return remarks


def _made(case: str | Path, kind: str, reporter: str) -> tuple[bytes, list[str]]:
    if kind == "xlsx":
        from evalkit.interchange.workbook import to_workbook

        what = "not in the workbook: chapters, prose of instruments, tables and data (CSV)"
        return to_workbook(case), [what]
    if kind == "sdmx":
        from evalkit.interchange.to_sdmx import to_sdmx

        found = to_sdmx(case)
        return found.text.encode(), _heads("SDMX cannot hold", told(found.losses))
    from evalkit.interchange.to_iati import to_iati

    made = to_iati(case, reporter)
    lines = _heads("IATI cannot hold", told(made.losses))
    return made.text.encode(), lines + _heads("filled in, for IATI asks for it", told(made.filled))


def _heads(head: str, text: str) -> list[str]:
    return [f"{head}:", *(f"  {line}" for line in text.splitlines())] if text else []
