"""The formats of a report, and the file that each is written to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.language.suggest import did_you_mean

REPORTS = ("pdf", "html", "docx")
"""What a reader opens."""

FORMATS = (*REPORTS, "json")
ALL = "all"


def parse_formats(names: str | Sequence[str]) -> tuple[str, ...]:
    """Read the formats that are asked for; ``all`` is every one that a reader opens.

    Parameters
    ----------
    names
        Names, or one text with commas between them.

    Raises
    ------
    EvalkitError
        One of them is no format.

    Examples
    --------
    >>> parse_formats("html,pdf")
    ('html', 'pdf')
    """
    listed = names.split(",") if isinstance(names, str) else names
    found: list[str] = []
    for name in (one.strip().lower() for one in listed):
        if name not in (*FORMATS, ALL):
            hint = did_you_mean(name, (*FORMATS, ALL), f"choose from {', '.join(FORMATS)} and all")
            raise EvalkitError(f"'{name}' is no format that evalkit writes", hint=hint)
        found += REPORTS if name == ALL else (name,)
    return tuple(dict.fromkeys(found))


def targets(path: Path, formats: Sequence[str] = ()) -> dict[str, Path]:
    """Give the file of each format.

    Parameters
    ----------
    path
        Where to. Without formats its ending decides what is written; with formats they stand
        beside each other under its name.
    formats
        What to write.

    Raises
    ------
    EvalkitError
        There are no formats, and the path does not end in one.

    Examples
    --------
    >>> [str(file) for file in targets(Path("mix.en.pdf"), ("pdf", "html")).values()]
    ['mix.en.pdf', 'mix.en.html']
    """
    ending = path.suffix.removeprefix(".")
    if formats:
        stem = path.with_suffix("") if ending in FORMATS else path
        return {name: stem.with_name(f"{stem.name}.{name}") for name in formats}
    if ending in FORMATS:
        return {ending: path}
    hint = f"let the file end in {', '.join(f'.{name}' for name in FORMATS)}, or name a format"
    raise EvalkitError(f"'{path.name}' is no format that evalkit writes", hint=hint)
