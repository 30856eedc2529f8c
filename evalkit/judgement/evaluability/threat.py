"""Threats to the conclusion of a study: with which designs they occur, and what settles them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from evalkit.judgement.sentence import Sentence
from evalkit.language.numbers import LANGUAGES
from evalkit.language.packaged import packaged_toml
from evalkit.model.evidence import Design, Threat


def _known() -> Mapping[Threat, Mapping[str, object]]:
    return cast("Mapping[Threat, Mapping[str, object]]", packaged_toml(__package__, "threats.toml"))


def threats_to(design: Design, *, compared: bool = True) -> tuple[Threat, ...]:
    """List what can undo the conclusion of a study of this design.

    Parameters
    ----------
    compared
        Whether there is a group beside those reached: without one none of its threats occur.

    Examples
    --------
    >>> threats_to("rdd")
    ('few clusters', 'attrition', 'spill-over', 'manipulation')
    >>> threats_to("interrupted series", compared=False)
    ('few pre-periods',)
    """
    counted = ("designs",) if not compared else ("designs", "beside_a_group")
    return tuple(
        name
        for name, one in _known().items()
        if any(design in cast("list[str]", one.get(key, [])) for key in counted)
    )


def threat_name(threat: Threat) -> Sentence:
    """Name a threat as a clause that a sentence can hold.

    Examples
    --------
    >>> threat_name("selection")["en"]
    'a comparison group that is not like the participants'
    """
    named = cast("Mapping[str, str]", _known()[threat])
    return {lang: named[lang] for lang in LANGUAGES}


def diagnostics(threat: Threat) -> tuple[str, ...]:
    """Name the diagnostics of evalkit that settle a threat; none when data cannot.

    Examples
    --------
    >>> diagnostics("pre-trends"), diagnostics("spill-over")
    (('pretrends', 'placebo'), ())
    """
    return tuple(cast("list[str]", _known()[threat]["checks"]))
