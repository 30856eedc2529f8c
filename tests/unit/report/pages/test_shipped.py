"""The pages of the shipped reports are what they were when someone last looked at them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalkit.io.shipped import shipped_cases
from evalkit.language.numbers import Language
from tests.unit.report.pages.shipped import HERE, REFRESH, hold, kept_file
from tests.unit.report.pages.test_largest import LARGEST

REPORTS: list[tuple[str, Language | None]] = [
    *((slug, None) for slug in shipped_cases() if slug != LARGEST),
    ("minimumloon", "en"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "lang"), REPORTS)
def test_pages_are_what_they_were(slug: str, lang: Language | None, tmp_path: Path) -> None:
    hold(slug, lang, tmp_path)


@pytest.mark.skipif(REFRESH in os.environ, reason="the largest may not be kept yet")
def test_nothing_is_kept_of_a_report_that_is_not_shipped() -> None:
    wanted = {kept_file(slug, lang) for slug, lang in [*REPORTS, (LARGEST, None)]}
    assert {*(HERE / "kept").glob("*.png")} == wanted
