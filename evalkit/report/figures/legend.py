"""The legend line between a caption and its figure."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def legend(keys: Iterable[tuple[str, str]]) -> str:
    """Return the legend of pairs of a small drawing and the words that explain it."""
    return "".join(
        f'<span class="key">{sample}<span class="key-text">{escape(words)}</span></span> '
        for sample, words in keys
    ).rstrip()
