"""The series of a case as SDMX-CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evalkit.interchange.iati_numbers import plain
from evalkit.interchange.losses import Loss
from evalkit.io.case import load_case
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc, walk

_HEAD = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "OWNER", "STAGE", "INDICATOR", "MEASURE", "TIME_PERIOD",
    "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "TITLE", "COMMENT_OBS",
)  # fmt: skip
_NO_YEAR = "an observation of SDMX has a period, and this has none"
_CASE = "_CASE"


@dataclass(slots=True)
class Observations:
    """The series of a case as SDMX-CSV.

    Attributes
    ----------
    text
        The CSV file, in SDMX-CSV 2.0.
    losses
        Numbers that it cannot hold.
    """

    text: str
    losses: list[Loss] = field(default_factory=list)


def to_sdmx(name: str | Path) -> Observations:
    """Write every number of a case that has a year as an observation.

    Parameters
    ----------
    name
        A case folder, or the slug of a shipped case.

    Examples
    --------
    >>> to_sdmx("minimumloon").text.splitlines()[0][:29]
    'STRUCTURE,STRUCTURE_ID,ACTION'
    """
    return observations_of(load_case(name))


def observations_of(case: Case) -> Observations:
    """Write the numbers of a case as observations."""
    found = Observations("")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEAD)
    structure = f"EVALKIT:{case.slug.upper().replace('-', '_')}(1.0)"
    for loc, part in walk(case):
        if not isinstance(part, ChainNode) or loc[0] not in ("instruments", "indicators"):
            continue
        owner, stage = (loc[1], loc[2]) if loc[0] == "instruments" else (_CASE, "_Z")
        for measure, year, quantity in _numbers(part, loc, found):
            writer.writerow((
                "dataflow", structure, "I", owner, stage, loc[-1], measure, year,
                plain(quantity) or "", _unit(quantity, part), 0,
                "A" if plain(quantity) is not None else "M", part.text,
                quantity.prose(case.original or case.language).replace("\N{NO-BREAK SPACE}", " "),
            ))  # fmt: skip
    found.text = text.getvalue()
    return found


def _numbers(node: ChainNode, loc: Loc, found: Observations) -> Iterator[tuple[str, int, Quantity]]:
    for year, quantity in node.per_year.items():
        yield "per_year", year, quantity
    for role, observation in node.observations.items():
        if observation.year is not None:
            yield role, observation.year, observation.value
        else:
            found.losses.append(Loss((*loc, role), _NO_YEAR))
    if node.total is not None:
        found.losses.append(Loss((*loc, "total"), _NO_YEAR))


def _unit(quantity: Quantity, node: ChainNode) -> str:
    unit = quantity.unit or node.unit
    code = {"procent": "PC", "euro": "EUR"}.get(unit, unit)
    return f"{code} per {quantity.per}" if quantity.per else code
