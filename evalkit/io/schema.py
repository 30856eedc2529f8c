"""JSON Schema of the case files, so that an editor helps to fill them in.

The models are the one source: this adapts what pydantic says of them to how the files are written.
In a file, numbers and dates are text or bare, a list of one needs no brackets, and what evalkit
gathers itself (prose, hashes, rows of tables) has no key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel

from evalkit import model
from evalkit.errors import EvalkitError
from evalkit.io.schema_form import FileForm
from evalkit.io.schema_help import summary
from evalkit.io.whole import write_whole
from evalkit.language.suggest import did_you_mean
from evalkit.model.analysis import Analysis
from evalkit.model.case import Case
from evalkit.model.compliance import Claims
from evalkit.model.contribution import Contribution
from evalkit.model.instrument import Instrument
from evalkit.model.investment import Agenda
from evalkit.model.record import Id
from evalkit.model.response import Response
from evalkit.model.theme import Theme
from evalkit.model.theory import PolicyTheory


class Analyses(RootModel[dict[Id, Analysis]]):
    """The analyses of a case, by id."""


class Contributions(RootModel[dict[Id, Contribution]]):
    """The contribution analyses of a case, by the id of their instrument."""


class Regimes(RootModel[Claims]):
    """What the writer says of the requirements of each regime that applies."""


class Themes(RootModel[dict[Id, Theme]]):
    """The themes of an agenda, by id."""


class Responses(RootModel[dict[Id, Response]]):
    """Recommendations of others with the answer to each, by id."""


KINDS: dict[str, type[BaseModel]] = {
    "case": Case,
    "theory": PolicyTheory,
    "instrument": Instrument,
    "analyses": Analyses,
    "contribution": Contributions,
    "compliance": Regimes,
    "themes": Themes,
    "investments": Agenda,
    "responses": Responses,
}
_FILES: dict[str, str] = {
    "case": "case.yaml",
    "theory": "theory.yaml",
    "instrument": "instruments/<id>.yaml",
    "analyses": "analyses.yaml",
    "contribution": "contribution.yaml",
    "compliance": "compliance.yaml",
    "themes": "themes.yaml",
    "investments": "investments.yaml",
    "responses": "responses.yaml",
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """Describe one kind of file.

    Parameters
    ----------
    kind
        ``case``, ``theory``, ``instrument``, ``analyses``, ``contribution``, ``compliance``,
        ``themes``, ``investments`` or ``responses``.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12.

    Raises
    ------
    EvalkitError
        There is no such kind of file.

    Examples
    --------
    >>> schema("instrument")["required"]
    ['name', 'type', 'period']
    """
    if kind not in KINDS:
        raise EvalkitError(f"there is no file of the kind '{kind}'", hint=did_you_mean(kind, KINDS))
    found = KINDS[kind].model_json_schema(schema_generator=FileForm)
    for name, part in found["$defs"].items():
        part.setdefault("description", summary(getattr(model, name, None)))
    title = f"{_FILES[kind]} of an evalkit case"
    return {"$schema": _DIALECT, **found, "title": title}


def all_schemas() -> dict[str, Any]:
    """Describe every kind of file in one document, under ``$defs``.

    Examples
    --------
    >>> all_schemas()["$defs"]["theory"]["title"]
    'theory.yaml of an evalkit case'
    """
    shared: dict[str, Any] = {}
    kinds: dict[str, Any] = {}
    for kind in KINDS:
        found = schema(kind)
        del found["$schema"]
        shared |= found.pop("$defs", {})
        kinds[kind] = found
    title = f"Files of an evalkit case: {', '.join(_FILES.values())}"
    return {"$schema": _DIALECT, "title": title, "$defs": {**kinds, **shared}}


def write_schemas(folder: str | Path, kinds: Iterable[str] = tuple(KINDS)) -> tuple[Path, ...]:
    """Write a file ``<kind>.schema.json`` for each kind.

    Parameters
    ----------
    folder
        Where to; it is made when it is not there. A schema that stands there is renewed.
    kinds
        Which.

    Raises
    ------
    EvalkitError
        There is no such kind of file, or the folder cannot be written.
    """
    files = {Path(folder) / f"{kind}.schema.json": f"{as_text(schema(kind))}\n" for kind in kinds}
    try:
        write_whole(files)
    except OSError as error:
        raise EvalkitError(
            f"the schemas cannot be written to '{folder}': {error.strerror}",
            hint="choose another folder with --into, or mend its permissions",
        ) from None
    return tuple(files)


def as_text(document: dict[str, Any]) -> str:
    """Print a schema as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2)
