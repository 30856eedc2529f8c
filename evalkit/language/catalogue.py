"""One catalogue for every label that evalkit prints, in Dutch and in English."""

from __future__ import annotations

from evalkit.language.called import as_called
from evalkit.language.numbers import Language
from evalkit.language.packaged import packaged_toml


def _catalogue() -> dict[str, dict[str, dict[Language, str]]]:
    return packaged_toml(__package__, "labels.toml")


def label(key: str, lang: Language, default: str | None = None) -> str:
    """Look a label up.

    Parameters
    ----------
    key
        Section and name, ``stage.output``.
    lang
        The language of the page.
    default
        What to print when the catalogue has no such label; without it that is a `KeyError`,
        since a label that is missing is a fault of evalkit and not of its user.

    Examples
    --------
    >>> label("stage.output", "nl")
    'Output'
    """
    section, _, name = key.partition(".")
    entry = _catalogue().get(section, {}).get(name)
    if entry is None:
        if default is None:
            raise KeyError(f"labels.toml has no '{key}'")
        return default
    return as_called(entry)[lang]


def labels(section: str, lang: Language) -> dict[str, str]:
    """Give a whole section of the catalogue in one language."""
    return {name: as_called(entry)[lang] for name, entry in _catalogue()[section].items()}
