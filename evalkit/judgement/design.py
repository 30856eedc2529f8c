"""Designs of studies, sorted by what they do."""

from __future__ import annotations

from evalkit.model.evidence import Design

MEASURING: frozenset[Design] = frozenset(
    {
        "monitoring", "survey", "before-after", "norm", "dose-response", "comparison group",
        "did", "rdd", "iv", "rct", "synthetic control", "interrupted series", "meta-analysis",
    }
)  # fmt: skip
"""Designs that measure something; the others describe, argue or pass on what people said."""
