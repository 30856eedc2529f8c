"""How a report is set so that its pages come out full.

A first layout shows which sections run over a little, and where a figure leaves its page white;
the next one is set accordingly. What was chosen is noted in the PDF, and holds until a section
changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evalkit.report.pages.fill import fills, tighter, tightest
from evalkit.report.pages.gaps import eased, with_ease
from evalkit.report.text.footnotes import strays


@dataclass(frozen=True, slots=True)
class Fitting:
    """What is set otherwise than it was written.

    Attributes
    ----------
    tight
        How tight a section is set: 1 or 2; see :mod:`evalkit.report.pages.fill`.
    ease
        For each section its figures and tables that leave white; see
        :mod:`evalkit.report.pages.gaps`.
    """

    tight: Mapping[str, int] = field(default_factory=dict)
    ease: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def applied(self, html: str) -> str:
        """Set finished markup so."""
        for section, level in self.tight.items():
            named = f'data-section="{section}"'
            html = html.replace(named, f'{named} data-fit="{level}"')
        for found in self.ease.values():
            html = with_ease(html, found)
        return html

    def changed(self, before: Fitting) -> set[str]:
        """Name the sections that are set tighter than before."""
        return {name for name in self.tight if self.tight[name] != before.tight.get(name)}

    def improved(self, pages: Sequence[Any], *, first: bool) -> Fitting:
        """Choose anew, from the pages as they came out; what was eased stays so."""
        filled = fills(pages)
        strayed = {stray.called for stray in strays(pages)}
        ease = eased(pages, filled, self.ease)
        if first:
            return Fitting(tighter(filled, strayed), ease)
        return Fitting(tightest(filled, strayed, self.tight), ease)
