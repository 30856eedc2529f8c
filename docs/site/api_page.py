"""The reference of the library, from the docstrings of its public names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import evalkit as ek

_SECTION = re.compile(r"^(\S[^\n]*)\n-{3,}$", re.MULTILINE)
_ROOMS = {"did": "Estimators", "checks": "Diagnostics"}
_LISTS = {"Parameters", "Attributes", "Returns", "Raises", "Warns", "Yields", "Other Parameters"}


def api_pages() -> dict[str, str]:
    """Write a page for the top of the library and one for each room, by their names."""
    top = [name for name in ek.__all__ if name not in {"__version__", *_ROOMS}]
    pages = {"evalkit": _page("evalkit", "`import evalkit as ek`", ek, top)}
    for room, title in _ROOMS.items():
        module = getattr(ek, room)
        pages[room] = _page(title, f"`ek.{room}`", module, module.__all__)
    return pages


def _page(title: str, how: str, module: Any, names: list[str]) -> str:
    parts = [f"# {title}\n", f"{how}. Made from the docstrings; their examples are run as tests.\n"]
    for name in names:
        parts += list(_member(name, getattr(module, name)))
    return "\n".join(parts)


def _member(name: str, thing: Any) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"```python\n{name}{_signature(thing)}\n```\n"
    yield _told(inspect.getdoc(thing) or "")
    if inspect.isclass(thing):
        for method, own in _methods(thing):
            yield f"### {name}.{method}\n"
            yield f"```python\n{method}{_signature(own)}\n```\n"
            yield _told(inspect.getdoc(own) or "")


def _methods(owner: type) -> Iterator[tuple[str, Any]]:
    """The public methods that a class of evalkit brings itself or takes from another of evalkit."""
    for name, member in sorted(inspect.getmembers(owner, inspect.isroutine)):
        home = getattr(member, "__module__", None) or ""
        if not name.startswith("_") and home.startswith("evalkit") and inspect.getdoc(member):
            yield name, member


def _signature(thing: Any) -> str:
    if inspect.isclass(thing) and issubclass(thing, ek.Source.__mro__[-2]):
        return "(…)"  # a record: its attributes are told below
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return "(…)"
    kept = [
        one.replace(default=_short(one.default), annotation=_bare(one.annotation))
        for one in signature.parameters.values()
    ]
    text = signature.replace(parameters=kept, return_annotation=_bare(signature.return_annotation))
    return re.sub(r"\((?:self|cls)(?:: [^,)]*)?(?:, )?", "(", str(text))


class _Shown:
    """A default as it is to be printed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _bare(annotation: Any) -> Any:
    """An annotation that is text, without its quotes."""
    return _Shown(annotation) if isinstance(annotation, str) else annotation


def _short(default: Any) -> Any:
    """An address in memory differs from run to run, so a function is printed as an ellipsis."""
    return _Shown("…") if callable(default) and default is not inspect.Parameter.empty else default


def _told(doc: str) -> str:
    """Write a numpydoc docstring as Markdown."""
    pieces = _SECTION.split(doc)
    parts = [_inline(pieces[0])]
    for head, body in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.append(f"**{head}**\n")
        if head == "Examples":
            parts.append(_examples(body))
        elif head in _LISTS:
            parts.append(_entries(body))
        else:
            parts.append(_inline(body))
    return "\n".join(parts)


def _entries(body: str) -> str:
    """Names with their descriptions, as a list."""
    found = re.findall(
        r"^(\S[^\n]*)\n((?:(?:[ ]+[^\n]*)?\n?)+?)(?=^\S|\Z)", f"{body.strip()}\n", re.MULTILINE
    )
    if not found:
        return _inline(body)
    lines = (
        f"- `{name.strip()}`: {_inline(' '.join(text.split())).strip()}" for name, text in found
    )
    return "\n".join(lines) + "\n"


def _examples(body: str) -> str:
    """Sessions of Python in a fence; the words between them as text."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        session = paragraph.lstrip().startswith(">>>")
        parts.append(f"```pycon\n{paragraph}\n```\n" if session else f"{_inline(paragraph)}\n")
    return "\n".join(parts)


def _inline(text: str) -> str:
    """Marks of reStructuredText as those of Markdown."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)
    return text.replace("``", "`").replace(".. math::", "").strip() + "\n"
