"""Claims beyond their evidence: numbers without source, own words, effects that were not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.model.stage import Stage

_RESULTS = (Stage.INTERMEDIATE, Stage.OUTCOME)
_PROVEN = re.compile(
    r"\b(bewezen (?:effectief|effect|doeltreffend)|bewijsbaar effectief|aantoonbaar (?:effectief|"
    r"doeltreffend)|proven (?:effective|effect|impact)|demonstrably effective)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(niet|geen|nooit|zonder|evenmin|nog|not|no|never|neither|nor|without|yet|of|if|whether|"
    r"alleen|pas|only|voorwaarde|unless|tenzij)\b",
    re.IGNORECASE,
)
# Denied behind the claim, or about something else: what others say, or what was done elsewhere.
_NOT_HERE = re.compile(
    r"\b(niet|geen|nooit|nog|pas|ontbreekt|not|never|yet|meent|vindt|noemt|noemde|stelt|says?|claims?|"
    r"calls?|elders|buitenland\w*|elsewhere|abroad|andere landen|other countries|interventies?|"
    r"interventions?|aanpak|methoden?|methods?)\b|\b(?:in|uit|from) (?:de |het |the )?(?-i:[A-Z])",
    re.IGNORECASE,
)
# "Effectief" as what is said of the policy, not as part of "een effectieve aanpak".
_SAID = r"(?=\s*(?:[.,;:!?)]|$|(?:geweest|gebleken|was|is|zijn|waren|en|and)\b))"
_ATTAINED = re.compile(
    rf"\b(?:doel(?:en)?|streefwaarde[n]?|doelstelling(?:en)?)\b[^.;]*?"
    rf"\b(?:gehaald|bereikt|gerealiseerd|behaald)\b[^.;]*?"
    rf"\b(?:dus|daarom|daarmee)\b[^.;]*?\b(?:doeltreffend|effectief)\b{_SAID}|"
    rf"\b(?:targets?|goals?)\b[^.;]*?\b(?:reached|met|attained|achieved)\b[^.;]*?"
    rf"\b(?:therefore|hence|thus|so)\b[^.;]*?\beffective\b{_SAID}",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(als|indien|wanneer|zou|wie|if|when|would|whoever|vergist|mistaken)\b|\?\s*$", re.IGNORECASE
)
_WHETHER = re.compile(r"\bof\b", re.IGNORECASE)  # "whether" in Dutch only


def numbers_without_source(subject: Subject) -> Iterator[AuditFinding]:
    """Find numbers of which nobody says where they come from."""
    for loc, node in subject.nodes:
        said = [one.source for one in node.observations.values()]
        lines = [line.source for line in node.lines]
        if not node.has_numbers or node.source:
            continue
        alone = bool(node.per_year) or node.total is not None
        if alone or not all(said) or not said or (lines and not all(lines)):
            yield finding("number-without-source", (subject.place(loc),), {"what": node.text})


def own_reports(subject: Subject) -> Iterator[AuditFinding]:
    """Find results that rest on what those involved say themselves."""
    for key, instrument in subject.case.instruments.items():
        for stage in _RESULTS:
            for name, node in instrument.at(stage).items():
                if node.has_numbers and node.measured == "self-report":
                    yield finding(
                        "self-report",
                        (subject.place(("instruments", key, stage.value, name)),),
                        {"what": node.text, "name": instrument.label},
                    )


def proven_below_four(subject: Subject) -> Iterator[AuditFinding]:
    """Find "proven effective" on an instrument whose evidence is not causal."""
    top = subject.ladder.top
    for passage in subject.prose:
        found = _PROVEN.search(passage.text)
        if not passage.instrument or not found or _DENIED.search(passage.text[: found.start()]):
            continue
        if _NOT_HERE.search(passage.text):
            continue
        verdict = subject.scores[passage.instrument]
        if verdict.level < top:
            name = subject.case.instruments[passage.instrument].label
            slots = {"name": name, "word": found[0], "level": str(verdict.level)}
            yield finding("proven", (passage.where,), slots, (passage.text,))


def attainment_as_effect(subject: Subject) -> Iterator[AuditFinding]:
    """Find sentences that call a policy effective because its goal was reached."""
    for passage in subject.prose:
        found = _ATTAINED.search(passage.text)
        if found is None or _SUPPOSED.search(passage.text):
            continue
        said = found[0] if subject.case.language == "nl" else _WHETHER.sub("", found[0])
        if not _DENIED.search(said):
            yield finding("attainment-as-effect", (passage.where,), {}, (passage.text,))


def departures(subject: Subject) -> Iterator[AuditFinding]:
    """Name the levels that were signed for and not derived."""
    for verdict in subject.scores.instruments:
        if verdict.override is not None:
            where = subject.place(("instruments", verdict.id, "override"))
            slots = {
                "name": verdict.name,
                "level": str(verdict.level),
                "derived": str(verdict.derived),
            }
            yield finding("override", (where,), slots)
