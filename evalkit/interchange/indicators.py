"""A series from a statistical table into an indicator of a case."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from evalkit.errors import CaseError, EvalkitError, Problem
from evalkit.interchange.checked import checked
from evalkit.interchange.loaded import Loaded
from evalkit.interchange.statistics import Asked, Series, read_series
from evalkit.interchange.written import with_translations, written_in
from evalkit.io.case import find_case
from evalkit.io.reader import slug_of
from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Loc
from evalkit.model.stage import Stage

_MARKS = re.compile(
    r"\s*(?:Voorlopig|Nader voorlopig|Geschat|Prognose|Breuk in de reeks|Onbekend|Geheim|"
    r"Provisional|Revised provisional|Estimated|Forecast|Break in the series|Not known|"
    r"Confidential): \d{4}(?:, \d{4})*\."
)
_HOW = "write an id of an indicator of the case, or instrument.stage.id"


def series_into(
    path: str | Path,
    case: str | Path,
    node: str,
    asked: Asked,
    *,
    text: str = "",
    source: str = "",
) -> tuple[Loaded, Series]:
    """Lay a series over an indicator, which is made when it is not there.

    Parameters
    ----------
    path
        SDMX-CSV, a CSV of CBS OData, or a CSV of StatLine.
    case
        A case folder.
    node
        The indicator: an id of an indicator of the case, or ``mkb-idee.output.scholen``.
    asked
        Which numbers of the table.
    text, source
        What it measures, and where it stands; needed when the indicator is new.

    Returns
    -------
    loaded
        The case with the series; nothing is written yet.
    series
        What was read.

    Raises
    ------
    CaseError
        The table or the case is wrong.
    """
    folder = find_case(case).resolve()
    old = written_in(folder)
    lang: Language = "en" if old.language == "en" else "nl"
    loc = _loc(node, old.data)
    series = read_series(path, asked, lang)
    data = deepcopy(old.data)
    _lay(data, loc, series, text, source, Path(path).name)
    whole, _ = with_translations(data, old.translations, old.language)
    before, _ = with_translations(old.data, old.translations, old.language)
    found, problems = checked(whole, folder, slug_of(folder.name))
    if problems or found is None:
        raise CaseError(
            Problem("/".join(map(str, one.loc)) if one.loc else one.place, 0, one.message, one.hint)
            for one in problems
        )
    return Loaded(found, whole, before, old.files), series


def _loc(node: str, data: dict[str, Any]) -> Loc:
    parts = node.split(".")
    stages = [stage.value for stage in Stage]
    instruments = data.get("instruments", {})
    match parts:
        case [key] if re.fullmatch(r"[a-z0-9][a-z0-9-]*", key):
            return ("indicators", key)
        case [owner, stage, key] if owner in instruments and stage in stages:
            return ("instruments", owner, stage, key)
        case [owner, stage, _] if stage in stages:
            raise EvalkitError(f"no instrument '{owner}'", hint=did_you_mean(owner, instruments))
        case [_, stage, _]:
            raise EvalkitError(f"no stage '{stage}'", hint=did_you_mean(stage, stages))
    raise EvalkitError(f"'{node}' is no indicator", hint=_HOW)


def _lay(data: dict[str, Any], loc: Loc, series: Series, text: str, source: str, file: str) -> None:
    here = data
    for part in loc[:-1]:
        here = here.setdefault(str(part), {})
    indicator = here.setdefault(str(loc[-1]), {})
    for key, said in (("text", text), ("source", source)):
        if said:
            indicator[key] = said
    if not indicator.get("text"):
        hint = "say with --text what it measures"
        raise EvalkitError(f"'{loc[-1]}' is a new indicator without a name", hint=hint)
    years = {**indicator.get("per_year", {}), **series.per_year}
    indicator["per_year"] = dict(sorted(years.items()))
    if "total" in indicator and indicator["total"] != "sum":
        hint = "write `total: sum` to have it computed"
        raise EvalkitError(
            f"'{loc[-1]}' has a total of its own, and {file} brings years", hint=hint
        )
    note = _MARKS.sub("", str(indicator.get("note") or "")).strip()
    indicator["note"] = " ".join(part for part in (note, series.note) if part)
    if not indicator["note"]:
        del indicator["note"]
