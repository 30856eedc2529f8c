"""The crosswalk: where the same evidence stands on each ladder."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from evalkit.io.yamltree import read_tree
from evalkit.judgement.known import Known
from evalkit.judgement.ladder import Bilingual, Ladder
from evalkit.judgement.profile import ladder_names, load_ladder
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.score import read
from evalkit.model.case import Case
from evalkit.model.record import Id, Record

_SOURCE = {"kind": "report", "independence": "independent", "year": 2020}
_WORKS = {"study": "Onderzoek", "second": "Herhaling", "third": "Tweede herhaling"}
_NODES: dict[str, Any] = {
    "aims": "doel",
    "target_group": "doelgroep",
    "activities": {"doen": {"text": "Doen"}},
    "outcome": {"effect": {"text": "Effect"}},
}


class Specimen(Record):
    """What is known of an instrument in a case that every evaluator meets.

    Attributes
    ----------
    theory
        How far the instrument is described.
    evidence
        Pieces of evidence, each as far as it departs from an independent positive finding on the
        outcome; ``study`` names its source.
    """

    id: Id
    name: Bilingual
    theory: Literal["none", "described", "underpinned"] = "underpinned"
    evidence: tuple[dict[str, Any], ...] = ()

    def case(self) -> Case:
        """Make a case of it, with the one instrument ``specimen``."""
        body: dict[str, Any] = {"name": "Specimen", "type": "subsidie", "period": "2018–2022"}
        if self.theory != "none":
            link = {"because": "mechanisme"}
            carried = {"source": "study"} if self.theory == "underpinned" else {}
            body |= _NODES | {"links": {"doen -> effect": link | carried}}
        body["evidence"] = {f"e{n}": _evidence(keys) for n, keys in enumerate(self.evidence)}
        sources = {key: _SOURCE | {"title": title} for key, title in _WORKS.items()}
        return Case.model_validate(
            {
                "slug": "specimen", "title": "Specimen", "period": "2018–2022",
                "sources": sources, "instruments": {"specimen": body},
            }
        )  # fmt: skip


class CrosswalkRow(Record):
    """A specimen, with the rung on which it stands on each ladder."""

    id: Id
    name: Bilingual
    levels: dict[str, int]


class Crosswalk(Record):
    """Where the same evidence stands on each ladder.

    Attributes
    ----------
    ladders
        The ladders by name, in the order of the columns.
    rows
        One for each specimen, from weak to strong.
    """

    ladders: tuple[str, ...]
    rows: tuple[CrosswalkRow, ...]

    def alike(self, ladder: str, level: int, other: str) -> tuple[int, int] | None:
        """Tell between which rungs of another ladder the evidence of one rung stands."""
        found = [row.levels[other] for row in self.rows if row.levels[ladder] == level]
        return (min(found), max(found)) if found else None


class _File(Record):
    kind: Literal["specimens"]
    specimens: tuple[Specimen, ...]


@cache
def specimens() -> tuple[Specimen, ...]:
    """Read the specimens that evalkit ships."""
    text = (files("evalkit.ladders") / "specimens.yaml").read_text("utf-8")
    return _File.model_validate(read_tree(text, file="specimens.yaml").data).specimens


def crosswalk(ladders: tuple[Ladder, ...] = ()) -> Crosswalk:
    """Score every specimen on every ladder.

    Published ladders disagree, and none of them says how it compares with another. This table does
    not align rungs by hand; it follows from the rules of the profiles.

    Parameters
    ----------
    ladders
        By default all that evalkit ships.

    Examples
    --------
    >>> row = next(row for row in crosswalk().rows if row.id == "did")
    >>> row.levels["effectladder"], row.levels["sms-wwg"], row.levels["nesta"]
    (4, 3, 3)
    """
    used = ladders or tuple(load_ladder(name) for name in ladder_names())
    rows = []
    for specimen in specimens():
        case = specimen.case()
        known = Known(case.instruments["specimen"], case)
        levels = {ladder.name: Ruling(read(known, ladder)).level for ladder in used}
        rows.append(CrosswalkRow(id=specimen.id, name=specimen.name, levels=levels))
    return Crosswalk(ladders=tuple(ladder.name for ladder in used), rows=tuple(rows))


def _evidence(keys: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in keys.items() if key != "study"}
    usual = {"source": keys.get("study", "study"), "about": "outcome", "finds": "positive"}
    return {**usual, "year": 2021, **rest}
