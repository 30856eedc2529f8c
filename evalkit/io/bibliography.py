"""Sources from BibTeX."""

from __future__ import annotations

import codecs
import re
from typing import Any

import latexcodec  # noqa: F401  registers the codec that undoes LaTeX escapes
from pybtex.bibtex.utils import split_name_list
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PybtexSyntaxError

from evalkit.errors import Problem
from evalkit.io.yamltree import Tree
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Loc

_KINDS = {
    "report": "report", "techreport": "report", "book": "book", "article": "article",
    "online": "website", "website": "website", "dataset": "dataset", "kamerstuk": "kamerstuk",
    "interview": "interview", "misc": "other",
}  # fmt: skip
# BibTeX field -> field of a Source; what is not here is not kept, and said so.
_FIELDS = {
    "title": "title", "year": "year", "publisher": "publisher", "institution": "publisher",
    "journal": "publisher", "url": "url", "accessed": "accessed", "urldate": "accessed",
    "dossier": "dossier", "number": "number", "note": "note", "short": "short",
    "independence": "independence",
}  # fmt: skip


def read_bibliography(text: str, file: str) -> Tree:
    """Read BibTeX as data for :class:`~evalkit.model.source.Source`, with lines and problems."""
    data: dict[str, Any] = {}
    lines: dict[Loc, int] = {}
    problems: list[Problem] = []

    def broken(error: PybtexSyntaxError) -> None:
        hint = "compare it with the entry before it: a comma, brace or quote may be missing"
        problems.append(Problem(file, error.lineno or 0, _what(error), hint))

    for kind, (key, fields) in LowLevelParser(text, handle_error=broken):
        line = _line_of(text, key)
        if key in data:
            problems.append(Problem(file, line, f"the source '{key}' stands here again", "keep one"))
            continue
        lines[(key,)] = line
        data[key] = _entry(kind, dict(fields), Problem(file, line, ""), problems)
    return Tree(data, lines, tuple(problems))


def _what(error: PybtexSyntaxError) -> str:
    return f"this is not BibTeX: {str(error).split(': ', 1)[-1]}"


def _line_of(text: str, key: str) -> int:
    found = re.search(rf"@\s*\w+\s*[{{(]\s*{re.escape(key)}\s*,", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _entry(
    kind: str, fields: dict[str, list[str]], place: Problem, problems: list[Problem]
) -> dict[str, Any]:
    values = {name.lower(): "".join(parts) for name, parts in fields.items()}
    found: dict[str, Any] = {"authors": _authors(values.pop("author", ""))}
    if kind.lower() in _KINDS:
        found["kind"] = _KINDS[kind.lower()]
    else:
        hint = did_you_mean(kind.lower(), _KINDS)
        problems.append(Problem(place.file, place.line, f"'@{kind}' is no kind of source", hint))
        found["kind"] = "other"
    for name, value in values.items():
        if name in _FIELDS:
            found[_FIELDS[name]] = _plain(value)
        else:
            hint = did_you_mean(name, ["author", *_FIELDS])
            problems.append(Problem(place.file, place.line, f"a source has no field '{name}'", hint))
    return found


def _authors(text: str) -> list[str]:
    return [_author(name) for name in split_name_list(text)] if text.strip() else []


def _author(name: str) -> str:
    """Keep an institution in braces whole, and of a person the last name."""
    if name.startswith("{"):
        return _plain(name)
    last, comma, _ = name.partition(",")
    return _plain(last if comma else name.split()[-1])


def _plain(text: str) -> str:
    """Undo braces and LaTeX escapes."""
    escaped = " ".join(text.split()).replace("{", "").replace("}", "")
    # A lone percent sign begins a comment in LaTeX; in a title it is meant as it stands.
    return codecs.decode(re.sub(r"(?<!\\)([%&#_$])", r"\\\1", escaped), "ulatex")
