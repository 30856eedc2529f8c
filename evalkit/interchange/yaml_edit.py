"""Changing keys of a YAML file and nothing else: comments and layout of the rest stay."""

from __future__ import annotations

from typing import Any, NamedTuple

from ruamel.yaml import YAML

from evalkit.interchange.house import entry, house_yaml, reads_back


class _Change(NamedTuple):
    """A piece of text to put in the place of another."""

    start: int
    end: int
    text: str


def edited(text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    r"""Change a file so that it says something else.

    Parameters
    ----------
    text
        The file.
    old
        What it says.
    new
        What it is to say.

    Returns
    -------
    str
        The file with other lines only where it says something else. When that cannot be done it is
        written anew as a whole.

    Examples
    --------
    >>> edited("a: 1  # one\nb: 2\n", {"a": "1", "b": "2"}, {"a": "3", "b": "2"})
    'a: 3  # one\nb: 2\n'
    """
    if old == new:
        return text
    whole = text if text.endswith("\n") else f"{text}\n"
    node = YAML(typ="safe", pure=True).compose(whole)
    changes: list[_Change] = []
    if node is None or not isinstance(node.value, list) or node.flow_style:
        return house_yaml(new)
    _mapping(whole, node, old, new, changes)
    for change in sorted(changes, reverse=True):
        whole = whole[: change.start] + change.text + whole[change.end :]
    return whole if reads_back(whole, new) else house_yaml(new)


def _mapping(text: str, node: Any, old: Any, new: Any, changes: list[_Change]) -> None:
    """Find the changes of a mapping that is written with a key on each line."""
    ends = {key.value: _end(text, value, key) for key, value in node.value}
    nodes = {key.value: (key, value) for key, value in node.value}
    indent = node.value[0][0].start_mark.column
    for name, (key, value) in nodes.items():
        if name not in new:
            changes.append(_Change(_line_start(text, key.start_mark.index), ends[name], ""))
        elif old.get(name) != new[name]:
            _entry(text, (key, value), old.get(name), new[name], ends[name], changes)
    at = _line_start(text, node.value[0][0].start_mark.index)
    fresh = ""
    for name, value in new.items():  # a new key comes behind the one before it
        if name not in nodes:
            fresh += entry(name, value, indent)
            continue
        if fresh:
            changes.append(_Change(at, at, fresh))
        at, fresh = ends[name], ""
    if fresh:
        changes.append(_Change(at, at, fresh))


def _entry(
    text: str, pair: tuple[Any, Any], old: Any, new: Any, end: int, changes: list[_Change]
) -> None:
    key, value = pair
    block = isinstance(value.value, list) and not value.flow_style and value.value
    if block and isinstance(old, dict) and isinstance(new, dict) and new:
        _mapping(text, value, old, new, changes)
        return
    start = _line_start(text, key.start_mark.index)
    behind = "" if block or _is_block(value) else _remark(text, value.end_mark.index, end)
    written = entry(key.value, new, key.start_mark.column, single=bool(behind))
    if behind:
        written = f"{written.rstrip(chr(10))}{behind}\n"
    changes.append(_Change(start, end, written))


def _is_block(value: Any) -> bool:
    return getattr(value, "style", None) in ("|", ">")


def _remark(text: str, start: int, end: int) -> str:
    """Give the comment behind a value on its line."""
    rest = text[start:end].rstrip("\n")
    return rest if rest.strip().startswith("#") and "\n" not in rest else ""


def _end(text: str, value: Any, key: Any) -> int:
    """Find the end of the last line of an entry."""
    if _is_block(value):
        return _block_end(text, key)
    if isinstance(value.value, list) and not value.flow_style and value.value:
        last = value.value[-1]
        return _end(text, last[1], last[0]) if isinstance(last, tuple) else _item_end(text, last)
    stop = text.find(
        "\n", max(value.end_mark.index - 1, value.start_mark.index, key.end_mark.index)
    )
    return len(text) if stop < 0 else stop + 1


def _item_end(text: str, item: Any) -> int:
    if isinstance(item.value, list) and not item.flow_style and item.value:
        last = item.value[-1]
        return _end(text, last[1], last[0]) if isinstance(last, tuple) else _item_end(text, last)
    if _is_block(item):
        return _block_end(text, item)
    stop = text.find("\n", max(item.end_mark.index - 1, item.start_mark.index))
    return len(text) if stop < 0 else stop + 1


def _block_end(text: str, key: Any) -> int:
    """Find the end of a text below `|` or `>`: its lines stand deeper than its key."""
    deep = key.start_mark.column if key.start_mark.index == _first(text, key) else 0
    at = text.find("\n", key.start_mark.index) + 1
    end = at
    while at and at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop + 1
        line = text[at:stop]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= deep:
            break
        if line.strip():
            end = stop
        at = stop
    return end


def _first(text: str, key: Any) -> int:
    """Find the first sign on the line of a key."""
    start = _line_start(text, key.start_mark.index)
    return (
        start
        + len(text[start : key.start_mark.index])
        - len(text[start : key.start_mark.index].lstrip(" "))
    )


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1
