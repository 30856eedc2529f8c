"""What can be wrong with the numbers of a text: one rule a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.rules import (
    change,
    counted,
    listed,
    listtotal,
    percentage,
    period,
    product,
    same,
    shares,
    tabletext,
    tabletotal,
    total,
)

Rule = Callable[[Document], Iterator[AuditFinding]]
RULES: tuple[Rule, ...] = (
    total.find,
    listtotal.find,
    tabletotal.find,
    shares.find,
    change.find,
    percentage.find,
    product.find,
    listed.find,
    period.find,
    same.find,
    counted.find,
    tabletext.find,
)
