"""Style attributes as classes: the policy of the page forbids styles inside its markup."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Classes:
    """Gives each style a class.

    Examples
    --------
    >>> classes = Classes()
    >>> classes.name("width: 9mm"), classes.name("width: 8mm"), classes.name("width: 9mm")
    ('w-1', 'w-2', 'w-1')
    >>> print(classes.css())
    .w-1{width: 9mm}
    .w-2{width: 8mm}
    """

    names: dict[str, str] = field(default_factory=dict)

    def name(self, style: str) -> str:
        """Give the class of a style."""
        return self.names.setdefault(style.strip().rstrip(";"), f"w-{len(self.names) + 1}")

    def css(self) -> str:
        """Write the rules of all classes."""
        return "\n".join(f".{name}{{{style}}}" for style, name in self.names.items())
