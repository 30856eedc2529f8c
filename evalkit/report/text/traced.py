"""What a printed number is, and by which computation it came about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evalkit.language.catalogue import label
from evalkit.model.indicator import Indicator
from evalkit.model.path import along, at
from evalkit.report.edition import Edition
from evalkit.report.text.origin import PATH, Origin, origins
from evalkit.report.text.values import Printed, evaluate
from evalkit.report.text.view import ProseValueError, view

_FUNCTION = re.compile(r"(share|ratio|difference)\s*\(")
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_COUNT = re.compile(r"([\w.]+)\s*\|\s*length\b")
_BESIDE_ACTUAL = ("baseline", "target", "no_policy")
_COUNTED = frozenset(
    {"instruments", "activities", "output", "outcome", "recommendations", "commitments"}
)
_OF_ANALYSIS = ("sample.units", "sample.first", "sample.last", "percent", "average")


class Traced:
    """A printed number with the records behind it.

    Parameters
    ----------
    one
        The number as it was printed.
    edition
        The report that it stands in.
    """

    def __init__(self, one: Printed, edition: Edition) -> None:
        self.one, self.edition, self.lang = one, edition, edition.lang
        self.origins = list(origins(one.expression, one.names, edition.case.analyses))

    @property
    def path(self) -> str:
        """The one value that it prints as it stands; empty for a count or a computation."""
        expression = self.one.expression.split("|")[0].strip()
        return expression if PATH.fullmatch(expression) else ""

    @property
    def year_of(self) -> str:
        """The value of which it is no more than the year."""
        base, _, last = self.path.rpartition(".")
        return base if last == "year" and self.origins[0].what else ""

    def told(self) -> str:
        """Say what it is, and by which computation it came about."""
        if counted := _COUNT.search(self.one.expression):
            return self._counted(counted[1])
        if self.year_of:
            return self._label("year").format(what=self._what(self.origins[0], year=False))
        told = self._computed(_TEXT.sub("", self.one.expression).strip())
        if told:
            return told
        return self._label("period" if self.path == "case.period" else "case")

    def _label(self, name: str) -> str:
        return label(f"trail.{name}", self.lang)

    def _counted(self, path: str) -> str:
        """Name what was counted, and of which instrument when the place does not say so."""
        *above, last = path.split(".")
        told = self._label(f"counted-{last}" if last in _COUNTED else "counted")
        if len(above) == 2 and above[0] == "instruments":
            instrument = at(self.one.names, ".".join(above))
            name = getattr(instrument, "label", "")
            return f"{told} ({name})" if name else told
        return told

    def _computed(self, expression: str, *, within: bool = False) -> str:
        """Word a computation with what it computes with, from the outside in."""
        function = _FUNCTION.match(expression)
        if function is None:
            named = {one.path: one for one in self.origins if one.what}
            found = [path for path in PATH.findall(expression) if path in named]
            return "; ".join(
                self._valued(path, named[path]) if within else self._what(named[path])
                for path in found
            )
        inside = [part.strip() for part in _arguments(expression[function.end() :])]
        inside = [part for part in inside if "=" not in part]
        parts = [self._computed(part, within=True) for part in inside]
        if len(parts) != 2 or not all(parts):
            return ""
        left, right = (
            f"({part})" if _FUNCTION.match(inside[at]) else part for at, part in enumerate(parts)
        )
        return self._label(function[1]).format(left=left, right=right)

    def _valued(self, path: str, origin: Origin) -> str:
        """Name a part of a computation behind its value, so that a reader can do it again."""
        what = ", ".join([origin.what, *self._remarks(origin)])
        scope = {name: view(value, self.lang, name) for name, value in self.one.names.items()}
        try:
            return f"{evaluate(path, scope, self.lang)} ({what})"
        except ProseValueError:
            return what

    def _what(self, origin: Origin, *, year: bool = True) -> str:
        remarks = ", ".join(self._remarks(origin, year=year))
        return f"{origin.what} ({remarks})" if remarks else origin.what

    def _remarks(self, origin: Origin, *, year: bool = True) -> Iterator[str]:
        yield from self._details(origin, year=year)
        if origin.computed and ".sample." not in origin.path:
            yield self._label("summed" if origin.role else "estimated")

    def _details(self, origin: Origin, *, year: bool) -> Iterator[str]:
        for name in _OF_ANALYSIS:
            if origin.computed and not origin.role and origin.path.endswith(f".{name}"):
                yield self._label(name.replace(".", "-"))
        plain = origin.role == "actual" and not _has_more(origin.path, self.one.names)
        if origin.role and origin.role != "per_year" and not plain:
            yield origin.called or label(f"audit-role.{origin.role}", self.lang)
        if year and origin.year is not None:
            yield str(origin.year)


def _has_more(path: str, names: Mapping[str, object]) -> bool:
    """Whether beside what was found stands what was hoped for or what was there before.

    Without that, calling a number the result tells nothing, and of the bound of a class it is odd.
    """
    nodes = [value for _, value in along(names, path) if isinstance(value, Indicator)]
    return any(getattr(node, role) is not None for node in nodes for role in _BESIDE_ACTUAL)


def _arguments(text: str) -> list[str]:
    """Split what stands between the brackets of a call at its own commas."""
    found, depth = [""], 0
    for sign in text:
        if sign == ")" and not depth:
            break
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found
