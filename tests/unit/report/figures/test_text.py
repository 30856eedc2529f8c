from __future__ import annotations

import pytest

from evalkit.report.figures.text import SANS, SANS_BOLD, SHY, widest_word, width, wrap

LONG = "Human Capital Agenda ICT (uitvoeringsprogramma binnen AGDB)"


def test_bold_is_wider_than_regular() -> None:
    assert width("Doeltreffendheid", SANS_BOLD, 9) > width("Doeltreffendheid", SANS, 9)


def test_a_soft_hyphen_has_no_width() -> None:
    assert width(f"spannings{SHY}indicator", SANS, 9) == width("spanningsindicator", SANS, 9)


@pytest.mark.parametrize("limit", [14.0, 18.0, 25.0, 40.0])
def test_no_line_is_wider_than_its_box(limit: float) -> None:
    lines = wrap(LONG, SANS, 8, limit, language="nl")
    assert all(width(line, SANS, 8) <= limit for line in lines)


def test_no_letter_is_lost() -> None:
    lines = wrap(LONG, SANS, 8, 18, language="nl")
    joined = " ".join(lines).replace("- ", "")
    assert joined == LONG


def test_lines_are_of_about_equal_length() -> None:
    lines = wrap("Meer instroom van studenten in de bètatechniek", SANS, 9, 50)
    assert len(lines) == 2
    assert width(lines[1], SANS, 9) > width(lines[0], SANS, 9) / 2


def test_a_word_breaks_at_its_soft_hyphen() -> None:
    word = f"spannings{SHY}indicator"
    assert wrap(word, SANS, 9, 20) == ("spannings-", "indicator")


def test_a_no_break_space_keeps_words_together() -> None:
    lines = wrap("budget van 210\u00a0mln.\u00a0euro", SANS, 9, 22)
    assert lines[-1] == "210\u00a0mln.\u00a0euro"


def test_empty_text_has_no_lines() -> None:
    assert wrap("", SANS, 9, 20) == ()
    assert widest_word("", SANS, 9) == 0.0
