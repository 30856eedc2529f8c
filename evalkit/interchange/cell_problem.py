"""What is wrong with a workbook, at its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evalkit.errors import EvalkitError


@dataclass(frozen=True, slots=True, order=True)
class CellProblem:
    """One thing wrong with a workbook.

    Attributes
    ----------
    order
        Its place: number of the sheet, row and column.
    place
        The same as a reader knows it: ``instrumenten!C7``, or a file of the case.
    message
        What is wrong.
    hint
        What to do; may be empty.
    """

    order: tuple[int, int, int]
    place: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        tail = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{self.place}: {self.message}{tail}"


class WorkbookError(EvalkitError):
    """A workbook cannot be loaded; `problems` lists everything that is wrong with it.

    Parameters
    ----------
    problems
        What is wrong.
    """

    def __init__(self, problems: Iterable[CellProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        sheets = {problem.place.partition("!")[0] for problem in self.problems}
        many, more = len(self.problems), len(sheets)
        told = f"{many} problem{'s' * (many != 1)} on {more} sheet{'s' * (more != 1)}"
        super().__init__("\n".join([*map(str, self.problems), told]))

    def __reduce__(self) -> tuple[type[WorkbookError], tuple[tuple[CellProblem, ...]]]:
        return type(self), (self.problems,)
