"""YAML as it is written by hand in a case: plain where it can be, folded where it is long."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

from evalkit.io.yamltree import read_tree

_WIDE = 112
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<][^\n\t]*")
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_WORDS = frozenset({"null", "Null", "NULL", "~", ""})


def house_yaml(data: Any, indent: int = 0) -> str:
    """Write keys as YAML.

    Parameters
    ----------
    data
        Keys with text, lists and further keys.
    indent
        Spaces before the first level.

    Examples
    --------
    >>> print(house_yaml({"text": "Scholen", "per_year": {"2018": "1.337"}}), end="")
    text: Scholen
    per_year:
      2018: 1.337
    """
    return "".join(entry(key, value, indent) for key, value in data.items())


def entry(key: str, value: Any, indent: int, *, single: bool = False) -> str:
    """Write one key with its value, at a depth, with a line break behind it.

    Parameters
    ----------
    key, value
        What to write.
    indent
        Spaces before it.
    single
        Whether it must stay on one line.
    """
    name = f"{' ' * indent}{_key(key)}:"
    match value:
        case None:
            return f"{name}\n"
        case dict() if value:
            return f"{name}\n{house_yaml(value, indent + 2)}"
        case dict():
            return f"{name} {{}}\n"
        case list():
            return name + _list(value, indent, single=single)
    return f"{name} {scalar(str(value), indent, len(name) + 1, single=single)}\n"


def _list(items: list[Any], indent: int, *, single: bool) -> str:
    inline = f" [{', '.join(map(_in_brackets, items))}]" if _fit_inline(items) else ""
    if inline and (single or len(inline) + indent < _WIDE - 20):
        return f"{inline}\n"
    if not items:
        return " []\n"
    return "\n" + "".join(_item(item, indent + 2) for item in items)


def _item(item: Any, indent: int) -> str:
    dash = f"{' ' * indent}- "
    if isinstance(item, dict) and item:
        return dash + house_yaml(item, indent + 2).lstrip(" ")
    if isinstance(item, dict | list):
        return f"{dash}{'{}' if isinstance(item, dict) else '[]'}\n"
    return f"{dash}{scalar(str(item or ''), indent, indent + 2)}\n"


def _fit_inline(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(item, str) and "\n" not in item for item in items)


def _in_brackets(text: str) -> str:
    return text if _is_plain(text) and not re.search(r"[,\[\]{}]", text) else _quoted(text)


def scalar(text: str, indent: int, column: int, *, single: bool = False) -> str:
    """Write a text: plain, folded over lines, as it stands, or in quotes."""
    if not single and "\n" in text and _may_stand(text):
        lines = text.rstrip("\n").split("\n")
        body = "\n".join(f"{' ' * (indent + 2)}{line}" if line else "" for line in lines)
        return f"|{'' if text.endswith(chr(10)) else '-'}\n{body}"
    wide = column + len(text) > _WIDE
    if not single and wide and "\n" not in text and _may_fold(text):
        lines = textwrap.wrap(
            text, _WIDE - indent - 2, break_long_words=False, break_on_hyphens=False,
            replace_whitespace=False, drop_whitespace=True,
        )  # fmt: skip
        if " ".join(lines) == text:
            return ">-\n" + "\n".join(f"{' ' * (indent + 2)}{line}" for line in lines)
    return text if _is_plain(text) else _quoted(text)


def _may_stand(text: str) -> bool:
    """Whether a text can stand below `|` as it is."""
    return not (
        _ODD.search(text)
        or text[:1] in (" ", "\n", "\t")
        or text.endswith("\n\n")
        or any(line.lstrip(" ").startswith("\t") or line.isspace() for line in text.split("\n"))
        or not text.strip()
    )


def _may_fold(text: str) -> bool:
    return not (_ODD.search(text) or "\t" in text or "  " in text or text != text.strip())


def _is_plain(text: str) -> bool:
    return bool(
        _PLAIN.fullmatch(text)
        and not _ODD.search(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith((":", " "))
        and text not in _WORDS
        and not text.startswith(("---", "..."))
    )


def _key(key: str) -> str:
    return (
        key
        if (_is_plain(key) and not re.search(r"[,\[\]{}]", key)) or _is_arrow(key)
        else _quoted(key)
    )


def _is_arrow(key: str) -> bool:
    """Whether a key is a link, ``a, b -> c``, which needs no quotes."""
    return re.fullmatch(r"[a-z0-9][a-z0-9, -]* -> [a-z0-9][a-z0-9, -]*", key) is not None


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


def reads_back(text: str, data: Any) -> bool:
    """Whether YAML says what it should, and nothing is wrong with it."""
    tree = read_tree(text, "x.yaml")
    return not tree.problems and tree.data == data
