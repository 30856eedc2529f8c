"""The pages of the largest report: in a file of its own, so that two workers share the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.report.pages.shipped import hold

LARGEST = "menselijk-kapitaal"


@pytest.mark.slow
def test_pages_are_what_they_were(tmp_path: Path) -> None:
    hold(LARGEST, None, tmp_path)
