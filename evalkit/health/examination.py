"""Everything that was looked at, together."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evalkit.health.finding import Finding
from evalkit.health.machine import look_at_folders, look_at_fonts, look_at_pango, look_at_tools
from evalkit.health.packages import look_at_packages, look_at_python
from evalkit.version import VERSION

_LOOKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "python": look_at_python,
    "packages": look_at_packages,
    "pango": look_at_pango,
    "fonts": look_at_fonts,
    "files": look_at_folders,
    "tools": look_at_tools,
}
_WIDTH = max(map(len, ("good", "optional", "missing")))


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found on this machine.

    Attributes
    ----------
    findings
        One for each thing that was looked at.
    """

    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether everything that is needed is there."""
        return all(one.good or not one.needed for one in self.findings)

    def summary(self) -> str:
        """Tell it in lines; packages that are good are counted, the rest is named."""
        told = [f"evalkit {VERSION} on {platform.platform(terse=True)}"]
        fine = [one for one in self.findings if one.good and one.group == "packages"]
        for one in self.findings:
            if one not in fine:
                told.append(f"  {one.word:<{_WIDTH}}  {one.name}: {one.found}")
                if one.remedy and not one.good:
                    told.append(f"  {'':<{_WIDTH}}    {one.remedy}")
            elif one == fine[-1]:
                told.append(f"  {'good':<{_WIDTH}}  packages: {len(fine)}, all recent enough")
        wanting = sum(1 for one in self.findings if one.word == "missing")
        told.append(_conclusion(wanting))
        return "\n".join(told)

    def as_json(self) -> dict[str, object]:
        """Give it as a document of JSON."""
        return {
            "evalkit": VERSION,
            "platform": platform.platform(),
            "healthy": self.healthy,
            "findings": [one.as_json() for one in self.findings],
        }


def examine() -> Examination:
    """Look at everything that evalkit needs, and at what it can use.

    Examples
    --------
    >>> from evalkit.health import examine
    >>> sorted({one.group for one in examine().findings})
    ['extras', 'files', 'fonts', 'packages', 'pango', 'python', 'tools']
    """
    return Examination(tuple(one for group, look in _LOOKS.items() for one in _looked(group, look)))


def _looked(group: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Look, and go on when a package that the look itself needs is not there."""
    try:
        yield from look()
    except ImportError as error:
        yield Finding(
            group=group,
            name=group,
            good=False,
            needed=True,
            found=f"cannot be looked at: {error}",
            remedy="install the packages that are missing and run evalkit doctor again",
        )


def _conclusion(wanting: int) -> str:
    if wanting == 0:
        return "everything that evalkit needs is there"
    return f"{wanting} {'thing is' if wanting == 1 else 'things are'} missing: see the lines above"
