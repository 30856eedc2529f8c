"""The tree of errors. Each says where, what, why and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class EvalkitWarning(UserWarning):
    """Base of every warning that evalkit gives."""


class EvalkitError(Exception):
    """Base of every error that evalkit raises for something a user can mend.

    Parameters
    ----------
    message
        What is wrong and where.
    hint
        What to do about it.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.message, self.hint)

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n    hint: {self.hint}"


def _again(kind: type[EvalkitError], message: str, hint: str | None) -> EvalkitError:
    """Make an error anew on the other side of a process."""
    return kind(message, hint=hint)


class MisreadError(ValueError):
    """A text that cannot be read as what it should be.

    Parameters
    ----------
    message
        What is wrong with it.
    hint
        What to write instead.

    Examples
    --------
    >>> str(MisreadError("'x' is not a number", "write digits only"))
    "'x' is not a number; write digits only"
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}; {hint}")
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[MisreadError], tuple[str, str]]:
        return type(self), (self.message, self.hint)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a case, at its place.

    Attributes
    ----------
    file
        Path inside the case folder, with forward slashes.
    line
        Line in that file, from 1; 0 when the problem is the file as a whole.
    message
        What is wrong.
    hint
        What to do; may be empty.
    """

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        tail = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{place}: {self.message}{tail}"


class CaseError(EvalkitError):
    """A case cannot be used as it stands; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join([*map(str, self.problems), count_problems(self.problems)]))

    def __reduce__(self) -> tuple[type[CaseError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # so that it survives the way from another process


class RenderError(EvalkitError):
    """A report could not be made."""


class GateError(RenderError):
    """A finished report failed a check of its own; `failures` lists them."""

    def __init__(self, failures: Iterable[str]) -> None:
        self.failures = tuple(failures)
        super().__init__(
            "\n".join(["the report is not written, because:", *self.failures]),
            hint="mend what each line names, or ask for a draft (`--draft`, `draft=True`)",
        )

    def __reduce__(self) -> tuple[type[GateError], tuple[tuple[str, ...]]]:
        return type(self), (self.failures,)


def count_problems(problems: Iterable[Problem]) -> str:
    """Say how many problems stand in how many files: ``3 problems in 2 files``."""
    problems = tuple(problems)
    files = len({problem.file for problem in problems})
    return (
        f"{len(problems)} problem{'s' * (len(problems) != 1)} in {files} file{'s' * (files != 1)}"
    )
