"""Sources from BibTeX."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_lowercase
from typing import Any, cast

import latexcodec  # noqa: F401  registers the codec that undoes LaTeX escapes
from pybtex.bibtex.utils import split_name_list
from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.scanner import PrematureEOF, PybtexSyntaxError

from evalkit.errors import Problem
from evalkit.io.yamltree import Tree
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Loc
from evalkit.model.source import cited_name

_KINDS = {
    "report": "report", "techreport": "report", "book": "book", "article": "article",
    "online": "website", "website": "website", "dataset": "dataset", "kamerstuk": "kamerstuk",
    "interview": "interview", "misc": "other",
    "incollection": "book", "inbook": "book", "inproceedings": "article", "phdthesis": "book",
    "mastersthesis": "report", "unpublished": "report", "manual": "report", "booklet": "report",
}  # fmt: skip
# BibTeX field -> field of a Source; what is not here is not kept, and said so.
_FIELDS = {
    "title": "title", "year": "year", "publisher": "publisher", "institution": "publisher",
    "journal": "publisher", "url": "url", "accessed": "accessed", "urldate": "accessed",
    "dossier": "dossier", "number": "number", "note": "note", "short": "short",
    "independence": "independence",
}  # fmt: skip


# What reference managers write and a report of ours does not print; docs/case-format.md says so.
_UNPRINTED = set(
    "abstract address annote archiveprefix booktitle chapter collection crossref date day doi "
    "edition editor eid eprint eprinttype file howpublished isbn issn issue keywords langid "
    "language location month numpages organization pages primaryclass school series "
    "shorttitle timestamp type version volume".split()
)


# An institution in braces of its own, and not a name with a braced letter in it.
_IN_BRACES = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")
# How the names of institutions begin, and those of persons do not.
_INSTITUTIONS = frozenset(
    "agency algemene bureau centraal centre college commission council department dienst european "
    "europese gemeente inspectie institute instituut ministerie ministry municipality nationaal "
    "national nederlandse office planbureau provincie raad rijksdienst sociaal stichting "
    "universiteit university vereniging".split()
)
_NO_SOURCES = ("string", "preamble")


def read_bibliography(text: str, file: str) -> Tree:
    """Read BibTeX as data for :class:`~evalkit.model.source.Source`, with lines and problems."""
    data: dict[str, Any] = {}
    lines: dict[Loc, int] = {}
    problems: list[Problem] = []
    known = 0

    def broken(error: PybtexSyntaxError) -> None:
        hint = "compare it with the entry before it: a comma, brace or quote may be missing"
        problems.append(Problem(file, error.lineno or 0, _what(error), hint))

    places = _lines_of_keys(text)
    # With macros of its own: `@string` would otherwise be remembered until the next file.
    for kind, content in LowLevelParser(text, macros=dict(month_names), handle_error=broken):
        torn, known = len(problems) > known, len(problems)
        if kind.lower() in _NO_SOURCES or torn:
            continue
        key, fields = content
        line = next(places[key], 0)
        if key in data:
            problems.append(
                Problem(file, line, f"the source '{key}' stands here again", "keep one")
            )
        else:
            lines[(key,)] = line
            data[key] = _entry(kind, fields, Problem(file, line, ""), problems)
        known = len(problems)
    if not data and not problems:
        hint = "an entry begins with its kind and its key, such as @report{seo2025,"
        problems.append(Problem(file, 1, "no source stands in this file", hint))
    mark_namesakes(data)
    return Tree(data, lines, tuple(problems))


def mark_namesakes(data: dict[str, Any]) -> None:
    """Give sources of one name and year a letter, in the order of the file: 2023a, 2023b."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for entry in data.values():
        authors = entry.get("authors", [])
        name = cited_name(entry.get("short", ""), authors, entry.get("title", ""))
        groups.setdefault((name, str(entry.get("year", ""))), []).append(entry)
    for (name, _), group in groups.items():
        for at, entry in enumerate(group if name and len(group) > 1 else ()):
            entry["mark"] = ascii_lowercase[at % 26]


def _what(error: PybtexSyntaxError) -> str:
    what = str(error).split(": ", 1)[-1]
    if isinstance(error, UndefinedMacro):
        what = f"'{what}' stands without braces or quotes"
    if isinstance(error, PrematureEOF):
        what = "the file ends inside an entry"
    return f"this is not BibTeX: {what}"


def _lines_of_keys(text: str) -> dict[str, Iterator[int]]:
    """Find the lines on which entries begin, by key, in their order."""
    found: dict[str, list[int]] = {}
    for entry in re.finditer(r"@\s*[^\s{(]+\s*[{(]\s*([^\s,{}]+)", text):
        found.setdefault(entry[1], []).append(text.count("\n", 0, entry.start()) + 1)
    return defaultdict(lambda: iter(()), {key: iter(lines) for key, lines in found.items()})


def _entry(
    kind: str, fields: list[tuple[str, list[str]]], place: Problem, problems: list[Problem]
) -> dict[str, Any]:
    def wrong(message: str, hint: str) -> None:
        problems.append(replace(place, message=message, hint=hint))

    found: dict[str, Any] = {"authors": [], "kind": _KINDS.get(kind.lower(), "other")}
    if kind.lower() not in _KINDS:
        wrong(f"'@{kind}' is no kind of source", did_you_mean(kind.lower(), _KINDS))
    seen: set[str] = set()
    for written, parts in fields:
        name, value = written.lower(), "".join(parts)
        if name in seen:
            wrong(f"the field '{name}' stands in this source twice", "keep one")
        seen.add(name)
        if name in _UNPRINTED:
            continue
        if name != "author" and name not in _FIELDS:
            hint = did_you_mean(name, ["author", *_FIELDS])
            wrong(f"a source has no field '{name}'", hint)
            continue
        try:
            if name == "author":
                found["authors"] = _authors(value)
                for taken in _taken_for_persons(value):
                    what = f"'{taken}' would be cited by its last word, as a person is"
                    wrong(what, f"put an institution in braces of its own: {{{{{taken}}}}}")
            else:
                found[_FIELDS[name]] = _verbatim(value) if name == "url" else _plain(value)
        except UnicodeDecodeError:
            found.setdefault(_FIELDS.get(name, "authors"), value if name != "author" else [value])
            hint = "write the character itself: the file is UTF-8"
            wrong(f"the field '{name}' holds a backslash that means nothing", hint)
    return found


def _authors(text: str) -> list[str]:
    return [_author(name.strip()) for name in split_name_list(text)] if text.strip() else []


def _taken_for_persons(text: str) -> Iterator[str]:
    """Find institutions that lack braces of their own."""
    for name in split_name_list(text):
        words = name.split()
        if len(words) > 1 and "," not in name and words[0].lower() in _INSTITUTIONS:
            yield name.strip()


def _author(name: str) -> str:
    """Keep an institution in braces whole, and of a person the last name with what goes before it.

    ``Ludwig van Beethoven``, ``van Beethoven, Ludwig`` and ``Beethoven, Ludwig van`` are all cited
    as Van Beethoven: without a first name the particle has a capital.
    """
    if _IN_BRACES.fullmatch(name) or not name:
        return _plain(name)
    last, comma, first = (part.strip() for part in name.partition(","))
    words = (first if comma else last).split()
    if comma:
        at = next((n for n, word in enumerate(words) if all(map(str.islower, words[n:]))), None)
        last = " ".join([*words[at:], last]) if at is not None else last
    else:
        at = next((n for n, word in enumerate(words[:-1]) if n and word.islower()), -1)
        last = " ".join(words[at:])
    plain = _plain(last)
    return plain[:1].upper() + plain[1:] if " " in last and last[0].islower() else plain


def _plain(text: str) -> str:
    """Undo braces and LaTeX escapes."""
    escaped = " ".join(text.split()).replace("{", "").replace("}", "")
    # A lone percent sign begins a comment in LaTeX; in a title it is meant as it stands.
    escaped = re.sub(r"(?<!\\)([%&#_$])", r"\\\1", escaped)
    decoded: str = cast("Any", codecs).decode(escaped, "ulatex")
    return decoded.replace("\\$", "$")


def _verbatim(text: str) -> str:
    """Take an address as it stands: in it, ``~`` and ``--`` are no typography."""
    return re.sub(r"\\([%&#_$~])", r"\1", text).replace("{", "").replace("}", "").strip()
