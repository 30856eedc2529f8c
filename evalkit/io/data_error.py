"""What is said of a data file that cannot be read."""

from __future__ import annotations


class DataError(ValueError):
    """A data file cannot be read.

    Parameters
    ----------
    name
        The file, as it is called in its folder; empty when `what` names it.
    what
        What is wrong.
    hint
        What to do.
    line
        Where, counted from 1; 0 when the file as a whole is meant.
    """

    def __init__(self, name: str, what: str, hint: str, line: int = 0) -> None:
        place = f"{name}:{line}" if line else name
        super().__init__(f"{place}: {what}" if place else what)
        self.hint = hint
