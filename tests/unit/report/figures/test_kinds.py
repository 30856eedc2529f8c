"""Chain, matrix, periods, ladder, cover and badge: what is drawn is what was given."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from evalkit.report.figures.badge import direction_symbol, dot, rungs
from evalkit.report.figures.chain import chain
from evalkit.report.figures.chain_arrows import ChainLink
from evalkit.report.figures.chain_box import ChainBox
from evalkit.report.figures.cover import Band, cover
from evalkit.report.figures.ladder import Chip, Rung, ladder
from evalkit.report.figures.matrix import MatrixLabels, MatrixRow, matrix
from evalkit.report.figures.palette import COVER_HIGHLIGHT
from evalkit.report.figures.periods import (
    PeriodAxis,
    PeriodLabels,
    PeriodRow,
    Span,
    periods,
)
from evalkit.report.figures.svg import POINT
from evalkit.report.figures.text import SANS, SANS_SEMIBOLD, width

MATRIX = MatrixLabels("Instrument", "main goal", "side goal", "Instruments")
PERIODS = PeriodLabels(
    "Instrument", "review", "before", "after", "money", "support", "unknown", "goes on", "Period"
)
AXIS = PeriodAxis(2017, 2025, (2020, 2025))


def _parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314 - our own drawing


def test_a_long_value_of_a_chain_stays_in_its_box() -> None:
    boxes = [ChainBox("Input", "meer dan 1.337.000.000")] * 5
    markup = chain(boxes, [ChainLink(0, 1, "assumed")], alt="").markup
    sizes = [
        float(text.get("font-size", 0))
        for text in _parsed(markup).iter("{http://www.w3.org/2000/svg}text")
        if text.get("font-family") == "Source Serif 4"
    ]
    assert max(sizes) < 16 * 0.36


def test_the_matrix_counts_instruments_per_goal() -> None:
    rows = [MatrixRow("3.1", "A & B", ("main", "")), MatrixRow("3.2", "C", ("side", "main"))]
    drawing = matrix(rows, ["Goal one", "Goal two"], MATRIX)
    _parsed(drawing.markup)
    assert drawing.data[-1] == ("Instruments", "2", "1")
    assert drawing.data[2] == ("C", "side goal", "main goal")
    assert "A &amp; B" in drawing.markup


def test_periods_show_their_words_and_legend() -> None:
    rows = [
        PeriodRow("3.1", "A", (Span(2018, 2022, "2018–2021", "financial"),)),
        PeriodRow("3.2", "B", (Span(None, None, "begin unknown", tentative=True),)),
    ]
    drawing = periods(rows, AXIS, PERIODS)
    _parsed(drawing.markup)
    assert "2018–2021" in drawing.markup
    assert "money" in drawing.legend
    assert "support" not in drawing.legend
    assert drawing.data[2] == ("B", "begin unknown", "unknown")


@pytest.mark.parametrize("moment", [1990.0, 2017.0, 2025.9, 2040.0])
def test_a_moment_never_leaves_the_track(moment: float) -> None:
    assert 0.0 <= AXIS.position(moment) <= 122.0


def test_words_too_wide_for_a_bar_stand_beside_it() -> None:
    words = "september tot en met december 2021"
    rows = [PeriodRow("", "A", (Span(2021.7, 2022, words),))]
    markup = periods(rows, AXIS, PERIODS).markup
    shown = next(
        text
        for text in _parsed(markup).iter("{http://www.w3.org/2000/svg}text")
        if text.text == words
    )
    assert float(shown.get("x", 0)) + width(words, SANS, 8) <= 122.0


def test_an_empty_rung_is_shown() -> None:
    steps = [Rung(1, "Potential", "described", (Chip("A", "unknown"),)), Rung(2, "Promising", "")]
    drawing = ladder(steps, alt="A ladder", empty="none", directions={"unknown": "not yet"})
    _parsed(drawing.markup)
    assert ">none<" in drawing.markup
    assert drawing.data[1:] == (("2 Promising", "", "", ""), ("1 Potential", "A", "not yet", ""))


def test_the_name_of_a_rung_ends_with_the_rule_above_it() -> None:
    names = ("doeltreffend (indicatief)", "a rung with a name that asks for much more room")
    steps = [Rung(at, name, "") for at, name in enumerate(names)]
    markup = ladder(steps, alt="A ladder", empty="none", directions={}).markup
    rule = float(re.findall(r'd="M0 [\d.]+H([\d.]+)"', markup)[0])
    for found in _parsed(markup).iter("{http://www.w3.org/2000/svg}text"):
        if found.text in names:
            size = float(found.get("font-size", 0)) / POINT
            assert 8 + width(found.text or "", SANS_SEMIBOLD, size) <= rule + 0.01


def test_the_cover_draws_a_band_once_and_the_highlight_last() -> None:
    bands = [Band(0, 0, highlight=True), Band(1, 0), Band(1, 1), Band(1, 1)]
    markup = cover(bands).markup
    assert markup.count("<path") == 6
    assert markup.rindex(COVER_HIGHLIGHT) > markup.rindex("#2C6A86")


def test_a_cover_without_bands_is_plain() -> None:
    assert "<path" not in cover([]).markup


def test_the_badge_fills_as_many_rungs_as_reached() -> None:
    assert rungs(3, 4).count('fill="#14536B"') == 3
    assert 'aria-label="rung 3"' in rungs(3, 4, alt="rung 3")


def test_symbols_differ_in_shape_and_not_in_colour_only() -> None:
    drawn = {direction_symbol(kind) for kind in ("positive", "negative", "mixed", "none")}
    assert len({markup.replace("#A3470D", "").replace("#14536B", "") for markup in drawn}) == 4
    assert dot(True) != dot(False)
