"""Sources of which it is not on record where their authors stand."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.piece import cited_key


def unknown_standing(subject: Subject) -> Iterator[AuditFinding]:
    """Find links that rest on a source of which nobody said whether it is independent."""
    case = subject.case
    for key, instrument in case.instruments.items():
        for name, link in instrument.links.items():
            for citation in link.source:
                source = case.sources.get(citation.source)
                if source is not None and source.independence is None:
                    slots = {
                        "source": cited_key(citation.source, case),
                        "key": citation.source,
                        "name": instrument.label,
                    }
                    loc = ("instruments", key, "links", name)
                    yield finding("standing-unknown", (subject.place(loc),), slots)
