"""The page: what was simulated, how often intervals held, and what that means for a user."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.coverage.run import Count
from benchmarks.coverage.texts import INTRODUCTION, MEANING, SIMULATED

WITHIN = {"interval": (0.93, 0.97), "test": (0.03, 0.07)}
"""What counts as right: of a 95% interval, and of a test at 5%."""


def page(found: Sequence[Count]) -> str:
    """Write the page, with a section an estimator."""
    sections = list(dict.fromkeys((one.label.split(",")[0], one.kind) for one in found))
    parts = [INTRODUCTION, _summary(found)]
    for title, kind in (("Intervals", "interval"), ("Tests", "test")):
        parts.append(f"## {title}")
        for name, own in sections:
            if own == kind:
                rows = [o for o in found if o.label.split(",")[0] == name and o.kind == kind]
                parts += _section(name, kind, rows)
    return "\n\n".join(parts) + "\n"


def _section(name: str, kind: str, rows: Sequence[Count]) -> list[str]:
    key = name if kind == "interval" else f"{name}, test"
    return [
        f"### {name}",
        f"**Simulated.** {SIMULATED[key]}",
        _table(rows, kind),
        f"**For a user.** {MEANING[key]}",
    ]


def _table(rows: Sequence[Count], kind: str) -> str:
    heads = ["What", "Sample", "Of", "Held, %", "Stated error / true spread", ""]
    if kind == "test":  # which has no error
        heads = ["What", "Sample", "Null", "Rejected, %", ""]
    lines = [heads, ["---:" if "%" in head or "/" in head else "---" for head in heads]]
    for one in rows:
        what = one.label.partition(", ")[2] or one.label
        cells = [what, one.sample, one.target, f"{one.share * 100:.1f} ± {one.error * 100:.1f}"]
        if kind == "interval":
            cells.append("" if np.isnan(one.ratio) else f"{one.ratio:.2f}")
        lines.append([*cells, _verdict(one)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _verdict(one: Count) -> str:
    low, high = WITHIN[one.kind]
    if low <= round(one.share, 4) <= high:
        return ""
    below = one.share < low
    if one.kind == "interval":
        return "**too short**" if below else "too long"
    return "rejects less" if below else "**rejects too often**"


def _summary(found: Sequence[Count]) -> str:
    kinds = {kind: [one for one in found if one.kind == kind] for kind in WITHIN}
    outside = {kind: sum(bool(_verdict(one)) for one in rows) for kind, rows in kinds.items()}
    shown = " or ".join(f"{count:,}" for count in sorted({one.replications for one in found}))
    return (
        f"Of {len(kinds['interval'])} intervals {outside['interval']} are outside 93 to 97%, of "
        f"{len(kinds['test'])} tests {outside['test']} outside 3 to 7%. Each row has {shown} "
        "replications; behind ± stands its Monte Carlo error (one standard error)."
    )
