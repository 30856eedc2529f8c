"""YAML as the text that stands there.

An ordinary YAML reader turns a bare ``1.337`` into a float, ``NO`` into false and ``010`` into
eight. This one keeps every scalar as text, with its line, and refuses what a case does not need:
duplicate keys, anchors, aliases, merge keys and tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from evalkit.errors import Problem
from evalkit.model.record import Loc

_DEEPEST = 40  # a case nests six deep; more is a mistake or an attack
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What the parser says -> what a writer can do something with, and what to do.
_QUOTE = "quote text that holds ': ' or begins with one of > | @ % & * ! { [ \" '"
SYNTAX = {
    "mapping values": (
        "a second ': ' on this line, or a wrong indentation",
        "put the text in quotes when it holds ': ', or mend the indentation",
    ),
    "could not find expected ':'": ("a key without a colon", "end the key with a colon"),
    "sequence entries": (
        "a list begins on the line of its key",
        "begin the list on a line of its own, or quote text that begins with '- '",
    ),
    "expected <block end>": (
        "this line does not fit the lines above it",
        "begin it below the first letter of the line that it belongs with",
    ),
    "<document start>": (
        "this line does not fit the lines above it",
        "begin it below the first letter of the line that it belongs with",
    ),
    "mapping keys": ("a '?' stands where no key can stand", _QUOTE),
    "unexpected end of stream": ("a quote is opened and never closed", "close it"),
    "unexpected document separator": ("a quote is opened and never closed", "close it"),
    "expected the node content": ("a value is missing here", _QUOTE),
    "chomping or indentation": ("a value that begins with > or | must be in quotes", _QUOTE),
    "a comment or a line break": ("a value that begins with > or | must be in quotes", _QUOTE),
    "alphabetic or numeric": ("a value that begins with * or & must be in quotes", _QUOTE),
    "cannot start any token": ("a value begins with a sign that it cannot begin with", _QUOTE),
    "expected ',' or": (
        "the brackets `[…]` or `{…}` are not closed",
        "close them, or quote the text",
    ),
}


ODD_SIGN = ("a sign stands here that is no text", "delete it, and type the text again")


@dataclass(frozen=True, slots=True)
class Tree:
    """What a YAML file says, where it says it, and what is wrong with it.

    Attributes
    ----------
    data
        Mappings, lists and text; None where a key has no value.
    lines
        The line of each key and item, by its path.
    problems
        What could not be read.
    """

    data: Any
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_tree(text: str, file: str) -> Tree:
    r"""Read YAML without interpreting its scalars.

    Parameters
    ----------
    text
        The content of the file.
    file
        Its name, for messages.

    Examples
    --------
    >>> read_tree("scholen: 1.337\nland: NO", "x.yaml").data
    {'scholen': '1.337', 'land': 'NO'}
    """
    found = _read(text, file)
    # Who reads may add to what was read; the next reader of the same text must not see that.
    return Tree(deepcopy(found.data), dict(found.lines), found.problems)


@lru_cache(maxsize=512)  # a preview reads every file again when one of them is saved
def _read(text: str, file: str) -> Tree:
    tabs = [
        Problem(file, number, "a tab indents this line", "YAML takes spaces only: use two")
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(r" *\t", line)
    ]
    if tabs:
        return Tree(None, problems=tuple(tabs))
    builder = _Builder(file)
    try:
        builder.document(YAML(typ="safe", pure=True).parse(text))
    except _TooDeep:
        pass  # it is among the problems
    except MarkedYAMLError as error:
        builder.problems.append(_syntax(error, file))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        builder.problems.append(Problem(file, line, *ODD_SIGN))
    except (YAMLError, RecursionError, ValueError):
        builder.problems.append(Problem(file, 0, "this is not YAML", "see docs/case-format.md"))
    return Tree(builder.data, builder.lines, tuple(builder.problems))


def _syntax(error: MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 0
    problem = " ".join(str(error.problem or error.context or "it cannot be read").split())
    known = (words for part, words in SYNTAX.items() if part in problem)
    what, hint = next(known, (problem, _QUOTE))
    return Problem(file, line, f"this is not YAML: {what}", hint)


class _TooDeep(Exception):  # noqa: N818  not an error that leaves this module
    """The file nests deeper than a case can."""


class _Builder:
    """Turns the events of a parser into data, lines and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self.depth = 0

    def document(self, events: Iterator[Any]) -> None:
        self.events = events
        documents = 0
        for event in events:
            name = type(event).__name__
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    what = "a second document (`---`) begins here"
                    self.problem(event, what, "use one file for each")
                    return
                self.data = self.value(next(events), ())

    def problem(self, event: Any, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file, event.start_mark.line + 1, message, hint))

    def value(self, event: Any, loc: Loc) -> Any:
        self.refuse(event)
        self.lines.setdefault(loc, event.start_mark.line + 1)
        match type(event).__name__:
            case "ScalarEvent":
                if _ODD.search(event.value):
                    self.problem(event, *ODD_SIGN)
                    return None
                return None if event.style is None and event.value == "" else event.value
            case "MappingStartEvent":
                return self.nested(self.mapping, event, loc)
            case "SequenceStartEvent":
                return self.nested(self.sequence, event, loc)
            case _:
                return None

    def nested(self, read: Any, event: Any, loc: Loc) -> Any:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.problem(event, f"this nests more than {_DEEPEST} deep", "take it apart")
            raise _TooDeep
        found = read(event, loc)
        self.depth -= 1
        return found

    def refuse(self, event: Any) -> None:
        if type(event).__name__ == "AliasEvent" or getattr(event, "anchor", None):
            hint = "write it out, or put text that begins with & or * in quotes"
            self.problem(event, f"an anchor or alias ('{event.anchor}')", hint)
        elif getattr(event, "tag", None):
            hint = "leave it out: every value is text in a case"
            typed = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.problem(event, f"a tag ('{typed}')", hint)

    def mapping(self, event: Any, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in self.events:
            if type(key).__name__ == "MappingEndEvent":
                break
            self.refuse(key)
            if type(key).__name__ != "ScalarEvent":
                hint = "write one word or phrase before the colon"
                self.problem(key, "a key that is not plain text", hint)
                self.value(key, (*loc, "?"))
                self.value(next(self.events), (*loc, "?"))
                continue
            self.entry(event, key, loc, found)
        return found

    def entry(self, mapping: Any, key: Any, loc: Loc, found: dict[str, Any]) -> None:
        name, place = key.value, (*loc, key.value)
        line = key.start_mark.line + 1
        if name == "<<":
            self.problem(key, "a merge key (`<<`)", "write the keys out")
        if name in found:
            first = self.lines[place]
            hint = f"it is already on line {first}; keep one of the two"
            self.problem(key, f"'{name}' stands here again", hint)
            self.value(next(self.events), (*loc, f"{name} again"))
            return
        self.lines[place] = line
        value = next(self.events)
        found[name] = self.value(value, place)
        bare = found[name] is None and value.start_mark.index == key.end_mark.index
        if mapping.flow_style and bare:
            self.problem(
                key,
                f"'{name}' has no value: a comma inside {{…}} separates entries",
                "write each entry on a line of its own, or put the value in quotes",
            )

    def sequence(self, event: Any, loc: Loc) -> list[Any]:
        found: list[Any] = []
        last: Any = None
        for item in self.events:
            if type(item).__name__ == "SequenceEndEvent":
                break
            found.append(self.value(item, (*loc, len(found))))
            if event.flow_style and _split_number(last, item):
                self.problem(
                    item,
                    f"'{last.value},{item.value}' is read as two items: "
                    "a comma inside […] separates",
                    "write each item on a line of its own, put it in quotes, or write ', '",
                )
            last = item
        return found


def _split_number(last: Any, item: Any) -> bool:
    """Whether a decimal comma was read as a separator: ``2,0`` has no space behind the comma."""
    if type(last).__name__ != "ScalarEvent" or type(item).__name__ != "ScalarEvent":
        return False
    touching = item.start_mark.index == last.end_mark.index + 1
    return bool(touching and last.value[-1:].isdigit() and item.value[:1].isdigit())
