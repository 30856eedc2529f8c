"""Python and its packages: what is installed, against the lowest version that evalkit takes."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata

from evalkit.health.finding import Finding
from evalkit.health.requirement import Requirement, requirements

_LOWEST_PYTHON = (3, 11)
_EXTRAS = {
    "parquet": "Parquet files, and tables of polars, DuckDB and Ibis",
    "big": "data that do not fit in memory",
    "spark": "panels on Spark, by queries of Ibis",
}


def look_at_python() -> Iterator[Finding]:
    """Look at the version of Python."""
    lowest = ".".join(map(str, _LOWEST_PYTHON))
    yield Finding(
        group="python",
        name="Python",
        good=sys.version_info[:2] >= _LOWEST_PYTHON,
        needed=True,
        found=f"{platform.python_version()}, at {sys.executable}",
        remedy=f"install Python {lowest} or later and make a new environment with it",
    )


def look_at_packages(asked: tuple[Requirement, ...] | None = None) -> Iterator[Finding]:
    """Look at every package, those of an extra too.

    Parameters
    ----------
    asked
        What is asked for; left out, what evalkit asks for.
    """
    wanted = requirements() if asked is None else asked
    if not wanted:
        yield Finding(
            group="packages",
            name="evalkit",
            good=False,
            needed=True,
            found="its list of packages is not there: the installation is incomplete",
            remedy="install evalkit again, from its wheel or its checkout",
        )
    for one in wanted:
        if not one.extra:
            yield _package(one, ())
    extras = [one for one in wanted if one.extra]
    for name in dict.fromkeys(one.name for one in extras):
        found = [one for one in extras if one.name == name]
        yield _package(max(found, key=lambda one: one.bound), [one.extra for one in found])


def _package(one: Requirement, extras: Sequence[str]) -> Finding:
    version = _installed(one.name)
    good = version is not None and one.holds(version)
    if version is None:
        found = "not installed"
    elif good:
        found = version
    else:
        found = f"{version} is installed, and {one.asked} is asked for"
    if extras:
        purposes = "; ".join(f"{extra}: {_EXTRAS.get(extra, 'an extra')}" for extra in extras)
        found += f" ({purposes})"
    return Finding(
        group="extras" if one.extra else "packages",
        name=one.name,
        good=good,
        needed=not one.extra,
        found=found,
        remedy="" if good else f"{sys.executable} -m pip install '{one.name}{one.asked}'",
    )


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
