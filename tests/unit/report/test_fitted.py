"""Words in a drawing: where they break, and what is done with those that have no such place."""

from __future__ import annotations

import re

import pytest

from evalkit.report.figures.svg import text
from evalkit.report.figures.text import SANS, scale_of, width
from evalkit.report.figures.words import SMALLEST, fitted

WORDS = [
    "Gemeente", "scholingsregeling", "strengths", "rijk_2019_budget_totaal", "ABCDEFGHIJKLMNOP",
    "https://www.rijksoverheid.nl/documenten/rapport", "schreeuw", "NL.IMBAG.Pand.0599100000661855",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("room", [7.0, 9.0, 14.0, 20.0, 60.0])
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(words: str, room: float) -> None:
    lines = fitted(words, SANS, 8, room, "nl")
    assert max(width(line, SANS, 8) for line in lines) <= room + 1e-9
    assert "".join(lines).replace("-", "") == words.replace("-", "")
    assert all(SMALLEST <= scale_of(line) <= 1 for line in lines)


def test_a_word_without_syllables_stays_whole_and_is_set_smaller() -> None:
    (line,) = fitted("strengths", SANS, 8, 9, "nl")
    assert line == "strengths"
    assert scale_of(line) < 1
    drawn = text(0, 0, line, size=8)
    (size,) = re.findall(r'font-size="([\d.]+)"', drawn)
    plain = re.findall(r'font-size="([\d.]+)"', text(0, 0, "strengths", size=8))[0]
    assert float(size) == pytest.approx(float(plain) * scale_of(line), abs=0.01)


def test_a_code_breaks_behind_its_signs_without_a_hyphen() -> None:
    assert fitted("rijk_2019_budget_totaal", SANS, 8, 14, "nl") == (
        "rijk_2019_",
        "budget_",
        "totaal",
    )


def test_a_word_that_fits_is_left_as_it_is() -> None:
    assert fitted("Gemeente", SANS, 8, 14, "nl") == ("Gemeente",)
    assert fitted("Beroepsonderwijsinstellingen", SANS, 8, 20, "nl")[0].endswith("-")


def test_what_must_be_cut_is_cut_in_equal_parts() -> None:
    lines = fitted("0123456789012345678901234567890123456789", SANS, 8, 12, "nl")
    assert len(lines) > 1
    assert max(map(len, lines)) - min(map(len, lines)) <= 2
