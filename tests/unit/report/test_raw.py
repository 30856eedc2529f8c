"""Markup that a reader would see stops a report."""

from __future__ import annotations

import pytest

from evalkit.report.pages.raw import raw


@pytest.mark.parametrize(
    "text",
    [
        "Het budget was {{ slim.budget }} euro.",
        "::: figure",
        "Zie [het rapport](rapport.pdf).",
        "Dat blijkt uit onderzoek [@seo2020, p. 3].",
        "Een noot.[^1]",
        "Dit is **niet afgesloten*.",
        "Over {name} is niets bekend.",
        "Eerste regel<br>tweede regel",
        "10&nbsp;mln. euro",
    ],
)
def test_markup_on_a_page_is_named_with_its_page(text: str) -> None:
    found = list(raw(["Niets aan de hand.", text], ""))
    assert found
    assert all(one.startswith("page 2: markup is printed as it was typed: ") for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Het effect is 2 < 3, en p <0,05 (n > 20).",
        "R&D; S&O en [CBS] (2021), tabel 3: 5 * 4 ** 2",
        "De periode [2019] (zie ook bijlage A) ::",
        "verzamelingen {1, 2} en {Aa}",
        "De regeling <naam> bestaat nog niet.",
    ],
)
def test_ordinary_signs_are_left_alone(text: str) -> None:
    assert list(raw([text], "")) == []


def test_code_may_show_markup() -> None:
    html = "<p>Schrijf <code>{{ slim.budget }}</code>.</p>"
    assert list(raw(["Schrijf {{ slim.budget }}."], html)) == []
    assert len(list(raw(["Schrijf {{ slim.budget }} **vet**."], html))) == 2
