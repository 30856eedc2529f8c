"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at on this machine.

    Attributes
    ----------
    group
        What kind of thing: ``python``, ``packages``, ``extras``, ``pango``, ``fonts``, ``files``
        or ``tools``.
    name
        What it is called.
    good
        Whether it is there and will do.
    needed
        Whether evalkit cannot do its work without it.
    found
        What is there, or why it will not do.
    remedy
        What to do when it is not good.

    Examples
    --------
    >>> Finding("tools", "axe-core", good=False, found="not found").word
    'optional'
    """

    group: str
    name: str
    good: bool
    found: str
    needed: bool = False
    remedy: str = ""

    @property
    def word(self) -> str:
        """How it stands, in a word: ``good``, ``optional`` or ``missing``."""
        if self.good:
            return "good"
        return "missing" if self.needed else "optional"

    def as_json(self) -> dict[str, object]:
        """Give it as a document of JSON."""
        return {**asdict(self), "state": self.word}
