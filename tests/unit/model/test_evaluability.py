"""With whom a measure can be compared: whoever is named, and nobody when that is said."""

from __future__ import annotations

import pytest

from evalkit.model.evaluability import Evaluability


@pytest.mark.parametrize(
    "said",
    [
        "geen", "geen.", "Geen; de regels gelden overal tegelijk", "geen want allen doen mee",
        "geen (alles tegelijk)", "geen \N{EN DASH} alles tegelijk", "geen vergelijkbare landen",
        "nog geen", "nog geen vergelijkingsgroep", "er zijn geen vergelijkbare bedrijven",
        "er is niemand", "there are no comparable firms", "zonder controlegroep",
        "without a control group", "een vergelijkingsgroep ontbreekt", "niet van toepassing",
        "niet van toepassing bij een landelijke regel", "n.v.t.", "nvt", "not applicable", "N/A",
        "none", "none available", "nobody", "no one", "no comparison group", "not possible",
        "geen enkele gemeente blijft achter", "ontbreekt", "niet beschikbaar", "onbekend",
        "nog onbekend", "nog te bepalen", "to be determined", "unknown", "-", "\N{EN DASH}",
    ],
)  # fmt: skip
def test_a_remark_that_there_is_nobody_is_no_comparison(said: str) -> None:
    assert not Evaluability(comparison=said).compares


@pytest.mark.parametrize(
    "named",
    [
        "geen subsidie aangevraagd", "geen enkele steun ontvangen", "bedrijven zonder subsidie",
        "zonder subsidie", "zonder groepshulp", "no subsidy received", "onbekende bedrijven",
        "nog te bepalen gemeenten die later beginnen", "noordelijke gemeenten", "niet-deelnemers",
        "controlegroep uit Friesland", "vergelijkbare gemeenten, niet de grote", "nonprofits",
        "firms not yet treated", "unknown firms",
    ],
)  # fmt: skip
def test_people_who_are_named_by_what_they_went_without_are_one(named: str) -> None:
    assert Evaluability(comparison=named).compares
