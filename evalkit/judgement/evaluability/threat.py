"""Threats to the conclusion of a study: with which designs they occur, and what settles them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

from evalkit.judgement.sentence import Sentence
from evalkit.language.numbers import LANGUAGES
from evalkit.model.evidence import Design, Threat


@cache
def _known() -> Mapping[Threat, Mapping[str, object]]:
    text = (files(__package__) / "threats.toml").read_text(encoding="utf-8")
    return cast("Mapping[Threat, Mapping[str, object]]", tomllib.loads(text))


def threats_to(design: Design) -> tuple[Threat, ...]:
    """List what can undo the conclusion of a study of this design.

    Examples
    --------
    >>> threats_to("rdd")
    ('few clusters', 'attrition', 'spill-over', 'manipulation')
    """
    return tuple(
        name for name, one in _known().items() if design in cast("list[str]", one["designs"])
    )


def threat_name(threat: Threat) -> Sentence:
    """Name a threat as a clause that a sentence can hold."""
    one = _known()[threat]
    return {lang: cast("str", one[lang]) for lang in LANGUAGES}


def diagnostics(threat: Threat) -> tuple[str, ...]:
    """Name the diagnostics of evalkit that settle a threat; none when data cannot.

    Examples
    --------
    >>> diagnostics("pre-trends"), diagnostics("spill-over")
    (('pretrends', 'placebo'), ())
    """
    return tuple(cast("list[str]", _known()[threat]["checks"]))
