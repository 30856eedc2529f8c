"""The reference of the errors and their remedies, from the lines of code that raise them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

import evalkit
from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.io import explain, yamltree

_ROOT = Path(evalkit.__file__).parent
_ROOMS = {
    "io": "The files of a case",
    "model": "What a case says",
    "analysis": "Analyses in a case",
    "panel": "Data for a panel",
    "did": "Estimators",
    "checks": "Diagnostics",
    "judgement": "Ladders and judgement",
    "report": "Prose, figures, tables and the finished report",
    "interchange": "Workbooks, IATI and statistics",
    "audit": "Audit",
    "register": "Tracing an instrument",
    "preview": "Preview",
    "language": "Language",
    "cli": "The command line",
    "": "All else",
}
_CALLS = {"Problem": 2, "Flaw": 1, "CellProblem": 1, "CellFault": 2}
_NEAREST = "*names the nearest that there is, or all*"
_HEAD = """# Errors and their remedies

Made from the code. An error says where, what, why and what to do; `…` stands for what differs from
case to case. Search this page for some words of your message. On the command line a mistake gives
exit code 1 and no traceback: a traceback is a fault of evalkit.

## Kinds

| Class | What it is |
|---|---|"""

_KINDS_TOLD = """`error.message` and `error.hint` hold the two halves, and `error.problems` of a
`CaseError` each problem with its file and line. In Python `ek.EvalkitError` catches them all.
"""


def errors_page() -> str:
    """Write the page of all errors."""
    parts = [_HEAD, *(f"| `{one.__name__}` | {_first(one)} |" for one in kinds()), ""]
    parts += [
        _KINDS_TOLD,
        "## YAML\n",
        *_table({(_plain(what), _plain(hint)) for what, hint in _yaml()}),
        "## Keys and values\n",
        *_table(set(explain.PLAIN.values())),
    ]
    for room, title in _ROOMS.items():
        if rows := set(_raised(room)):
            parts += [f"## {title}\n", *_table(rows)]
    return "\n".join(parts)


def _yaml() -> Iterator[tuple[str, str]]:
    yield from (*yamltree.SYNTAX.values(), yamltree.ODD_SIGN)


def kinds() -> list[type]:
    """List the errors and warnings of evalkit, each below the one that it is a kind of."""
    for module in walk_packages(evalkit.__path__, "evalkit."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return [*_tree(EvalkitError), *_tree(EvalkitWarning)]


def _tree(kind: type) -> Iterator[type]:
    yield kind
    for below in sorted(kind.__subclasses__(), key=lambda one: one.__name__):
        yield from _tree(below)


def _first(kind: type) -> str:
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


def _table(rows: set[tuple[str, str]]) -> Iterator[str]:
    yield "| Message | What to do |\n|---|---|"
    for message, hint in sorted(rows, key=lambda row: row[0].strip("…' `").lower()):
        yield f"| {_cell(message)} | {_cell(hint)} |"
    yield ""


def _cell(text: str) -> str:
    """Text between bars; what Markdown or HTML would read as its own stands as typed."""
    if text in {_NEAREST, ""}:
        return text or "*as the message says*"
    told = Formatter().parse(" ".join(text.split()))
    text = "".join(f"{own}{'' if field is None else '…'}" for own, field, _, _ in told)
    pieces = re.split(r"(`[^`]*`)", text)  # what stands in backticks is code already
    pieces[::2] = [re.sub(r"([\\*_<\[\]$@#~^])", r"\\\1", piece) for piece in pieces[::2]]
    return "".join(pieces).replace("|", "\\|")


def _raised(room: str) -> Iterator[tuple[str, str]]:
    """The messages with their hints that the modules of a room hold."""
    files = sorted((_ROOT / room).rglob("*.py")) if room else sorted(_ROOT.glob("*.py"))
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        constants = dict(_constants(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield from _said(Scope(node, constants))


@dataclass(frozen=True)
class Scope:
    """A function, and what the names of its module stand for."""

    function: ast.FunctionDef
    constants: dict[str, ast.expr]


def _constants(module: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in module.body:
        if isinstance(node, ast.Assign):
            yield from ((_name(target), node.value) for target in node.targets)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield _name(node.target), node.value


def _said(scope: Scope) -> Iterator[tuple[str, str]]:
    for call in (node for node in ast.walk(scope.function) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else _name(call.func)
        at = 1 if name == "problem" else _CALLS.get(name, 0 if name.endswith("Error") else -1)
        if at < 0 or len(call.args) <= at:
            continue
        named = {one.arg: one.value for one in call.keywords}
        hint = named.get("hint", call.args[at + 1] if len(call.args) > at + 1 else None)
        message = _text(call.args[at], scope, call.lineno)
        if message and re.search(r"[a-z]{2} [a-z]", message):
            yield message, _text(hint, scope, call.lineno) if hint is not None else ""


def _plain(text: str) -> str:
    """Text whose braces are no places to fill in."""
    return text.replace("{", "{{").replace("}", "}}")


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr, scope: Scope, line: int) -> str:
    """What an expression says, with an ellipsis for each part that is not known beforehand."""
    match node:
        case ast.Constant(value=str(text)):
            return _plain(text)
        case ast.JoinedStr(values=values):
            parts = (
                _text(one, scope, line) if isinstance(one, ast.Constant) else "…" for one in values
            )
            return "".join(parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left, scope, line) + _text(right, scope, line)
        case ast.IfExp(body=body, orelse=other):
            return _text(body, scope, line) or _text(other, scope, line)
        case ast.Call(func=ast.Name(id="did_you_mean")):
            return _NEAREST
        case ast.Name(id=name):
            return _assigned(name, scope, line)
    return ""


def _assigned(name: str, scope: Scope, line: int) -> str:
    """What was last put in a name above a line of a function."""
    found: list[tuple[int, ast.expr]] = []
    for node in ast.walk(scope.function):
        if not isinstance(node, ast.Assign) or node.lineno >= line:
            continue
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == name:
                found.append((node.lineno, node.value))
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=False)
                found += [(node.lineno, value) for key, value in pairs if _name(key) == name]
    if not found:
        constant = scope.constants.get(name)
        return _text(constant, scope, line) if isinstance(constant, ast.Constant) else ""
    at, value = max(found, key=lambda one: one[0])
    return _text(value, scope, at)
