"""Writes small documents as Word files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalkit.report.docx import docx_bytes
from evalkit.report.style.style import load_style
from tests.unit.report.docx.reading import Word, report


@pytest.fixture
def word() -> Callable[..., Word]:
    def make(*chapters: str, **changed: Any) -> Word:
        return Word(docx_bytes(report(*chapters, **changed), load_style("seo")))

    return make
