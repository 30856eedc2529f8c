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
from evalkit.report.pages.gaps import VERDICT, eased, with_ease
from evalkit.report.text.footnotes import strays


@dataclass(frozen=True, slots=True)
class Fitting:
    """What is set otherwise than it was written.

    Attributes
    ----------
    tight
        How tight a section is set: 1, 2 or 3; see :mod:`evalkit.report.pages.fill`.
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
            steps = " ".join(map(str, range(1, level + 1)))  # each builds on the one before it
            html = html.replace(named, f'{named} data-fit="{steps}"')
        for section, found in self.ease.items():
            html = with_ease(html, found)
            if VERDICT in found:
                named = f'data-section="{section}"'
                html = html.replace(named, f'{named} data-verdict="loose"')
        return html

    def changed(self, before: Fitting) -> set[str]:
        """Name the sections that are set tighter than before."""
        return {name for name in self.tight if self.tight[name] != before.tight.get(name)}

    def improved(self, pages: Sequence[Any], *, first: bool) -> Fitting:
        """Choose anew, from the pages as they came out; what was eased stays so."""
        filled = fills(pages)
        strayed = {stray.called for stray in strays(pages)}
        ease = eased(pages, filled, self.ease, first=first)
        if first:
            return Fitting(tighter(filled, strayed), ease)
        tight = tightest(filled, strayed, self.tight)
        # What was eased anew was reckoned as it is set now, and may not run over any more.
        anew = {name for name, found in ease.items() if found != self.ease.get(name)}
        kept = {name: step for name, step in tight.items() if name not in anew}
        return Fitting({**self.tight, **kept}, ease)
