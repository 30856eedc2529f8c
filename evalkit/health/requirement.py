"""What evalkit asks of other packages: the lowest versions, as its own metadata says them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import evalkit

_NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*([^;]*)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_BOUND = re.compile(r"(>=|==)\s*([0-9][0-9.]*)")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A package, and the version that evalkit needs at the least.

    Attributes
    ----------
    name
        The name of the package.
    lowest
        The lowest version; empty when any will do.
    exact
        Whether no other version will do.
    extra
        The extra that asks for it; empty for what evalkit always needs.
    """

    name: str
    lowest: str = ""
    exact: bool = False
    extra: str = ""

    def holds(self, version: str) -> bool:
        """Whether a version will do.

        Examples
        --------
        >>> Requirement("numpy", "1.26").holds("1.9"), Requirement("numpy", "1.26").holds("2.0")
        (False, True)
        """
        if not self.lowest:
            return True
        found = _numbers(version)
        return found == self.bound if self.exact else found >= self.bound

    @property
    def bound(self) -> tuple[int, ...]:
        """The numbers of the lowest version, to compare by."""
        return _numbers(self.lowest)

    @property
    def asked(self) -> str:
        """The version asked for, as ``pip`` reads it."""
        return f"{'==' if self.exact else '>='}{self.lowest}" if self.lowest else ""


def read_requirement(text: str, extra: str = "") -> Requirement:
    """Read one line of a list of requirements.

    Examples
    --------
    >>> read_requirement("pyarrow>=15; extra == 'parquet'")
    Requirement(name='pyarrow', lowest='15', exact=False, extra='parquet')
    """
    found = _NAME.match(text)
    if found is None:
        raise ValueError(f"'{text}' names no package")
    bound = _BOUND.search(found[2])
    named = _EXTRA.search(text)
    return Requirement(
        name=found[1],
        lowest=bound[2] if bound else "",
        exact=bound is not None and bound[1] == "==",
        extra=named[1] if named else extra,
    )


def requirements() -> tuple[Requirement, ...]:
    """List what evalkit asks for: in a checkout its ``pyproject.toml``, else what was installed.

    Examples
    --------
    >>> [one.exact for one in requirements() if one.name == "weasyprint"]
    [True]
    """
    beside = Path(evalkit.__file__).resolve().parents[1] / "pyproject.toml"
    if beside.is_file():
        project = tomllib.loads(beside.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == "evalkit":
            return tuple(_of_project(project))
    try:
        return tuple(read_requirement(text) for text in metadata.requires("evalkit") or ())
    except metadata.PackageNotFoundError:
        return ()


def _of_project(project: dict[str, dict[str, list[str]]]) -> Iterator[Requirement]:
    for text in project["dependencies"]:
        yield read_requirement(text)
    for extra, texts in project.get("optional-dependencies", {}).items():
        for text in texts:
            yield read_requirement(text, extra)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a release, without the noughts at its end: 3.0 is 3."""
    release = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in release[0].split(".")] if release else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
