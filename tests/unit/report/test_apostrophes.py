"""Straight apostrophes and quotes come out curled; marks of feet and inches do not."""

from __future__ import annotations

import pytest

from evalkit.report.text.apostrophes import curled


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("regio's en foto&#x27;s", "regio’s en foto’s"),
        ("'s ochtends en 's avonds, en 't kan", "’s ochtends en ’s avonds, en ’t kan"),
        ("de 'auto's' van nu", "de ‘auto’s’ van nu"),
        ("hij schrijft 'zo’n' ding", "hij schrijft ‘zo’n’ ding"),
        ("('afgeleid uit').", "(‘afgeleid uit’)."),
        ("'a' 'b' en 'c d e'.", "‘a’ ‘b’ en ‘c d e’."),
        ('&quot;een &amp; twee&quot; en "drie"', "“een &amp; twee” en “drie”"),
        ("van 5' tot 6' (5\" breed)", "van 5' tot 6' (5\" breed)"),
        ('a="b"', 'a="b"'),
    ],
)
def test_what_was_typed_straight_is_curled(typed: str, printed: str) -> None:
    assert curled(typed) == printed
