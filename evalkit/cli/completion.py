"""What the shell offers on Tab, for the words that a command takes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def cases(incomplete: str) -> list[str]:
    """Offer folders that hold a case, and the shipped cases; else the shell offers its files."""
    from evalkit.io.shipped import shipped_cases

    return [*_folders(incomplete, "case.yaml"), *_begun(incomplete, shipped_cases())]


def styles(incomplete: str) -> list[str]:
    """Offer the shipped house styles, and folders that hold one."""
    from evalkit.io.shipped import shipped_styles

    return [*_begun(incomplete, shipped_styles()), *_folders(incomplete, "style.toml")]


def ladders(incomplete: str) -> list[str]:
    """Offer the shipped ladders; for a file of one's own the shell offers its files."""
    from evalkit.judgement.profile import ladder_names

    return _begun(incomplete, ladder_names())


def languages(incomplete: str) -> list[str]:
    """Offer the languages."""
    return _begun(incomplete, ("nl", "en"))


def formats(incomplete: str) -> list[str]:
    """Offer what a report can be written as, also behind a comma.

    Examples
    --------
    >>> formats("pdf,h")
    ['pdf,html']
    """
    from evalkit.report.formats import ALL, FORMATS

    before, comma, last = incomplete.rpartition(",")
    taken = before.split(",")
    free = FORMATS if comma else (*FORMATS, ALL)
    return [f"{before}{comma}{one}" for one in _begun(last, free) if one not in taken]


def exports(incomplete: str) -> list[str]:
    """Offer the formats of others."""
    return _begun(incomplete, ("xlsx", "iati", "sdmx"))


def kinds(incomplete: str) -> list[str]:
    """Offer the kinds of case files that have a schema."""
    from evalkit.io.schema import KINDS

    return _begun(incomplete, KINDS)


def _begun(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def _folders(incomplete: str, file: str) -> list[str]:
    parent, slash, begun = incomplete.rpartition("/")
    found = Path(f"{parent}{slash}" or ".").glob(f"*/{file}")
    return sorted(str(one.parent) for one in found if one.parent.name.startswith(begun))
