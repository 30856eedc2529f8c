"""Printed numbers that say where they come from, when they are pointed at or focused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from evalkit.language.capital import capital
from evalkit.report.edition import Edition
from evalkit.report.sections.trail import origin_told
from evalkit.report.text.values import SIGNED

_SIGNED = re.compile(rf"{SIGNED[0]}(\d+){SIGNED[1]}")
_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


@dataclass(slots=True)
class Origins:
    """Finds the printed values in finished text and puts their origin behind each."""

    edition: Edition
    count: int = 0

    def plain(self, text: str) -> str:
        """Take the signs out, where nothing can be pointed at."""
        return _SIGNED.sub("", text)

    def told(self, text: str) -> str:
        """Escape a text, its numbers with their origin."""
        *pieces, rest = _SIGNED.split(text)
        parts = [
            self._piece(before, int(number))
            for before, number in zip(pieces[::2], pieces[1::2], strict=True)
        ]
        return "".join([*parts, escape(rest, quote=False)])

    def _piece(self, before: str, number: int) -> str:
        """Part a text that ends in a value from that value."""
        values = self.edition.values.printed
        if number >= len(values):  # a sign that no value made
            return escape(before, quote=False)
        printed = values[number]
        start = _start(before, printed.text)
        told, source = origin_told(printed, self.edition)
        if start is None or not told:
            return escape(before, quote=False)
        head, value = escape(before[:start], quote=False), escape(before[start:], quote=False)
        return f"{head}{self._value(value, told, source)}"

    def _value(self, value: str, told: str, source: str) -> str:
        self.count += 1
        id_ = f"origin-{self.count}"
        by = f" {self.edition.label('report.source')}: {source.rstrip('.')}." if source else ""
        words = escape(f"{capital(told)}.{by}", quote=False)
        return (
            f'<span class="value" tabindex="0" aria-describedby="{id_}">{value}</span>'
            f'<span class="origin" role="tooltip" id="{id_}">{words}</span>'
        )


def _start(text: str, value: str) -> int | None:
    """Find where the value begins that a text ends in; soft hyphens may have come into it."""
    at = len(text)
    for sign in reversed(value):
        at -= 1
        while at >= 0 and text[at] == "\N{SOFT HYPHEN}" != sign:
            at -= 1
        if at < 0 or text[at].translate(_SPACES) != sign.translate(_SPACES):
            return None
    return at
