"""Where the house styles and the cases that come with evalkit stand.

In a checkout they stand beside the package, in ``templates/`` and ``cases/``; in an
installed wheel inside it, in ``evalkit/_shipped/``. Nothing else in evalkit looks for them.
"""

from __future__ import annotations

from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.language.suggest import did_you_mean

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_dir() -> Path:
    """Find the folder with a folder for each house style.

    Raises
    ------
    EvalkitError
        When the installation is incomplete.

    Examples
    --------
    >>> templates_dir().name
    'templates'
    """
    return _shipped("templates")


def cases_dir() -> Path:
    """Find the folder with the shipped cases.

    Raises
    ------
    EvalkitError
        When the installation is incomplete.

    Examples
    --------
    >>> cases_dir().name
    'cases'
    """
    return _shipped("cases")


def shipped_styles() -> tuple[str, ...]:
    """List the names of the house styles, in the order of the alphabet.

    Examples
    --------
    >>> list(shipped_styles()) == sorted(shipped_styles())
    True
    """
    return _folders_with(templates_dir(), "style.toml")


def shipped_cases() -> tuple[str, ...]:
    """List the slugs of the shipped cases, in the order of the alphabet.

    Examples
    --------
    >>> list(shipped_cases()) == sorted(shipped_cases())
    True
    """
    return _folders_with(cases_dir(), "case.yaml")


def style_dir(name: str) -> Path:
    """Find the folder of a house style; its fonts stand in ``fonts/`` inside it.

    Parameters
    ----------
    name
        Name of the style, as in ``style: seo`` of a case.

    Raises
    ------
    EvalkitError
        When there is no such style.
    """
    return _named(name, "style", shipped_styles(), templates_dir())


def shipped_case_dir(slug: str) -> Path:
    """Find the folder of a shipped case.

    Parameters
    ----------
    slug
        Name of its folder, such as ``menselijk-kapitaal``.

    Raises
    ------
    EvalkitError
        When no case of that name is shipped.
    """
    return _named(slug, "shipped case", shipped_cases(), cases_dir())


def _shipped(name: str) -> Path:
    inside = _PACKAGE / "_shipped"
    folder = (inside if inside.is_dir() else _PACKAGE.parent) / name
    if not folder.is_dir():
        raise EvalkitError(
            f"the folder {name}/ that comes with evalkit is not there: {folder}",
            hint="install evalkit again, or work in a complete checkout",
        )
    return folder


def _folders_with(folder: Path, file: str) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{file}")))


def _named(name: str, noun: str, known: tuple[str, ...], folder: Path) -> Path:
    if name not in known:  # also keeps `../elsewhere` out
        raise EvalkitError(f"no {noun} '{name}'", hint=did_you_mean(name, known))
    return folder / name
