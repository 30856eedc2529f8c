"""The line of sources under the figure of a chain."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from evalkit.model import Case
from evalkit.report.edition import Edition
from evalkit.report.sections.instrument import instrument_html
from tests.unit.report.conftest import CASE

KEY = "bon-regeling"


def test_it_names_what_the_links_rest_on(edition_of: Callable[..., Edition]) -> None:
    data: dict[str, Any] = deepcopy(CASE)
    for key in ("cpb", "scp"):
        data["sources"][key] = {"kind": "report", "title": key.upper(), "year": 2019}
    bon = data["instruments"][KEY]
    bon["links"]["budget -> bonnen"]["source"] = "cpb, p. 7"
    bon["links"]["bonnen -> groei"]["evidence"] = ["telling"]
    about = {"about": "output", "finds": "unknown"}
    bon["evidence"] = {"telling": {"source": "scp", "design": "monitoring", **about}}
    html = instrument_html(KEY, edition_of(Case.model_validate(data)), {})
    figure = html[html.index(f"fig-{KEY}-chain") : html.index("</figure>")]
    assert "CPB (2019), p. 7" in figure
    assert "SCP (2019)" in figure
