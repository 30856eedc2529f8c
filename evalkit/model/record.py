"""What every noun of the model shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Annotated, Any, Self, cast

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationInfo

from evalkit.language.numbers import Language

Loc = tuple[str | int, ...]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


# What a reader knows a record by, and how much of it fits in a line.
_NAMES = ("name", "title", "text", "expect", "key", "id", "slug", "rule")
_WIDE = 60


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something a record says that cannot be so.

    Attributes
    ----------
    loc
        Where, as keys from the record that reports it.
    message
        What is wrong.
    hint
        What to do about it.
    target
        The id that was not found, when that is the flaw.
    home
        The file that should hold it, when that is another one.
    """

    loc: Loc
    message: str
    hint: str = ""
    target: str = ""
    home: str = ""

    def under(self, *prefix: str | int) -> Flaw:
        """Place the same flaw under a longer path."""
        return Flaw((*prefix, *self.loc), self.message, self.hint, self.target, self.home)


class Record(BaseModel):
    """A frozen record that knows its own flaws and survives JSON unchanged."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def flaws(self) -> Iterable[Flaw]:
        """List what this record says that cannot be so, its parts left aside."""
        return ()

    def __str__(self) -> str:
        """Name it in a line; ``repr`` shows every field."""
        if type(self).__repr__ is not BaseModel.__repr__:
            return repr(self)
        for name in (getattr(self, field, None) for field in _NAMES):
            if isinstance(name, str) and name:
                return f"{type(self).__name__}({_short(name)!r})"
        given = (one for one in type(self).model_fields if one in self.model_fields_set)
        fields = ", ".join(f"{field}={getattr(self, field)!r}" for field in given)
        return f"{type(self).__name__}({_short(fields)})"

    def to_json(self) -> str:
        """Write the record as JSON that :meth:`from_json` reads back as an equal record."""
        return self.model_dump_json(indent=2, exclude_defaults=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what :meth:`to_json` wrote."""
        return cls.model_validate_json(text)


def _short(text: str) -> str:
    return shorten(text, _WIDE, placeholder=" …")


def walk(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, Record]]:
    """Visit a record and every record in it, each with its path from the top."""
    if isinstance(value, Record):
        yield loc, value
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*loc, name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from walk(part, (*loc, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from walk(part, (*loc, index))


def all_flaws(record: Record) -> Iterator[Flaw]:
    """List the flaws of a record and of everything in it, with paths from the top."""
    for loc, part in walk(record):
        yield from (flaw.under(*loc) for flaw in part.flaws())


def language_of(info: ValidationInfo) -> Language:
    """Tell in which language the numbers of the input are written; Dutch unless it says so."""
    context = cast("dict[str, Any]", info.context or {})
    return cast("Language", context.get("lang", "nl"))


def from_case_file(info: ValidationInfo) -> bool:
    """Tell whether the input is what a writer typed, and not a record that is read back."""
    return info.context is not None


def as_tuple(value: object) -> object:
    """Let a list of one be written without brackets."""
    return [value] if isinstance(value, str) else value
