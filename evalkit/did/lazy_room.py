"""A package whose members are imported when they are first asked for.

An estimator and its file bear one name, so a ``__getattr__`` alone will not do: once anything has
imported ``evalkit.did.twfe``, Python sets the name ``twfe`` of the package to that module, and the
function would be out of reach.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any


class LazyRoom(ModuleType):
    """A package of which no file takes the place of the public name that it bears."""

    __all__: Sequence[str]

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a name, unless it is a file that would hide a function."""
        if not (isinstance(value, ModuleType) and name in self.__all__):
            super().__setattr__(name, value)

    def __dir__(self) -> Sequence[str]:
        """List the public names, for whoever presses Tab."""
        return self.__all__


def lazily(room: str, **elsewhere: str) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a package: each public name stands in the file of that name.

    Parameters
    ----------
    room
        The name of the package; its ``__all__`` is there already.
    **elsewhere
        Names that stand in another file, with that file.
    """
    package = sys.modules[room]
    package.__class__ = LazyRoom

    def find(name: str) -> Any:
        if name not in package.__all__:
            raise AttributeError(f"module '{room}' has no attribute '{name}'")
        value = getattr(import_module(f"{room}.{elsewhere.get(name, name)}"), name)
        setattr(package, name, value)
        return value

    return find
