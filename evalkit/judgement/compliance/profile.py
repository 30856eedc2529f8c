"""The regimes that evalkit ships: read from their files and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from evalkit.errors import EvalkitError
from evalkit.io.regimes import regime_names
from evalkit.judgement.compliance.facts import FACTS
from evalkit.judgement.compliance.regime import Regime
from evalkit.judgement.rulefile import read_rules
from evalkit.language.suggest import did_you_mean


@cache
def load_regime(name: str) -> Regime:
    """Load a regime that evalkit ships.

    Raises
    ------
    EvalkitError
        There is no such regime, or its file does not hold together.

    Examples
    --------
    >>> load_regime("oecd-dac").requirements[0].text["nl"]
    'Relevantie'
    """
    known = regime_names()
    if name not in known:
        raise EvalkitError(f"there is no regime '{name}'", hint=did_you_mean(name, known))
    path = files("evalkit.ladders") / "regimes" / f"{name}.yaml"
    return read_regime(path.read_text("utf-8"), f"{name}.yaml")


def read_regime(text: str, file: str) -> Regime:
    """Read a regime from the text of its file.

    Raises
    ------
    EvalkitError
        Naming every place where it does not hold together.
    """
    regime = read_rules(text, file, Regime, "mend the file of the regime")
    for requirement in regime.requirements:
        for name in requirement.facts:
            if name not in FACTS:
                what = f"{file}: requirement '{requirement.id}' asks for the fact '{name}'"
                raise EvalkitError(f"{what}, which is not known", hint=did_you_mean(name, FACTS))
    return regime
