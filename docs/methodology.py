"""Make the methodology pages from what each estimator and diagnostic says of itself.

``make docs`` writes ``docs/methodology/``: a page for every public estimator and diagnostic, from
its ``METHOD`` and its docstring, and the tables of the index. Whoever adds an estimator writes no
page; a test compares what is committed with what this makes.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import evalkit as ek
from evalkit.did.method import Method

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "methodology"
INDEX = "README.md"
ROOMS = {"did": "Estimator", "checks": "Diagnostic"}

# GitHub reads Markdown before mathematics: these would lose a backslash or become emphasis.
_SAFE = {
    r"\{": r"\lbrace ",
    r"\}": r"\rbrace ",
    r"\,": r"\thinspace ",
    r"\;": r"\thickspace ",
    r"\!": r"\negthinspace ",
    r"\|": r"\Vert ",
    "*": r"\ast ",
}


class UndescribedError(Exception):
    """A public function has no METHOD to make a page from."""


@dataclass
class Subject:
    """An estimator or diagnostic, with the public functions that belong to it.

    Attributes
    ----------
    room
        ``did`` or ``checks``.
    method
        What it says of itself.
    functions
        Public functions by name; the first bears the name of the method.
    """

    room: str
    method: Method
    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in the library, which is that of its page."""
        return self.method.name

    @property
    def reference_folder(self) -> Path:
        """Where tests hold it against other software or published numbers."""
        return ROOT / "tests" / "reference" / self.name


def subjects() -> list[Subject]:
    """Find all estimators and diagnostics among the public names.

    Raises
    ------
    UndescribedError
        A public function has no METHOD, and its name does not begin with that of one that has.
    """
    return [one for room in ROOMS for one in _of_room(room, getattr(ek, room))]


def _of_room(room: str, home: ModuleType) -> list[Subject]:
    public = {name: getattr(home, name) for name in home.__all__}
    functions = {name: one for name, one in public.items() if inspect.isfunction(one)}
    found: dict[str, Subject] = {}
    for function in functions.values():
        method = getattr(sys.modules[function.__module__], "METHOD", None)
        if isinstance(method, Method):
            found.setdefault(method.name, Subject(room, method))
    for name in sorted(functions, key=lambda name: (name not in found, name)):
        method = getattr(sys.modules[functions[name].__module__], "METHOD", None)
        owners = [one for one in found if name.startswith(one)]
        if not isinstance(method, Method) and not owners:
            raise UndescribedError(f"ek.{room}.{name} has no METHOD to make a page from")
        own = method.name if isinstance(method, Method) else max(owners, key=len)
        found[own].functions[name] = functions[name]
    return [found[name] for name in sorted(found)]


# Pages -----------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """Make all pages: file name to text. The index keeps what is written in it by hand."""
    found = subjects()
    made = {f"{one.name}.md": page(one) for one in found}
    return made | {INDEX: _index(found)}


def page(subject: Subject) -> str:
    """Make one page."""
    method = subject.method
    parts = [
        f"# {method.title}",
        f"{ROOMS[subject.room]} `ek.{subject.room}.{subject.name}` · [all methods]({INDEX})",
        f"**{method.question}**",
        "## What is estimated",
        _sentence(method.estimand),
        *(f"$$\n{one}\n$$" for one in equations(method.equation)),
        "## Assumptions",
        _listed(method.assumptions),
        "## Standard errors",
        _sentence(method.standard_errors),
        "## Edge cases",
        _listed(method.edge_cases),
        "## Where it differs from other software",
        _listed(method.differs),
        "## Reference",
        _sentence(method.reference),
        "## Use",
        *(part for name in subject.functions for part in _use(subject, name)),
        "## Proof",
        *_proof(subject),
        "---",
        f"Made by `make docs` from `METHOD` and the docstrings in `{_source(subject)}`.",
    ]
    return "\n\n".join(parts) + "\n"


def equations(text: str) -> list[str]:
    r"""Split an equation at its outermost ``\quad`` and write it so that GitHub shows it."""
    found, depth, start = [], 0, 0
    for mark in re.finditer(r"\\q?quad(?![a-z])|\\[{}]|[{}]|\\left\b|\\right\b", text):
        if "quad" in mark[0] and depth == 0:
            found.append(text[start : mark.start()])
            start = mark.end()
        depth += {"{": 1, "}": -1, r"\left": 1, r"\right": -1}.get(mark[0], 0)
    found.append(text[start:])
    return [_safe(one.strip().removesuffix(",")) for one in found]


def _safe(equation: str) -> str:
    # A low line that does not follow a letter may open emphasis: y^*_g is written y_g^*.
    equation = re.sub(r"\^\*_(\w)", r"_\1^{*}", equation)
    for sign, word in _SAFE.items():
        equation = equation.replace(sign, word)
    equation = re.sub(r" {2,}", " ", equation)
    return equation.replace(" }", "}").strip()


def _sentence(text: str) -> str:
    text = _prose(text)
    first = text.split(maxsplit=1)[0] if text else ""
    bare = first.rstrip(",:;")
    if len(bare) > 1 and bare.isalpha() and bare.islower():  # no code, and not the t of a t test
        text = text[:1].upper() + text[1:]
    ended = text.endswith((".", "?", "!")) or "://" in text.split()[-1]
    return text if ended else f"{text}."


def _prose(text: str) -> str:
    """Write a docstring's or a METHOD's words as Markdown."""
    text = re.sub(r":(?:func|meth|class|attr):`~?([^`]+)`", r"`\1`", text).replace("``", "`")
    pieces = text.split("`")
    pieces[::2] = [re.sub(r"([*<|])", r"\\\1", one) for one in pieces[::2]]
    return "`".join(pieces)


def _listed(items: tuple[str, ...]) -> str:
    return "\n".join(f"- {_prose(one)}" for one in items) if items else "None is known."


# The call ----------------------------------------------------------------------------------------


def _use(subject: Subject, name: str) -> Iterator[str]:
    function = subject.functions[name]
    found = sections(function)
    if len(subject.functions) > 1:
        yield f"### `ek.{subject.room}.{name}`"
        yield _sentence(found[""].split("\n\n")[0].replace("\n", " "))
    yield f"```python\n{signature(f'ek.{subject.room}.{name}', function)}\n```"
    for title in ("Parameters", "Returns", "Raises"):
        if title in found:
            yield f"**{title}**"
            yield _entries(found[title], types=title != "Parameters")
    if "Examples" in found:
        yield "**Example**"
        # Laid out as in the docstring: the formatter would otherwise change the page.
        yield f"<!-- fmt: off -->\n```pycon\n{found['Examples']}\n```\n<!-- fmt: on -->"


def sections(thing: Any) -> dict[str, str]:
    """Split a numpydoc docstring into its sections; what stands before them is under ''."""
    text = inspect.getdoc(thing) or ""
    parts = re.split(r"^([A-Z][\w ]*)\n-{3,}\n", text, flags=re.MULTILINE)
    titles = ["", *parts[1::2]]
    return {title: body.strip() for title, body in zip(titles, parts[::2], strict=True)}


def _entries(text: str, *, types: bool) -> str:
    lines: list[str] = []
    for entry in re.split(r"\n(?=\S)", text):
        name, _, told = entry.partition("\n")
        name, _, kind = name.partition(" : ")
        names = ", ".join(f"`{one}`" for one in name.split(", "))
        of = f" ({_prose(kind)})" if kind and not types else ""
        words = _prose(" ".join(told.split()))
        lines.append(f"- {names}{of}: {words}" if words else f"- {names}{of}")
    return "\n".join(lines)


def signature(name: str, function: Callable[..., Any]) -> str:
    """Write a signature, one parameter a line, with the choices of named literals."""
    lines, starred = [], False
    for one in inspect.signature(function).parameters.values():
        if one.kind is one.KEYWORD_ONLY and not starred:
            lines.append("*")
            starred = True
        kind = _choices(str(one.annotation), function)
        given = "" if one.default is one.empty else f" = {_default(one.default)}"
        lines.append(f"{one.name}: {kind}{given}")
    return f"{name}(\n" + "".join(f"    {line},\n" for line in lines) + ")"


def _choices(annotation: str, function: Callable[..., Any]) -> str:
    """Write a literal, or the name of one, as its choices; leave other types as they are."""
    named = getattr(sys.modules[function.__module__], annotation, None)
    if typing.get_origin(named) is Literal:
        return " | ".join(f'"{choice}"' for choice in typing.get_args(named))
    annotation = re.sub(
        r"Literal\[(.*?)\]", lambda found: found[1].replace(", ", " | "), annotation
    )
    return annotation.replace("'", '"')


def _default(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


# What proves it ----------------------------------------------------------------------------------


def _proof(subject: Subject) -> Iterator[str]:
    folder = subject.reference_folder
    scripts = sorted(folder.glob("test_*.py"))
    for path in scripts:
        yield f"[`{_place(path)}`](../../{_place(path)}). {_told(path)}"
    if not scripts:
        yield (
            "There is no output of other software to compare with; calculations by hand, "
            "simulations and invariants prove it."
        )
    others = [f"[`{_place(path)}`](../../{_place(path)})" for path in _unit_tests(subject)]
    if others:
        yield f"By hand, invariants and edge cases: {', '.join(others)}."
    if any("golden" in path.read_text(encoding="utf-8") for path in scripts):
        yield (
            "The data and the other software's numbers, with versions and conventions, are "
            "described in [`tests/reference/data`](../../tests/reference/data/README.md)."
        )


def _told(path: Path) -> str:
    """Give the docstring of a test script in one paragraph."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if words is None:
        words = "Compared with other software or published numbers"
    return _sentence(" ".join(words.split()))


_SHARED = ("test_by_hand", "test_edges", "test_invariants")  # of all diagnostics together


def _unit_tests(subject: Subject) -> list[Path]:
    """Give the unit tests that bear its name, or else import it, or else call it."""
    scripts = sorted((ROOT / "tests" / "unit" / subject.room).glob("test_*.py"))
    named = [path for path in scripts if subject.name in path.stem]
    importing = [path for path in scripts if subject.name in _imported(path)]
    calling = [path for path in scripts if f".{subject.name}(" in path.read_text("utf-8")]
    shared = [path for path in scripts if path.stem in _SHARED and subject.room == "checks"]
    return sorted({*(named or importing or calling), *shared})


@cache
def _imported(path: Path) -> frozenset[str]:
    """Name what a script imports from evalkit."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    own = [node for node in imports if (node.module or "").startswith("evalkit")]
    return frozenset(one.name for node in own for one in node.names)


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _source(subject: Subject) -> str:
    function = next(iter(subject.functions.values()))
    return _place(Path(inspect.getfile(function)).resolve())


# The index ---------------------------------------------------------------------------------------


def _index(found: list[Subject]) -> str:
    """Fill the tables of the index; the words around them are written by hand."""
    text = (FOLDER / INDEX).read_text(encoding="utf-8")
    for room in ROOMS:
        own = [one for one in found if one.room == room]
        text = _filled(text, f"questions {room}", _questions(own))
    return _filled(text, "differences", _differences(found))


def _filled(text: str, name: str, table: str) -> str:
    begin, end = f"<!-- {name}: made by make docs -->", f"<!-- end of {name} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"the index must hold '{begin}' and '{end}' once")
    before, rest = text.split(begin)
    return f"{before}{begin}\n{table}\n{end}{rest.split(end)[1]}"


def _questions(found: list[Subject]) -> str:
    rows = [f"| [`{one.name}`]({one.name}.md) | {_prose(one.method.question)} |" for one in found]
    return "\n".join(["| Method | Question that it answers |", "|---|---|", *rows])


def _differences(found: list[Subject]) -> str:
    parts = [
        f"**[`{one.name}`]({one.name}.md)**\n\n{_listed(one.method.differs)}"
        for one in found
        if one.method.differs
    ]
    return "\n" + "\n\n".join(parts) + "\n"


def write(folder: Path = FOLDER) -> None:
    """Write the pages, and remove those of methods that are no more."""
    made = pages()
    for path in folder.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def lacking(method: Method) -> list[str]:
    """Name the fields of a METHOD that say nothing; `differs` may be empty."""
    names = [one.name for one in fields(method) if one.name != "differs"]
    return [name for name in names if not getattr(method, name)]


if __name__ == "__main__":
    write()
