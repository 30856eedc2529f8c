"""A line of a text file or of a page, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the file.

    Attributes
    ----------
    file
        Name of the file, without its folder.
    number
        Line in the file, or on the page, from 1.
    text
        Its words; a tab parts the cells of a table row.
    page
        Page of a PDF, from 1; 0 for a file without pages.

    Examples
    --------
    >>> Line("rapport.pdf", 8, "In 2023 zijn er 12 scholen.", page=12).place
    'rapport.pdf:p12:8'
    """

    file: str
    number: int
    text: str
    page: int = 0

    @property
    def place(self) -> str:
        """Where it stands, as findings name it."""
        if self.page:
            return f"{self.file}:p{self.page}:{self.number}"
        return f"{self.file}:{self.number}"
