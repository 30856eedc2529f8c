"""The next thing made while the one before it is in use."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_Thing = TypeVar("_Thing")
_END: Any = object()


def ahead(things: Iterable[_Thing]) -> Generator[_Thing]:
    """Give things in their order, and make the next one in a thread of its own meanwhile.

    Close it when not all are wanted: it then waits for the one that is being made.

    Examples
    --------
    >>> list(ahead(range(3)))
    [0, 1, 2]
    """
    source = iter(things)
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, source, _END)
        while (thing := coming.result()) is not _END:
            coming = maker.submit(next, source, _END)
            yield thing
