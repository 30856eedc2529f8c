"""Which node of each stage the figure of a chain shows."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence


def shown(
    stages: Sequence[Mapping[str, bool]], linked: Container[tuple[str, str]]
) -> tuple[str | None, ...]:
    """Choose a node a stage, so that as many as can be are linked to the one before.

    Of equally connected ways through the chain the one with most numbers is chosen, and of those
    the one that stands first in the case. A stage without nodes is passed over: what comes before
    it is held against what comes after it.

    Parameters
    ----------
    stages
        Per stage the nodes that may stand for it, and whether each has a number.
    linked
        The pairs of nodes that the chain links.

    Examples
    --------
    >>> stages = [{"geld": True}, {}, {"folder": True, "cursus": False}]
    >>> shown(stages, {("geld", "cursus")})
    ('geld', None, 'cursus')
    """
    ways: list[_Way] = [((0, 0, 0), ())]
    for nodes in stages:
        if not nodes:
            ways = [(score, (*path, None)) for score, path in ways]
            continue
        ways = [
            max((_on(way, key, nodes, linked) for way in ways), key=lambda way: way[0])
            for key in nodes
        ]
    return max(ways, key=lambda way: way[0])[1]


_Way = tuple[tuple[int, int, int], tuple[str | None, ...]]


def _on(way: _Way, key: str, nodes: Mapping[str, bool], linked: Container[tuple[str, str]]) -> _Way:
    """Go on to a node: one link more, one number more, and how far down its stage it stands."""
    (links, numbers, down), path = way
    before = next((one for one in reversed(path) if one is not None), "")
    score = (links + ((before, key) in linked), numbers + nodes[key], down - list(nodes).index(key))
    return score, (*path, key)
