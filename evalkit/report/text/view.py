"""What prose may see of a record: its fields, by name, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from evalkit.language.estimate import decimals, with_interval
from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.finding import Estimate
from evalkit.model.indicator import Observation
from evalkit.model.moment import Moment
from evalkit.model.path import key_of, parts_of
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Record


class ProseValueError(Exception):
    """An expression that cannot be printed: what, and a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class MissingValueError(ProseValueError):
    """What an expression names is not there: which part of what, and whether it could be."""

    def __init__(self, message: str, hint: str, path: str, name: str, *, empty: bool) -> None:
        super().__init__(message, hint)
        self.path, self.name, self.empty = path, name, empty


class View:
    """A record or mapping as prose may see it: its fields, by name, and nothing else.

    A hyphen in an id is written as an underscore.
    """

    __slots__ = ("_lang", "_path", "_value")

    def __init__(self, value: object, lang: Language, path: str = "") -> None:
        self._value, self._lang, self._path = value, lang, path

    def __getattr__(self, name: str) -> object:
        return self._look_up(name)

    def __getitem__(self, name: str | int) -> object:
        return self._look_up(name)

    def __len__(self) -> int:
        if isinstance(self._value, Mapping | tuple | str):
            return len(self._value)
        raise ProseValueError(f"'{self._path}' has no length")

    def __iter__(self) -> Iterator[object]:
        if isinstance(self._value, Mapping):
            return iter(list(self._value))
        if isinstance(self._value, tuple):
            return (view(part, self._lang, self._path) for part in self._value)
        raise ProseValueError(f"'{self._path}' is not a list")

    def __str__(self) -> str:
        return printed(self._value, self._lang, self._path)

    def _look_up(self, name: str | int) -> object:
        parts = parts_of(self._value)
        key = key_of(parts, name)
        if key is None:
            known = [str(part).replace("-", "_") for part in parts]
            what = f"'{self._path}' has no '{name}'" if self._path else f"no value '{name}'"
            hint = did_you_mean(str(name), known)
            raise MissingValueError(what, hint, self._path, str(name), empty=False)
        if parts[key] is None:
            what, hint = f"'{self._path}' has no '{name}'", "fill it in, or leave it out here"
            raise MissingValueError(what, hint, self._path, str(name), empty=True)
        return view(parts[key], self._lang, f"{self._path}.{name}".lstrip("."))


def view(value: object, lang: Language, path: str) -> object:
    """Wrap what has parts; leave plain text and numbers as they are."""
    return value if isinstance(value, str | int | bool) else View(value, lang, path)


def printed(value: object, lang: Language, path: str) -> str:
    """Print a value in running text."""
    match value:
        case Quantity() | Observation() | Period() | Moment():
            return value.prose(lang)
        case Estimate():
            return with_interval(value, lang)
        case str() | int():
            return str(value)
        case Record() | Mapping() | tuple():
            hint = f"name one of its parts: {', '.join(map(str, list(parts_of(value))[:8]))}"
            raise ProseValueError(f"'{path}' is not a single value", hint)
        case _:
            raise ProseValueError(f"'{path}' cannot be printed")


def quantity_of(value: object) -> Quantity:
    """Find the quantity in what an expression gave.

    Raises
    ------
    ProseValueError
        It is none.
    """
    inner = value._value if isinstance(value, View) else value  # noqa: SLF001  this is its room
    if isinstance(inner, Observation):
        return inner.value
    if isinstance(inner, Quantity):
        return inner
    if isinstance(inner, int):
        return Quantity(value=Decimal(inner))
    if isinstance(inner, Estimate):
        places = decimals(inner.std_error, inner.estimate)
        return Quantity(value=Decimal(repr(inner.estimate)).quantize(Decimal(1).scaleb(-places)))
    raise ProseValueError(f"'{getattr(value, '_path', value)}' is not a quantity")
