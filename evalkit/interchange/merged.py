"""What changed, laid over what was written: what did not change stays as its writer wrote it."""

from __future__ import annotations

from typing import Any


def merged(written: Any, before: Any, after: Any) -> Any:
    """Change what somebody wrote as little as can be.

    Parameters
    ----------
    written
        The keys as they stand in the files.
    before
        The same as another format holds them.
    after
        What the other format holds now.

    Examples
    --------
    >>> merged({"goals": ["a"], "name": "X"}, {"goals": {"a": {}}, "name": "X"},
    ...        {"goals": {"a": {}}, "name": "Y"})
    {'goals': ['a'], 'name': 'Y'}
    """
    if before == after and list(_keys(before)) == list(_keys(after)):
        return written
    if not (isinstance(before, dict) and isinstance(after, dict) and isinstance(written, dict)):
        return after
    found: dict[str, Any] = {}
    kept = [key for key in written if key not in before and key not in after]
    for key in [*_order(written, before, after), *kept]:
        if key in kept:
            found[key] = written[key]
        elif key in before and key in written:
            found[key] = merged(written[key], before[key], after[key])
        else:
            found[key] = after[key]
    return found


def _keys(value: Any) -> Any:
    return value if isinstance(value, dict) else ()


def _order(written: Any, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Keep the order of the files, unless rows were moved; a new key follows its neighbour."""
    stayed = [key for key in before if key in after]
    if stayed != [key for key in after if key in before]:
        return list(after)
    order = [key for key in written if key in after]
    for at, key in enumerate(after):
        if key not in order:
            previous = next((one for one in reversed(list(after)[:at]) if one in order), None)
            order.insert(order.index(previous) + 1 if previous is not None else len(order), key)
    return order
