"""Words that IATI 2.03 and a case have for the same thing."""

from __future__ import annotations

STATUS = {
    "voorgenomen": "1",
    "verkenning": "1",
    "besluit nodig": "1",
    "lopend": "2",
    "gestopt": "4",
}
"""Activity status; its code list knows no exploration and no decision to be taken."""

STATUS_BACK = {"1": "voorgenomen", "2": "lopend", "3": "gestopt", "4": "gestopt", "5": "gestopt",
               "6": "gestopt"}  # fmt: skip
RESULT = {"input": "9", "activities": "9", "output": "1", "intermediate": "2", "outcome": "2"}
"""Result type: output, outcome, and 9 for what is neither."""

RESULT_BACK = {"1": "output", "2": "outcome", "3": "outcome", "9": "activities"}
OWN = "99"
"""The vocabulary of the reporting organisation itself."""

ROLES = {"ministries": "2", "involved": "3", "executor": "4"}
"""Role of an organisation: accountable, extending, implementing."""

DESCRIPTIONS = {"description": "1", "aims": "2", "target_group": "3", "summary": "4"}
"""Type of a description: general, objectives, target groups, other."""

NOT_STATED = {"nl": "niet vermeld", "en": "not stated"}
NO_YEAR = {"nl": " (jaar niet vermeld)", "en": " (year not stated)"}
TAGS = ("status", "theme", "cover", "identity", "short")
"""Words of an instrument that stand in a tag, as ``theme:wonen``."""

WHY = {
    "links": "IATI has no links between results",
    "evidence": "IATI has no pieces of evidence",
    "milestones": "IATI has no milestones",
    "evaluability": "IATI has no evaluation plan",
    "references": "IATI names documents by address only",
    "source": "IATI names documents by address only",
    "no_policy": "IATI has no expectation without the policy",
    "total": "IATI has no total of an indicator",
    "measured": "IATI has no way of measuring",
    "part_of": "IATI has no breakdown of an indicator into others",
    "lines": "IATI has no lines of a budget by funder",
    "headline": "IATI has no indicator that stands for its stage",
    "period_note": "IATI has no note to a period",
    "predecessor": "IATI has no predecessor",
    "successor": "IATI has no successor",
    "override": "IATI has no judgement",
    "because": "IATI has no reason for a goal",
}
NO_PLACE = "IATI has no place for it"
NO_CASE = "IATI knows activities, and no case around them"
